"""Inputs without what languages treat in different ways: if both agree on them, that is why."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

MOVE = 1e-6  # relative, off edges and equal values of other inputs
MOST_LESS = 0.01  # relative
IN_TIES = 1e-3  # of the smallest distance between two values: so far equal ones are moved apart
QUARTER = 0.25


@dataclass(frozen=True)
class Other:
    """Inputs that lack something.

    Attributes
    ----------
    without : str
        What is gone, and from which input.
    cause, advice : str
        The usual reason that languages treat it in different ways; what to change.
    """

    without: str
    inputs: dict[str, Any]
    cause: str
    advice: str


def _filled(value: Any) -> Any:
    return np.array([1.371, 2.934, 4.612]) if _is_vector(value) and value.size == 0 else None


def _without_missing(value: Any) -> Any:
    if not _is_real(value) or not np.isnan(value).any() or np.isnan(value).all():
        return None
    return np.where(np.isnan(value), np.nanmedian(value) + QUARTER, value)


def _without_ties(value: Any) -> Any:
    if not _is_real(value) or value.ndim != 1 or not np.isfinite(value).all():
        return None
    distinct, place = np.unique(value, return_inverse=True)
    if len(distinct) == len(value) or len(distinct) < 2:
        return None
    earlier = np.array([np.sum(place[:i] == place[i]) for i in range(len(place))])
    step = IN_TIES * np.diff(distinct).min() / len(value)
    return value + step * earlier


def _without_signs(value: Any) -> Any:
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    if not is_number and not (isinstance(value, np.ndarray) and value.dtype.kind in "if"):
        return None
    return type(value)(abs(value)) if is_number and value < 0 else _abs(value)


def _abs(value: Any) -> Any:
    return np.abs(value) if np.ndim(value) and (np.asarray(value) < 0).any() else None


def _without_halves(value: Any) -> Any:
    if not _is_real(value):
        return None
    halves = np.abs(value - np.trunc(value)) == 0.5
    return np.where(halves, value + QUARTER, value) if halves.any() else None


def _sorted(value: Any) -> Any:
    if isinstance(value, list) and value and all(isinstance(text, str) for text in value):
        return sorted(value) if value != sorted(value) else None
    if not _is_vector(value) or value.dtype.kind not in "if" or not np.isfinite(value).all():
        return None
    return np.sort(value) if (np.diff(value) < 0).any() else None


def _moved(value: Any) -> Any:
    return value + MOVE * np.abs(value) if _is_real(value) else None


def _in_lower_case(value: Any) -> Any:
    if not isinstance(value, list) or not all(isinstance(text, str) for text in value):
        return None
    lower = [text.lower() for text in value]
    return lower if lower != value else None


def _is_vector(value: Any) -> bool:
    return isinstance(value, np.ndarray) and value.ndim == 1


def _is_real(value: Any) -> bool:
    return isinstance(value, np.ndarray) and value.dtype == np.float64 and value.size > 0


# what is taken away, how, the usual reason, and what to change
Lack = tuple[str, Callable[[Any], Any], str, str]
LACKS: tuple[Lack, ...] = (
    (
        "values in the empty {}",
        _filled,
        "a loop over 1:length(x) runs twice in R where x is empty; nothing has another sum, mean "
        "or maximum in each language",
        "seq_along(x) in R, and a case of its own for no value",
    ),
    (
        "no missing value in {}",
        _without_missing,
        "missing values are left out by one language and passed on by the other",
        "na.rm = TRUE in R, np.nanmean and its like in NumPy, skipna=False in pandas",
    ),
    (
        "no two equal values in {}",
        _without_ties,
        "which of two equal values comes first, and what rank they have, is the library's choice",
        "kind='stable' in NumPy's sort, ties.method in R's rank",
    ),
    (
        "no negative number in {}",
        _without_signs,
        "division, remainders, roots and rounding of negative numbers are defined in more than "
        "one way",
        "np.fmod and np.trunc go towards 0, %% and %/% in R downward",
    ),
    (
        "no value half way between whole numbers in {}",
        _without_halves,
        "halves are rounded to the even number, or away from 0, or up",
        "round() is half even in both; floor(x + 0.5) is half up in both",
    ),
    (
        "{} in lower case",
        _in_lower_case,
        "R sorts text by the locale, Python by code point, where capitals come first",
        'sort(method = "radix") in R sorts by code point',
    ),
    (
        "{} in increasing order",
        _sorted,
        "one language sorts, the other keeps the order in which values come first",
        "sort=True in pandas, np.unique sorts; unique() in R and pd.unique() do not",
    ),
)
# the same of what is on an edge; where both languages jump, it says no more than that they do
EDGE = (
    "{} moved up by a millionth",
    _moved,
    "a value on an edge, or equal to a bound, counts to the one side or to the other",
    "right = FALSE in R's cut and hist, side='right' in np.searchsorted, right=False in pd.cut",
)


def with_all_digits(inputs: dict[str, Any]) -> dict[str, Any] | None:
    """Inputs whose numbers that are not whole are a little less, with all their digits.

    None where there are none.
    """
    generator = np.random.default_rng(1)
    changed = {name: _lessened(value, generator) for name, value in inputs.items()}
    return None if all(changed[name] is inputs[name] for name in inputs) else changed


def _lessened(value: Any, generator: np.random.Generator) -> Any:
    if isinstance(value, float):
        return value * (1 - MOST_LESS * generator.random())
    if not _is_real(value):
        return value
    return value * (1 - MOST_LESS * generator.random(value.shape))


def others(inputs: dict[str, Any], lacks: Sequence[Lack] = LACKS) -> Iterator[Other]:
    """The inputs, each time with one thing gone from one of them; then from all that have it."""
    for without, change, cause, advice in lacks:
        changed = {
            name: other for name, value in inputs.items() if (other := change(value)) is not None
        }
        for name, other in changed.items():
            yield Other(without.format(name), inputs | {name: other}, cause, advice)
        if len(changed) > 1:
            yield Other(without.format(" and ".join(changed)), inputs | changed, cause, advice)
