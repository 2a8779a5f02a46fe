"""python -m selftest: judge mutants of the networks, which comparing values should kill."""

import argparse
import sys

from compare.evidence.tables import save
from compare.report.console import out, progress_bars
from compare.report.terminal_table import print_table
from compare.run.doctor import diagnose
from compare.run.environment import cores
from compare.run.pool import Failure, run_all
from compare.safety.guard import guarded, say
from compare.safety.inert import one_line
from selftest.judge import judge_mutant, killed_by_error
from selftest.mutants import all_mutants
from selftest.outcome import (
    EXPLAINED,
    KILLED,
    KILLED_BY_ERROR,
    SURVIVED,
    explained_table,
    outcome_table,
)
from selftest.seeded import run_seeded


def selftest(jobs: int, timeout: float) -> int:
    """Judge every mutant, print and store what became of them, return the exit code."""
    mutants = all_mutants()
    with progress_bars() as progress:
        done = progress("mutants", len(mutants))
        found = run_all(judge_mutant, mutants, jobs, timeout, done)
        (seeded,) = run_all(run_seeded, [None], 1, timeout)
    if isinstance(seeded, Failure):
        seeded.raise_if_ours()
        say(f"selftest: {seeded.reason}")
        return 2
    outcomes = [
        killed_by_error(mutant, outcome.reason) if isinstance(outcome, Failure) else outcome
        for mutant, outcome in zip(mutants, found, strict=True)
    ] + seeded
    table = outcome_table(outcomes)
    print_table(out, table)
    explained = [o for o in outcomes if o.outcome == EXPLAINED]
    survivors = [o for o in outcomes if o.outcome == SURVIVED]
    for o in [*explained, *survivors]:
        out.print(
            one_line(f"{o.outcome}: {o.what}" + (f": {o.how}" if o.how else "")), soft_wrap=True
        )
    facts = diagnose().facts
    save("selftest", table, facts)
    save("explained_mutants", explained_table(outcomes), facts)
    killed = sum(o.outcome in (KILLED, KILLED_BY_ERROR) for o in outcomes)
    out.print(
        f"\n{killed} of {len(outcomes)} mutants killed, {len(explained)} explained, "
        f"{len(survivors)} survived; the rest change no value"
    )
    return 1 if survivors else 0


def main() -> int:
    """Exit code: 0 every mutant killed or explained, 1 one survived, 2 could not be done."""
    parser = argparse.ArgumentParser(prog="python -m selftest", description=__doc__)
    parser.add_argument("--jobs", type=int, default=cores(), metavar="N")
    options = parser.parse_args()
    return selftest(options.jobs, timeout=300)


if __name__ == "__main__":
    sys.exit(guarded(main))
