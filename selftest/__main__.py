"""python -m selftest: plant deliberate faults, and see whether comparing values notices them."""

import argparse
import sys

from compare.evidence.tables import save
from compare.report.console import out, progress_bars
from compare.report.terminal import print_table
from compare.run.doctor import diagnose
from compare.run.environment import cores
from compare.run.pool import Failure, run_all
from compare.safety.guard import guarded, say
from compare.safety.inert import one_line
from selftest.faults import all_faults
from selftest.judge import judge_fault, stopped_outcome
from selftest.outcome import CAUGHT, EXPLAINED, STOPPED, SURVIVED, outcome_table
from selftest.planted import run_planted


def selftest(jobs: int, timeout: float) -> int:
    """Plant every fault, print and store what became of them, return the exit code."""
    faults = all_faults()
    with progress_bars() as progress:
        done = progress("faults", len(faults))
        found = run_all(judge_fault, faults, jobs, timeout, done)
        (planted,) = run_all(run_planted, [None], 1, timeout)
    if isinstance(planted, Failure):
        planted.raise_if_ours()
        say(f"selftest: {planted.reason}")
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
            one_line(f"{o.outcome}: {o.what}" + (f": {o.how}" if o.how else "")), soft_wrap=True
        )
    save("selftest", table, diagnose().facts)
    noticed = sum(o.outcome in (CAUGHT, STOPPED) for o in outcomes)
    out.print(
        f"\n{noticed} of {len(outcomes)} faults noticed, {len(explained)} explained, "
        f"{len(survivors)} survived; the rest change no value"
    )
    return 1 if survivors else 0


def main() -> int:
    """Exit code: 0 every fault noticed or explained, 1 one survived, 2 could not be done."""
    parser = argparse.ArgumentParser(prog="python -m selftest", description=__doc__)
    parser.add_argument("--jobs", type=int, default=cores(), metavar="N")
    options = parser.parse_args()
    return selftest(options.jobs, timeout=300)


if __name__ == "__main__":
    sys.exit(guarded(main))
