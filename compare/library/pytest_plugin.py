"""A pytest plugin: each output of each ``*.pair.toml`` is a test.

It is loaded wherever it is installed, and so imports nothing that takes time before there is a
case file to be run.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from ..run.environment import COMMAND

if TYPE_CHECKING:
    from .outcome import Outcome

SUFFIX = ".pair.toml"


def pytest_addoption(parser: pytest.Parser) -> None:
    """One option: case files are judged by what `nnmirror record` kept of R."""
    parser.getgroup("nnmirror").addoption(
        "--nnmirror-replay",
        action="store_true",
        help="take recorded values of R in case files",
    )


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> PairFile | None:
    """A case file is collected, and run at once: its outputs are known only then."""
    if not file_path.name.endswith(SUFFIX):
        return None
    return PairFile.from_parent(parent, path=file_path)


class PairFile(pytest.File):
    """A case file."""

    def collect(self) -> Iterator[pytest.Item]:
        from .outcome import NotComparedError, failure, run_command

        with tempfile.TemporaryDirectory(prefix="nnmirror-") as folder:
            try:
                report, replay = Path(folder) / "report", self.config.getoption("--nnmirror-replay")
                outcome = run_command(self.path, report, replay=replay)
            except NotComparedError as error:
                raise self.CollectError(str(error)) from None
        for _, row in outcome.outputs.iterrows():
            parts = (row["variant"], row["start"], row["arithmetic"], row["output"])
            name = "-".join(part for part in parts if part not in ("-", "native"))
            told = failure(outcome, row) if row["fails"] == "True" else ""
            yield Output.from_parent(self, name=name or "outputs", told=told)
        if rest := _rest(outcome):
            yield Output.from_parent(self, name="the whole case", told=rest)


def _rest(outcome: Outcome) -> str:
    """What the command said, where it failed for another reason than an output."""
    failing = (outcome.outputs["fails"] == "True").any()
    return outcome.said if outcome.exit_code and not failing else ""


class FailedOutput(Exception):
    """An output that does not hold."""


class Output(pytest.Item):
    """One output of a case file."""

    def __init__(self, *, told: str, **arguments: Any) -> None:
        super().__init__(**arguments)
        self.told = told

    def runtest(self) -> None:
        if self.told:
            raise FailedOutput(self.told)

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> Any:
        if isinstance(excinfo.value, FailedOutput):
            return f"{excinfo.value}\n  look closer: {COMMAND} verify {self.path}"
        return super().repr_failure(excinfo, style)

    def reportinfo(self) -> tuple[Path, None, str]:
        return self.path, None, f"{self.path.name}: {self.name}"
