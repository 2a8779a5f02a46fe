"""python -m bench: time networks, `make verify` and the bare loops, and the page, in one run."""

import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import pandas as pd

from bench.loops import loops, time_loops
from bench.networks import NATIVE, SIDE_BY_SIDE, time_networks
from compare import ROOT
from compare.report.console import err, out
from compare.report.files import bears_the_marker
from compare.report.terminal_table import print_table
from compare.run.pool import Failure, run_all
from compare.safety.errors import ForeseenError
from compare.safety.guard import guarded, say

COLUMNS = ["name", "value", "unit", "ratio_to_native_numpy"]
Timed = TypeVar("Timed")
REPORT = ROOT / "report"


def main() -> int:
    """Print and keep the table; exit code 2 where something could not be timed."""
    rows = []
    of_networks, (python, r) = in_a_child(time_networks), in_a_child(time_loops)
    for name, micros in of_networks.items():
        rows.append([name, micros, "us per iteration", of_networks[NATIVE] / micros])
    with tempfile.TemporaryDirectory() as folder:
        report = f"{folder}/report"
        verify = ["make", "-s", "verify", f"ARGS=--out {report}"]
        if seconds(*verify) is None or (verified := seconds(*verify)) is None:
            return 2
        rows += [
            ["make verify, warm", verified, "s", None],
            [f"bare loops, {len(loops())} one by one", python + r, "s", None],
            ["verify over bare loops", verified / (python + r), "", None],
        ]
        for name, command in (
            ("import", ["-c", "import compare"]),
            ("--help", ["-m", "compare", "--help"]),
            ("page", ["-m", "compare", "report", report]),
        ):
            if (taken := seconds(sys.executable, *command)) is None:
                return 2
            rows.append([name, taken, "s", None])
    table = pd.DataFrame(rows, columns=COLUMNS)
    print_table(out, table.astype(object).where(table.notna(), ""))
    out.print(f"{SIDE_BY_SIDE} at once: per network, on all cores", soft_wrap=True)
    if bears_the_marker(REPORT):  # a folder that `make verify` made
        table.to_csv(REPORT / "bench.csv", index=False)
    return 0


def in_a_child(function: Callable[[None], Timed]) -> Timed:
    """What is timed where R can run.

    Raises
    ------
    ForeseenError
        It could not be.
    """
    (timed,) = run_all(function, [None], 1, timeout=1800)
    if isinstance(timed, Failure):
        timed.raise_if_ours()
        raise ForeseenError(f"bench: {timed.reason}")
    return timed


def seconds(*command: str | Path) -> float | None:
    """How long a command takes; None, and what it said, where it fails."""
    began = time.perf_counter()
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode == 0:
        return time.perf_counter() - began
    say(f"bench: {' '.join(map(str, command))} does not hold")
    err.print(done.stdout, done.stderr)
    return None


if __name__ == "__main__":
    sys.exit(guarded(main))
