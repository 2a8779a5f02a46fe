"""Microseconds of one iteration of the post's network with 32 nodes, by who runs it."""

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from bench import plain
from compare import CASES
from compare.case.case import load_case
from compare.case.setting import settings
from compare.run import r_session
from compare.run.beside import arithmetic_in_r
from compare.run.environment import cores
from compare.run.runs import Run, arguments
from compiled import two_layer as compiled
from python_impl import two_layer
from python_impl.arithmetic import portable

CASE, SIDE_BY_SIDE, REPEATED = "trask-hidden-32", 256, 5
NATIVE = "native NumPy"


def time_networks(_: None) -> dict[str, float]:
    """The least of five runs of each, by name; as a task for a child process."""
    case = load_case(CASES / f"{CASE}.toml")
    run = Run(settings(case)[3], "python", "native")  # alpha = 1
    given = arguments(run, run.starting_weights())
    many = {
        name: np.repeat(given[name][None], SIDE_BY_SIDE, axis=0)
        for name in ("synapse_0", "synapse_1")
    }
    in_r = r_session.sourced(Path(__file__).with_name("plain.R"), package="nnmirror")
    portable_in_r = arithmetic_in_r("nnmirror", "portable")

    def loop(function: Callable[..., Any], **more: Any) -> Callable[[int], object]:
        return lambda n: function(**{**given, **more, "maxiter": n})

    def called_r(function: Any, **more: Any) -> Callable[[int], object]:
        return lambda n: r_session.call(function, {**given, **more, "maxiter": n})

    alone, at_once = loop(compiled.train), loop(compiled.train, **many, threads=cores())
    return {
        NATIVE: least(loop(plain.two_layer), 2000),
        "native R": least(called_r(in_r("two_layer")), 2000),
        "portable NumPy": least(loop(two_layer.train, arithmetic=portable), 500),
        "portable R": least(called_r("nnmirror::two_layer_train", arithmetic=portable_in_r), 500),
        "compiled, one network": least(alone, 20_000),
        f"compiled, {SIDE_BY_SIDE} at once": least(at_once, 2000) / SIDE_BY_SIDE,
    }


def least(run: Callable[[int], object], iterations: int) -> float:
    """Microseconds per iteration, of the fastest run; the first is to warm up."""
    taken = []
    for _ in range(1 + REPEATED):
        began = time.perf_counter()
        run(iterations)
        taken.append(time.perf_counter() - began)
    return min(taken[1:]) / iterations * 1e6
