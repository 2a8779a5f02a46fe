"""Many networks of the sources at once."""

from collections.abc import Sequence
from functools import cache
from typing import Any

import numpy as np

from compare import CASES
from compare.case.case import Case, load_case
from compare.case.setting import Setting
from compare.numbers.measures import Float64s
from compare.run.environment import cores
from compare.run.runs import Run, arguments
from compiled import two_layer

OTHER_SEEDS, MANY_SEEDS = range(2, 102), range(2, 10_002)
AT_ONCE = 128  # networks, whose errors are all in memory
ALPHAS = (0.001, 0.01, 0.1, 1.0, 10.0, 100.0, 1000.0)


@cache
def case_of(name: str) -> Case:
    """A case by its name."""
    return load_case(CASES / f"{name}.toml")


def given(name: str, start: str = "numpy") -> dict[str, Any]:
    """Inputs and starting weights of a case, as its implementation takes them."""
    case = case_of(name)
    run = Run(Setting(case, case.variants()[0], start), "python", "native")
    return arguments(run, run.starting_weights())


def drawn(seeds: range, hidden_size: int) -> tuple[Float64s, Float64s]:
    """Starting weights of many two-layer networks, as the sources draw them with NumPy.

    Returns
    -------
    (n_seeds, 3, hidden_size), (n_seeds, hidden_size, 1)
    """
    weights = [2 * np.random.RandomState(seed).random_sample(4 * hidden_size) - 1 for seed in seeds]
    numbers = np.array(weights)
    n_first = 3 * hidden_size
    return (
        numbers[:, :n_first].reshape(-1, 3, hidden_size),
        numbers[:, n_first:].reshape(-1, hidden_size, 1),
    )


def errors_of(seeds: range, hidden_size: int, alpha: float, iterations: Sequence[int]) -> Float64s:
    """Errors of exclusive or, learnt by one network for each seed, in portable arithmetic.

    Parameters
    ----------
    iterations : sequence of int
        After how many, each at least 1: the error before the last update of so many.

    Returns
    -------
    (n_iterations, n_seeds)
    """
    xor = given("trask-alphas")
    of_parts = []
    for i in range(0, len(seeds), AT_ONCE):
        weights = drawn(seeds[i : i + AT_ONCE], hidden_size)
        fit = two_layer.train(xor["X"], xor["y"], *weights, alpha, max(iterations), threads=cores())
        of_parts.append(fit["error"][[n - 1 for n in iterations]])
    return np.concatenate(of_parts, axis=1)
