"""Command line: python -m compare COMMAND."""

import argparse
import sys
from collections.abc import Sequence
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import Any

from .explore.options import add_explore, add_sweep
from .run.environment import COMMAND
from .run.limits import CALL_SECONDS, RUN_SECONDS
from .run.options import add_cases, add_dask, add_memory, add_pool_options, positive
from .run.r_package import SOURCE
from .safety.guard import guarded, output

EPILOG = f"""exit codes:
  0  everything expected was compared and holds
  1  a printed number is a mismatch, or R and Python disagree
  2  not everything could be compared, or the command could not be understood
  70 an error of the program itself; one line says where its traceback is
  128 + n: stopped by signal n (130 interrupt, 143 termination; 141 nobody reads the output)
  70 outranks 2, and 2 outranks 1

examples:
  {COMMAND} verify                      all cases, report in report/
  {COMMAND} list                        names of the cases
  {COMMAND} verify CASE                 one case
  {COMMAND} verify my.pair.toml         your own two functions: docs/pairs.md
  {COMMAND} new NAME                    a pair to begin with
  {COMMAND} explore my.pair.toml        the input on which the two differ
  {COMMAND} sweep CASE --seeds 1:1000   many networks of one case
  {COMMAND} record my.pair.toml         keep R's values, for verify --replay
  {COMMAND} show CASE                   what a case asks for
  {COMMAND} locate CASE                 the first difference, and its cause
  {COMMAND} diff OLD NEW                what moved between two reports
  {COMMAND} prove CASE                  which digits are correct
  {COMMAND} measure CASE                after a change of the networks
"""


def main(argv: Sequence[str] | None = None) -> int:
    """Run a command and return its exit code, whatever happens."""
    return guarded(lambda: run(argv))


def run(argv: Sequence[str] | None = None) -> int:
    """Run a command and return its exit code."""
    options = _parser().parse_args(argv)
    code: int = options.command(options)
    return code


class _Parser(argparse.ArgumentParser):
    """A parser that does not pass over an output to which its help cannot be written."""

    def print_help(self, file: Any = None) -> None:
        with output():
            print(self.format_help(), end="", file=file, flush=True)


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(
        prog="nnmirror" if Path(sys.argv[0]).name == "nnmirror" else COMMAND,
        description="Do two functions, one in Python and one in R, give the same numbers, and the "
        "numbers that were published?",
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    subparsers = parser.add_subparsers(required=True, metavar="COMMAND")

    def command(name: str, function: str, text: str) -> argparse.ArgumentParser:
        added = subparsers.add_parser(name, help=text, description=text)
        added.set_defaults(command=partial(_call, function))
        return added

    command("list", "commands:list_cases", "List the cases.")
    show = command("show", "commands:show_case", "Show what a case runs and what was printed.")
    show.add_argument("case", metavar="CASE")
    command("lock", "commands:lock_cases", "Write the lock of the cases anew, after a review.")
    check = command("verify", "commands:verify_cases", "Run both languages, judge, write a report.")
    check.add_argument(
        "cases",
        nargs="*",
        metavar="CASE",
        help="names of built-in cases (default: all), case files, folders with case files below",
    )
    add_memory(check)
    check.add_argument(
        "--out",
        type=Path,
        default=Path("report"),
        metavar="DIR",
        help="folder of the report, replaced as a whole (default: report)",
    )
    check.add_argument(
        "--since",
        type=Path,
        metavar="OLD",
        help="a former report, also the one in DIR: say what moved since, in the new one too",
    )
    add_pool_options(
        check, None, f"{RUN_SECONDS}; {CALL_SECONDS} for one call of a pair's function"
    )
    add_dask(check)
    check.add_argument(
        "--full", action="store_true", help="portable runs over all iterations, everywhere"
    )
    check.add_argument(
        "--accept-stale",
        action="store_true",
        help="judge by the stored spreads although code or case have changed since",
    )
    check.add_argument(
        "--replay",
        action="store_true",
        help="take the values of R that `record` kept, and run no R",
    )
    keeping = command(
        "record", "verify.record:record_cases", "Keep R's values, for verify --replay."
    )
    keeping.add_argument("cases", nargs="+", metavar="CASE", help="case files, folders of such")
    add_memory(keeping)
    keeping.add_argument(
        "--timeout", type=positive, metavar="SECONDS", help=f"of one call ({CALL_SECONDS})"
    )
    new = command("new", "commands:new_pair", "Write a pair of functions to begin with.")
    new.add_argument("folder", type=Path, metavar="NAME", help="folder, which must not be there")
    exploring = command(
        "explore", "explore.command:explore", "Search for inputs on which a pair differs."
    )
    add_explore(exploring)
    sweeping = command(
        "sweep", "explore.sweep_command:sweep", "Train one case from many seeds, at many settings."
    )
    add_sweep(sweeping)
    command("r-package", "cli:print_r_package", "Print the folder of R's half, for R CMD INSTALL.")
    pages = command(
        "report",
        "commands:rebuild_report",
        "Make a report's page again from its files; run nothing.",
    )
    pages.add_argument("folder", type=Path, metavar="DIR")
    spread = command(
        "measure", "commands:measure_cases", "Measure how far rounding alone moves each result."
    )
    add_cases(spread)
    add_pool_options(spread)
    add_dask(spread)
    where = command(
        "locate",
        "commands:locate_differences",
        "Find the first difference between R and Python, and its cause.",
    )
    where.add_argument(
        "case", nargs="?", metavar="CASE", help="a case file of your own too; default: all built-in"
    )
    where.add_argument("--variant", help="such as alpha=10 (default: all)")
    where.add_argument("--start", help="numpy or r (default: all)")
    add_pool_options(where, None, f"{RUN_SECONDS}; {CALL_SECONDS} for a case file's")
    correct = command(
        "false-positives",
        "commands:store_false_positives",
        "Judge 300 noisy, correct runs of each setting.",
    )
    add_cases(correct)
    add_pool_options(correct, timeout=3600)
    add_dask(correct)
    places = command(
        "profiles",
        "commands:compare_profiles",
        "Verify in every arithmetic environment of this machine.",
    )
    add_cases(places)
    add_pool_options(places)
    proof = command(
        "prove",
        "verify.prove_command:prove_cases",
        "Enclose the exact result of each setting; goes on where it was stopped.",
    )
    add_cases(proof)
    proof.add_argument("--again", action="store_true", help="prove anew what is already proved")
    add_pool_options(proof, timeout=7200)
    add_dask(proof)
    changes = command(
        "diff", "report.diff:show_diff", "Say what moved from one report to another: diff.csv."
    )
    for name in ("old", "new"):
        changes.add_argument(name, type=Path, metavar=name.upper())
    command("doctor", "commands:show_doctor", "Show R, rpy2, BLAS and exp, and what is wrong.")
    return parser


def _call(reference: str, options: argparse.Namespace) -> int:
    """Run a command; its module, and all that it needs, is loaded only then."""
    module, _, name = reference.partition(":")
    code: int = getattr(import_module(f".{module}", __package__), name)(options)
    return code


def print_r_package(_: argparse.Namespace) -> int:
    """Print where R's half is."""
    with output():
        print(SOURCE, flush=True)
    return 0
