"""python -m tools.digests: train every network in portable arithmetic, and keep its digests.

The compiled loops do it where there are any, Python does it elsewhere. `make verify` holds R and
Python to what is kept.
"""

import sys
from importlib import import_module

from compare import CASES
from compare.case.case import load_cases
from compare.case.setting import Setting, settings
from compare.evidence.digests import KEPT, Digest, digests
from compare.run.environment import cores
from compare.run.pool import Failure, run_all
from compare.run.runs import Run, arguments, execute
from compare.safety.guard import guarded, say


def of_setting(setting: Setting) -> list[Digest]:
    """All digests of a setting, by its two runs: as long as a verification's, and in full."""
    found: set[Digest] = set()
    for iterations in (setting.case.least_portable_iterations, None):
        run = Run(setting, "python", "portable", iterations)
        if setting.case.compiled is None:
            result = execute(run)
        else:
            module, name = setting.case.compiled.split(":")
            train = getattr(import_module(module), name)
            result = train(**arguments(run, run.starting_weights()))
        found.update(digests(setting, result, iterations))
    return sorted(found)


def main() -> int:
    """Write all digests; exit code 2 where a run failed."""
    cases = [case for case in load_cases(CASES) if "portable" in case.arithmetics]
    todo = [setting for case in cases for setting in settings(case)]
    lines: list[str] = []
    for found in run_all(of_setting, todo, cores(), timeout=3600):
        if isinstance(found, Failure):
            say(f"digests: {found.reason}")
            return 2
        lines += map(str, found)
    KEPT.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(guarded(main))
