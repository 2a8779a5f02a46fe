"""Case files as they are read: TOML, and the tables beside it."""

import codecs
import tomllib
import warnings
from pathlib import Path
from typing import Annotated, Any

import numpy as np
from pydantic import Field

from .schema import Index, Number, Record, problems

DATA = "data"
MOST_BITS = 63
MOST_CLASSES = 10_000


class FromFile(Record):
    """Columns of a table beside the case files, as a matrix: one row for each line.

    ``rows`` and ``columns`` count from 0 and end before the second number. ``divide_by`` scales;
    ``one_hot`` makes of a column of classes 0, 1, ... so many columns of 0 and 1.
    """

    file: Annotated[str, Field(pattern=r"^[A-Za-z0-9_-]{1,64}\.csv$")]
    rows: Annotated[list[Index], Field(min_length=2, max_length=2)]
    columns: Annotated[list[Index], Field(min_length=2, max_length=2)]
    divide_by: Annotated[Number, Field(gt=0)] = 1.0
    one_hot: Annotated[int, Field(ge=1, le=MOST_CLASSES)] | None = None

    def matrix(self, folder: Path) -> list[list[float]]:
        """Read the file.

        Raises
        ------
        OSError, ValueError
            The file cannot be read, or has no such rows, columns or classes.
        """
        (top, bottom), (left, right) = self.rows, self.columns
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # an empty file: it has no such rows
            table = np.loadtxt(folder / self.file, delimiter=",", comments="#", ndmin=2)
        chosen = table[top:bottom, left:right]
        if chosen.shape != (bottom - top, right - left) or chosen.size == 0:
            raise ValueError(f"{self.file} has {table.shape[0]} rows and {table.shape[1]} columns")
        if self.one_hot is None:
            with np.errstate(over="ignore"):  # the matrix must be finite, as any input
                rows: list[list[float]] = (chosen / self.divide_by).tolist()
            return rows
        classes = np.arange(self.one_hot)
        if chosen.shape[1] != 1 or not np.isin(chosen, classes).all():
            raise ValueError(f"one_hot: needs one column of classes 0 to {self.one_hot - 1}")
        rows = (chosen == classes).astype(float).tolist()
        return rows


def read_toml(path: Path) -> dict[str, Any]:
    """The content of a TOML file.

    Raises
    ------
    OSError, ValueError
        It cannot be read, or is not TOML.
    """
    content = path.read_bytes()
    if content.startswith(codecs.BOM_UTF8):
        raise ValueError("begins with a byte order mark: save it as UTF-8 without one")
    try:
        keys = tomllib.loads(content.decode("utf-8"))
        _refuse_long("", keys)
        return keys
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise ValueError(f"is not UTF-8 (at line {line})") from None
    except RecursionError:
        raise ValueError("is nested too deep") from None


def _refuse_long(key: str, value: Any) -> None:
    """Raises ValueError for a whole number that TOML has no place for."""
    if isinstance(value, dict | list):
        for k, inner in value.items() if isinstance(value, dict) else enumerate(value):
            _refuse_long(f"{key}.{k}" if key else str(k), inner)
    elif isinstance(value, int) and value.bit_length() > MOST_BITS:
        raise ValueError(f"{key}: a whole number beyond 2^{MOST_BITS}")


def read_tables(inputs: Any, folder: Path) -> None:
    """Replace each input that names a file by the matrix that stands there.

    Raises
    ------
    ValueError
        Names the input and the reason.
    """
    for name, value in (inputs if isinstance(inputs, dict) else {}).items():
        if isinstance(value, dict):
            try:
                inputs[name] = FromFile.model_validate(value).matrix(folder / DATA)
            except (OSError, ValueError) as error:
                raise ValueError(f"inputs.{name}: {problems(error)}") from None
