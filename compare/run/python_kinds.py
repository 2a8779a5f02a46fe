"""Python values of a kind of their own: times, and what cannot be compared."""

import datetime
from typing import Any

import numpy as np

from .leaf import Leaf, numbers, other

DAYS = ("Y", "M", "W", "D")  # units of dates
OF_A_SECOND = {"s": 1.0, "ms": 1e3, "us": 1e6, "ns": 1e9, "ps": 1e12, "fs": 1e15, "as": 1e18}

EPOCH = datetime.datetime(1970, 1, 1, tzinfo=datetime.UTC)


def time_leaf(value: datetime.date | datetime.timedelta) -> Leaf:
    """A date in days, a time or a duration in seconds."""
    if isinstance(value, datetime.timedelta):
        return numbers(type(value).__name__, "duration", value.total_seconds())
    if isinstance(value, datetime.datetime):
        aware = value if value.tzinfo else value.replace(tzinfo=datetime.UTC)
        return numbers(type(value).__name__, "time", (aware - EPOCH).total_seconds())
    return numbers(type(value).__name__, "date", (value - EPOCH.date()).days)


def times(array: Any) -> Leaf:
    """An array of dates, times or durations: days since 1970, or seconds."""
    kind, unit = array.dtype.kind, np.datetime_data(array.dtype)[0]
    if kind == "M" and unit in DAYS:
        family, unit, scale = "date", "D", 1.0
    else:  # in its own unit, since few years have a nanosecond in 64 bits
        family = "time" if kind == "M" else "duration"
        unit = unit if unit in OF_A_SECOND else "s"
        scale = OF_A_SECOND[unit]
    counted = array.astype(f"{kind}8[{unit}]").astype(np.int64)
    return numbers(str(array.dtype), family, counted / scale, np.isnat(array))


def uncomparable(value: Any) -> Leaf:
    """What is no number and no text, with what to return in its place."""
    kind = type(value)
    name = kind.__name__ if kind.__module__ == "builtins" else f"{kind.__module__}.{kind.__name__}"
    if callable(getattr(value, "toarray", None)):
        return other(name, "return its toarray()")
    if isinstance(value, set | frozenset):
        return other(name, "return sorted(...) of it")
    if isinstance(value, bytes | bytearray | memoryview):
        return other(name, "return list(...) of it")
    if callable(value):
        return other(name, "return what it gives, not the function")
    if hasattr(value, "__float__"):
        return other(name, "return float(...) of it")
    if hasattr(value, "__iter__"):
        return other(name, "return list(...) of it")
    return other(name, "return its numbers in a dict")
