"""Command line: python -m compare COMMAND."""

import argparse
import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pandas as pd
from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from compare import CASES
from compare.case import GENERATORS, CaseError, load_cases
from compare.doctor import Diagnosis, diagnose
from compare.evidence import save
from compare.false_alarms import MOST_FALSE_ALARMS, alarm_table, count_alarms
from compare.locate import LocateError, locate
from compare.pool import Failure, run_all
from compare.profiles import moved_numbers, profile_table, run_profiles
from compare.proof import is_proved
from compare.prove import prove_and_save
from compare.report import ReportError, check_destination, write_report
from compare.runs import settings
from compare.selftest import (
    CAUGHT,
    EXPLAINED,
    STOPPED,
    SURVIVED,
    all_faults,
    judge_fault,
    outcome_table,
    run_planted,
    stopped_outcome,
)
from compare.spread import measure, store
from compare.summary import MEANING
from compare.terminal import print_case, print_cases, print_location, print_summary, print_table
from compare.verify import Options, verify

EPILOG = """exit codes:
  0  everything expected was compared and holds
  1  a printed number or a pair of runs does not come out as it should
  2  not everything could be compared, or the command could not be understood

examples:
  python -m compare verify                      all cases, report in report/
  python -m compare verify clark-example-1      one case
  python -m compare show clark-example-3        what a case asks for
  python -m compare locate clark-example-3      where R and Python part, and why
  python -m compare prove clark-example-2       which digits are true
  python -m compare measure clark-example-2     after a change of the networks
"""
out = Console()
err = Console(stderr=True)


def main(argv: Sequence[str] | None = None) -> int:
    """Run a command and return its exit code."""
    options = _parser().parse_args(argv)
    try:
        code: int = options.command(options)
    except (CaseError, ReportError) as error:
        err.print(f"nnmirror: {escape(str(error))}", style="red", soft_wrap=True)
        return 2
    except KeyboardInterrupt:
        err.print("\nnnmirror: interrupted; what was written before is untouched", style="red")
        return 2
    return code


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m compare",
        description="Does the same network, written in Python and in R, give the same numbers, "
        "and the numbers that were published?",
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    def command(
        name: str, function: Callable[[argparse.Namespace], int], text: str
    ) -> argparse.ArgumentParser:
        added = commands.add_parser(name, help=text, description=text)
        added.set_defaults(command=function)
        return added

    command("list", _list, "List the cases.")
    show = command("show", _show, "Show what a case runs and what was printed.")
    show.add_argument("case", metavar="CASE")
    check = command("verify", _verify, "Run cases in both languages, judge them, write a report.")
    check.add_argument("cases", nargs="*", metavar="CASE", help="names; default: all cases")
    check.add_argument(
        "--out",
        type=Path,
        default=Path("report"),
        metavar="DIR",
        help="folder of the report, replaced as a whole (default: report)",
    )
    _add_pool_options(check)
    check.add_argument(
        "--full", action="store_true", help="ordered runs over all iterations, everywhere"
    )
    check.add_argument(
        "--accept-stale",
        action="store_true",
        help="judge by the stored spreads although code or case have changed since",
    )
    spread = command("measure", _measure, "Measure how far rounding alone moves each result.")
    spread.add_argument("cases", nargs="*", metavar="CASE", help="names; default: all cases")
    _add_pool_options(spread)
    where = command("locate", _locate, "Find where R and Python part, and what causes it.")
    where.add_argument("case", metavar="CASE")
    where.add_argument("--variant", help="such as alpha=10 (default: all)")
    where.add_argument("--start", choices=GENERATORS, help="default: all")
    _add_pool_options(where)
    check = command(
        "selftest", _selftest, "Plant faults, and see whether comparing values notices."
    )
    _add_pool_options(check)
    alarms = command("false-alarms", _false_alarms, "Judge 300 honest noisy runs of each setting.")
    alarms.add_argument("cases", nargs="*", metavar="CASE", help="names; default: all cases")
    _add_pool_options(alarms, timeout=3600)
    places = command(
        "profiles", _profiles, "Verify in every arithmetic environment of this machine."
    )
    places.add_argument("cases", nargs="*", metavar="CASE", help="names; default: all cases")
    _add_pool_options(places)
    proof = command(
        "prove", _prove, "Enclose the exact result of each setting; goes on where it was stopped."
    )
    proof.add_argument("cases", nargs="*", metavar="CASE", help="names; default: all cases")
    proof.add_argument("--again", action="store_true", help="prove anew what is already proved")
    _add_pool_options(proof, timeout=7200)
    command("doctor", _doctor, "Show R, rpy2, BLAS and exp on both sides, and what is wrong.")
    return parser


