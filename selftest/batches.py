"""Faults that show where several networks are trained at once, or on balls."""

from functools import cache
from typing import Any
from unittest.mock import patch

import numpy as np

from compare.evidence.prove import stored, train_on_balls
from compare.numbers.balls import overlap
from compare.numbers.digits import Interval
from compare.run.runs import Run, python_function
from python_impl.arithmetic import Arithmetic, native
from selftest import mutated
from selftest.mutant import Mutant
from selftest.probes import Probe, differ, probes

BITS, ON_BALLS = 320, 3
# Two processors may agree in all that native and portable arithmetic do, so that one which
# is not handed on does not show: here it does, on each.
STRANGE = Arithmetic(
    matmul=lambda a, b: 2 * native.matmul(a, b),
    sigmoid=lambda x: native.sigmoid(x) / 2,
    mean=lambda x: native.mean(x) + 1,
)


def disagreement_in_batches(mutant: Mutant) -> str:
    """Several networks at once, as the measuring of spreads trains them, and on balls."""
    for probe in first_probes(mutant.stem).values():
        how = (
            _in_a_batch(mutant, probe)
            or _in_strange_arithmetic(mutant, probe)
            or _on_balls(mutant, probe.run)
        )
        if how:
            return how
    return ""


@cache
def first_probes(stem: str) -> dict[str, Probe]:
    """The first probe of each case, by the case's name."""
    return {probe.run.case.name: probe for probe in reversed(probes(stem))}


def _in_a_batch(mutant: Mutant, probe: Probe) -> str:
    run, given = probe.run, probe.arguments()
    weights = {name: given[name] for name in run.setting.weight_names}
    batch = {name: np.stack([w, -w, w / 2]) for name, w in weights.items()}
    found = mutated.train(mutant)(run, given | batch)
    for i, factor in enumerate((1.0, -1.0, 0.5)):
        alone = mutated.good(run, given | {name: factor * w for name, w in weights.items()})
        for quantity in run.case.quantities:
            values = found[quantity]
            mine = values[:, i] if quantity in run.case.trajectories else values[i]
            if differ(mine, alone[quantity], alone[quantity].shape):
                return f"{probe}, in a batch: {quantity}"
    return ""


def _in_strange_arithmetic(mutant: Mutant, probe: Probe) -> str:
    run, inputs = probe.run, probe.arguments()
    function = run.case.python.split(":")[1]
    with np.errstate(all="ignore"):
        mine = getattr(mutated.module(mutant), function)(**inputs, arithmetic=STRANGE)
        good = python_function(run.case.python)(**inputs, arithmetic=STRANGE)
    for quantity in run.case.quantities:
        if differ(mine[quantity], good[quantity], np.shape(good[quantity])):
            return f"{probe}, in an arithmetic of its own: {quantity}"
    return ""


def _on_balls(mutant: Mutant, run: Run) -> str:
    """What is proved by the mutant and does not overlap with what the good code proves."""
    if run.case.unproved:
        return ""

    def with_mutant(_: str) -> Any:
        return getattr(mutated.module(mutant), run.case.python.split(":")[1])

    good = _good_on_balls(mutant.stem, run.case.name)
    with patch("compare.evidence.prove.python_function", with_mutant):
        found = stored(run.case, train_on_balls(run.setting, BITS, ON_BALLS))
    for quantity, intervals in good.items():
        again = found[quantity]
        if intervals.keys() != again.keys() or not all(
            overlap(again[i], enclosed) for i, enclosed in intervals.items()
        ):
            return f"{run}, on balls: {quantity}"
    return ""


@cache
def _good_on_balls(stem: str, name: str) -> dict[str, dict[int, Interval]]:
    run = first_probes(stem)[name].run
    return stored(run.case, train_on_balls(run.setting, BITS, ON_BALLS))
