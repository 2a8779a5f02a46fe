"""The calls that a pair's verdict rests on: plain, rounded otherwise, with moved inputs."""

import threading
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from time import monotonic

from ..case.input_sets import Inputs
from ..case.pair import PairCase
from ..case.schema import PORTABLE, Language
from ..judge.changes import Changes, Side
from ..judge.pair_outputs import contract_of
from ..judge.structure import Plan, plan
from ..run.beside import PYTHON_PACKAGE, drawn_in_python
from ..run.leaf import Leaf, Leaves
from ..run.moved import can_move
from ..run.probe import BALLS, MOVED, NOISY, NOISY_AT_ONCE
from ..run.rounding import MODES
from ..run.session import Session
from ..run.starts import starting_weights
from .caller import Caller
from .pair_runs import PairRuns

BITS = (320, 1280, 5120)  # of balls, one after the other
PATIENCE = (20.0, 10.0)  # a call that rounds otherwise may take so many seconds, and times as long


def run_pair(
    session: Session, pair: PairCase, inputs: Inputs, memory: float, stop: threading.Event
) -> PairRuns:
    """Call both functions: twice, under each rounding mode, with moved inputs, and as they take."""
    runs = PairRuns(pair, inputs)
    caller = Caller(session, runs, memory, stop)
    seconds: dict[Language, float] = {}
    plain: dict[Language, Leaves] = {}
    for language in pair.functions:
        began = monotonic()
        if (answer := caller.plain(language)) is not None:
            plain[language] = answer
        seconds[language] = monotonic() - began
    if len(plain) < len(pair.functions):
        return runs
    opening = plan(plain.get("python", {}), plain.get("r", {}), pair.names)
    for language, leaves in plain.items():
        runs.leaves[language] = opening.apply(language, leaves)
        patience = PATIENCE[0] + PATIENCE[1] * seconds[language]
        runs.sides[language] = _sides(caller, runs, language, opening, patience)
        portable = caller.member(language, PORTABLE, patience) if pair.arithmetic else None
        if portable is not None:
            runs.portable[language] = opening.apply(language, portable)
    if pair.balls:
        runs.proved = opening.apply("python", _proved(caller, plain["python"]))
    return runs


def _sides(
    caller: Caller, runs: PairRuns, language: Language, opening: Plan, patience: float
) -> dict[str, Side]:
    """The values of one language, with what every other call makes of them."""
    pair = runs.pair
    changes = {
        name: Changes(leaf, contract.trajectory, contract.compare == "up to sign of columns")
        for name, leaf in runs.leaves[language].items()
        if leaf.kind in ("number", "text")
        for contract in [contract_of(pair.outputs, name)]
    }
    second = caller.again(language)
    for name, leaf in _opened(opening, language, second, changes):
        changes[name].again(leaf)
    others = (*(MOVED if can_move(runs.inputs.values) else ()), *_noisy(pair, language))
    for how in (*MODES, *others) if second is not None else ():
        member = caller.member(language, how, patience)
        if member is None:
            continue
        for name, leaf in _opened(opening, language, member, changes):
            # a trajectory has a sharper measure than rounding modes, whose errors have one sign
            if how == NOISY_AT_ONCE:
                changes[name].add_batch(leaf)
            elif not (how in MODES and others and changes[name].trajectory):
                changes[name].add(leaf)
    return {name: change.side() for name, change in changes.items()}


def _proved(caller: Caller, plain: Leaves) -> Leaves:
    """Enclosures of the exact values, with as many bits as the outputs take."""
    found: Leaves = {}
    for bits in BITS:
        answer = caller.member("python", f"{BALLS} {bits}", None)
        if answer is None:
            break
        found |= answer
        if all(name in found for name, leaf in plain.items() if leaf.kind == "number"):
            break
    return found


def with_draws(inputs: Inputs) -> Inputs:
    """The inputs with those that a generator draws, by Python's code for both languages."""
    if inputs.drawn is None:
        return inputs
    distribution = inputs.drawn.distribution
    drawn = partial(drawn_in_python, PYTHON_PACKAGE, inputs.start, distribution)
    weights = starting_weights(inputs.start, inputs.drawn, drawn)
    return replace(inputs, values=inputs.values | weights)


def _noisy(pair: PairCase, language: Language) -> tuple[str, ...]:
    if language == "r" or not pair.arithmetic:
        return ()
    return (NOISY_AT_ONCE,) if pair.batches else NOISY


def _opened(
    opening: Plan, language: Language, leaves: Leaves | None, wanted: dict[str, Changes]
) -> Iterator[tuple[str, Leaf | None]]:
    opened = {} if leaves is None else opening.apply(language, leaves)
    return ((name, opened.get(name)) for name in wanted)