def _add_pool_options(parser: argparse.ArgumentParser, timeout: int = 600) -> None:
    parser.add_argument(
        "--jobs",
        type=_positive,
        default=len(os.sched_getaffinity(0)),
        metavar="N",
        help="runs at once (default: one for each core)",
    )
    parser.add_argument(
        "--timeout",
        type=_positive,
        default=timeout,
        metavar="SECONDS",
        help=f"most that one run may take (default: {timeout})",
    )


def _positive(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError(f"{text} is not at least 1")
    return number


@contextmanager
def _progress() -> Iterator[Callable[[str, int], Callable[[], None]]]:
    """A bar for each stage on a terminal; nothing in a log."""
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=err, disable=not err.is_terminal) as bar:

        def begin(title: str, total: int) -> Callable[[], None]:
            task = bar.add_task(title, total=total)
            return lambda: bar.advance(task)

        yield begin


def _list(_: argparse.Namespace) -> int:
    print_cases(out, load_cases(CASES))
    return 0


def _show(options: argparse.Namespace) -> int:
    (case,) = load_cases(CASES, [options.case])
    print_case(out, case)
    return 0


def _verify(options: argparse.Namespace) -> int:
    cases = load_cases(CASES, options.cases)
    check_destination(options.out)
    diagnosis = diagnose()
    if _report_problems(diagnosis):
        return 2
    with _progress() as progress:
        chosen = Options(options.jobs, options.timeout, options.full, options.accept_stale)
        found = verify(cases, chosen, progress)
    write_report(found, diagnosis.facts, options.out)
    print_summary(out, found, options.out)
    return found.exit_code


def _measure(options: argparse.Namespace) -> int:
    cases = load_cases(CASES, options.cases)
    with _progress() as progress:
        for case in cases:
            tasks = settings(case)
            done = progress(case.name, len(tasks))
            tables = run_all(measure, tasks, options.jobs, options.timeout, done)
            failures = [t.reason for t in tables if isinstance(t, Failure)]
            if failures:
                err.print(f"nnmirror: {case.name}: {escape(failures[0])}", style="red")
                return 2
            store(case, pd.concat([t for t in tables if not isinstance(t, Failure)]))
    return 0


def _locate(options: argparse.Namespace) -> int:
    (case,) = load_cases(CASES, [options.case])
    chosen = [
        s
        for s in settings(case)
        if options.variant in (None, s.variant.name) and options.start in (None, s.start)
    ]
    if not chosen:
        known = ", ".join(map(str, settings(case)))
        raise CaseError(f"no such variant or start, known are {known}")
    for setting in chosen:
        try:
            print_location(out, locate(setting, options.jobs, options.timeout))
        except LocateError as error:
            err.print(f"nnmirror: {setting}: {escape(str(error))}", style="red", soft_wrap=True)
            return 2
    return 0


