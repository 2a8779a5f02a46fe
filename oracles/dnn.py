"""The deep network: each observation's update is minus its squared error's slope, times the rate.

The page leaves the factor c out of the sigmoid's derivative on purpose, once for each layer from
a weight to the output. So the slope of a layer's weights is divided by c that often.
"""

from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from typing import Any

import numpy as np

from compare.judge.expected import Expected
from compare.verify.oracles import Subject
from oracles.exact import (
    Balls,
    Known,
    dot,
    exact,
    expected,
    known,
    sigmoid,
    slopes,
    squared,
    total,
    uniform,
)
from oracles.worked import worked

# layers, observations, passes; learning rate and c where they are given
SIZES: list[tuple[list[int], int, int, dict[str, float]]] = [
    ([2, 3, 3, 2], 1, 2, {}),
    ([3, 2, 4], 3, 1, {"learning_rate": 0.7, "c": 0.5}),
    ([2, 2, 3, 1], 2, 1, {"learning_rate": 2.0, "c": 1.5}),
    ([3, 2], 2, 2, {"learning_rate": 1.3, "c": 0.8}),
]
DEFAULTS = {"learning_rate": 0.01, "c": 1.0}
N_NEW = 7


def train(subject: Subject) -> Iterator[Expected]:
    """A step worked by hand, then other depths, widths, rates and factors than the page's."""
    yield from worked(subject, "dnn")
    for i in range(len(SIZES)):
        yield from expected(subject.run(**given(i)), _values(i))


def train_and_test(subject: Subject) -> Iterator[Expected]:
    """The same training; the output and the share of right classes of what was not seen."""
    for i in (1, 3):
        inputs = given(i)
        n_in, n_out = SIZES[i][0][0], SIZES[i][0][-1]
        new = {
            "new_data": uniform(160 + i, -1, 1, N_NEW, n_in),
            "new_y_true": np.eye(n_out)[np.arange(N_NEW) % n_out],
        }
        found = subject.run(**inputs, **new)
        values = _values(i)
        yield from expected(found, {name: values[name] for name in ("error", "weights")})
        yield from expected(found, _tested(inputs, new))


def _tested(inputs: dict[str, Any], new: dict[str, Any]) -> Known:
    """The output for what was not seen, and how often its largest stands in the right column."""
    output = known(lambda: {"output": _after(inputs, new["new_data"])})
    named = output["output"][0].astype(float).argmax(axis=1)
    right = int((named == new["new_y_true"].argmax(axis=1)).sum())
    share = known(lambda: {"accuracy": exact(right) / exact(N_NEW)})
    return output | share


def given(i: int) -> dict[str, Any]:
    """Inputs of a size."""
    layers, n_obs, maxiter, settings = SIZES[i]
    n_weights = sum(n_next * (n + 1) for n, n_next in pairwise(layers))
    return {
        "data": uniform(130 + i, -1, 1, n_obs, layers[0]),
        "y_true": uniform(140 + i, 0, 1, n_obs, layers[-1]),
        "layers": np.array(layers, float),
        "weights": uniform(150 + i, -1.2, 1.2, n_weights),
        "maxiter": maxiter,
        **settings,
    }


@cache
def _values(i: int) -> Known:
    def formula() -> dict[str, Any]:
        return _trained(given(i))

    return known(formula)


def _after(inputs: dict[str, Any], data: Any) -> Balls:
    settings = DEFAULTS | inputs
    weights = _trained(inputs)["weights"]
    return np.array([_output(row, inputs, weights, settings["c"]) for row in exact(data)], object)


def _trained(inputs: dict[str, Any]) -> dict[str, Any]:
    settings = DEFAULTS | inputs
    c, rate = settings["c"], exact(settings["learning_rate"])[()]
    data, targets = exact(inputs["data"]), exact(inputs["y_true"])
    weights, errors = exact(inputs["weights"]), []
    missing = _missing_factor(inputs["layers"], c)
    for _ in range(inputs["maxiter"]):
        missed = []
        for x, y in zip(data, targets, strict=True):

            def loss(w: Balls, x: Balls = x, y: Balls = y) -> Any:
                return squared(y - _output(x, inputs, w, c))

            missed.append(loss(weights))
            gradients = slopes(loss, weights) / missing
            weights = weights - rate * gradients
        errors.append(total(missed))
    output = [_output(row, inputs, weights, c) for row in data]
    return {
        "error": np.array(errors, object),
        "gradients": gradients,
        "weights": weights,
        "output": np.array(output, object),
    }


def _missing_factor(layers: Any, c: float) -> Balls:
    """For each weight, c as often as there are sigmoids between it and the output."""
    n_matrices = len(layers) - 1
    factors = [
        exact(c)[()] ** (n_matrices - layer)
        for layer, (n, n_next) in enumerate(pairwise(layers))
        for _ in range(int(n_next * (n + 1)))
    ]
    return np.array(factors, object)


def _output(x: Balls, inputs: dict[str, Any], weights: Balls, c: float) -> Balls:
    """What the last layer gives for one observation, neuron by neuron."""
    used = 0
    for n, n_next in pairwise(int(n) for n in inputs["layers"]):
        sums = []
        for _ in range(n_next):
            *slope, bias = weights[used : used + n + 1]
            sums.append(dot([*slope, bias], [*x, 1]))
            used += n + 1
        x = sigmoid(exact(c)[()] * np.array(sums, object))
    return x
