"""What the runs returned, and which of them belong side by side."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from ..case.case import Case
from ..case.schema import LANGUAGES
from ..case.setting import Setting, settings
from .pool import Failure
from .runs import Result, Run

Key = tuple[Setting, str, str]


@dataclass(frozen=True)
class Pair:
    """The same run in both languages; ``iterations`` None: all."""

    setting: Setting
    arithmetic: str
    iterations: int | None
    python: Result | Failure
    r: Result | Failure

    @property
    def case(self) -> Case:
        """The case of its setting."""
        return self.setting.case


@dataclass(frozen=True)
class FailedRun:
    """A run that gave no result, and why."""

    run: Run
    reason: str

    def __str__(self) -> str:
        return f"{self.run}: {self.reason}"


@dataclass
class Results:
    """What was run, and the result or failure of each."""

    _found: dict[Key, tuple[Run, Result | Failure]] = field(default_factory=dict)

    def add(self, run: Run, result: Result | Failure) -> None:
        self._found[run.setting, run.language, run.arithmetic] = run, result

    def get(self, setting: Setting, language: str, arithmetic: str = "native") -> Result | Failure:
        return self._found[setting, language, arithmetic][1]

    def iterations(self, setting: Setting, language: str, arithmetic: str) -> int | None:
        """How many iterations a run had; None for all."""
        return self._found[setting, language, arithmetic][0].iterations

    def pairs(self, cases: list[Case]) -> Iterator[Pair]:
        """Every pair that the cases ask for, whether its runs succeeded or not."""
        for setting in (s for case in cases for s in settings(case)):
            for arithmetic in setting.case.arithmetics:
                python, r = (self.get(setting, language, arithmetic) for language in LANGUAGES)
                iterations = self.iterations(setting, "python", arithmetic)
                yield Pair(setting, arithmetic, iterations, python, r)

    def all(self) -> list[Result | Failure]:
        """What came of every run."""
        return [result for _, result in self._found.values()]

    def failed(self) -> list[FailedRun]:
        """Each run that gave no result."""
        return [
            FailedRun(run, result.reason)
            for run, result in self._found.values()
            if isinstance(result, Failure)
        ]
