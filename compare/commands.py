"""What each command does; each returns its exit code."""

import argparse
from collections.abc import Callable

import pandas as pd

from . import CASES
from .case.case import load_cases
from .case.chosen import chosen_cases
from .case.lock import LOCK, reviewed_cases, write_lock
from .case.new import write_pair
from .case.setting import Setting, settings
from .evidence.directed_spread import measure_directed
from .evidence.directed_spread import store as store_directed
from .evidence.profiles import differing_numbers, profile_table, run_profiles
from .evidence.spread import measure, store
from .evidence.tables import load, save
from .explain import first_differences
from .explain.first_differences import first_difference_row
from .explain.locate import LocateError, Location, locate
from .report.console import out, progress_bars, say_failures, say_problems
from .report.destination import check_destination
from .report.diff import print_diff
from .report.evidence_tables import shown
from .report.files import DIFF
from .report.page import rebuild_page
from .report.page.columns import DIFF_COLUMNS, read_texts
from .report.page.stored import load as load_report
from .report.report import write_report
from .report.terminal import (
    print_case,
    print_cases,
    print_differing_numbers,
    print_environments,
    print_facts,
    print_location,
    print_summary,
)
from .report.terminal_table import print_table
from .run.cluster import on_cluster
from .run.doctor import diagnose
from .run.limits import RUN_SECONDS
from .run.pool import Failure, run_all
from .safety.errors import CaseError, ReportError
from .safety.guard import crashed, say
from .verify.false_positives import (
    MOST_FALSE_POSITIVES,
    count_false_positives,
    false_positive_table,
)
from .verify.locate_pair import is_own, locate_pairs
from .verify.verify import Options, verify


def list_cases(_: argparse.Namespace) -> int:
    """One line a case."""
    print_cases(out, load_cases(CASES))
    return 0


def show_case(options: argparse.Namespace) -> int:
    """What a case asks for."""
    (case,) = load_cases(CASES, [options.case])
    print_case(out, case)
    return 0


def lock_cases(_: argparse.Namespace) -> int:
    """Write what the built-in cases ask for, after a review."""
    for line in write_lock(CASES) or [f"{LOCK} says so already"]:
        out.print(line, soft_wrap=True, markup=False)
    return 0


def verify_cases(options: argparse.Namespace) -> int:
    """Run, judge, report."""
    cases, pairs = chosen_cases(CASES, options.cases)
    check_destination(options.out)
    if options.since is not None:
        load_report(options.since)  # says what is wrong with it, before anything runs
    diagnosis = diagnose(options.replay)
    if say_problems(diagnosis):
        return 2
    with on_cluster(options.dask) as workers, progress_bars() as progress:
        verification = verify(cases, Options.of(options), progress, pairs)
    try:
        failures = write_report(verification, diagnosis.facts | workers, options.out, options.since)
    except ReportError:
        print_summary(out, verification)  # what was found is not lost with the folder
        raise
    if options.since is not None:
        print_diff(read_texts(options.out / DIFF, DIFF_COLUMNS))
    print_summary(out, verification, options.out, failures)
    return crashed(*verification.crashes[0]) if verification.crashes else verification.exit_code


def rebuild_report(options: argparse.Namespace) -> int:
    """Make the page again."""
    rebuild_page(options.folder)
    out.print(f"{options.folder / 'index.html'}", soft_wrap=True)
    return 0


def measure_cases(options: argparse.Namespace) -> int:
    """Measure and store the rounding spread."""
    cases = load_cases(CASES, options.cases)

    def measured(function: Callable[[Setting], pd.DataFrame], title: str) -> pd.DataFrame | None:
        done = progress(title, len(tasks))
        tables = run_all(function, tasks, options.jobs, options.timeout, done)
        if say_failures(zip(tasks, tables, strict=True)):
            return None
        return pd.concat([t for t in tables if not isinstance(t, Failure)])

    facts = diagnose().facts
    with on_cluster(options.dask) as workers, progress_bars() as progress:
        for case in cases:
            tasks = settings(case)
            if (spread := measured(measure, case.name)) is None:
                return 2
            store(case, spread)
            if (directed := measured(measure_directed, f"{case.name}, directed")) is None:
                return 2
            store_directed(case, directed, facts | workers)
    return 0


