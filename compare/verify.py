"""Run every case in both languages and judge what comes out."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import pandas as pd

from compare import claims, oracles, tables, truth
from compare.case import Case
from compare.directed_evidence import Directed
from compare.errors import CrashError
from compare.guard import CRASHED
from compare.partings import COLUMNS, partings
from compare.pool import Failure
from compare.proof import MissingProofError, Proof, command, load
from compare.references import references
from compare.results import Results
from compare.runs import Setting, settings
from compare.sensitivity import sensitivity
from compare.spread import Spread
from compare.stages import Options as Options
from compare.stages import first_stage, second_stage
from compare.stored_tables import table_problems
from compare.window_tables import range_in_windows, windows_table


@dataclass(frozen=True)
class Verification:
    """Everything that was run and found.

    Attributes
    ----------
    cases : list of Case
    published, agreement, predictions, trajectories, accuracy, references, finals : DataFrame
        See `compare.tables` and `compare.truth`.
    windows, sensitivity : DataFrame
        See `compare.window_tables` and `compare.sensitivity`.
    partings : DataFrame
        See `compare.partings`.
    oracles : DataFrame
        See `compare.oracles`.
    claims, differences : DataFrame
        See `compare.claims`.
    problems : list of str
        What could not be compared, and why.
    crashes : list of (str, str)
        Errors of the program itself: what each said, and its traceback.
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
    finals: pd.DataFrame
    partings: pd.DataFrame
    oracles: pd.DataFrame
    claims: pd.DataFrame
    differences: pd.DataFrame
    problems: list[str]
    crashes: list[tuple[str, str]] = field(default_factory=list)

    @property
    def exit_code(self) -> int:
        """0 all holds, 1 mismatch or disagreement, 2 not everything compared, 70 a crash."""
        if self.crashes:
            return CRASHED
        tables = (
            *(self.published, self.agreement, self.windows, self.accuracy),
            *(self.references, self.oracles),
            *(claims.reviewed(table) for table in (self.claims, self.differences)),
        )
        verdicts = {verdict for table in tables for verdict in table["verdict"]}
        if self.problems or "not compared" in verdicts:
            return 2
        return 1 if {"mismatch", "disagree", "contradicted", claims.CHANGED} & verdicts else 0


def verify(
    cases: list[Case],
    options: Options,
    progress: Callable[[str, int], Callable[[], None]] = lambda title, total: lambda: None,
) -> Verification:
    """Run the cases and judge them.

    Parameters
    ----------
    progress : (title, total) -> (() -> None)
        Told what begins and how many runs it has; what it returns is called after each.
    """
    grid = [setting for case in cases for setting in settings(case)]
    spreads = {case.name: Spread(case) for case in cases}
    directed = {case.name: Directed(case) for case in cases}
    proofs, missing, stale = _proofs(grid)

    results = Results()
    found = first_stage(cases, proofs, results, options, progress)
    second_stage(cases, spreads, results, options, progress)

    stored: list[tuple[str, Spread | Directed]] = [*spreads.items(), *directed.items()]
    untrusted = [
        f"{name}: {spread.problem}"
        for name, spread in stored
        if spread.problem and not (options.accept_stale and spread.stored)
    ]
    decided, differences, undecided = claims.decide_all(cases, results)
    ranges = {setting: range_in_windows(windows) for setting, windows in found.windows.items()}
    agreement = tables.agreement(cases, results, spreads, ranges)
    parted, unparted = _unless_it_crashes(
        lambda: partings(cases, agreement, options.jobs, options.timeout), COLUMNS
    )
    tried = [*undecided, *unparted, *results.all(), *found.all()]
    return Verification(
        cases,
        published=tables.published(cases, results, spreads, proofs),
        agreement=agreement,
        predictions=tables.predictions(cases, results),
        trajectories=tables.trajectories(cases, results, spreads),
        windows=windows_table(cases, found.windows),
        sensitivity=sensitivity(cases, results, found.windows, agreement),
        accuracy=truth.accuracy(cases, results, proofs, directed, spreads),
        references=references(proofs, spreads, directed, found.again, grid, results),
        finals=truth.finals(cases, results, proofs),
        partings=parted,
        oracles=oracles.oracle_table(cases, found.held),
        claims=decided,
        differences=differences,
        problems=[
            *untrusted,
            *missing,
            *([] if options.accept_stale else stale),
            *results.failures(),
            *(failure.reason for failure in (*undecided, *unparted)),
            *table_problems(),
        ],
        crashes=[(f.reason, f.traceback) for f in tried if isinstance(f, Failure) and f.ours],
    )


def _unless_it_crashes(
    make: Callable[[], pd.DataFrame], columns: Sequence[str]
) -> tuple[pd.DataFrame, list[Failure]]:
    """A table; or an empty one and the reason, so that the rest of a report is not lost with it."""
    try:
        return make(), []
    except CrashError as error:
        return pd.DataFrame(columns=list(columns)), [Failure(str(error), error.traceback)]


def _proofs(grid: list[Setting]) -> tuple[truth.Proofs, list[str], list[str]]:
    """The stored proof of each setting, which are missing, and which are stale."""
    proofs, missing, stale = {}, [], []
    for setting in grid:
        try:
            proof = load(setting)
        except MissingProofError as error:
            proof = Proof({}, str(error), {})
            missing.append(str(error))
        if proof.stale:
            stale.append(f"{setting}: its proof is stale, the code changed: {command(setting)}")
        proofs[str(setting)] = proof
    return proofs, missing, stale
