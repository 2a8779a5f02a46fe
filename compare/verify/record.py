"""`nnmirror record`: what R returns, kept beside the case; and R's calls answered from there."""

import argparse
import datetime
import threading
from collections.abc import Callable, Sequence
from dataclasses import replace
from threading import Event
from typing import Any

from .. import CASES
from ..case.case import Case
from ..case.chosen import chosen_cases
from ..case.input_sets import Inputs
from ..case.pair import PairCase
from ..case.schema import PORTABLE, Language
from ..report.console import out, progress_bars, say_problems
from ..run.doctor import diagnose
from ..run.environment import COMMAND
from ..run.limits import CALL_SECONDS
from ..run.pool import Failure, run_all
from ..run.probe import PLAIN, Answer, probe
from ..run.r_facts import surroundings
from ..run.recorded import RecordedAnswer
from ..run.session import Session
from ..safety.errors import CaseError
from ..safety.guard import say
from ..safety.inert import one_line
from .recording import (
    RecordedCalls,
    Recording,
    asked,
    asked_of,
    r_code,
    read_recording,
    write_recording,
)
from .run_pair import run_pair, with_draws

R: Language = "r"


class NotRecordedError(Exception):
    """R returned nothing that could be kept; the message says why."""


def record_cases(options: argparse.Namespace) -> int:
    """Record what R returns for each case file; 2 where it returns nothing for one of them."""
    cases, pairs = chosen_cases(CASES, options.cases)
    _refuse_built_in(cases)
    for pair in pairs:
        if R not in pair.functions:
            raise CaseError(one_line(f"{pair.path}: names no function of R's"))
    diagnosis = diagnose()
    if say_problems(diagnosis):
        return 2
    timeout, code = options.timeout or CALL_SECONDS, 0
    with progress_bars() as progress:
        done = progress("sets of inputs", sum(len(pair.inputs) for pair in pairs))
        for pair in pairs:
            try:
                recording = record(pair, timeout, options.memory, diagnosis.facts, done)
            except NotRecordedError as error:
                say(f"{one_line(str(pair.path))}: {error}")
                code = 2
                continue
            out.print(f"{write_recording(pair, recording)}", soft_wrap=True, markup=False)
    return code


def check_replayable(cases: list[Case], pairs: Sequence[PairCase]) -> None:
    """Raises CaseError where something has no recording that can be read."""
    _refuse_built_in(cases)
    for pair in pairs:
        if R in pair.functions:
            read_recording(pair)


def _refuse_built_in(cases: list[Case]) -> None:
    if cases:
        what = "nothing of built-in cases is recorded: name case files or folders of your own"
        raise CaseError(f"{cases[0].name}: {what}")


def record(
    pair: PairCase,
    timeout: float,
    memory: float,
    facts: dict[str, str],
    done: Callable[[], None] = lambda: None,
) -> Recording:
    """Make all calls of R that a verdict rests on, and keep what they come to.

    Raises
    ------
    NotRecordedError
        R returns nothing for some inputs.
    """
    alone = replace(pair, functions={R: pair.functions[R]}, balls=False)
    calls = []
    with _Recorder(probe, timeout) as session:
        for given in pair.inputs:
            session.answers = []
            inputs = with_draws(given)
            run_pair(session, alone, inputs, memory, threading.Event())
            plain = next(answer for how, answer in session.answers if how == PLAIN)
            reason = plain.reason if isinstance(plain, Failure) else plain.error
            if reason:
                where = " ".join(n for n in (inputs.variant, inputs.start) if n != "-")
                raise NotRecordedError(": ".join(filter(None, [where, one_line(reason)])))
            calls.append(_calls(session.answers, inputs, asked_of(pair, inputs)))
            done()
    package, _, _ = pair.functions[R].rpartition("::")
    (around,) = run_all(surroundings, [package or None], jobs=1, timeout=timeout)
    if isinstance(around, Failure):
        raise NotRecordedError(one_line(around.reason))
    of_r = {name: facts[name] for name in ("R", "R BLAS", "R LAPACK", "R matprod")} | around
    today = datetime.datetime.now(datetime.UTC).date().isoformat()
    return Recording(
        format=1,
        r=pair.functions[R],
        recorded=today,
        made_by=of_r,
        code=r_code(pair),
        calls=calls,
    )


def _calls(answers: list[tuple[str, Answer | Failure]], inputs: Inputs, what: str) -> RecordedCalls:
    """The first answer is the plain one; the others are kept as distances from it."""
    (_, plain), (_, second), *others = answers
    leaves = plain.leaves if isinstance(plain, Answer) else {}
    kept = {how: RecordedAnswer.of(answer, leaves) for how, answer in others}
    return RecordedCalls(
        variant=inputs.variant,
        start=inputs.start,
        inputs=what,
        plain=RecordedAnswer.of(plain),
        second=RecordedAnswer.of(second, leaves),
        portable=kept.pop(PORTABLE, None),
        spread=kept,
    )


class _Recorder(Session):
    """A session that keeps what each call came to."""

    answers: list[tuple[str, Answer | Failure]]

    def do(self, task: Any, timeout: float | None = None, stop: Event | None = None) -> Any:
        answer = super().do(task, timeout, stop)
        self.answers.append((task.how, answer))
        return answer


class Replayed(Session):
    """A session in which R's calls are answered from a recording, and R does not run."""

    def __init__(self, function: Callable[[Any], Any], timeout: float, pair: PairCase) -> None:
        super().__init__(function, timeout)
        self._recording = read_recording(pair)
        self._stale = self._recording.stale(pair)
        self._anew = f"{COMMAND} record {pair.path} makes it anew"
        self._calls = {calls.inputs: calls for calls in self._recording.calls}
        self._called: set[str] = set()
        self.remark, self.origin = self._recording.remark, self._recording.origin

    def do(self, task: Any, timeout: float | None = None, stop: Event | None = None) -> Any:
        if task.language != R:
            return super().do(task, timeout, stop)
        if self._stale:
            return Failure(f"the recording is stale: {self._stale}; {self._anew}")
        inputs = asked(task.reference, task.seed, task.arithmetic, task.inputs)
        calls = self._calls.get(inputs)
        if calls is None:
            what = "inputs, seed or arithmetic are others"
            return Failure(f"the recording is stale: {what}; {self._anew}")
        plain = calls.plain.answer()
        if task.changes or isinstance(plain, Failure):
            return Failure("R does not run")
        if task.how == PLAIN:
            is_second = inputs in self._called
            self._called.add(inputs)
            return calls.second.answer(plain.leaves) if is_second else plain
        kept = calls.portable if task.how == PORTABLE else calls.spread.get(task.how)
        return Failure("was not recorded") if kept is None else kept.answer(plain.leaves)
