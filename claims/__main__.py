"""python -m claims: decide again what takes too long for every run, and store it."""

import argparse
import sys

import pandas as pd

from compare.evidence.tables import save
from compare.report.console import out, progress_bars
from compare.run.doctor import diagnose
from compare.run.environment import cores
from compare.run.pool import Failure, run_all
from compare.safety.guard import guarded, say
from compare.safety.inert import one_line
from compare.verify.claims import STORED, decide_alone, load_ledger


def main() -> int:
    """Exit code: 0 all decided and stored, 1 with another verdict than reviewed, 2 not."""
    parser = argparse.ArgumentParser(prog="python -m claims", description=__doc__)
    parser.add_argument("ids", nargs="*", metavar="ID", help="show these and store nothing")
    parser.add_argument("--jobs", type=int, default=cores(), metavar="N")
    options = parser.parse_args()
    known = {s.id: s for s in load_ledger().statements if s.stored}
    if unknown := set(options.ids) - set(known):
        say(f"{', '.join(sorted(unknown))}: not among {', '.join(known)}")
        return 2
    chosen = [known[name] for name in options.ids or known]
    with progress_bars() as progress:
        done = progress("claims", len(chosen))
        found = run_all(decide_alone, chosen, options.jobs, timeout=3600, on_done=done)
    rows, failed, changed = [], False, False
    for statement, decision in zip(chosen, found, strict=True):
        if isinstance(decision, Failure):
            decision.raise_if_ours()
            say(f"{statement.id}: {decision.reason}")
            failed = True
            continue
        changed |= decision.verdict != statement.verdict
        now = "" if decision.verdict == statement.verdict else f", reviewed as {statement.verdict}"
        text = f"{statement.id}: {decision.verdict}{now}"
        out.print(one_line(text), style="bold", soft_wrap=True)
        out.print(f"  {one_line(decision.evidence)}", soft_wrap=True)
        rows.append({"id": statement.id, **vars(decision)})
    if failed:
        return 2
    if not options.ids:
        save(STORED, pd.DataFrame(rows), diagnose().facts, [s.decided_by for s in chosen])
    return 1 if changed else 0


if __name__ == "__main__":
    sys.exit(guarded(main))
