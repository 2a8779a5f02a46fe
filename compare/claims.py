"""What the sources say in words: a ledger of claims, each decided by a function that it names."""

import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Annotated, Any

import pandas as pd
from pydantic import Field

from compare import ROOT, stored_tables
from compare.case import Case
from compare.pool import Failure
from compare.results import Results
from compare.runs import Result
from compare.schema import NO_VARIANT, CaseError, Language, Record, Text, problems

LEDGER = ROOT / "claims" / "ledger.toml"
STORED = "claims"
RENEW = "make claims"
HOLDS, FAILS, HOLDS_IF = "holds", "does not hold", "holds if "


@dataclass(frozen=True)
class Decision:
    """``verdict``: holds, does not hold, or holds if ...; ``evidence``: what was measured."""

    verdict: str
    evidence: str

    def __post_init__(self) -> None:
        if self.verdict not in (HOLDS, FAILS) and not self.verdict.startswith(HOLDS_IF):
            raise ValueError(f"{self.verdict!r} is not a verdict")


class Statement(Record):
    """Something to decide: ``decided_by`` names a function as ``module:function``.

    It is given what was run of ``cases``. ``stored``: it takes too long for every run, so it is
    given nothing, and what it found is kept.
    """

    id: Annotated[str, Field(pattern=r"^[a-z0-9-]+$")]
    decided_by: Annotated[str, Field(pattern=r"^[\w.]+:\w+$")]
    cases: list[str]
    stored: bool = False

    @property
    def function(self) -> Callable[..., Decision]:
        """The function that decides it."""
        module, name = self.decided_by.split(":")
        function: Callable[..., Decision] = getattr(import_module(module), name)
        return function


class Claim(Statement):
    """A sentence of a source, quoted in a few words."""

    source: Text
    claim: Text


class Difference(Statement):
    """Where the chapter's own R and Python code are not the same program."""

    python: Text
    r: Text


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
        """The native result of a run.

        Raises
        ------
        LookupError
            It gave none.
        """
        found = self.results.get(self.cases[case], variant, start, language)
        if isinstance(found, Failure):
            raise LookupError(f"{case} {variant} in {language}: {found.reason}")
        return found

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
    return statement.function()


def decide_all(cases: list[Case], results: Results) -> tuple[pd.DataFrame, pd.DataFrame, list[str]]:
    """Claims, differences, and what could not be decided.

    Only those are decided whose cases were all run.
    """
    ledger, runs = load_ledger(), Runs(results, {case.name: case for case in cases})
    stored = stored_tables.load(STORED)
    table = pd.DataFrame(columns=["id"]) if stored is None else stored.table
    kept = {row["id"]: Decision(row["verdict"], row["evidence"]) for _, row in table.iterrows()}
    decided, undecided = {}, []
    for statement in ledger.statements:
        if not set(statement.cases) <= set(runs.cases):
            continue
        try:
            decided[statement.id] = _decision(statement, runs, kept)
        except LookupError as error:
            undecided.append(f"claim {statement.id}: {error}")
    claims = [
        {"id": c.id, "source": c.source, "claim": c.claim, **vars(decided[c.id])}
        for c in ledger.claim
        if c.id in decided
    ]
    differences = [
        {"id": d.id, "python": d.python, "r": d.r, "consequence": decided[d.id].evidence}
        for d in ledger.difference
        if d.id in decided
    ]
    return (
        pd.DataFrame(claims, columns=["id", "source", "claim", "verdict", "evidence"]),
        pd.DataFrame(differences, columns=["id", "python", "r", "consequence"]),
        undecided,
    )


def _decision(statement: Statement, runs: Runs, kept: dict[str, Decision]) -> Decision:
    if not statement.stored:
        return statement.function(runs)
    if statement.id not in kept:
        raise LookupError(f"no evidence is stored: {RENEW}")
    return kept[statement.id]
