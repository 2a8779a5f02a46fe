"""What the functions of a case returned: exactly its quantities, each a plain set of numbers."""

from collections.abc import Collection
from typing import Any

import numpy as np

from ..case.case import Case
from ..case.schema import Language, one_line
from ..safety.errors import ForeseenError

Result = dict[str, Any]
NUMBERS = "biufc"  # NumPy's kinds of truth values, integers, floats and complex numbers


class ReturnedError(ForeseenError):
    """A function of a case returned something that is no set of named numbers."""


def checked_result(reference: str, returned: Any, quantities: Collection[str]) -> Result:
    """What a function returned, where it is a dict of numbers with no other names than these.

    A quantity that is missing is left to the comparison, and so are numbers of another type or
    shape: they are handed on as they are. A list is no array: its type would be guessed.

    Raises
    ------
    ReturnedError
        It is no dict; a name is no quantity of the case, so that nothing would compare its
        values; or a value is no plain NumPy array or scalar of numbers.
    """
    if not isinstance(returned, dict):
        raise ReturnedError(f"{reference} returned {_type(returned)}, not a dict of its quantities")
    for name, value in returned.items():
        if not isinstance(name, str) or name not in quantities:
            raise ReturnedError(
                f"{reference} returned {one_line(repr(name))}, which the case's quantities lack"
            )
        if problem := _no_numbers(value):
            raise ReturnedError(f"{reference}: {name} is {problem}")
    return dict(returned)


def _no_numbers(value: Any) -> str:
    if isinstance(value, bool | int | float | complex | np.generic):
        kind = np.asarray(value).dtype.kind
    elif type(value) is np.ndarray:  # a mask, or a matrix's product, has another meaning
        kind = value.dtype.kind
    else:
        return f"{_type(value)}, not a NumPy array"
    if kind in NUMBERS:
        return ""
    return f"{_type(value)} of {np.asarray(value).dtype}, not of numbers"


def _type(value: Any) -> str:
    kind = type(value)
    name = (
        kind.__qualname__
        if kind.__module__ == "builtins"
        else f"{kind.__module__}.{kind.__qualname__}"
    )
    return one_line(f"a value of type {name}")


def misshapen(values: Any, shape: tuple[int, ...]) -> str:
    """Why values cannot stand for a quantity of this shape; empty where they can."""
    if values is None:
        return "did not return it"
    values = np.asarray(values)
    if values.dtype != np.float64:
        return f"returned {values.dtype}, not float64"
    if values.shape != shape:
        return f"returned shape {values.shape}, expected {shape}"
    if values.size == 0:
        return "returned no values"
    return ""


def need_whole(
    case: Case, language: Language, result: dict[str, Any], iterations: int | None
) -> None:
    """Refuse a result from which nothing can be measured.

    Raises
    ------
    ReturnedError
        A measured quantity is missing, or is no float64 of its shape. How long a run is that
        stops by itself is not known beforehand, so there its shape is not asked for.
    """
    for name in case.measured:
        values = result.get(name)
        shape = case.shape(name, iterations)
        if case.restart is not None and values is not None:
            shape = np.shape(values)
        if problem := misshapen(values, shape):
            raise ReturnedError(f"{name}: {language} {problem}")


def unusable(values: Any, shape: tuple[int, ...]) -> str:
    """Why nothing can be computed from values of a quantity; empty where something can."""
    return misshapen(values, shape) or not_finite(values)


def not_finite(values: Any) -> str:
    """Why values are no finite numbers; empty where all are."""
    values = np.asarray(values)
    if not np.isfinite(values).all():
        return f"returned {values[~np.isfinite(values)][0]}"
    return ""
