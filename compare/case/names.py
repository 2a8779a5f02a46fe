"""Which names may stand in a case, and how a setting is named."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Annotated, Any

import numpy as np
from pydantic import Field

START_PREFIX = "start_"
ARITHMETIC = "arithmetic"

# what becomes a file's name, on any file system, or a column's entry
Name = Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$")]
# what becomes an argument in both languages
Identifier = Annotated[str, Field(pattern=r"^[A-Za-z][A-Za-z0-9_]{0,63}$")]


def number_text(value: float) -> str:
    """Text that reads back as the same double: six significant digits, or as many as it takes."""
    short = f"{value:g}"
    if float(short) == value:
        return short
    if "e" in short:
        return repr(value).removesuffix(".0")
    return np.format_float_positional(value, trim="-")


def variant_name(settings: Mapping[str, float]) -> str:
    """Name of a case at one value of its grid; empty where there is no grid."""
    return ",".join(f"{key}={number_text(v)}" for key, v in settings.items())


def refuse_unknown(key: str, names: Iterable[str], known: Collection[str]) -> None:
    """Raises ValueError for a name that is not known."""
    for name in names:
        if name not in known:
            raise ValueError(f"{key}: unknown name {name!r}, known are {', '.join(known)}")


def refuse_repeated(key: str, values: Sequence[Any]) -> None:
    """Raises ValueError for a value that stands twice; 1 and 1.0, 0 and -0 are the same."""
    for i, value in enumerate(values):
        if value in values[:i]:
            shown = value if isinstance(value, str) else number_text(value)
            raise ValueError(f"{key}: {shown} stands there twice")


def refuse_alike(names: Iterable[str], what: str) -> None:
    """Raises ValueError for two names that are one where upper and lower case do not count."""
    seen: dict[str, str] = {}
    for name in names:
        other = seen.setdefault(name.casefold(), name)
        if other != name:
            raise ValueError(f"{other} and {name}: {what} that differ in upper and lower case only")


def check_names(
    inputs: Collection[str],
    grid: Collection[str],
    weights: Mapping[str, Sequence[str]],
    quantities: Collection[str],
) -> None:
    """Raises ValueError where one name would hide another.

    Parameters
    ----------
    weights : dict
        Names of the starting weights of each start.
    """
    for start, names in weights.items():
        refuse_repeated(f"starts.{start}.draws", names)
        _refuse_common(f"starts.{start}.draws", names, "an input", inputs)
        _refuse_common(f"starts.{start}.draws", names, "a key of the grid", grid)
        _refuse_common(f"starts.{start}.draws", names, "the arithmetic", [ARITHMETIC])
    _refuse_common("grid", grid, "an input", inputs)
    _refuse_common("grid", grid, "the arithmetic", [ARITHMETIC])
    _refuse_common("inputs", inputs, "the arithmetic", [ARITHMETIC])
    _refuse_common("quantities", quantities, "an input", inputs)
    for name in quantities:
        if name.startswith(START_PREFIX):
            raise ValueError(f"quantities: {name} begins as the name of a starting weight")


def _refuse_common(key: str, names: Iterable[str], what: str, others: Collection[str]) -> None:
    for name in names:
        if name in others:
            raise ValueError(f"{key}: {name} is the name of {what} too")
