"""What a verification ends in: everything that was run and found."""

from dataclasses import dataclass, field
from functools import cached_property

import pandas as pd

from ..case.case import Case
from ..case.pair import PairCase
from ..case.schema import NO_VARIANT
from ..case.setting import where
from ..evidence.tables import Evidence
from ..explain.catalogue import Cause
from ..judge import verdicts
from ..judge.decisions import review
from ..run.results import FailedRun

VALUE_COLUMNS = [
    *("case", "variant", "start", "arithmetic", "output", "index", "python", "r", "ulp"),
    *("tolerance", "python_digits", "r_digits", "verdict", "note"),
]
OUTPUT_COLUMNS = [
    *("case", "variant", "start", "arithmetic", "output", "verdict", "fails", "n_values"),
    *("max_ulp", "python_digits", "r_digits", "declared", "note"),
]
EXPLANATION_COLUMNS = [
    *("case", "variant", "start", "output", "hypothesis", "parameter", "fits", "total", "bits"),
    *("evidence", "advice"),
]
MESSAGE_COLUMNS = ["case", "variant", "start", "language", "kind", "text"]


@dataclass(frozen=True)
class Verification:
    """Everything that was run and found.

    Attributes
    ----------
    cases : list of Case
    published, agreement, predictions, trajectories, accuracy, references, final_values : DataFrame
        See `compare.verify.tables` and `compare.verify.truth`.
    windows, sensitivity : DataFrame
        See `compare.verify.window_tables` and `compare.verify.sensitivity`.
    first_differences : DataFrame
        See `compare.explain.first_differences`.
    oracles : DataFrame
        See `compare.verify.oracles`.
    claims, differences : DataFrame
        See `compare.verify.claims`.
    stored_statements : list of str
        Which claims and differences rest on stored evidence.
    failed_runs : list of FailedRun
        Runs that gave no result.
    problems : list of str
        What else could not be compared, and why.
    outdated : list of str
        Stored tables from before the code changed, each with the command that renews it.
    crashes : list of (str, str)
        Errors of the program itself: what each said, and its traceback.
    pairs : list of PairCase
        Somebody's own.
    background : dict
        By case, what is to be read of functions that it calls, where it differs.
    values : DataFrame
        Of all cases: see `compare.verify.values_table`.
    outputs, messages, explanations : DataFrame
        Of somebody's own pairs: see `compare.verify.pair_tables`, `compare.verify.explanations`.
    """

    cases: list[Case]
    published: pd.DataFrame
    agreement: pd.DataFrame
    predictions: pd.DataFrame
    trajectories: pd.DataFrame
    windows: pd.DataFrame
    sensitivity: pd.DataFrame
    accuracy: pd.DataFrame
    references: pd.DataFrame
    final_values: pd.DataFrame
    first_differences: pd.DataFrame
    oracles: pd.DataFrame
    claims: pd.DataFrame
    differences: pd.DataFrame
    stored_statements: list[str]
    failed_runs: list[FailedRun]
    problems: list[str]
    outdated: list[str] = field(default_factory=list)
    evidence: dict[str, Evidence] = field(default_factory=dict)
    crashes: list[tuple[str, str]] = field(default_factory=list)
    pairs: list[PairCase] = field(default_factory=list)
    background: dict[str, list[Cause]] = field(default_factory=dict)
    values: pd.DataFrame = field(default_factory=lambda: pd.DataFrame(columns=VALUE_COLUMNS))
    outputs: pd.DataFrame = field(default_factory=lambda: pd.DataFrame(columns=OUTPUT_COLUMNS))
    messages: pd.DataFrame = field(default_factory=lambda: pd.DataFrame(columns=MESSAGE_COLUMNS))
    explanations: pd.DataFrame = field(
        default_factory=lambda: pd.DataFrame(columns=EXPLANATION_COLUMNS)
    )

    @property
    def in_the_way(self) -> list[str]:
        """One line for each run that gave no result, and for each other problem."""
        return [*map(str, self.failed_runs), *self.problems]

    @cached_property
    def exit_code(self) -> int:
        """See `compare.judge.verdicts.exit_code`."""
        said = [
            "disagree" if verdict == "undetermined" and fails else verdict
            for table, _ in judged(self)
            for verdict, fails in zip(table["verdict"], fails_in(table), strict=True)
        ]
        return verdicts.exit_code(said, bool(self.in_the_way), bool(self.crashes))


def judged(verification: Verification) -> list[tuple[pd.DataFrame, str]]:
    """The tables that have verdicts, each with the column that tells rows of a quantity apart."""
    references = verification.references.assign(quantity=verification.references["kind"])
    oracles = verification.oracles.assign(
        variant=NO_VARIANT,
        start="",
        quantity=verification.oracles["what"],
        run=verification.oracles["language"] + " " + verification.oracles["arithmetic"],
    )
    outputs = verification.outputs.assign(
        quantity=verification.outputs["output"],
        values=verification.outputs["n_values"].astype(str) + " values",
        reason=verification.outputs["note"],
    )
    statements = pd.concat([reviewed(verification.claims), reviewed(verification.differences)])
    return [
        (verification.published, "index"),
        (verification.agreement, "arithmetic"),
        (verification.windows, "arithmetic"),
        (verification.accuracy, "language"),
        (references, "bits"),
        (oracles, "run"),
        (statements.assign(variant=NO_VARIANT, start=""), "review"),
        (outputs, "values"),
    ]


def reviewed(table: pd.DataFrame) -> pd.DataFrame:
    """Claims and differences, each with whether its verdict is still the one that was reviewed.

    Returns
    -------
    DataFrame
        ``case`` (the statement), ``quantity``, ``review``; ``verdict`` as reviewed or changed,
        and the reason.
    """
    texts = zip(table["verdict"], table["reviewed"], table["evidence"], strict=True)
    rows = [review(*text) for text in texts]
    reviews = pd.DataFrame(rows, columns=["verdict", "reason"], dtype=str)
    return reviews.assign(case=table["id"].tolist(), quantity="verdict", review="ledger.toml")


def failing(table: pd.DataFrame) -> pd.DataFrame:
    """The rows that make the run fail, what was not compared last."""
    rows = table[fails_in(table)]
    return rows.sort_values("verdict", key=lambda v: v.isin(verdicts.INCOMPLETE), kind="stable")


def fails_in(table: pd.DataFrame) -> "pd.Series[bool]":
    """Which rows of a judged table make the run fail."""
    always = table["verdict"].isin(verdicts.FAILING)
    return always | table["fails"].astype(bool) if "fails" in table else always


def not_checked(verification: Verification) -> list[str]:
    """Each thing that was expected and not compared, with the reason."""
    rows = [
        f"{where(row)}: {row['reason']}"
        for table, _ in judged(verification)
        for _, row in table[table["verdict"].isin(verdicts.INCOMPLETE)].iterrows()
    ]
    return [*verification.in_the_way, *rows]
