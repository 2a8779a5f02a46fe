"""What a Python function returned, as leaves: numbers, texts, and what cannot be compared."""

import dataclasses
import datetime
import sys
from collections.abc import Mapping
from typing import Any

import numpy as np

from ..case.schema import MOST_EXACT
from ..safety.inert import storable
from .leaf import (
    BARE,
    REAL,
    TRUTH,
    WHOLE,
    Leaf,
    Leaves,
    add,
    below,
    nothing,
    numbers,
    other,
    stacked,
    texts,
)
from .python_kinds import time_leaf, times, uncomparable

MOST_DEEP = 20
_FAMILIES = {"b": TRUTH, "i": WHOLE, "u": WHOLE, "f": REAL, "c": "complex number"}
_PLAIN = {float: REAL, int: WHOLE, bool: TRUTH}


def taken_apart(value: Any) -> Leaves:
    """A result as named leaves; a bare value is called ``value``."""
    leaves: Leaves = {}
    _take_apart(value, "", leaves, 0)
    return leaves


def _take_apart(value: Any, name: str, leaves: Leaves, depth: int) -> None:
    if depth > MOST_DEEP:
        add(leaves, name, other("a value nested too deep", "return its values by name"))
        return
    parts = _parts(value)
    if parts is not None:
        if not parts:
            add(leaves, name, nothing(type(value).__name__))
        for key, part in parts.items():
            _take_apart(part, below(name, key), leaves, depth + 1)
        return
    if isinstance(value, list | tuple) or (
        isinstance(value, np.ndarray) and value.dtype.kind == "O" and value.ndim
    ):
        _take_list_apart(list(value), type(value).__name__, name, leaves, depth)
        return
    add(leaves, name, _leaf(value))


def _parts(value: Any) -> dict[str, Any] | None:
    """The named parts of a value that has some."""
    if isinstance(value, _Labelled):
        return None
    if (pd := _pandas()) and isinstance(value, pd.DataFrame):
        labels = _index(value.index)
        columns: dict[str, Any] = {}
        for i, column in enumerate(value.columns):
            key = _text(column)
            key = key if key not in columns else f"{key}#{i + 1}"
            columns[key] = _Labelled(_series(value.iloc[:, i]), labels)
        return columns
    if isinstance(value, Mapping):
        return {_text(key): part for key, part in value.items()}
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {f.name: getattr(value, f.name) for f in dataclasses.fields(value)}
    if isinstance(value, tuple) and hasattr(value, "_fields"):
        return {str(key): getattr(value, str(key)) for key in value._fields}
    if isinstance(value, np.ndarray | np.void) and value.dtype.names:
        return {key: value[key] for key in value.dtype.names}
    return None


def _pandas() -> Any:
    """The library, where it is loaded: elsewhere no value is of its kinds, and it takes a while."""
    return sys.modules.get("pandas")


@dataclasses.dataclass(frozen=True)
class _Labelled:
    """Values with a name for each of them."""

    values: Any
    labels: tuple[str, ...] | None


def _index(index: Any) -> tuple[str, ...] | None:
    return None if isinstance(index, _pandas().RangeIndex) else tuple(map(_text, index))


def _series(series: Any) -> Any:
    """A column's values as an array, missing ones as pandas has them."""
    pd = _pandas()
    if isinstance(series.dtype, pd.CategoricalDtype):
        return np.array([None if pd.isna(v) else v for v in series], object)
    if isinstance(series.dtype, pd.DatetimeTZDtype):
        return series.dt.tz_convert("UTC").dt.tz_localize(None).to_numpy()
    if pd.api.types.is_extension_array_dtype(series.dtype) or series.dtype == object:
        return np.array([None if v is pd.NA else v for v in series], object)
    return series.to_numpy()


def _text(key: Any) -> str:
    if isinstance(key, tuple):
        return ",".join(map(_text, key))
    return storable(str(key))


def _take_list_apart(values: list[Any], kind: str, name: str, leaves: Leaves, depth: int) -> None:
    if (leaf := _flat(values, kind)) is not None:
        add(leaves, name, leaf)
        return
    parts = []
    for value in values:
        part: Leaves = {}
        _take_apart(value, "", part, depth + 1)
        parts.append(part)
    if (leaf := stacked(parts)) is not None:
        add(leaves, name, leaf)
        return
    for i, part in enumerate(parts, 1):
        for inner, leaf in part.items():
            here = below(name, str(i))
            add(leaves, here if inner == BARE else f"{here}.{inner}", leaf)


