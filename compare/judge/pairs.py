"""Do two arrays of a pair of runs agree?"""

from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from ..numbers.measures import (
    Float64s,
    lre,
    moves_six_digits,
    tolerance,
    ulp_distance,
    undetermined,
)
from ..run.returned import misshapen, not_finite
from .verdicts import PairVerdict


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
    n_values: int = 0
    max_abs: float = float("nan")
    max_ulp: int | None = None
    first_difference: int | None = None
    min_lre: float = float("nan")
    ratio_to_tolerance: float = float("nan")
    worst: int | None = None
    n_undetermined: int = 0
    widest: float = 0.0
    first_beyond: int | None = None
    open_from: int | None = None
    counts: bool = False

    @property
    def fails(self) -> bool:
        """Whether the two do not agree, or could not be compared at all."""
        return self.verdict in ("disagree", "not compared")


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
        How far rounding moves each value; None where only the same bits will do, the sign of a
        zero included.
    """
    for language, values in (("python", python), ("r", r)):
        if problem := misshapen(values, shape):
            return Comparison("not compared", f"{language} {problem}")
        if problem := not_finite(values):
            return Comparison("disagree", f"{language} {problem}")
    a, b = np.asarray(python).ravel(), np.asarray(r).ravel()
    difference, ulps = np.abs(a - b), ulp_distance(a, b)
    different = np.flatnonzero(a.view(np.int64) != b.view(np.int64))
    flat_spread = np.zeros_like(a) if spread is None else spread.ravel()
    allowed = np.zeros_like(a) if spread is None else tolerance(a, b, flat_spread)
    open_values = undetermined(a, flat_spread)
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio = np.where(difference == 0, 0.0, difference / allowed)
    worst = int(ratio.argmax()) if ratio.any() else None
    verdict, reason = _pair_verdict(different, ratio, open_values, exactly=spread is None)
    if verdict == "disagree":
        at = int(different[0]) if worst is None else worst
        reason = (
            f"index {at}: python {a[at]:.17g}, r {b[at]:.17g}, "
            f"{ulps[at]} ULP apart, tolerance {allowed[at]:.2g}"
        )
    return Comparison(
        verdict,
        reason,
        n_values=a.size,
        max_abs=float(difference.max()),
        max_ulp=int(ulps.max()),
        first_difference=int(different[0]) if different.size else None,
        min_lre=float(lre(b, a).min()),
        ratio_to_tolerance=float(ratio.max()),
        worst=worst,
        n_undetermined=int(open_values.sum()),
        widest=float(allowed.max()),
        first_beyond=_first(ratio > 1),
        open_from=_first(moves_six_digits(a, flat_spread)),
        counts=bool((a == np.round(a)).all() and (b == np.round(b)).all()),
    )


def judge_together(
    comparisons: dict[str, Comparison],
    weights: list[str],
    in_windows: dict[str, float],
    trajectories: Collection[str],
) -> dict[str, Comparison]:
    """Judge the quantities of one pair of native runs by what its weights are worth.

    What is computed from weights that doubles do not determine is determined no better, however
    little the members moved it at one place: a saturated unit answers to a weight exponentially,
    so its spread has a heavy tail. Such a quantity may lie anywhere in the range of all members,
    times the factor, and no further; a trajectory so from where they differ in its first six
    digits; counts may not.

    Parameters
    ----------
    in_windows : dict
        How far each quantity may lie apart in any window of the run.
    trajectories : collection of str
        Which quantities have a value for each iteration.
    """
    if not any(name in comparisons and comparisons[name].n_undetermined for name in weights):
        return comparisons
    return {
        name: _in_range(c, in_windows.get(name, 0.0), name in trajectories)
        for name, c in comparisons.items()
    }


def _in_range(comparison: Comparison, in_windows: float, trajectory: bool) -> Comparison:
    widest = max(comparison.widest, in_windows)
    if comparison.verdict != "disagree" or comparison.first_beyond is None or comparison.counts:
        return comparison
    if comparison.max_abs > widest:
        return comparison
    determined_there = (
        comparison.open_from is None or comparison.first_beyond < comparison.open_from
    )
    if trajectory and determined_there and comparison.max_abs > in_windows:
        return comparison
    return replace(
        comparison,
        verdict="undetermined",
        reason=f"its weights are undetermined; {comparison.reason}",
        ratio_to_tolerance=comparison.max_abs / widest,
        widest=widest,
    )


def _pair_verdict(
    different: Any, ratio: Float64s, open_values: Any, exactly: bool
) -> tuple[PairVerdict, str]:
    if different.size == 0:
        return "identical", ""
    if exactly or ratio.max() > 1:
        return "disagree", ""
    if open_values.any():
        return "undetermined", f"{open_values.sum()} of {open_values.size} values"
    return "agree", ""


def judge_undetermined(
    verdict: PairVerdict, reason: str, same_in_order: bool
) -> tuple[PairVerdict, str]:
    """Let an undetermined pair pass only where it is shown to be the same in another way.

    Parameters
    ----------
    same_in_order : bool
        In ordered arithmetic both languages give the same bits, at every iteration to the end.
    """
    if verdict == "undetermined" and not same_in_order:
        return "disagree", "undetermined, and no ordered runs show that the two are the same"
    return verdict, reason


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


def left_open(
    values: Float64s, spread: Float64s, weights_undetermined: bool, trajectory: bool
) -> Float64s:
    """How far each value may be from the exact one since doubles do not determine it; else 0.

    Parameters
    ----------
    values, spread : array, flat
        A whole quantity, and how far rounding moves each value.
    weights_undetermined : bool
        It is computed from weights that doubles do not determine: as in `judge_together`, a value
        may then be anywhere in the range of all members, and counts may not.
    trajectory : bool
        There is a value for each iteration.
    """
    allowed = np.where(undetermined(values, spread), spread, 0.0)
    if weights_undetermined and not (values == np.round(values)).all():
        first = _first(moves_six_digits(values, spread)) if trajectory else 0
        allowed[first if first is not None else values.size :] = spread.max()
    return allowed


def _first(holds: Any) -> int | None:
    where = np.flatnonzero(holds)
    return int(where[0]) if where.size else None
