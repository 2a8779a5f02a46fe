"""python -m bench: time `make verify`, and the bare loops in Python and in R, in one run."""

import subprocess
import sys
import tempfile
import time

from bench.loops import loops, time_loops
from compare import ROOT
from compare.report.console import err, out
from compare.run.pool import Failure, run_all
from compare.safety.guard import guarded, say


def main() -> int:
    """Print both times and their ratio; exit code 2 where one could not be taken."""
    with tempfile.TemporaryDirectory() as folder:
        verify = ["make", "-s", "verify", f"ARGS=--out {folder}/report"]
        for _ in ("warm up", "measure"):
            began = time.perf_counter()
            done = subprocess.run(verify, cwd=ROOT, capture_output=True, text=True, check=False)
            a = time.perf_counter() - began
            if done.returncode != 0:
                say("bench: make verify does not hold")
                err.print(done.stdout, done.stderr)
                return 2
    (timed,) = run_all(time_loops, [None], 1, timeout=1800)
    if isinstance(timed, Failure):
        timed.raise_if_ours()
        say(f"bench: {timed.reason}")
        return 2
    todo = loops()
    iterations = sum(given["maxiter"] for _, given in todo)
    python, r = timed
    out.print(
        f"a  make verify, warm            {a:6.1f} s\n"
        f"b  {len(todo)} bare loops, one by one   {python + r:6.1f} s   "
        f"(Python {python:.1f}, R {r:.1f}; {iterations:,} iterations in each)\n"
        f"a/b                             {a / (python + r):6.2f}",
        soft_wrap=True,
    )
    return 0


if __name__ == "__main__":
    sys.exit(guarded(main))
