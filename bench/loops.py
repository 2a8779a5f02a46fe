"""Which loops are timed, and their time in each language."""

import time
from pathlib import Path
from typing import Any

import numpy as np

from bench import plain
from compare import CASES
from compare.case.case import load_cases
from compare.case.setting import settings
from compare.run import r_session
from compare.run.runs import Run, arguments

LOOPS = ("one_layer", "two_layer")
RECORDING = ("count_direction_changes",)


def loops() -> list[tuple[str, dict[str, Any]]]:
    """Each variant and start of the cases of one or two layers: its loop and its arguments."""
    found = []
    for case in load_cases(CASES):
        name = case.python.split(":")[0].split(".")[-1]
        if name not in LOOPS:
            continue
        for setting in settings(case):
            run = Run(setting, "python", "native")
            given = arguments(run, run.starting_weights())
            if name == "two_layer":
                given.setdefault("alpha", 1.0)  # the examples without a step size
            found.append((name, {k: v for k, v in given.items() if k not in RECORDING}))
    return found


def time_loops(_: None) -> tuple[float, float]:
    """Seconds for all loops in Python, then in R; as a task for a child process."""
    todo = loops()
    in_r = r_session.sourced(Path(__file__).with_name("plain.R"), package="nnmirror")
    began = time.perf_counter()
    by_python = [getattr(plain, name)(**given) for name, given in todo]
    between = time.perf_counter()
    by_r = [r_session.call(in_r(name), given) for name, given in todo]
    ended = time.perf_counter()
    for (name, given), python, r in zip(todo, by_python, by_r, strict=True):
        if python.shape != r.shape or not np.isfinite(python - r).all():
            raise ValueError(f"{name} {given}: not the same loop in both languages")
    return between - began, ended - between
