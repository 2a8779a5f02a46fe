"""What the runs returned, and which of them belong side by side."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from ..case.case import Case
from ..case.setting import Setting
from .pool import Failure
from .runs import Result, Run

Key = tuple[str, str, str, str, str]


@dataclass(frozen=True)
class Pair:
    """The same run in both languages; ``iterations`` None: all."""

    case: Case
    variant: str
    start: str
    arithmetic: str
    iterations: int | None
    python: Result | Failure
    r: Result | Failure

    @property
    def setting(self) -> Setting:
        """What was run, whatever the arithmetic."""
        (variant,) = (v for v in self.case.variants() if v.name == self.variant)
        return Setting(self.case, variant, self.start)


@dataclass
class Results:
    """What was run, and the result or failure of each."""

    _found: dict[Key, tuple[Run, Result | Failure]] = field(default_factory=dict)

    def add(self, run: Run, result: Result | Failure) -> None:
        self._found[_key(run)] = run, result

    def get(
        self, case: Case, variant: str, start: str, language: str, arithmetic: str = "native"
    ) -> Result | Failure:
        return self._found[case.name, variant, start, language, arithmetic][1]

    def pairs(self, cases: list[Case]) -> Iterator[Pair]:
        """Every pair that the cases ask for, whether its runs succeeded or not."""
        for case in cases:
            for variant in case.variants():
                for start in case.starts:
                    for arithmetic in case.arithmetics:
                        key = case.name, variant.name, start, "python", arithmetic
                        python, r = (
                            self.get(case, variant.name, start, language, arithmetic)
                            for language in ("python", "r")
                        )
                        iterations = self._found[key][0].iterations
                        yield Pair(case, variant.name, start, arithmetic, iterations, python, r)

    def all(self) -> list[Result | Failure]:
        """What came of every run."""
        return [result for _, result in self._found.values()]

    def failures(self) -> list[str]:
        """One line for each run that gave no result."""
        return [
            f"{run}: {result.reason}"
            for run, result in self._found.values()
            if isinstance(result, Failure)
        ]


def _key(run: Run) -> Key:
    return run.case.name, run.variant.name, run.start, run.language, run.arithmetic
