"""What passes though it is not determined in double precision, and what that excuses."""

from collections.abc import Collection
from dataclasses import replace

import numpy as np

from ..numbers.measures import Float64s, moves_six_digits, without_a_digit
from .pairs import Comparison, first_true
from .values import CODES, Judged


def judge_together(
    comparisons: dict[str, Comparison],
    weights: list[str],
    in_windows: dict[str, float],
    trajectories: Collection[str],
) -> dict[str, Comparison]:
    """Judge the quantities of one pair of native runs by what its weights are worth.

    What is computed from undetermined weights is determined no better, however little the members
    moved it at one place: a saturated unit answers to a weight exponentially, so its spread has a
    heavy tail. Such a quantity may lie anywhere in the range of all members, times the factor, and
    no further; a trajectory so from where they differ in its first six digits; counts may not.

    Parameters
    ----------
    in_windows : dict
        How far each quantity may lie apart in any window of the run.
    trajectories : collection of str
        Which quantities have a value for each iteration.
    """
    if not any(name in comparisons and comparisons[name].without_a_digit for name in weights):
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
        values=comparison.values and _excused(comparison.values, widest),
        ratio_to_tolerance=comparison.max_abs / widest,
        widest=widest,
    )


def _excused(values: Judged, widest: float) -> Judged:
    """What disagrees is undetermined within this range."""
    beyond = values.verdicts == CODES["disagree"]
    return replace(
        values,
        tolerance=np.where(beyond, widest, values.tolerance),
        verdicts=np.where(beyond, CODES["undetermined"], values.verdicts).astype(np.int8),
    )


def judge_undetermined(
    comparisons: dict[str, Comparison], same_to_the_end: bool, same_in_windows: bool
) -> dict[str, Comparison]:
    """Let undetermined quantities pass only where they are shown to be the same in another way.

    Parameters
    ----------
    same_to_the_end : bool
        In portable arithmetic both languages give the same bits, at every iteration to the end.
    same_in_windows : bool
        They give the same bits as far as portable runs go, and agree in every window: enough
        where rounding moves no weight, and nothing of the quantity, by a tenth of the largest one.
    """
    swamped = any(c.without_a_digit for c in comparisons.values() if c.verdict == "undetermined")
    if same_to_the_end or (same_in_windows and not swamped):
        return comparisons
    return {
        name: replace(
            c,
            verdict="disagree",
            reason="undetermined, and no portable runs or windows show that the two are the same",
        )
        if c.verdict == "undetermined"
        else c
        for name, c in comparisons.items()
    }


def left_open(
    values: Float64s, spread: Float64s, weights_undetermined: bool, trajectory: bool
) -> Float64s:
    """How far each value may be from the exact one where it is undetermined; else 0.

    Parameters
    ----------
    values, spread : array, flat
        A whole quantity, and how far rounding moves each value.
    weights_undetermined : bool
        It is computed from undetermined weights: as in `judge_together`, a value may then
        be anywhere in the range of all members, and counts may not.
    trajectory : bool
        There is a value for each iteration.
    """
    allowed = np.where(without_a_digit(values, spread), spread, 0.0)
    if weights_undetermined and not (values == np.round(values)).all():
        first = first_true(moves_six_digits(values, spread)) if trajectory else 0
        allowed[first if first is not None else values.size :] = spread.max()
    return allowed
