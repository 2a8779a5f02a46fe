"""One layer: the update is minus the slope of half the sum of squared errors."""

from collections.abc import Iterator
from functools import cache
from typing import Any

import numpy as np

from compare.judge.expected import Expected
from compare.verify.oracles import Subject
from oracles.exact import (
    Known,
    exact,
    expected,
    known,
    mean_absolute,
    outputs,
    sigmoid,
    slopes,
    squared,
    uniform,
)
from oracles.worked import worked

SIZES = [(5, 3, 1), (1, 2, 2), (3, 1, 2), (6, 4, 4)]  # observations, inputs, updates


def check(subject: Subject) -> Iterator[Expected]:
    """A step worked by hand, then random inputs of other sizes than the published."""
    yield from worked(subject, "one_layer")
    for i in range(len(SIZES)):
        yield from expected(subject.run(**given(i)), _values(i))


def given(i: int) -> dict[str, Any]:
    """Inputs of a size."""
    n_obs, n_in, maxiter = SIZES[i]
    return {
        "X": uniform(10 + i, -2, 2, n_obs, n_in),
        "y": uniform(20 + i, 0, 1, n_obs, 1),
        "synapse_0": uniform(30 + i, -1.5, 1.5, n_in, 1),
        "maxiter": maxiter,
    }


@cache
def _values(i: int) -> Known:
    inputs = given(i)
    X, y = exact(inputs["X"]), exact(inputs["y"])

    def formula() -> dict[str, Any]:
        weights, errors = exact(inputs["synapse_0"]), []
        for _ in range(inputs["maxiter"]):
            before = outputs(X, weights)  # (n_obs, 1)
            errors.append(mean_absolute(y - sigmoid(before)))
            weights = weights - slopes(lambda w: loss(outputs(X, w), y), weights)
        return {
            "layer_1": sigmoid(before),
            "layer_1_error": y - sigmoid(before),
            "layer_1_delta": -slopes(lambda z: loss(z, y), before),
            "synapse_0": weights,
            "error": np.array(errors, object),
        }

    return known(formula)


def loss(before: Any, y: Any) -> Any:
    """Half the sum of squared errors, of what goes into the sigmoid."""
    return squared(y - sigmoid(before)) / 2