def locate_differences(options: argparse.Namespace) -> int:
    """The first difference of a pair, of somebody's own or of built-in ones."""
    return (locate_pairs if is_own(options.case) else locate_first_differences)(options)


def locate_first_differences(options: argparse.Namespace) -> int:
    """The first difference of a pair, and its cause; without a case: those of all pairs, stored."""
    if options.case is None:
        if options.variant or options.start:
            raise CaseError("--variant and --start need the name of a case")
        return _locate_everything(options)
    (case,) = reviewed_cases(CASES, [options.case])
    if say_problems(diagnose()):
        return 2
    chosen = [
        s
        for s in settings(case)
        if options.variant in (None, s.variant.name) and options.start in (None, s.start)
    ]
    if not chosen:
        variants = ", ".join(variant.name for variant in case.variants())
        raise CaseError(f"no such variant or start, known are {variants}; {', '.join(case.starts)}")
    for setting in chosen:
        if (location := _located(setting, options)) is None:
            return 2
        print_location(out, location)
    return 0


def _locate_everything(options: argparse.Namespace) -> int:
    todo = [s for case in reviewed_cases(CASES) for s in settings(case)]
    diagnosis = diagnose()
    if say_problems(diagnosis):
        return 2
    rows = []
    with progress_bars() as progress:
        done = progress("pairs", len(todo))
        for setting in todo:
            if (location := _located(setting, options)) is not None:
                rows.append(first_difference_row(location))
            done()
    table = pd.DataFrame(rows, columns=first_differences.STORED_COLUMNS)
    print_table(out, table[["case", "variant", "start", "iteration", "quantity", "ulps"]])
    if len(rows) < len(todo):
        return 2  # what is stored stays whole
    save(first_differences.STORED, table, diagnosis.facts)
    return 0


def _located(setting: Setting, options: argparse.Namespace) -> Location | None:
    """The first difference of a pair; None, and a line that says why, where it cannot be found."""
    try:
        return locate(setting, options.jobs, options.timeout or RUN_SECONDS)
    except LocateError as error:
        say(f"{setting}: {error}")
        return None


def store_false_positives(options: argparse.Namespace) -> int:
    """Judge correct runs, and store the rate of false positives."""
    todo = [s for case in reviewed_cases(CASES, options.cases) for s in settings(case)]
    with on_cluster(options.dask), progress_bars() as progress:
        done = progress("settings", len(todo))
        counted = run_all(count_false_positives, todo, options.jobs, options.timeout, done)
    if say_failures(zip(todo, counted, strict=True)):
        return 2
    stored = load("false_positives") if options.cases else None
    others = None if stored is None or stored.stale else stored.table
    table = false_positive_table([a for a in counted if not isinstance(a, Failure)], others)
    print_table(out, shown("false_positives", table.astype(str)))
    if not options.cases or others is not None:
        save("false_positives", table, diagnose().facts)
    return 1 if table["rate"].iloc[-1] > MOST_FALSE_POSITIVES else 0


def compare_profiles(options: argparse.Namespace) -> int:
    """Verify in each environment, and store the tables."""
    reviewed_cases(CASES, options.cases)
    with progress_bars() as progress:
        profiles = run_profiles(options.cases, options.jobs, progress)
    table, differing = profile_table(profiles), differing_numbers(profiles)
    print_differing_numbers(out, differing)
    print_environments(out, table)
    if not options.cases:
        facts = profiles[0].results["provenance"]
        save("profiles", table, facts)
        save("profile_numbers", differing, facts)
    codes = [p.results["exit_code"] for p in profiles if not p.not_applicable]
    return max(codes, default=2)


def new_pair(options: argparse.Namespace) -> int:
    """Write a pair to begin with."""
    write_pair(options.folder)
    out.print(f"nnmirror verify {options.folder}", soft_wrap=True)
    return 0


def show_doctor(_: argparse.Namespace) -> int:
    """Both sides, and what is wrong."""
    diagnosis = diagnose()
    print_facts(out, diagnosis.facts)
    if say_problems(diagnosis):
        return 2
    out.print("Nothing is in the way of a comparison." if not diagnosis.remarks else "")
    return 0
