"""The comparison of two arrays of a pair of runs."""

from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from ..case.contract import Contract
from ..numbers.measures import MAX_LRE, Float64s, lre, moves_six_digits, without_a_digit
from ..run.leaf import PRESENT
from ..run.returned import misshapen, not_finite
from .changes import Side
from .values import CODES, NEEDED_DIGITS, ORDER, Judged, judge_numbers
from .verdicts import PairVerdict


@dataclass(frozen=True)
class Comparison:
    """Two arrays side by side.

    Attributes
    ----------
    values : Judged or None
        The verdict on each value; None where nothing could be compared, or all had to be the same
        bits and are.
    n_values : int
        Number of values compared; 0 where that was impossible.
    max_abs, max_ulp, min_lre : float, int, float
        Largest difference, largest distance in doubles, fewest digits that agree.
    first_difference, worst : int or None
        Flat index of the first value that is not the same double, and of the value furthest
        from the other in units of its tolerance.
    ratio_to_tolerance : float
        Largest difference in units of its tolerance.
    digits : float
        Fewest determined digits of any value.
    without_a_digit : bool
        Whether rounding moves some value by a tenth of the largest one, or more.
    widest : float
        Largest tolerance of any value.
    first_beyond, open_from : int or None
        Flat index of the first value beyond its tolerance, and of the first that rounding moves in
        its first six digits.
    counts : bool
        Whole numbers on both sides.
    reason : str
        Why they disagree, or were not compared.
    """

    verdict: PairVerdict
    reason: str = ""
    values: Judged | None = field(default=None, compare=False, repr=False)
    n_values: int = 0
    max_abs: float = float("nan")
    max_ulp: int | None = None
    first_difference: int | None = None
    min_lre: float = float("nan")
    ratio_to_tolerance: float = float("nan")
    worst: int | None = None
    digits: float = float("nan")
    without_a_digit: bool = False
    widest: float = 0.0
    first_beyond: int | None = None
    open_from: int | None = None
    counts: bool = False

    @property
    def fails(self) -> bool:
        """Whether the two do not agree, or could not be compared at all."""
        return self.verdict in ("disagree", "not compared")


def compare_arrays(
    python: Any,
    r: Any,
    shape: tuple[int, ...],
    spread: Float64s | None,
    largest_input: float = 0.0,
) -> Comparison:
    """Compare what the two languages returned for one quantity.

    Parameters
    ----------
    python, r : array or None
        None where a language did not return it.
    shape : tuple
        What both must have.
    spread : array of this shape, or None
        How far rounding moves each value; None where only the same bits will do, the sign of a
        zero included.
    largest_input : float
        Largest absolute value among the inputs.
    """
    for language, values in (("python", python), ("r", r)):
        if problem := misshapen(values, shape):
            return Comparison("not compared", f"{language} {problem}")
        if problem := not_finite(values):
            return Comparison("disagree", f"{language} {problem}")
    a, b = np.asarray(python).ravel(), np.asarray(r).ravel()
    different = np.flatnonzero(a.view(np.int64) != b.view(np.int64))
    counts = bool((a == np.round(a)).all() and (b == np.round(b)).all())
    if spread is None and not different.size:
        return Comparison(
            "identical",
            n_values=a.size,
            max_abs=0.0,
            max_ulp=0,
            min_lre=MAX_LRE,
            ratio_to_tolerance=0.0,
            counts=counts,
        )
    flat_spread = np.zeros_like(a) if spread is None else spread.ravel()
    scale = max(largest_input, float(np.abs(a).max()), float(np.abs(b).max()))
    judged = judge_numbers(_side(a, flat_spread), _side(b, flat_spread), Contract(), scale)
    if spread is None:
        judged.tolerance[:] = 0.0
        judged.verdicts[different] = CODES["disagree"]
    difference = np.abs(a - b)
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio = np.where(difference == 0, 0.0, difference / judged.tolerance)
    worst = int(ratio.argmax()) if ratio.any() else None
    verdict: Any = ORDER[int(judged.verdicts.max())]
    reason = ""
    if verdict == "disagree":
        at = int(different[0]) if worst is None else worst
        reason = (
            f"index {at}: python {a[at]:.17g}, r {b[at]:.17g}, "
            f"{judged.ulp[at]} ULP apart, tolerance {judged.tolerance[at]:.2g}"
        )
    elif verdict == "undetermined":
        n = int((judged.verdicts == CODES[verdict]).sum())
        reason = f"{n} of {a.size} values have fewer than {NEEDED_DIGITS} digits"
    return Comparison(
        verdict,
        reason,
        judged,
        n_values=a.size,
        max_abs=float(difference.max()),
        max_ulp=int(judged.ulp.max()),
        first_difference=int(different[0]) if different.size else None,
        min_lre=float(lre(b, a).min()),
        ratio_to_tolerance=float(ratio.max()),
        worst=worst,
        digits=float(judged.python_digits.min()),
        without_a_digit=bool(without_a_digit(a, flat_spread).any()),
        widest=float(judged.tolerance.max()),
        first_beyond=first_true(ratio > 1),
        open_from=first_true(moves_six_digits(a, flat_spread)),
        counts=counts,
    )


def _side(values: Float64s, spread: Float64s) -> Side:
    """One language's values; a run of ours repeats itself, as every verification sees."""
    present, everywhere = np.full(values.shape, PRESENT, np.uint8), np.ones(values.shape, bool)
    return Side(values, present, spread, ~everywhere, None, everywhere)


def judge_window(
    python: Any, r: Any, shape: tuple[int, ...], spread: Float64s | None
) -> Comparison:
    """Compare one quantity of one window, ``spread`` as `compare_arrays` takes it.

    Nothing is undetermined here: over three iterations rounding moves little, and where a
    quantity is next to nothing, it must be so in both languages.
    """
    comparison = compare_arrays(python, r, shape, spread)
    return (
        replace(comparison, verdict="agree") if comparison.verdict == "undetermined" else comparison
    )


def first_true(holds: Any) -> int | None:
    """Flat index of the first place where it holds; None where there is none."""
    where = np.flatnonzero(holds)
    return int(where[0]) if where.size else None
