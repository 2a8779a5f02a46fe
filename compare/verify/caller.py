"""One call after the other of a pair's functions, in the child process that runs its case."""

import threading

from ..case.schema import Language
from ..run.leaf import Leaves
from ..run.pool import Failure
from ..run.probe import BALLS, LISTED, MOVED, PLAIN, Answer, Call
from ..run.rounding import MODES
from ..run.session import Session
from ..run.trial import Trial
from .pair_runs import Message, PairRuns


class StoppedError(Exception):
    """The program is ending: nobody waits for a call any more."""


class Caller:
    """Makes the calls of a pair with one set of inputs, and keeps what is said meanwhile."""

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

    def listed(self, language: Language) -> tuple[Trial, ...]:
        """What may be tried in the function of a language; nothing where that cannot be told."""
        answer = self._call(language, LISTED)
        return answer.trials if isinstance(answer, Answer) else ()

    def tried(self, language: Language, patience: float, *changes: Trial) -> Leaves | None:
        """What a function returns, changed or not; None where it fails or takes too long."""
        answer = self._call(language, PLAIN, patience, changes)
        return answer.leaves if isinstance(answer, Answer) and not answer.error else None

    def refusal(self, trial: Trial) -> str:
        """The error that a function ends with where it is changed; empty where there is none."""
        answer = self._call(trial.language, PLAIN, None, (trial,))
        return answer.error if isinstance(answer, Answer) else ""

    def _call(
        self,
        language: Language,
        how: str,
        patience: float | None = None,
        changes: tuple[Trial, ...] = (),
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
            changes,
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
