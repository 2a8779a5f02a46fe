"""Tables that take too long for every run: stored with what made them, shown in every report."""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import pandas as pd

from .. import HERE
from . import store as evidence
from .code_hash import functions_hash
from .store import Header, UnusableEvidenceError
from .table_checks import CHECKS, TableError

STORED = HERE / "evidence" / "stored"
_SELFTEST = (
    (
        "selftest.mutants:all_mutants",
        "selftest.judge:judge_mutant",
        "selftest.outcome:outcome_table",
        "selftest.seeded:run_seeded",
    ),
    "make selftest",
)
_PROFILES = (("compare.evidence.profiles:run_profiles",), "python -m compare profiles")
# The functions that compute each table, and the command that renews it. None: those that decide
# are named by the ledger of claims, and kept in the table's header.
KINDS: dict[str, tuple[tuple[str, ...] | None, str]] = {
    "selftest": _SELFTEST,
    "explained_mutants": _SELFTEST,
    "false_positives": (
        (
            "compare.verify.false_positives:false_positive_table",
            "compare.verify.false_positives:count_false_positives",
        ),
        "python -m compare false-positives",
    ),
    "first_differences": (
        ("compare.explain.locate:locate", "compare.explain.first_differences:first_difference_row"),
        "python -m compare locate",
    ),
    "profiles": _PROFILES,
    "profile_numbers": _PROFILES,
    "claims": (None, "make claims"),
}


@dataclass(frozen=True)
class Evidence:
    """A stored table, the command that renews it, and the facts of the machine that made it."""

    table: pd.DataFrame
    command: str
    functions: list[str]
    facts: dict[str, str]
    stale: bool


def save(
    name: str, table: pd.DataFrame, facts: dict[str, str], functions: Sequence[str] = ()
) -> None:
    """Write a table as a whole.

    Parameters
    ----------
    functions : list of str, optional
        What computed it, where that is not always the same.
    """
    known, command = KINDS[name]
    made_by = sorted(known or functions)
    header = Header(
        functions=made_by,
        hash=functions_hash(made_by),
        command=command,
        facts=evidence.kept_facts(facts),
    )
    body = table.to_csv(index=False, float_format="%.17g", lineterminator="\n")
    evidence.write(STORED / f"{name}.csv", header, body)


def load(name: str) -> Evidence | None:
    """The stored table; None where there is none that can be used (see `survey`)."""
    try:
        return read(name)
    except UnusableEvidenceError:
        return None


class Survey(NamedTuple):
    """The stored tables by name; what is wrong with those that cannot be used; which are stale.

    Each of what is wrong or stale with the command that renews it.
    """

    usable: dict[str, Evidence]
    unusable: list[str]
    outdated: list[str]


def survey() -> Survey:
    """Read all stored tables."""
    found = Survey({}, [], [])
    for name in KINDS:
        try:
            found.usable[name] = read(name)
        except UnusableEvidenceError as error:
            found.unusable.append(str(error))
            continue
        if found.usable[name].stale:
            found.outdated.append(f"{name} ({KINDS[name][1]})")
    return found


def read(name: str) -> Evidence:
    """Read a stored table, and check that it says what such a table has to say.

    A table that is not stale is also compared with the cases: every setting must have its row.

    Raises
    ------
    UnusableEvidenceError
        It is missing, damaged, or not a table of its kind.
    """
    known, command = KINDS[name]
    path = STORED / f"{name}.csv"
    stored = evidence.read(path, "", command)
    functions = stored.header.functions
    if known is not None and functions != sorted(known):
        raise UnusableEvidenceError(f"{path.name} was made by other functions", command)
    stale = stored.header.hash != _hash(functions)
    try:
        table = pd.read_csv(io.StringIO(stored.body), dtype=str, keep_default_na=False)
        CHECKS[name](table, not stale)
    except (ValueError, TableError) as error:
        raise UnusableEvidenceError(f"{path.name} is damaged ({error})", command) from None
    return Evidence(table, command, functions, stored.header.facts, stale)


def _hash(functions: list[str]) -> str | None:
    """Hash of the functions as they stand; None where they are gone."""
    try:
        return functions_hash(functions)
    except LookupError:
        return None
