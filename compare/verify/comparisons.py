"""The built-in cases' pairs of runs, judged: natively by measured tolerances, else to the bit."""

from dataclasses import dataclass
from itertools import groupby
from typing import Any

import numpy as np

from ..case.case import Case
from ..case.inputs import largest
from ..case.schema import NATIVE
from ..evidence.spread import Spread
from ..evidence.windows import Window
from ..judge.pairs import Comparison, compare_arrays
from ..judge.undetermined import judge_together, judge_undetermined
from ..run.pool import Failure
from ..run.results import Pair, Results
from ..run.runs import START_PREFIX
from .stored import StoredEvidence
from .window_tables import Windows, range_in_windows, windows_hold

NOT_MEASURED = "its rounding spread was not measured"


@dataclass(frozen=True)
class ComparedPair:
    """A pair of runs, and what came of each of its quantities."""

    pair: Pair
    quantities: dict[str, Comparison]


def compare_pairs(
    cases: list[Case], results: Results, stored: StoredEvidence, windows: Windows
) -> list[ComparedPair]:
    """Judge every pair of runs that the cases ask for, starting weights included."""
    judged = []
    for setting, pairs in groupby(results.pairs(cases), key=lambda pair: pair.setting):
        opened = windows.get(setting, [])
        spread = stored.spreads[setting.case.name]
        of_setting = [ComparedPair(pair, _compare_all(pair, spread, opened)) for pair in pairs]
        judged += _undetermined_needs_more(of_setting, opened)
    return judged


def _compare_all(
    pair: Pair, spread: Spread, opened: list[Window] | Failure
) -> dict[str, Comparison]:
    comparisons = {
        quantity: _compare(pair, quantity, shape, spread)
        for quantity, shape in _expected_shapes(pair).items()
    }
    if pair.arithmetic != NATIVE:
        return comparisons
    weights = pair.setting.weight_names
    return judge_together(comparisons, weights, range_in_windows(opened), pair.case.trajectories)


def _expected_shapes(pair: Pair) -> dict[str, tuple[int, ...]]:
    draws = pair.case.starts[pair.setting.start].draws
    starts = {START_PREFIX + draw.name: tuple(draw.shape) for draw in draws if draw.name}
    compared = pair.case.measured if pair.arithmetic == NATIVE else pair.case.quantities
    return starts | {q: pair.case.shape(q, pair.iterations) for q in compared}


def _compare(pair: Pair, quantity: str, shape: tuple[int, ...], spread: Spread) -> Comparison:
    if isinstance(pair.python, Failure):
        return Comparison("not compared", pair.python.reason)
    if isinstance(pair.r, Failure):
        return Comparison("not compared", pair.r.reason)
    exact = pair.arithmetic != NATIVE or quantity not in pair.case.quantities
    measured = None if exact else spread.of(pair.setting, quantity)
    if measured is None and not exact:
        return Comparison("not compared", NOT_MEASURED)
    return compare_arrays(
        pair.python.get(quantity),
        pair.r.get(quantity),
        shape,
        measured,
        largest({name: _as_given(value) for name, value in pair.case.inputs.items()}),
    )


def _as_given(value: Any) -> Any:
    return np.array(value, float) if isinstance(value, list) else value


def _undetermined_needs_more(
    of_setting: list[ComparedPair], opened: list[Window] | Failure
) -> list[ComparedPair]:
    """Let undetermined quantities pass only where portable runs, or windows too, show the same."""
    verdicts = {c.verdict for of in of_setting for c in of.quantities.values()}
    if "undetermined" not in verdicts:
        return of_setting
    in_order = [of for of in of_setting if of.pair.arithmetic != NATIVE]
    same = bool(in_order) and all(
        c.verdict == "identical" for of in in_order for c in of.quantities.values()
    )
    to_the_end = same and all(of.pair.iterations is None for of in in_order)
    in_windows = same and windows_hold(of_setting[0].pair.case, opened)
    return [
        ComparedPair(of.pair, judge_undetermined(of.quantities, to_the_end, in_windows))
        for of in of_setting
    ]