def _flat(values: list[Any], kind: str) -> Leaf | None:
    """A list of plain scalars, some of them missing; None for any other."""
    if not values:
        return numbers(kind, REAL, np.empty(0))
    types = set(map(type, values))
    if len(types) == 1 and (only := next(iter(types))) in (float, bool):
        return numbers(only.__name__, _PLAIN[only], np.array(values))
    pd = _pandas()
    nothing = {id(None), *((id(pd.NA), id(pd.NaT)) if pd else ())}
    absent = [id(v) in nothing for v in values]
    if str in types:  # among texts NaN is how pandas says that one is missing
        absent = [gone or v != v for v, gone in zip(values, absent, strict=True)]
    there = [v for v, gone in zip(values, absent, strict=True) if not gone]
    types = set(map(type, there))
    if not types:
        return None
    if all(issubclass(t, str) for t in types):
        full = [None if gone else str(v) for v, gone in zip(values, absent, strict=True)]
        return texts("str", full)
    if not all(
        issubclass(t, bool | int | float | np.integer | np.floating | np.bool_) for t in types
    ):
        return None
    if all(issubclass(t, bool | np.bool_) for t in types):
        family = TRUTH
    elif all(issubclass(t, int | np.integer) for t in types):
        family = WHOLE
    else:
        family = REAL
    name = next(iter(types)).__name__ if len(types) == 1 else "numbers"
    filled = [0.0 if gone else _double(v) for v, gone in zip(values, absent, strict=True)]
    return numbers(
        name, family, np.array(filled, np.float64), absent, rounded=any(map(_is_rounded, there))
    )


def _is_rounded(value: Any) -> bool:
    return isinstance(value, int | np.integer) and abs(int(value)) > MOST_EXACT


def _double(value: Any) -> float:
    try:
        return float(value)
    except OverflowError:
        largest = sys.float_info.max  # finite, as it is: R's Inf is another value
        return largest if value > 0 else -largest


def _leaf(value: Any) -> Leaf:
    if value is None:
        return nothing("None")
    if isinstance(value, _Labelled):
        return _labelled(value.values, value.labels)
    if pd := _pandas():
        if isinstance(value, pd.Series):
            return _labelled(_series(value), _index(value.index))
        if isinstance(value, pd.Index | pd.api.extensions.ExtensionArray):
            return _labelled(_series(pd.Series(value)), None)
        if value is pd.NA or value is pd.NaT:
            return numbers("NA", REAL, 0.0, True)
    if isinstance(value, str):
        return texts("str", value)
    if isinstance(value, datetime.date | datetime.timedelta):
        return time_leaf(value)
    if isinstance(value, bool | int):
        family = TRUTH if isinstance(value, bool) else WHOLE
        return numbers(type(value).__name__, family, _double(value), rounded=_is_rounded(value))
    if isinstance(value, float | complex):
        family = REAL if isinstance(value, float) else "complex number"
        return numbers(type(value).__name__, family, value)
    if isinstance(value, range):
        return numbers("range", WHOLE, np.array(value, np.float64))
    if isinstance(value, np.ma.MaskedArray):
        return numbers(
            str(value.dtype),
            _FAMILIES.get(value.dtype.kind, REAL),
            value.filled(0),
            np.ma.getmaskarray(value),
        )
    if isinstance(value, np.ndarray | np.generic) or hasattr(value, "__array__"):
        return _of_array(value)
    return uncomparable(value)


def _labelled(values: Any, labels: tuple[str, ...] | None) -> Leaf:
    leaves: Leaves = {}
    if isinstance(values, np.ndarray) and values.dtype.kind == "O":
        _take_list_apart(list(values), "object", "", leaves, 0)
        leaf = leaves.get(BARE) if len(leaves) == 1 else None
        if leaf is None:
            return other("a column of mixed values", "return columns of one type")
    else:
        leaf = _of_array(values)
    return leaf if labels is None else dataclasses.replace(leaf, labels=(labels,))


def _of_array(value: Any) -> Leaf:
    array = np.asarray(value)
    kind = array.dtype.kind
    if kind in _FAMILIES:
        return numbers(str(array.dtype), _FAMILIES[kind], array)
    if kind == "U":
        return texts("str", array.astype(object))
    if kind in "mM":
        return times(array)
    if kind == "O" and array.ndim == 0 and array[()] is not value:
        return _leaf(array[()])
    return uncomparable(value)
