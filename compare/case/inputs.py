"""The inputs of a pair as they are written: parsed once, for both languages."""

import csv
import datetime
import io
import re
from pathlib import Path
from typing import Any

import numpy as np

NAME = r"[A-Za-z.][\w.]{0,63}"
MOST_DEEP = 20
INT64 = np.iinfo(np.int64)


def read_inputs(key: str, inputs: dict[str, Any], folder: Path) -> dict[str, Any]:
    """Each input as Python gets it: a scalar, a text, an array, a list or a dict.

    Whole numbers without a point are int64, all other numbers float64; rectangular lists of
    numbers or of truth values are arrays, other lists stay lists.

    Raises
    ------
    ValueError
        Names the key and the reason.
    """
    values = {}
    for name, value in inputs.items():
        if not re.fullmatch(NAME, name, re.ASCII):
            raise ValueError(f"{key}.{name}: is no name of an argument")
        try:
            values[name] = _read(value, folder, 0)
        except (OSError, ValueError) as error:
            raise ValueError(f"{key}.{name}: {error}") from None
    return values


def largest(value: Any) -> float:
    """Largest absolute value of all numbers in some inputs.

    A whole number by itself counts or chooses (iterations, a seed), and is no measure of size.
    """
    if isinstance(value, dict | list):
        inner = value.values() if isinstance(value, dict) else value
        return max(map(largest, inner), default=0.0)
    if isinstance(value, str | int):
        return 0.0
    numbers = np.abs(np.asarray(value, float))
    return float(np.max(numbers, where=np.isfinite(numbers), initial=0.0))


def _read(value: Any, folder: Path, depth: int) -> Any:
    if depth > MOST_DEEP:
        raise ValueError("is nested too deep")
    if isinstance(value, dict):
        return _table(value, folder, depth)
    if isinstance(value, list):
        if (array := _array(value)) is not None:
            return array
        return [_plain(_read(element, folder, depth + 1)) for element in value]
    if isinstance(value, str) and "\0" in value:
        raise ValueError("no text in R can hold a character NUL")
    if isinstance(value, datetime.date | datetime.time):
        raise ValueError("dates have no type that both languages share: write it as a text")
    return value


def _plain(value: Any) -> Any:
    """An array inside of a list as a list again: a ragged list stays one."""
    return value.tolist() if isinstance(value, np.ndarray) else value


def _array(rows: list[Any]) -> Any:
    """A rectangular list of numbers, or of truth values, as an array; None for any other."""
    shape, flat = _flat(rows)
    if shape is None:
        return None
    kinds = {type(value) for value in flat}
    if kinds == {bool}:
        return np.array(flat, bool).reshape(shape)
    if kinds == {int}:
        return np.array(flat, np.int64).reshape(shape)
    if kinds <= {int, float}:
        return np.array(flat, np.float64).reshape(shape)
    return None


def _flat(rows: Any) -> tuple[tuple[int, ...] | None, list[Any]]:
    if not isinstance(rows, list):
        return (), [rows]
    parts = [_flat(row) for row in rows]
    shapes = {shape for shape, _ in parts}
    if not rows:
        return (0,), []
    if len(shapes) != 1 or None in shapes or 0 in (only := next(iter(shapes)) or ()):
        return None, []
    return (len(rows), *only), [value for _, values in parts for value in values]


def _table(value: dict[str, Any], folder: Path, depth: int) -> Any:
    if "csv" in value:
        return _csv(value, folder)
    if "npy" in value:
        if set(value) != {"npy"} or not isinstance(value["npy"], str):
            raise ValueError('is written { npy = "file.npy" }')
        return _npy(folder / value["npy"])
    return {name: _plain(_read(v, folder, depth + 1)) for name, v in value.items()}


def _csv(value: dict[str, Any], folder: Path) -> Any:
    columns = value.get("columns")
    if not isinstance(value["csv"], str) or not set(value) <= {"csv", "columns"}:
        raise ValueError('is written { csv = "file.csv" } or { csv = "file.csv", columns = ["x"] }')
    if columns is not None and not (
        isinstance(columns, list) and columns and all(isinstance(c, str) for c in columns)
    ):
        raise ValueError("columns: is a list of names")
    path = folder / value["csv"]
    text = path.read_text(encoding="utf-8-sig")
    rows = [row for row in csv.reader(io.StringIO(text)) if row]
    if not rows:
        raise ValueError(f"{path.name}: holds no values")
    header = None if all(_number(cell) is not None for cell in rows[0]) else rows.pop(0)
    if len({len(row) for row in [*rows, *([header] if header else [])]}) > 1:
        raise ValueError(f"{path.name}: its lines have different lengths")
    names = [name.strip() for name in header] if header else []
    for name in columns or []:
        if name not in names:
            raise ValueError(f"{path.name}: has no column {name!r}, it has {', '.join(names)}")
    chosen = (
        [names.index(name) for name in columns] if columns else range(len((rows or [names])[0]))
    )
    cells = [[row[j] for j in chosen] for row in rows]
    return _columns(path.name, cells, len(chosen))


def _columns(file: str, cells: list[list[str]], n_columns: int) -> Any:
    """A matrix; a vector where there is one column; texts only where none is a number."""
    numbers = [[_number(cell) for cell in row] for row in cells]
    flat = [number for row in numbers for number in row]
    if flat and all(number is None for number in flat) and n_columns == 1:
        return [row[0].strip() for row in cells]
    for i, row in enumerate(numbers):
        if None in row:
            at = row.index(None)
            raise ValueError(f"{file}: {cells[i][at]!r} in row {i + 1} is no number")
    whole = bool(flat) and all(isinstance(number, int) for number in flat)
    array = np.array(flat, np.int64 if whole else np.float64)
    return array if n_columns == 1 else array.reshape(-1, n_columns)


def _number(cell: str) -> int | float | None:
    """A whole number, a decimal or hexadecimal one; None where it is none."""
    text = cell.strip()
    if re.fullmatch(r"[+-]?[0-9]+", text):
        number = int(text) if len(text) < 25 else float(text)
        return number if INT64.min <= number <= INT64.max else float(text)
    if re.match(r"[+-]?0[xX]", text):
        try:
            return float.fromhex(text)
        except (ValueError, OverflowError):
            return None
    try:
        return None if "_" in text else float(text)
    except ValueError:
        return None


def _npy(path: Path) -> Any:
    with path.open("rb") as file:
        try:
            array = np.lib.format.read_array(file, allow_pickle=False)
        except (ValueError, EOFError, MemoryError) as error:
            raise ValueError(f"{path.name}: {' '.join(str(error).split())}") from None
    if array.dtype.kind == "b":
        return array[()] if array.ndim else bool(array)
    if array.dtype.kind in "iu" and not (array.dtype == np.uint64 and (array > INT64.max).any()):
        return array.astype(np.int64) if array.ndim else int(array)
    if array.dtype.kind == "f" and array.dtype.itemsize <= 8:
        return np.ascontiguousarray(array, np.float64) if array.ndim else float(array)
    raise ValueError(f"{path.name}: holds {array.dtype}, which is no number of both languages")
