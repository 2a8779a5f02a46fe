"""The error surface and the way down: the mean absolute error, and slopes of the squared one."""

from collections.abc import Iterator
from functools import cache
from typing import Any

import numpy as np

from compare.judge.expected import Expected
from compare.verify.oracles import Subject
from oracles.exact import (
    Balls,
    Known,
    exact,
    expected,
    known,
    mean_absolute,
    outputs,
    sigmoid,
    slopes,
    uniform,
)
from oracles.one_layer import loss
from oracles.worked import worked

SIZES = [(5, -3, 2.5, 5, 1), (3, -0.7, 8, 2, 4)]  # observations, low, high, n_grid, updates


def check(subject: Subject) -> Iterator[Expected]:
    """A step worked by hand, then other ranges and grids than the published."""
    yield from worked(subject, "error_surface")
    for i in range(len(SIZES)):
        yield from expected(subject.run(**given(i)), _values(i))


def given(i: int) -> dict[str, Any]:
    """Inputs of a size."""
    n_obs, low, high, n_grid, maxiter = SIZES[i]
    return {
        "X": uniform(80 + i, -2, 2, n_obs, 2),
        "y": uniform(90 + i, 0, 1, n_obs, 1),
        "synapse_0": uniform(100 + i, -1.5, 1.5, 2, 1),
        "low": low,
        "high": high,
        "n_grid": n_grid,
        "maxiter": maxiter,
    }


@cache
def _values(i: int) -> Known:
    inputs = given(i)
    X, y = exact(inputs["X"]), exact(inputs["y"])

    def error(weights: Balls) -> Any:
        return mean_absolute(y - sigmoid(outputs(X, weights)))

    def formula() -> dict[str, Any]:
        low, high = exact(inputs["low"])[()], exact(inputs["high"])[()]
        last = inputs["n_grid"] - 1
        grid = [(low * (last - k) + high * k) / last for k in range(last + 1)]
        path = [exact(inputs["synapse_0"])]
        for _ in range(inputs["maxiter"]):
            path.append(path[-1] - slopes(lambda w: loss(outputs(X, w), y), path[-1]))
        return {
            "surface": np.array(
                [[error(np.array([[a], [b]], object)) for b in grid] for a in grid], object
            ),
            "path_0": np.array([weights[0, 0] for weights in path[:-1]], object),
            "path_1": np.array([weights[1, 0] for weights in path[:-1]], object),
            "error": np.array([error(weights) for weights in path[:-1]], object),
            "synapse_0": path[-1],
        }

    return known(formula)
