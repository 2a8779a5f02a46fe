"""Run every case in both languages and judge the results."""

from collections.abc import Callable, Sequence

import pandas as pd

from ..case.case import Case
from ..case.pair import PairCase
from ..evidence.tables import Survey, survey
from ..explain.first_differences import COLUMNS, first_differences
from ..report.verification import VALUE_COLUMNS, Verification
from ..run.pool import Failure
from ..run.results import Results
from ..safety.errors import CrashError
from . import claims, oracles, tables, truth
from .comparisons import compare_pairs
from .pairs import verify_pairs
from .record import check_replayable
from .references import references
from .sensitivity import sensitivity
from .stages import Options as Options
from .stages import first_stage, second_stage
from .stored import StoredEvidence
from .values_table import rows_of_pairs
from .window_tables import windows_table


def verify(
    cases: list[Case],
    options: Options,
    progress: Callable[[str, int], Callable[[], None]] = lambda title, total: lambda: None,
    pairs: Sequence[PairCase] = (),
) -> Verification:
    """Run the cases and judge them, and somebody's own pairs.

    Parameters
    ----------
    progress : (title, total) -> (() -> None)
        Told what begins and how many runs it has; what it returns is called after each.
    """
    if options.replay:
        check_replayable(cases, pairs)
    stored, results, ledger = StoredEvidence.of(cases), Results(), claims.load_ledger()
    native = first_stage(cases, stored, results, options, progress)
    second_stage(cases, stored, results, options, progress)

    compared = compare_pairs(cases, results, stored, native.windows)
    agreement = tables.agreement(compared)
    located, not_located = _unless_it_crashes(
        lambda: first_differences(cases, agreement, options.jobs, options.timeout), COLUMNS
    )
    of_pairs = verify_pairs(
        list(pairs),
        options.jobs,
        options.call_timeout,
        options.memory,
        progress,
        options.replay,
    )
    decided, differences, undecided = claims.decide_all(ledger, cases, results)
    surveyed = survey() if cases else Survey({}, [], [])  # of built-in cases; it takes a second
    tried = [*undecided, *not_located, *results.all(), *native.all(), *of_pairs.crashes]
    return Verification(
        cases,
        published=tables.published(cases, results, stored, of_pairs.published),
        agreement=agreement,
        predictions=tables.predictions(cases, results),
        trajectories=tables.trajectories(cases, results, stored),
        windows=windows_table(cases, native.windows),
        sensitivity=sensitivity(cases, results, native.windows, agreement),
        accuracy=truth.accuracy(cases, results, stored),
        references=references(cases, results, stored, native.again),
        final_values=truth.final_values(cases, results, stored),
        first_differences=located,
        oracles=oracles.oracle_table(cases, native.held),
        claims=decided,
        differences=differences,
        stored_statements=[s.id for s in ledger.statements if s.stored],
        failed_runs=results.failed(),
        problems=[
            *stored.problems(options.accept_stale),
            *surveyed.unusable,
            *(failure.reason for failure in (*undecided, *not_located)),
            *of_pairs.problems,
        ],
        outdated=surveyed.outdated,
        evidence=surveyed.usable,
        crashes=[(f.reason, f.traceback) for f in tried if isinstance(f, Failure) and f.ours],
        pairs=of_pairs.pairs,
        values=pd.DataFrame([*rows_of_pairs(compared), *of_pairs.values], columns=VALUE_COLUMNS),
        outputs=of_pairs.outputs,
        messages=of_pairs.messages,
        explanations=of_pairs.explanations,
        background=of_pairs.background,
    )


def _unless_it_crashes(
    make: Callable[[], pd.DataFrame], columns: Sequence[str]
) -> tuple[pd.DataFrame, list[Failure]]:
    """A table; or an empty one and the reason, so that the rest of a report is not lost with it."""
    try:
        return make(), []
    except CrashError as error:
        return pd.DataFrame(columns=list(columns)), [Failure(str(error), error.traceback)]
