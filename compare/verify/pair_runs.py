"""The calls that a pair's verdict rests on, made one after the other in a child process."""

import threading
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import partial
from time import monotonic

from ..case.input_sets import Inputs
from ..case.pair import PairCase
from ..case.schema import LANGUAGE_NAMES, Language
from ..judge.changes import Changes, Side
from ..judge.structure import Plan, plan
from ..run.beside import PYTHON_PACKAGE, uniform_in_python
from ..run.leaf import Leaf, Leaves
from ..run.moved import can_move
from ..run.pool import Failure
from ..run.probe import BALLS, MOVED, NOISY, NOISY_AT_ONCE, ORDERED, PLAIN, Answer, Call
from ..run.rounding import MODES
from ..run.session import Session
from ..run.starts import starting_weights

BITS = (320, 1280, 5120)  # of balls, one after the other
PATIENCE = (20.0, 10.0)  # a call that rounds otherwise may take so many seconds, and times as long


@dataclass(frozen=True)
class Message:
    """Something that a language said, did or could not do while a pair ran."""

    language: Language
    kind: str
    text: str


@dataclass
class PairRuns:
    """What came of one set of inputs.

    Attributes
    ----------
    leaves : dict
        By language, what the plain call returned; no entry where there was an error.
    sides : dict
        By language and output, the values with what rounding does to them.
    ordered : dict
        By language, what the call in ordered arithmetic returned.
    proved : dict
        By output, enclosures of the exact values, each as a text ``midpoint radius``.
    messages : list of Message
        Errors first.
    failures : list of Failure
        Where a child process died, or this program went wrong.
    """

    pair: PairCase
    inputs: Inputs
    leaves: dict[Language, Leaves] = field(default_factory=dict)
    sides: dict[Language, dict[str, Side]] = field(default_factory=dict)
    ordered: dict[Language, Leaves] = field(default_factory=dict)
    proved: Leaves = field(default_factory=dict)
    messages: list[Message] = field(default_factory=list)
    failures: list[Failure] = field(default_factory=list)

    def said(self, kind: str, language: Language | None = None) -> list[Message]:
        """The messages of one kind."""
        return [m for m in self.messages if m.kind == kind and language in (None, m.language)]


class StoppedError(Exception):
    """The program is ending: nobody waits for a call any more."""


def run_pair(
    session: Session, pair: PairCase, inputs: Inputs, memory: float, stop: threading.Event
) -> PairRuns:
    """Call both functions: twice, under each rounding mode, with moved inputs, and as they take."""
    runs = PairRuns(pair, inputs)
    caller = _Caller(session, runs, memory, stop)
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
        if pair.arithmetic and (ordered := caller.member(language, ORDERED, patience)) is not None:
            runs.ordered[language] = opening.apply(language, ordered)
    if pair.balls:
        runs.proved = opening.apply("python", _proved(caller, plain["python"]))
    return runs


def _sides(
    caller: "_Caller", runs: PairRuns, language: Language, opening: Plan, patience: float
) -> dict[str, Side]:
    """The values of one language, with what every other call makes of them."""
    pair = runs.pair
    changes = {
        name: Changes(leaf, _is_trajectory(pair, name))
        for name, leaf in runs.leaves[language].items()
        if leaf.kind in ("number", "text")
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


def _proved(caller: "_Caller", plain: Leaves) -> Leaves:
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
    uniform = partial(uniform_in_python, PYTHON_PACKAGE, inputs.start)
    weights = starting_weights(inputs.start, inputs.drawn, uniform)
    return replace(inputs, values=inputs.values | weights)


def _noisy(pair: PairCase, language: Language) -> tuple[str, ...]:
    if language == "r" or not pair.arithmetic:
        return ()
    return (NOISY_AT_ONCE,) if pair.batches else NOISY


def _is_trajectory(pair: PairCase, output: str) -> bool:
    contract = pair.outputs.get(output)
    return contract is not None and contract.trajectory


def _opened(
    opening: Plan, language: Language, leaves: Leaves | None, wanted: dict[str, Changes]
) -> Iterator[tuple[str, Leaf | None]]:
    opened = {} if leaves is None else opening.apply(language, leaves)
    return ((name, opened.get(name)) for name in wanted)


class _Caller:
    """Makes calls, and keeps what is said meanwhile."""

    def __init__(
        self, session: Session, runs: PairRuns, memory: float, stop: threading.Event
    ) -> None:
        self._session, self._runs, self._memory, self._stop = session, runs, memory, stop

    def plain(self, language: Language) -> Leaves | None:
        """The first call; None, and a message, where it came to nothing."""
        answer = self._call(language, PLAIN)
        if isinstance(answer, Failure):
            self._runs.failures.append(answer)
            self._say(language, "error", answer.reason)
            return None
        for kind, texts in (
            ("error", [answer.error] if answer.error else []),
            ("warning", answer.warned),
            ("message", answer.said),
            ("changes its input", answer.changed),
            ("prints", [answer.printed] if answer.printed else []),
        ):
            for text in texts:
                self._say(language, kind, text.strip("\n"))
        return None if answer.error else answer.leaves

    def again(self, language: Language) -> Leaves | None:
        """The second call, on fresh inputs."""
        answer = self._call(language, PLAIN)
        reason = answer.reason if isinstance(answer, Failure) else answer.error
        if reason:
            self._say(language, "second call", reason)
            return None
        return answer.leaves if isinstance(answer, Answer) else None

    def member(self, language: Language, how: str, patience: float | None) -> Leaves | None:
        """A call of another kind; None, and a message, where it is left out."""
        answer = self._call(language, how, patience)
        reason = answer.reason if isinstance(answer, Failure) else answer.error
        if reason:
            self._say(language, "left out", f"{_how(how)}: {reason}")
            return None
        return answer.leaves if isinstance(answer, Answer) else None

    def _call(
        self, language: Language, how: str, patience: float | None = None
    ) -> Answer | Failure:
        if self._stop.is_set():
            raise StoppedError
        pair, inputs = self._runs.pair, self._runs.inputs
        call = Call(
            language,
            pair.functions[language],
            pair.folder,
            inputs.values,
            pair.seed,
            self._memory,
            how,
            pair.arithmetic,
            pair.batches,
        )
        value: Answer | Failure = self._session.do(call, patience, self._stop)
        return value

    def _say(self, language: Language, kind: str, text: str) -> None:
        message = Message(language, kind, text)
        if message not in self._runs.messages:
            self._runs.messages.append(message)


def _how(how: str) -> str:
    kind = how.split()[0]
    if how in MODES:
        return f"rounding {how}"
    if kind == BALLS:
        return how.replace(" ", " of ") + " bits"
    return f"inputs {kind}" if how in MOVED else f"{kind} arithmetic"


def language_name(message: Message) -> str:
    """The language that a message is about, as it is written."""
    return LANGUAGE_NAMES[message.language]
