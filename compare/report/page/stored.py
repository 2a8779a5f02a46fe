"""What a verification left in its folder, read and checked: all that the pages are made from."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import pandas as pd
from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

from ...case.figures import Figure
from ...case.schema import Language, problems
from ...safety.errors import ReportError
from ..evidence_tables import TITLES
from .columns import TEXTS, made_visible, read_table

MARK = "results.json"


class _Loose(BaseModel):
    model_config = ConfigDict(extra="ignore", frozen=True)


class CaseFacts(_Loose):
    """A case as the report's files describe it."""

    name: str
    title: str
    source: str
    note: str | None = None
    python: str
    r: str
    printed_numbers: int
    iterations: int | None  # None: it stops by itself
    starts: dict[str, int]
    prediction: str | None
    trajectories: list[str]
    inputs: dict[str, Any]
    labels: dict[str, str] = {}
    figure: list[Figure]

    def called(self, quantity: str) -> str:
        """A quantity in words."""
        return self.labels.get(quantity, quantity.replace("_", " "))


class GivenInputs(_Loose):
    """One set of inputs of somebody's pair, in words."""

    variant: str
    start: str
    values: dict[str, str]


class FunctionFacts(_Loose):
    """Somebody's pair of functions, as its case file describes it."""

    name: str
    title: str
    source: str
    note: str
    functions: dict[Language, str]
    background: list[tuple[str, str]] = Field(default=[])
    inputs: list[GivenInputs] = []


class EvidenceFacts(_Loose):
    """Which command made a stored table, where, and whether the code has changed since."""

    command: str
    facts: dict[str, str]
    stale: bool

    @property
    def machine(self) -> str:
        """What the machine was, as far as it matters for rounding."""
        blas, cpu = (self.facts.get(fact, "unknown") for fact in ("NumPy BLAS", "CPU"))
        return f"{blas}; CPU with {cpu}"


class FailedRun(_Loose):
    """A run that gave no result, and why."""

    case: str
    variant: str
    start: str
    language: Language
    arithmetic: str
    reason: str


class Former(_Loose):
    """The report that this one was compared with."""

    written: str
    commit: str


class Results(_Loose):
    """The counts, and what made them."""

    verdict: str
    exit_code: Literal[0, 1, 2, 70]
    meaning: str
    printed_numbers: int
    printed_checks: dict[str, int]
    pairs: dict[str, dict[str, int]]
    by_case: dict[str, dict[str, dict[str, int]]]
    proved_numbers: int
    proved_digits: dict[Literal["printed", "correct"], int]
    values_compared: int
    failed_runs: list[FailedRun]
    problems: list[str]
    left_open: list[str] = []
    digests: str = ""
    stored_statements: list[str]
    functions: list[FunctionFacts] = []
    since: Former | None = None
    evidence: dict[str, EvidenceFacts]
    provenance: dict[str, str]


@dataclass(frozen=True)
class Stored:
    """A report's files: ``tables`` by stem, texts as str and numbers as float."""

    results: Results
    cases: list[CaseFacts]
    tables: dict[str, pd.DataFrame]

    def __getitem__(self, name: str) -> pd.DataFrame:
        return self.tables[name]


def load(folder: Path) -> Stored:
    """Read a report.

    Raises
    ------
    ReportError
        Names the file, the key and the reason.
    """
    results = load_results(folder)
    cases = _json(folder / "cases.json", TypeAdapter(list[CaseFacts]))
    names = [
        *(name for name in TEXTS if name not in (*TITLES, "diff")),
        *(name for name in results.evidence if name in TITLES),
        *(["diff"] if results.since else []),
    ]
    tables = {name: read_table(folder / f"{name}.csv", name) for name in names}
    return Stored(results, cases, tables)


def load_results(folder: Path) -> Results:
    """The counts of a report, and what made them; raises as `load` does."""
    if not (folder / MARK).is_file():
        raise ReportError(f"{folder} is not a report: it holds no {MARK}")
    results: Results = _json(folder / MARK, TypeAdapter(Results))
    return results


def _json(path: Path, kind: TypeAdapter[Any]) -> Any:
    try:
        return kind.validate_python(made_visible(json.loads(path.read_text(encoding="utf-8"))))
    except (OSError, ValueError) as error:
        raise ReportError(f"{path}: {problems(error)}") from None
    except RecursionError:
        raise ReportError(f"{path}: lists in lists, too deep to read") from None
