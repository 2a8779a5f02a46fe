"""The search for inputs on which a pair differs: drawn, called, judged, made smaller."""

import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from time import monotonic
from typing import Any

import numpy as np
from hypothesis import HealthCheck, Phase, Verbosity, given, seed, settings
from hypothesis.errors import Flaky

from ..case.bounds import Bounds
from ..case.input_sets import Inputs
from ..case.pair import PairCase
from ..case.schema import LANGUAGES, NATIVE, NO_VARIANT, Language
from ..judge.pair_outputs import JudgedOutput
from ..judge.structure import plan
from ..judge.values import CODES
from ..run.leaf import PRESENT, Leaves
from ..run.probe import probe
from ..run.session import Session
from ..verify.caller import Caller
from ..verify.judge_outputs import judge_outputs, jumps, unmoved
from ..verify.pair_runs import PairRuns
from ..verify.run_pair import run_pair, with_draws
from .drawn import Drawing

PATIENCE = 5.0  # seconds for one call
CLEAR = 1e-6  # relative: what differs by more is looked at before it is measured
MOST_MEASURED = 300  # inputs whose spread is measured, in one search
MOST_TRIED = 10  # of the smallest ones of a kind, at the end
NEAR = "near"


class _PartsError(Exception):
    """The two differ on these inputs."""


class _TimeIsOver(BaseException):
    """No error of the function: Hypothesis lets it through."""


class _ValuesError(_PartsError):
    """Values differ."""


class _MissingError(_PartsError):
    """A value is missing in one language, infinite, or of another shape."""


class _RefusedError(_PartsError):
    """One language refuses the inputs, the other does not."""


# Hypothesis makes an input smaller for each kind of exception by itself
KINDS: dict[str, type[_PartsError]] = {
    "values": _ValuesError,
    "missing": _MissingError,
    "refused": _RefusedError,
}


@dataclass
class Search:
    """What a search found.

    Attributes
    ----------
    drawn, refused, lost : int
        How many inputs were called, refused by both languages, and not compared: a call that did
        not end, or a process that died.
    found : list of Inputs
        The smallest inputs on which the two differ, of each kind: in values, in what is missing, or
        because one language refuses them.
    """

    drawn: int = 0
    refused: int = 0
    lost: int = 0
    seconds: float = 0.0
    found: list[Inputs] = field(default_factory=list)


def search(
    pair: PairCase, n: int, seconds: float, from_seed: int, memory: float, done: Callable[[], None]
) -> Search:
    """Draw inputs until the two differ on some, or enough were drawn.

    Parameters
    ----------
    n, seconds : int, float
        How many inputs to draw at most, and for how long.
    done : callable
        Told of each.
    """
    began = monotonic()
    result = Search()
    failing: dict[str, list[Inputs]] = {}
    # what a grid or starts give is no example's, so that an example cannot change it
    bounds = pair.explore | dict.fromkeys(pair.varied, Bounds(fixed=True))
    drawing = Drawing([with_draws(inputs).values for inputs in pair.inputs], bounds)
    with Session(probe, PATIENCE) as session:
        judge = _Judge(session, pair, memory)

        def attempt(values: dict[str, Any]) -> None:
            if monotonic() - began > seconds:
                raise _TimeIsOver
            inputs = Inputs(NO_VARIANT, values)
            told = judge.quick(inputs)
            if not failing:
                result.drawn += 1
                result.refused += told == "both refuse"
                result.lost += told == "lost"
                done()
            drawing.large &= told != "lost"
            # what is clearly apart is measured once, not again while it gets smaller
            if told in failing or (told in (*KINDS, NEAR) and judge.parts(inputs)):
                kind = "values" if told == NEAR else told
                failing.setdefault(kind, []).append(inputs)
                raise KINDS[kind]

        run = settings(
            max_examples=n,
            database=None,
            deadline=None,
            phases=[Phase.generate, Phase.shrink],
            suppress_health_check=list(HealthCheck),
            verbosity=Verbosity.quiet,
        )(seed(from_seed)(given(drawing.inputs())(attempt)))
        with suppress(_PartsError, BaseExceptionGroup, Flaky, _TimeIsOver):
            run()
        for kind in KINDS:
            smallest = sorted(failing.get(kind, []), key=_size)[:MOST_TRIED]
            result.found += [inputs for inputs in smallest if judge.parts(inputs)][:1]
    result.seconds = monotonic() - began
    return result


def _size(inputs: Inputs) -> tuple[int, int]:
    """By how many values there are, then by how long they are written."""
    values = inputs.values.values()
    return sum(int(np.size(value)) for value in values), sum(len(repr(value)) for value in values)


class _Judge:
    """Calls both functions on drawn inputs."""

    def __init__(self, session: Session, pair: PairCase, memory: float) -> None:
        self._session, self._pair, self._memory = session, pair, memory
        self._stop = threading.Event()
        self._measured = 0

    def quick(self, inputs: Inputs) -> str:
        """How two plain calls compare: a kind of `KINDS`, near, same, lost, or both refuse."""
        runs = PairRuns(self._pair, inputs)
        caller = Caller(self._session, runs, self._memory, self._stop)
        plain = {language: caller.plain(language) for language in LANGUAGES}
        if runs.failures:
            return "lost"
        python, r = plain["python"], plain["r"]
        if python is None or r is None:
            return "both refuse" if python is r else "refused"
        opening = plan(python, r, self._pair.names)
        plain_leaves: dict[Language, Leaves] = {"python": python, "r": r}
        for language, leaves in plain_leaves.items():
            opened = opening.apply(language, leaves)
            runs.leaves[language] = opened
            runs.sides[language] = {name: unmoved(leaf) for name, leaf in opened.items()}
        kinds = {_kind(o) for o in judge_outputs(runs).get(NATIVE, []) if _is_finding(o)}
        return next((kind for kind in (*KINDS, NEAR) if kind in kinds), "same")

    def parts(self, inputs: Inputs) -> bool:
        """Whether an output differs by the rule of `verify`, or one language alone refuses."""
        if self._measured >= MOST_MEASURED:
            return False
        self._measured += 1
        runs = run_pair(self._session, self._pair, inputs, self._memory, self._stop)
        if runs.failures:
            return False
        if runs.said("error"):
            return len({message.language for message in runs.said("error")}) == 1
        outputs = judge_outputs(runs).get(NATIVE, [])
        return any(_is_finding(output) or jumps(output) for output in outputs)


def _is_finding(output: JudgedOutput) -> bool:
    return output.fails and output.verdict == "disagree"


def _kind(output: JudgedOutput) -> str:
    """How an output differs; near where rounding may be what it differs by."""
    values = output.values
    if values is None:
        return "missing"
    at = values.verdicts == CODES["disagree"]
    there = (values.python_missing[at] == PRESENT) & (values.r_missing[at] == PRESENT)
    if values.python.dtype.kind == "O":
        return "values" if there.any() else "missing"
    p, q = values.python[at][there], values.r[at][there]
    finite = np.isfinite(p) & np.isfinite(q)
    size = np.maximum(np.abs(p), np.abs(q))[finite]
    if (np.abs(p - q)[finite] > CLEAR * size).any():
        return "values"
    return NEAR if there.all() and finite.all() else "missing"
