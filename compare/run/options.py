"""Options that several commands have; nothing is loaded for them."""

import argparse

from ..safety.inert import one_line
from .environment import cores
from .limits import MEMORY, RUN_SECONDS

MOST = 10**6
LEAST_MEMORY = 1  # R, Python and what they load take most of it


def add_cases(parser: argparse.ArgumentParser) -> None:
    """Names of built-in cases."""
    parser.add_argument("cases", nargs="*", metavar="CASE", help="names; default: all cases")


def add_memory(parser: argparse.ArgumentParser) -> None:
    """What one call may take."""
    parser.add_argument(
        "--memory",
        type=gigabytes,
        default=MEMORY,
        metavar="GB",
        help=f"most that one call of a pair's function may take (default: {MEMORY})",
    )


def add_pool_options(
    parser: argparse.ArgumentParser, timeout: int | None = RUN_SECONDS, default: str = ""
) -> None:
    """How many runs at once, and how long each."""
    parser.add_argument(
        "--jobs",
        type=positive,
        default=cores(),
        metavar="N",
        help="runs at once (default: one for each core)",
    )
    parser.add_argument(
        "--timeout",
        type=positive,
        default=timeout,
        metavar="SECONDS",
        help=f"most that one run may take (default: {default or timeout})",
    )


def add_dask(parser: argparse.ArgumentParser) -> None:
    """Where tasks run, if not here."""
    parser.add_argument(
        "--dask",
        metavar="ADDRESS",
        help="of a Dask scheduler whose workers run the tasks (default: this machine)",
    )


def gigabytes(text: str) -> float:
    """Memory that a call can be given."""
    number = float(text)
    if not LEAST_MEMORY <= number <= MOST:
        raise argparse.ArgumentTypeError(
            f"{one_line(text)} is not between {LEAST_MEMORY} and {MOST}"
        )
    return number


def positive(text: str) -> int:
    """A whole number from 1."""
    number = int(text)
    if not 1 <= number <= MOST:
        raise argparse.ArgumentTypeError(f"{one_line(text)} is not between 1 and {MOST}")
    return number
