"""python -m tools.digests: train every network in portable arithmetic, and keep its digests.

The compiled loops do it where there are any, Python does it elsewhere. `make verify` holds R and
Python to what is kept, `check_digests()` R alone: it reads what to call from a file made here too.
"""

import sys
from importlib import import_module
from typing import Any

import numpy as np

from compare import CASES
from compare.case.case import Case, load_cases
from compare.case.setting import Setting, settings
from compare.evidence.digests import KEPT, Digest, digests
from compare.run.environment import cores
from compare.run.pool import Failure, run_all
from compare.run.runs import Run, arguments, execute
from compare.safety.guard import guarded, say

MOST_NUMBERS = 1000  # of an input in a source file; a table is for `make verify`


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


def r_call(case: Case) -> str:
    """How R trains the networks of a case, as R reads it: doubles in hexadecimal."""
    inputs = {name: x for name, x in case.inputs.items() if name != case.iterations}
    starts = {
        name: {
            "seed": start.seed,
            "distribution": start.distribution,
            "draws": [draw.model_dump(exclude_none=True) for draw in start.draws],
        }
        for name, start in case.starts.items()
    }
    return in_r(
        {
            "case": case.name,
            "train": case.r.split("::")[1],
            "inputs": inputs,
            "iterations": case.iterations,
            "begin": case.least_portable_iterations,
            "total": case.total_iterations,
            "trajectories": case.trajectories,
            "variants": {variant.name: variant.settings for variant in case.variants()},
            "starts": starts,
        }
    )


def in_r(value: Any) -> str:
    """A value as R source text; a list of lists of numbers is a matrix."""
    match value:
        case bool():
            return str(value).upper()
        case str():
            return f'"{value}"'
        case int() | float():
            return str(int(value)) if float(value).is_integer() else float(value).hex()
        case dict():
            return f"list({', '.join(f'`{name}` = {in_r(x)}' for name, x in value.items())})"
        case [dict(), *_]:
            return f"list({', '.join(map(in_r, value))})"
        case [list(), *_]:
            numbers = ", ".join(in_r(x) for row in value for x in row)
            return f"matrix(c({numbers}), {len(value)}, byrow = TRUE)"
        case list():
            return f"c({', '.join(map(in_r, value))})"
    raise TypeError(f"R gets no {type(value).__name__}")


def main() -> int:
    """Write all digests, and what R needs to make them; exit code 2 where a run failed."""
    cases = [case for case in load_cases(CASES) if "portable" in case.arithmetics]
    todo = [setting for case in cases for setting in settings(case)]
    lines: list[str] = []
    for found in run_all(of_setting, todo, cores(), timeout=3600):
        if isinstance(found, Failure):
            say(f"digests: {found.reason}")
            return 2
        lines += map(str, found)
    KEPT.write_text("\n".join(lines) + "\n", encoding="utf-8")
    small = [case for case in cases if np.size(case.inputs.get("data", 0)) <= MOST_NUMBERS]
    calls = ",\n".join(map(r_call, small))
    KEPT.with_name("calls.txt").write_text(f"# made by tools/digests.py\nlist(\n{calls}\n)\n")
    return 0


if __name__ == "__main__":
    sys.exit(guarded(main))
