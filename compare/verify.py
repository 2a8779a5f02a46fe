"""Run every case in both languages and judge what comes out."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from compare import claims, tables, truth
from compare.case import Case
from compare.partings import partings
from compare.pool import Failure, run_all
from compare.proof import MissingProofError, Proof, command, load
from compare.prove import reprove
from compare.results import Results
from compare.runs import Run, Setting, execute, settings
from compare.schema import LANGUAGES
from compare.spread import Spread, spread_again
from compare.verdicts import undetermined

Check = Callable[[Setting], Any]
ORDERED_ITERATIONS = 2000
PARTED = 1e-6
ITERATIONS_BEYOND_PARTING = 500


@dataclass(frozen=True)
class Options:
    """How to verify.

    Attributes
    ----------
    jobs : int
        Child processes at once.
    timeout : float
        Seconds that one run may take.
    full : bool
        Ordered runs over all iterations of every variant.
    accept_stale : bool
        Judge by stored spreads and proofs even where the code has changed since.
    """

    jobs: int = 2
    timeout: float = 600
    full: bool = False
    accept_stale: bool = False


@dataclass(frozen=True)
class Verification:
    """Everything that was run and found.

    Attributes
    ----------
    cases : list of Case
    published, agreement, predictions, trajectories, accuracy, references, finals : DataFrame
        See `compare.tables` and `compare.truth`.
    partings : DataFrame
        See `compare.partings`.
    claims, differences : DataFrame
        See `compare.claims`.
    problems : list of str
        What could not be compared, and why.
    """

    cases: list[Case]
    published: pd.DataFrame
    agreement: pd.DataFrame
    predictions: pd.DataFrame
    trajectories: pd.DataFrame
    accuracy: pd.DataFrame
    references: pd.DataFrame
    finals: pd.DataFrame
    partings: pd.DataFrame
    claims: pd.DataFrame
    differences: pd.DataFrame
    problems: list[str]

    @property
    def exit_code(self) -> int:
        """0 all compared and holds, 1 mismatch or disagreement, 2 not everything compared."""
        tables = (self.published, self.agreement, self.references)
        verdicts = {verdict for table in tables for verdict in table["verdict"]}
        if self.problems or "not compared" in verdicts:
            return 2
        return 1 if {"mismatch", "disagree", "contradicted"} & verdicts else 0


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
    spreads = {case.name: Spread(case) for case in cases}
    grid = [setting for case in cases for setting in settings(case)]
    results = Results()

    native = [
        Run(s.case, s.variant, s.start, language, "native") for s in grid for language in LANGUAGES
    ]
    _run(results, native, options, progress("native runs", len(native)))

    ordered = [
        Run(s.case, s.variant, s.start, language, "ordered", iterations)
        for s in grid
        if "ordered" in s.case.arithmetics
        for iterations in [None if options.full else _ordered_iterations(s, results, spreads)]
        for language in LANGUAGES
    ]
    _run(results, ordered, options, progress("ordered runs", len(ordered)))

    proofs, missing, stale = _proofs(grid)
    todo: list[tuple[Check, Setting]] = [
        *((reprove, setting) for setting in grid if not proofs[str(setting)].reason),
        *((spread_again, setting) for setting in grid),
    ]
    # the longest first: what cannot be cut short, or runs its members one by one
    todo.sort(key=lambda check: (check[1].case.iterations is not None, check[1].case.takes_batch))
    done = progress("references again", len(todo))
    checked = run_all(_check, todo, options.jobs, options.timeout, done)
    live, again = (
        {str(s): found for (check, s), found in zip(todo, checked, strict=True) if check is kind}
        for kind in (reprove, spread_again)
    )

    untrusted = [
        f"{name}: {spread.problem}"
        for name, spread in spreads.items()
        if spread.problem and not (options.accept_stale and spread.stored)
    ]
    decided, differences, undecided = claims.decide_all(cases, results)
    agreement = tables.agreement(cases, results, spreads)
    return Verification(
        cases,
        published=tables.published(cases, results, spreads, proofs),
        agreement=agreement,
        predictions=tables.predictions(cases, results),
        trajectories=tables.trajectories(cases, results, spreads),
        accuracy=truth.accuracy(cases, results, proofs),
        references=truth.references(proofs, spreads, live, again, grid),
        finals=truth.finals(cases, results, proofs),
        partings=partings(cases, agreement, options.jobs, options.timeout),
        claims=decided,
        differences=differences,
        problems=[
            *untrusted,
            *missing,
            *([] if options.accept_stale else stale),
            *results.failures(),
            *undecided,
        ],
    )


def _run(results: Results, todo: list[Run], options: Options, on_done: Callable[[], None]) -> None:
    # the longest first, so that no core waits at the end: all iterations, and in R
    todo = sorted(todo, key=lambda run: (run.iterations is not None, run.language != "r"))
    calls = {run.call: run for run in reversed(todo)}  # what two cases ask for is run once
    found = run_all(execute, calls.values(), options.jobs, options.timeout, on_done)
    by_call = dict(zip(calls, found, strict=True))
    for run in todo:
        results.add(run, by_call[run.call])


def _check(task: tuple[Check, Setting]) -> Any:
    check, setting = task
    return check(setting)


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


def _ordered_iterations(
    setting: Setting, results: Results, spreads: dict[str, Spread]
) -> int | None:
    """How many iterations the ordered runs need; None for all."""
    case, variant, start = setting.case, setting.variant, setting.start
    if variant.name in case.ordered_completely or case.iterations is None:
        return None
    python, r = (results.get(case, variant.name, start, language) for language in LANGUAGES)
    if isinstance(python, Failure) or isinstance(r, Failure):
        return ORDERED_ITERATIONS
    enough = ORDERED_ITERATIONS
    for quantity in case.quantities:
        a, b = np.asarray(python.get(quantity)), np.asarray(r.get(quantity))
        if a.shape != case.shape(quantity) or a.shape != b.shape:
            continue  # a disagreement, found by the comparison
        spread = spreads[case.name].of(variant.name, start, quantity)
        if spread is not None and undetermined(a, spread).any():
            return None
        if quantity in case.trajectories:
            parted = np.flatnonzero(np.abs(a - b) > PARTED)
            if parted.size:
                enough = max(enough, int(parted[0]) + ITERATIONS_BEYOND_PARTING)
    return enough if enough < case.total_iterations else None
