"""The calls that a pair's verdict rests on, made one after the other in a child process."""

import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from time import monotonic

from ..case.pair import Inputs, PairCase
from ..case.schema import LANGUAGE_NAMES, Language
from ..judge.changes import Changes, Side
from ..judge.structure import Plan, plan
from ..run.leaf import Leaf, Leaves
from ..run.pool import Failure
from ..run.probe import MOVED, PLAIN, Answer, Call, can_move
from ..run.rounding import MODES
from ..run.session import Session

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
    messages : list of Message
        Errors first.
    failures : list of Failure
        Where a child process died, or this program went wrong.
    """

    pair: PairCase
    inputs: Inputs
    leaves: dict[Language, Leaves] = field(default_factory=dict)
    sides: dict[Language, dict[str, Side]] = field(default_factory=dict)
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
    """Call both functions: twice, under each rounding mode, and with moved inputs."""
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
        changes = {
            name: Changes(leaf)
            for name, leaf in runs.leaves[language].items()
            if leaf.kind in ("number", "text")
        }
        second = caller.again(language)
        for name, leaf in _opened(opening, language, second, changes):
            changes[name].again(leaf)
        hows = (*MODES, *(MOVED if can_move(inputs.values) else ()))
        patience = PATIENCE[0] + PATIENCE[1] * seconds[language]
        for how in hows if second is not None else ():
            member = caller.member(language, how, patience)
            if member is not None:
                for name, leaf in _opened(opening, language, member, changes):
                    changes[name].add(leaf)
        runs.sides[language] = {name: change.side() for name, change in changes.items()}
    return runs


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

    def member(self, language: Language, how: str, patience: float) -> Leaves | None:
        """A call that rounds otherwise; None, and a message, where it is left out."""
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
        )
        value: Answer | Failure = self._session.do(call, patience, self._stop)
        return value

    def _say(self, language: Language, kind: str, text: str) -> None:
        message = Message(language, kind, text)
        if message not in self._runs.messages:
            self._runs.messages.append(message)


def _how(how: str) -> str:
    return f"rounding {how}" if how in MODES else f"inputs {how.split()[0]}"


def language_name(message: Message) -> str:
    """The language that a message is about, as it is written."""
    return LANGUAGE_NAMES[message.language]
