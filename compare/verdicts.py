"""Verdicts: do two arrays agree, does a printed number come out again?"""

from dataclasses import dataclass, replace
from typing import Any, Literal

import numpy as np

from compare.case import Printed
from compare.measures import lre, ordinal, tolerance, ulp_distance
from compare.schema import Float64s

PairVerdict = Literal["identical", "agree", "undetermined", "disagree", "not compared"]
PrintedVerdict = Literal[
    "reproduced", "within rounding", "undetermined", "mismatch", "not compared"
]
UNDETERMINED_SHARE = 0.1


@dataclass(frozen=True)
class Comparison:
    """Two arrays side by side.

    Attributes
    ----------
    n_values : int
        Number of values compared; 0 where that was impossible.
    max_abs, max_ulp, min_lre : float, int, float
        Largest difference, largest distance in doubles, fewest digits in common.
    first_difference, worst : int or None
        Flat index of the first value that is not the same double, and of the value furthest
        from the other in units of its tolerance.
    ratio_to_tolerance : float
        Largest difference in units of its tolerance.
    n_undetermined : int
        How many values doubles do not determine.
    reason : str
        Why they disagree, or were not compared.
    """

    verdict: PairVerdict
    reason: str = ""
    n_values: int = 0
    max_abs: float = float("nan")
    max_ulp: int | None = None
    first_difference: int | None = None
    min_lre: float = float("nan")
    ratio_to_tolerance: float = float("nan")
    worst: int | None = None
    n_undetermined: int = 0


def compare_arrays(
    python: Any, r: Any, shape: tuple[int, ...], spread: Float64s | None
) -> Comparison:
    """Compare what the two languages returned for one quantity.

    Parameters
    ----------
    python, r : array or None
        None where a language did not return it.
    shape : tuple
        What both must have.
    spread : array of this shape, or None
        How far rounding moves each value; None where only the same doubles will do.
    """
    for language, values in (("python", python), ("r", r)):
        if problem := _unusable(values, shape):
            return Comparison("disagree", f"{language} {problem}")
    a, b = np.asarray(python).ravel(), np.asarray(r).ravel()
    difference, ulps = np.abs(a - b), ulp_distance(a, b)
    different = np.flatnonzero(ulps)
    allowed = np.zeros_like(a) if spread is None else tolerance(a, b, spread.ravel())
    open_values = np.zeros(a.shape, bool) if spread is None else undetermined(a, spread.ravel())
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio = np.where(difference == 0, 0.0, difference / allowed)
    judged = np.where(open_values, 0.0, ratio)
    worst = int(judged.argmax()) if judged.any() else None
    verdict, reason = _pair_verdict(different, judged, open_values)
    if verdict == "disagree" and worst is not None:
        reason = (
            f"index {worst}: python {a[worst]:.17g}, r {b[worst]:.17g}, "
            f"{ulps[worst]} ULP apart, tolerance {allowed[worst]:.2g}"
        )
    return Comparison(
        verdict,
        reason,
        n_values=a.size,
        max_abs=float(difference.max()),
        max_ulp=int(ulps.max()),
        first_difference=int(different[0]) if different.size else None,
        min_lre=float(lre(b, a).min()),
        ratio_to_tolerance=float(judged.max()),
        worst=worst,
        n_undetermined=int(open_values.sum()),
    )


def judge_together(found: dict[str, Comparison], weights: list[str]) -> dict[str, Comparison]:
    """Judge the quantities of one pair of native runs by what its weights are worth.

    What is computed from weights that doubles do not determine is determined no better, however
    little the 32 members moved it: a saturated unit answers to a weight exponentially, so its
    spread has a heavy tail.
    """
    if not any(name in found and found[name].n_undetermined for name in weights):
        return found
    return {
        name: replace(
            comparison,
            verdict="undetermined",
            reason=f"its weights are undetermined; {comparison.reason}",
            ratio_to_tolerance=float("nan"),
        )
        if comparison.verdict == "disagree" and comparison.ratio_to_tolerance > 1
        else comparison
        for name, comparison in found.items()
    }


def _unusable(values: Any, shape: tuple[int, ...]) -> str:
    if values is None:
        return "did not return it"
    values = np.asarray(values)
    if values.dtype != np.float64:
        return f"returned {values.dtype}, not float64"
    if values.shape != shape:
        return f"returned shape {values.shape}, expected {shape}"
    if values.size == 0:
        return "returned no values"
    if not np.isfinite(values).all():
        return f"returned {values[~np.isfinite(values)][0]}"
    return ""


def _pair_verdict(different: Any, judged: Float64s, open_values: Any) -> tuple[PairVerdict, str]:
    if different.size == 0:
        return "identical", ""
    if judged.max() > 1:
        return "disagree", ""
    if open_values.any():
        return "undetermined", f"{open_values.sum()} of {open_values.size} values"
    return "agree", ""


def undetermined(values: Float64s, spread: Float64s) -> Any:
    """Where rounding moves a value by 10 % or more of the quantity's largest one."""
    return (spread > 0) & (spread >= UNDETERMINED_SHARE * np.abs(values).max())


@dataclass(frozen=True)
class PrintedCheck:
    """A published number and the value recomputed for it.

    Attributes
    ----------
    recomputed : float or None
        None where the run gave none.
    ulp : int or None
        Doubles between the recomputed value and the nearest that prints as published; None
        where no double prints so.
    lre : float
        Digits that the recomputed value and the printed number have in common.
    """

    verdict: PrintedVerdict
    reason: str = ""
    recomputed: float | None = None
    ulp: int | None = None
    lre: float = float("nan")
    tolerance: float = float("nan")


def check_printed(
    printed: Printed, values: Any, shape: tuple[int, ...], spread: Float64s | None
) -> PrintedCheck:
    """Does the recomputed value print as published?

    Parameters
    ----------
    values : array
        The whole quantity, as recomputed.
    spread : array of the same shape, or None
        How far rounding moves each value; None for an input, which rounding does not move.
    """
    if problem := _unusable(values, shape):
        return PrintedCheck("mismatch", f"the run {problem}")
    value = float(np.asarray(values)[printed.index])
    spread = np.zeros(shape) if spread is None else spread
    moved = float(spread[printed.index])
    allowed = float(tolerance(np.array(value), np.array(value), np.array(moved)))
    nearest = printed.format.nearest(value, printed.text)
    verdict: PrintedVerdict
    if nearest == value:
        verdict, reason = "reproduced", ""
    elif undetermined(np.asarray(values), spread)[printed.index]:
        verdict, reason = "undetermined", f"rounding alone moves it by {moved:.2g}"
    elif nearest is not None and abs(nearest - value) <= allowed:
        verdict, reason = "within rounding", f"prints as {printed.format(value)} here"
    else:
        verdict = "mismatch"
        reason = f"printed {printed.text}, recomputed {printed.format(value)} ({value!r})"
    return PrintedCheck(
        verdict,
        reason,
        recomputed=value,
        ulp=None if nearest is None else abs(ordinal(nearest) - ordinal(value)),
        lre=float(lre(np.array(value), np.array(float(printed.text)))),
        tolerance=allowed,
    )
