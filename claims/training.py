"""Many networks of the sources at once."""

from functools import cache
from typing import Any

import numpy as np

from compare import CASES
from compare.case.case import Case, load_case
from compare.case.setting import Setting
from compare.numbers.measures import Float64s
from compare.run.runs import Result, Run, arguments
from python_impl import two_layer

OTHER_SEEDS = range(2, 102)
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


def trained(seeds: range, hidden_size: int, alpha: float, maxiter: int) -> Result:
    """Exclusive or, learnt by one network for each seed; ``error`` is (maxiter, n_seeds)."""
    xor = given("trask-alphas")
    return two_layer.train(xor["X"], xor["y"], *drawn(seeds, hidden_size), alpha, maxiter)
