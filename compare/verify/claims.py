"""What the sources say in words: a ledger of claims, each decided by a function that it names."""

import tomllib
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Annotated, Any

import numpy as np
import pandas as pd
from pydantic import Field, model_validator

from .. import ROOT
from ..case.case import Case
from ..case.schema import NO_VARIANT, Language, Record, Text, problems
from ..case.setting import setting_of
from ..evidence import tables as stored_tables
from ..judge.decisions import Decision
from ..run.environment import importable
from ..run.pool import Failure, failure_of
from ..run.results import Results
from ..run.returned import unusable
from ..run.runs import Result
from ..safety.errors import CaseError, is_ours

LEDGER = ROOT / "claims" / "ledger.toml"
STORED = "claims"
RENEW = "make claims"
COLUMNS = {
    "claim": ["id", "source", "claim", "verdict", "evidence", "reviewed"],
    "difference": ["id", "python", "r", "consequence", "verdict", "evidence", "reviewed"],
}


class Statement(Record):
    """Something to decide: ``decided_by`` names a function as ``module:function``.

    It is given what was run of ``cases``, or, where that takes too long for every run, what the
    function that ``measured_by`` names found; then what it decided is kept. ``verdict`` is the
    one that was reviewed: another one fails the verification.
    """

    id: Annotated[str, Field(pattern=r"^[a-z0-9-]+$")]
    decided_by: Annotated[str, Field(pattern=r"^[\w.]+:\w+$")]
    measured_by: Annotated[str, Field(pattern=r"^[\w.]+:\w+$")] | None = None
    cases: list[str]
    verdict: Text

    @model_validator(mode="after")
    def _known_verdict(self) -> "Statement":
        Decision(self.verdict, "")
        return self

    @property
    def stored(self) -> bool:
        """Whether what it found is kept."""
        return self.measured_by is not None

    @property
    def function(self) -> Callable[..., Decision]:
        """The function that decides it."""
        return _named(self.decided_by)


class Claim(Statement):
    """A sentence of a source, quoted in a few words."""

    source: Text
    claim: Text


class Difference(Statement):
    """Where the chapter's own R and Python code are not the same program, and what follows."""

    python: Text
    r: Text
    consequence: Text


class Ledger(Record):
    """All claims and known differences."""

    claim: list[Claim]
    difference: list[Difference]

    @property
    def statements(self) -> list[Statement]:
        """Both."""
        return [*self.claim, *self.difference]


@dataclass(frozen=True)
class Runs:
    """What was run, for those who decide."""

    results: Results
    cases: dict[str, Case]

    def get(
        self,
        case: str,
        variant: str = NO_VARIANT,
        start: str = "numpy",
        language: Language = "python",
    ) -> Result:
        """The native result of a run, each of the case's quantities in its shape.

        Raises
        ------
        LookupError
            It gave none, or a quantity is missing or is not finite numbers in its shape.
        """
        result = self.results.get(setting_of(self.cases[case], variant, start), language)
        if isinstance(result, Failure):
            raise LookupError(f"{case} {variant} in {language}: {result.reason}")
        for quantity in self.cases[case].quantities:
            if problem := unusable(result.get(quantity), self.cases[case].shape(quantity)):
                raise LookupError(f"{case} {variant} in {language}: {quantity}: {problem}")
        return result

    def variants(self, case: str, quantity: str, start: str = "numpy") -> dict[float, Any]:
        """A quantity at each value of a case's only setting."""
        return {
            next(iter(v.settings.values())): self.get(case, v.name, start)[quantity]
            for v in self.cases[case].variants()
        }


def load_ledger(path: Path = LEDGER) -> Ledger:
    """Read the ledger.

    Raises
    ------
    CaseError
        Names the file, the key and the reason.
    """
    try:
        return Ledger.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
    except (OSError, ValueError) as error:
        raise CaseError(f"{path.name}: {problems(error)}") from None


def decide_alone(statement: Statement) -> Decision:
    """Decide what needs no runs of this verification."""
    return statement.function(_named(str(statement.measured_by))())


def decide_all(
    ledger: Ledger, cases: list[Case], results: Results
) -> tuple[pd.DataFrame, pd.DataFrame, list[Failure]]:
    """Claims, differences, and what could not be decided.

    Only those are decided whose cases were all run.
    """
    runs = Runs(results, {case.name: case for case in cases})
    decisions = _kept(ledger) if cases else {}
    decided, undecided = {}, []
    for statement in ledger.statements:
        if not set(statement.cases) <= set(runs.cases):
            continue
        try:
            decided[statement.id] = _decision(statement, runs, decisions)
        except LookupError as error:
            undecided.append(_undecided(statement, error, is_ours=type(error) is not LookupError))
        except Exception as error:  # of one claim; the rest of the report is worth having
            undecided.append(_undecided(statement, error, is_ours(error)))
    claims, differences = (
        pd.DataFrame(
            [
                {**s.model_dump(), "reviewed": s.verdict, **vars(decided[s.id])}
                for s in statements
                if s.id in decided
            ],
            columns=COLUMNS[kind],
        )
        for kind, statements in (("claim", ledger.claim), ("difference", ledger.difference))
    )
    return claims, differences, undecided


def _kept(ledger: Ledger) -> dict[str, Decision]:
    """What is stored of the statements that the ledger stores, and of no others."""
    stored, wanted = stored_tables.load(STORED), [s for s in ledger.statements if s.stored]
    if stored is None or stored.functions != sorted(s.decided_by for s in wanted):
        return {}
    if not {"id", "verdict", "evidence"} <= set(stored.table):
        return {}
    decisions = {}
    for row in stored.table.to_dict("records"):
        with suppress(ValueError):
            decisions[str(row["id"])] = Decision(row["verdict"], row["evidence"])
    return decisions if set(decisions) == {s.id for s in wanted} else {}


def _undecided(statement: Statement, error: Exception, is_ours: bool) -> Failure:
    failure = failure_of(error)
    reason = f"claim {statement.id}: {failure.reason if is_ours else error}"
    return Failure(reason, failure.traceback if is_ours else "")


def _decision(statement: Statement, runs: Runs, decisions: dict[str, Decision]) -> Decision:
    if not statement.stored:
        with np.errstate(all="ignore"):  # what cannot be divided compares as false
            return statement.function(runs)
    if statement.id not in decisions:
        raise LookupError(f"no evidence of it is stored that fits the ledger: {RENEW}")
    return decisions[statement.id]


def _named(reference: str) -> Callable[..., Any]:
    module, name = reference.split(":")
    function: Callable[..., Any] = getattr(import_module(importable(module)), name)
    return function