def _selftest(options: argparse.Namespace) -> int:
    faults = all_faults()
    with _progress() as progress:
        done = progress("faults", len(faults))
        found = run_all(judge_fault, faults, options.jobs, options.timeout, done)
        (planted,) = run_all(run_planted, [None], 1, options.timeout)
    if isinstance(planted, Failure):
        err.print(f"nnmirror: selftest: {escape(planted.reason)}", style="red", soft_wrap=True)
        return 2
    outcomes = [
        stopped_outcome(fault, outcome.reason) if isinstance(outcome, Failure) else outcome
        for fault, outcome in zip(faults, found, strict=True)
    ] + planted
    table = outcome_table(outcomes)
    print_table(out, table)
    explained = [o for o in outcomes if o.outcome == EXPLAINED]
    survivors = [o for o in outcomes if o.outcome == SURVIVED]
    for o in [*explained, *survivors]:
        out.print(
            f"{o.outcome}: {escape(o.what)}" + (f": {escape(o.how)}" if o.how else ""),
            soft_wrap=True,
        )
    save("selftest", table, "make selftest", diagnose().facts)
    noticed = sum(o.outcome in (CAUGHT, STOPPED) for o in outcomes)
    out.print(
        f"\n{noticed} of {len(outcomes)} faults noticed, {len(explained)} explained, "
        f"{len(survivors)} survived; the rest change no value"
    )
    return 1 if survivors else 0


def _false_alarms(options: argparse.Namespace) -> int:
    todo = [s for case in load_cases(CASES, options.cases) for s in settings(case)]
    with _progress() as progress:
        done = progress("settings", len(todo))
        found = run_all(count_alarms, todo, options.jobs, options.timeout, done)
    for setting, result in zip(todo, found, strict=True):
        if isinstance(result, Failure):
            err.print(f"nnmirror: {setting}: {escape(result.reason)}", style="red", soft_wrap=True)
            return 2
    table = alarm_table([a for a in found if not isinstance(a, Failure)])
    print_table(out, table)
    if not options.cases:
        save("false_alarms", table, "python -m compare false-alarms", diagnose().facts)
    return 1 if table["rate"].iloc[-1] > MOST_FALSE_ALARMS else 0


def _profiles(options: argparse.Namespace) -> int:
    load_cases(CASES, options.cases)
    with _progress() as progress:
        profiles = run_profiles(options.cases, options.jobs, progress)
    table, moved = profile_table(profiles), moved_numbers(profiles)
    print_table(out, moved.drop(columns=["language", "start"]))
    print_table(out, table)
    if not options.cases:
        facts = profiles[0].results["provenance"]
        save("profiles", table, "python -m compare profiles", facts)
        save("profile_numbers", moved, "python -m compare profiles", facts)
    codes = [p.results["exit_code"] for p in profiles if not p.dropped]
    return max(codes, default=2)


def _prove(options: argparse.Namespace) -> int:
    todo = [
        setting
        for case in load_cases(CASES, options.cases)
        for setting in settings(case)
        if options.again or not is_proved(setting)
    ]
    with _progress() as progress:
        done = progress("proofs", len(todo))
        found = run_all(prove_and_save, todo, options.jobs, options.timeout, done)
    failures = [
        f"{setting}: {result.reason}"
        for setting, result in zip(todo, found, strict=True)
        if isinstance(result, Failure)
    ]
    for line in failures:
        err.print(f"nnmirror: {escape(line)}", style="red", soft_wrap=True)
    return 2 if failures else 0


def _doctor(_: argparse.Namespace) -> int:
    diagnosis = diagnose()
    table = Table(show_header=False, box=None)
    for name, value in diagnosis.facts.items():
        table.add_row(name, escape(value))
    out.print(table)
    if _report_problems(diagnosis):
        return 2
    out.print("Nothing is in the way of a comparison." if not diagnosis.remarks else "")
    return 0


def _report_problems(diagnosis: Diagnosis) -> bool:
    for text in [*map(str, diagnosis.problems), *diagnosis.remarks]:
        err.print(f"nnmirror: {escape(text)}", style="red", soft_wrap=True)
    if diagnosis.problems:
        err.print(f"exit code 2: {MEANING[2]}", soft_wrap=True)
    return bool(diagnosis.problems)
