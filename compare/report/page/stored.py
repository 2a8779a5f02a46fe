"""What a verification left in its folder, read and checked: all that the pages are made from."""

import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import pandas as pd
from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

from ...case.figures import Figure
from ...case.schema import Language, problems
from ...case.setting import SETTING
from ...safety.errors import ReportError
from ...safety.inert import visible
from ..evidence_tables import TITLES

MARK = "results.json"
MUTANTS = ["mutants", "killed", "killed_by_error", "equivalent", "explained", "survived"]
TEXTS = {
    "published": [
        *SETTING,
        *("language", "quantity", "index", "printed", "verdict", "reason", "place", "printed_by"),
        *("proved", "unproved"),
    ],
    "agreement": [*SETTING, "arithmetic", "quantity", "verdict", "iterations", "reason"],
    "trajectories": [*SETTING, "arithmetic", "quantity"],
    "windows": [*SETTING, "arithmetic", "quantity", "verdict", "reason"],
    "sensitivity": [*SETTING, "quantity", "where"],
    "accuracy": [*SETTING, "language", "quantity", "verdict", "reason"],
    "final_values": [*SETTING, "quantity", "index", "proved"],
    "predictions": SETTING,
    "references": [*SETTING, "kind", "verdict", "reason"],
    "first_differences": [
        *SETTING,
        "iteration",
        "quantity",
        "index",
        "doubling",
        "cause",
        "located",
    ],
    "oracles": ["case", "language", "arithmetic", "what", "verdict", "reason"],
    "claims": ["id", "source", "claim", "verdict", "evidence", "reviewed"],
    "differences": ["id", "python", "r", "consequence", "verdict", "evidence", "reviewed"],
    "values": [*SETTING, "arithmetic", "output", "index", "python", "r", "ulp", "verdict", "note"],
    "outputs": [
        *SETTING,
        "arithmetic",
        "output",
        "verdict",
        "fails",
        "n_values",
        "declared",
        "note",
    ],
    "messages": [*SETTING, "language", "kind", "text"],
    "explanations": [*SETTING, "output", "hypothesis", "evidence", "advice"],
    "selftest": MUTANTS,
}
NUMBERS = {
    "published": [
        *("recomputed", "ulp", "lre", "tolerance"),
        *("digits_printed", "digits_correct", "error_ulp"),
    ],
    "agreement": [
        *("n_values", "max_abs", "max_ulp", "first_difference", "min_lre", "ratio_to_tolerance"),
        "digits",
    ],
    "trajectories": ["iteration", "python", "r", "difference", "tolerance"],
    "windows": ["windows", "n_values", "max_abs", "ratio_to_tolerance", "place"],
    "sensitivity": ["largest_passing", "relative_to"],
    "accuracy": ["n_values", "min_lre", "index", "median_lre", "ratio_to_tolerance"],
    "final_values": ["python", "r"],
    "predictions": ["row", "target", "python", "r"],
    "first_differences": ["python", "r", "ulps"],
    "oracles": ["n_values", "ratio_to_tolerance"],
}
OPTIONAL_NUMBERS = {"predictions": ["alternative_r", "alternative_python"]}
PATTERNS = {
    ("final_values", "index"): r"\d+(,\d+)*|",
    ("first_differences", "iteration"): r"\d*",
    ("agreement", "iterations"): r"all|\d+",
    ("outputs", "fails"): r"True|False",
    ("outputs", "n_values"): r"\d+",
    **{("selftest", column): r"\d+" for column in MUTANTS},
}


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
    figure: list[Figure]


class FunctionFacts(_Loose):
    """Somebody's pair of functions, as its case file describes it."""

    name: str
    title: str
    source: str
    note: str
    functions: dict[Language, str]
    background: list[tuple[str, str]] = Field(default=[])


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


class Results(_Loose):
    """The counts, and what made them."""

    verdict: str
    exit_code: Literal[0, 1, 2, 70]
    meaning: str
    printed_numbers: int
    printed_checks: dict[str, int]
    pairs: dict[str, dict[str, int]]
    comparisons: dict[Literal["total", "holding"], int]
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
    if not (folder / MARK).is_file():
        raise ReportError(f"{folder} is not a report: it holds no {MARK}")
    results = _json(folder / MARK, TypeAdapter(Results))
    cases = _json(folder / "cases.json", TypeAdapter(list[CaseFacts]))
    tables = {name: _table(folder / f"{name}.csv", name) for name in TEXTS if name not in TITLES}
    for name in results.evidence:
        if name in TITLES:
            tables[name] = _table(folder / f"{name}.csv", name)
    return Stored(results, cases, tables)


def _json(path: Path, kind: TypeAdapter[Any]) -> Any:
    try:
        return kind.validate_python(_visible(json.loads(path.read_text(encoding="utf-8"))))
    except (OSError, ValueError) as error:
        raise ReportError(f"{path}: {problems(error)}") from None
    except RecursionError:
        raise ReportError(f"{path}: lists in lists, too deep to read") from None


def _table(path: Path, name: str) -> pd.DataFrame:
    texts, numbers = TEXTS.get(name, []), NUMBERS.get(name, [])
    try:
        table = pd.read_csv(path, dtype=str, keep_default_na=False)
    except pd.errors.EmptyDataError:
        table = pd.DataFrame(columns=[*texts, *numbers], dtype=str)
    except (OSError, ValueError) as error:
        raise ReportError(f"{path}: {error}") from None
    for column in [*texts, *numbers]:
        if column not in table:
            raise ReportError(f"{path}: no column {column!r}")
    numbers = [*numbers, *OPTIONAL_NUMBERS.get(name, [])]
    for column in table.columns:
        if column not in numbers:
            known = {text: _visible(text) for text in table[column].unique()}
            pattern = PATTERNS.get((name, str(column)), "(?s).*")
            wrong = [text for text in known if not re.fullmatch(pattern, text)]
            if wrong:
                raise ReportError(f"{path}: column {column!r}: {wrong[0]!r} cannot stand there")
            table[column] = table[column].map(known)
            continue
        try:
            table[column] = table[column].replace("", "nan").astype(float)
        except ValueError as error:
            raise ReportError(f"{path}: column {column!r}: {error}") from None
    return table


def _visible(content: Any) -> Any:
    """The same with a replacement character for each one that a page would act on, not show."""
    if isinstance(content, str):
        return visible(content)
    if isinstance(content, list):
        return [_visible(item) for item in content]
    if isinstance(content, dict):
        return {_visible(key): _visible(item) for key, item in content.items()}
    return content
