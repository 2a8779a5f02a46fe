"""Run every case in both languages and judge what comes out."""

from collections.abc import Callable, Sequence

import pandas as pd

from ..case.case import Case
from ..case.setting import Setting, settings
from ..evidence.directed_spread import Directed
from ..evidence.proof import MissingProofError, Proof, command, load
from ..evidence.spread import Spread
from ..evidence.tables import table_problems
from ..explain.first_differences import COLUMNS, first_differences
from ..judge import claims
from ..judge.verification import Verification
from ..run.pool import Failure
from ..run.results import Results
from ..safety.errors import CrashError
from . import oracles, tables, truth
from .references import references
from .sensitivity import sensitivity
from .stages import Options as Options
from .stages import first_stage, second_stage
from .window_tables import range_in_windows, windows_table


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
    located, not_located = _unless_it_crashes(
        lambda: first_differences(cases, agreement, options.jobs, options.timeout), COLUMNS
    )
    tried = [*undecided, *not_located, *results.all(), *found.all()]
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
        final_values=truth.final_values(cases, results, proofs),
        first_differences=located,
        oracles=oracles.oracle_table(cases, found.held),
        claims=decided,
        differences=differences,
        problems=[
            *untrusted,
            *missing,
            *([] if options.accept_stale else stale),
            *results.failures(),
            *(failure.reason for failure in (*undecided, *not_located)),
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
        proofs[setting] = proof
    return proofs, missing, stale
