"""Faults that show where several networks are trained at once, or on balls."""

from functools import cache
from typing import Any
from unittest.mock import patch

import numpy as np

import python_impl.arithmetic
from compare.balls import overlap
from compare.proof import Interval
from compare.prove import stored, train_on_balls
from compare.runs import Run, Setting, arguments, python_function
from selftest import mutants
from selftest.fault import Fault
from selftest.probes import differ, probes

BITS, ON_BALLS = 320, 3


def disagreement_in_batches(fault: Fault) -> str:
    """Several networks at once, as the measuring of spreads trains them, and on balls."""
    for run in first_runs(fault.stem).values():
        how = _in_a_batch(fault, run) or _on_balls(fault, run)
        if how:
            return how
    return ""


@cache
def first_runs(stem: str) -> dict[str, Run]:
    """The first run of each case, by the case's name."""
    return {probe.run.case.name: probe.run for probe in reversed(probes(stem))}


def _in_a_batch(fault: Fault, run: Run) -> str:
    weights = run.starting_weights()
    batch = {name: np.stack([w, -w, w / 2]) for name, w in weights.items()}
    good = python_function(run.case.python)
    found = mutants.with_fault(fault)(run, arguments(run, batch))
    for i, factor in enumerate((1.0, -1.0, 0.5)):
        alone = good(
            **arguments(run, {name: factor * w for name, w in weights.items()}),
            arithmetic=getattr(python_impl.arithmetic, run.arithmetic),
        )
        for quantity in run.case.quantities:
            values = found[quantity]
            mine = values[:, i] if quantity in run.case.trajectories else values[i]
            if differ(mine, alone[quantity], alone[quantity].shape):
                return f"{run}, in a batch: {quantity}"
    return ""


def _on_balls(fault: Fault, run: Run) -> str:
    """Does what is proved with the fault still overlap with what the good code proves?"""
    if run.case.unproved:
        return ""
    setting = Setting(run.case, run.variant, run.start)

    def with_fault(_: str) -> Any:
        return getattr(mutants.module(fault), run.case.python.split(":")[1])

    good = _good_on_balls(fault.stem, run.case.name)
    with patch("compare.prove.python_function", with_fault):
        found = stored(run.case, train_on_balls(setting, BITS, ON_BALLS))
    for quantity, intervals in good.items():
        again = found[quantity]
        if intervals.keys() != again.keys() or not all(
            overlap(again[i], enclosed) for i, enclosed in intervals.items()
        ):
            return f"{run}, on balls: {quantity}"
    return ""


@cache
def _good_on_balls(stem: str, name: str) -> dict[str, dict[int, Interval]]:
    run = first_runs(stem)[name]
    setting = Setting(run.case, run.variant, run.start)
    return stored(run.case, train_on_balls(setting, BITS, ON_BALLS))
