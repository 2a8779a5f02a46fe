"""Verdicts: do two arrays agree, does a printed number come out again?"""

from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import Any, Literal

import numpy as np

from compare.case import Case, Printed
from compare.measures import lre, ordinal, tolerance, ulp_distance
from compare.returned import ReturnedError
from compare.schema import Float64s, Language

PairVerdict = Literal["identical", "agree", "undetermined", "disagree", "not compared"]
PrintedVerdict = Literal[
    "reproduced", "within rounding", "undetermined", "mismatch", "not compared"
]
UNDETERMINED_SHARE = 0.1
SIX_DIGITS = 1e-6


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
        if problem := _not_finite(values):
            return Comparison("disagree", f"{language} {problem}")
    a, b = np.asarray(python).ravel(), np.asarray(r).ravel()
    difference, ulps = np.abs(a - b), ulp_distance(a, b)
    different = np.flatnonzero(a.view(np.int64) != b.view(np.int64))
    allowed = np.zeros_like(a) if spread is None else tolerance(a, b, spread.ravel())
    open_values = np.zeros(a.shape, bool) if spread is None else undetermined(a, spread.ravel())
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
        open_from=None if spread is None else _first(moves_six_digits(a, spread.ravel())),
        counts=bool((a == np.round(a)).all() and (b == np.round(b)).all()),
    )


def judge_together(
    found: dict[str, Comparison],
    weights: list[str],
    in_windows: dict[str, float],
    trajectories: Collection[str] = (),
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
    if not any(name in found and found[name].n_undetermined for name in weights):
        return found
    return {
        name: _in_range(c, in_windows.get(name, 0.0), name in trajectories)
        for name, c in found.items()
    }


def _in_range(found: Comparison, in_windows: float, trajectory: bool) -> Comparison:
    widest = max(found.widest, in_windows)
    if found.verdict != "disagree" or found.first_beyond is None or found.counts:
        return found
    if found.max_abs > widest:
        return found
    determined_there = found.open_from is None or found.first_beyond < found.open_from
    if trajectory and determined_there and found.max_abs > in_windows:
        return found
    return replace(
        found,
        verdict="undetermined",
        reason=f"its weights are undetermined; {found.reason}",
        ratio_to_tolerance=found.max_abs / widest,
        widest=widest,
    )


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
    return misshapen(values, shape) or _not_finite(values)


def _not_finite(values: Any) -> str:
    values = np.asarray(values)
    if not np.isfinite(values).all():
        return f"returned {values[~np.isfinite(values)][0]}"
    return ""


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


def undetermined(values: Float64s, spread: Float64s) -> Any:
    """Where rounding moves a value by 10 % or more of the quantity's largest one."""
    return (spread > 0) & (spread >= UNDETERMINED_SHARE * np.abs(values).max())


def moves_six_digits(values: Float64s, spread: Float64s) -> Any:
    """Where rounding moves a value by more than a millionth of the quantity's largest one."""
    return spread > SIX_DIGITS * np.abs(values).max()


def left_open(values: Float64s, spread: Float64s, by_weights: bool, trajectory: bool) -> Float64s:
    """How far each value may be from the exact one since doubles do not determine it; else 0.

    Parameters
    ----------
    values, spread : array, flat
        A whole quantity, and how far rounding moves each value.
    by_weights : bool
        It is computed from weights that doubles do not determine: as in `judge_together`, a value
        may then be anywhere in the range of all members, and counts may not.
    trajectory : bool
        There is a value for each iteration.
    """
    allowed = np.where(undetermined(values, spread), spread, 0.0)
    if by_weights and not (values == np.round(values)).all():
        first = _first(moves_six_digits(values, spread)) if trajectory else 0
        allowed[first if first is not None else values.size :] = spread.max()
    return allowed


def _first(holds: Any) -> int | None:
    where = np.flatnonzero(holds)
    return int(where[0]) if where.size else None


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
    printed: Printed,
    values: Any,
    shape: tuple[int, ...],
    spread: Float64s | None,
    exact: float | None = None,
) -> PrintedCheck:
    """Does the recomputed value print as published?

    Parameters
    ----------
    values : array
        The whole quantity, as recomputed.
    spread : array of the same shape, or None
        How far rounding moves each value; None for an input, which rounding does not move.
    exact : float or None
        The proved value where that is exact, as a count's is: the source must have printed it.
    """
    if problem := misshapen(values, shape):
        return PrintedCheck("not compared", f"the run {problem}")
    if problem := _not_finite(values):
        return PrintedCheck("mismatch", f"the run {problem}")
    value = float(np.asarray(values)[printed.index])
    spread = np.zeros(shape) if spread is None else spread
    moved = float(spread[printed.index])
    allowed = float(tolerance(np.array(value), np.array(value), np.array(moved)))
    nearest = printed.format.nearest(value, printed.text)
    verdict: PrintedVerdict
    if exact is not None and printed.format(exact) != printed.text:
        verdict, reason = "mismatch", f"printed {printed.text}, but proved {printed.format(exact)}"
    elif printed.format(value) == printed.text:
        verdict, reason = "reproduced", ""
    elif nearest is None or abs(nearest - value) > allowed:
        verdict = "mismatch"
        reason = f"printed {printed.text}, recomputed {printed.format(value)} ({value!r})"
    elif undetermined(np.asarray(values), spread)[printed.index]:
        verdict, reason = "undetermined", f"rounding alone moves it by {moved:.2g}"
    else:
        verdict, reason = "within rounding", f"prints as {printed.format(value)} here"
    return PrintedCheck(
        verdict,
        reason,
        recomputed=value,
        ulp=None if nearest is None else abs(ordinal(nearest) - ordinal(value)),
        lre=float(lre(np.array(value), np.array(float(printed.text)))),
        tolerance=allowed,
    )
