"""Two layers: the updates are minus the slopes of half the sum of squared errors, times alpha."""

from collections.abc import Iterator
from functools import cache, partial
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
    same,
    sigmoid,
    slopes,
    squared,
    uniform,
)
from oracles.worked import worked

# observations, inputs, hidden nodes, updates, alpha (None: not given, which means 1)
SIZES = [(5, 3, 4, 1, None), (4, 2, 3, 3, 0.3), (1, 1, 1, 2, 2.5), (3, 4, 2, 2, 7.0)]
TURNING = (4, 3, 3, 9, 12.0)  # many updates change their direction
WEIGHTS = ("synapse_1", "synapse_0")


def check(subject: Subject) -> Iterator[Expected]:
    """A step worked by hand, random inputs of other sizes, and how often updates turn round."""
    yield from worked(subject, "two_layer")
    for i, size in enumerate(SIZES):
        yield from expected(subject.run(**given(i, size)), _values(i))
    yield from _turns(subject)


def given(i: int, size: tuple[int, int, int, int, float | None]) -> dict[str, Any]:
    """Inputs of a size."""
    n_obs, n_in, hidden_size, maxiter, alpha = size
    inputs = {
        "X": uniform(40 + i, -2, 2, n_obs, n_in),
        "y": uniform(50 + i, 0, 1, n_obs, 1),
        "synapse_0": uniform(60 + i, -1.5, 1.5, n_in, hidden_size),
        "synapse_1": uniform(70 + i, -1.5, 1.5, hidden_size, 1),
        "maxiter": maxiter,
    }
    return inputs if alpha is None else inputs | {"alpha": alpha}


@cache
def _values(i: int) -> Known:
    inputs = given(i, SIZES[i])
    X, y = exact(inputs["X"]), exact(inputs["y"])

    def formula() -> dict[str, Any]:
        errors = []
        for w_0, w_1, step_0, step_1 in _steps(inputs):
            errors.append(mean_absolute(y - _output(outputs(X, w_0), w_1)))
            last_0, last_1, after_0, after_1 = w_0, w_1, w_0 + step_0, w_1 + step_1
        before = outputs(X, last_0)  # (n_obs, hidden_size)
        hidden = sigmoid(before)
        before_output = outputs(hidden, last_1)  # (n_obs, 1)
        return {
            "layer_1": hidden,
            "layer_2": sigmoid(before_output),
            "layer_2_error": y - sigmoid(before_output),
            "layer_2_delta": -slopes(lambda z: squared(y - sigmoid(z)) / 2, before_output),
            "layer_1_error": -slopes(
                lambda h: squared(y - sigmoid(outputs(h, last_1))) / 2, hidden
            ),
            "layer_1_delta": -slopes(lambda z: _loss(z, last_1, y), before),
            "synapse_1": after_1,
            "synapse_0": after_0,
            "error": np.array(errors, object),
        }

    return known(formula)


def _steps(inputs: dict[str, Any]) -> Iterator[tuple[Balls, Balls, Balls, Balls]]:
    """Both matrices of weights before each update, and the updates."""
    X, y = exact(inputs["X"]), exact(inputs["y"])
    w_0, w_1 = exact(inputs["synapse_0"]), exact(inputs["synapse_1"])
    alpha = exact(inputs.get("alpha", 1.0))[()]
    for _ in range(inputs["maxiter"]):
        step_0 = -alpha * _slopes_0(X, y, w_0, w_1)
        step_1 = -alpha * slopes(partial(_loss, outputs(X, w_0), y=y), w_1)
        yield w_0, w_1, step_0, step_1
        w_0, w_1 = w_0 + step_0, w_1 + step_1


def _slopes_0(X: Balls, y: Balls, w_0: Balls, w_1: Balls) -> Balls:
    return slopes(lambda w: _loss(outputs(X, w), w_1, y), w_0)


def _output(before: Balls, w_1: Balls) -> Balls:
    return sigmoid(outputs(sigmoid(before), w_1))


def _loss(before: Balls, w_1: Balls, y: Balls) -> Any:
    return squared(y - _output(before, w_1)) / 2


def _turns(subject: Subject) -> Iterator[Expected]:
    """The counts beside the exact updates' signs, and beside those of successive single steps."""
    inputs = given(9, TURNING) | {"count_direction_changes": True}
    found = subject.run(**inputs)
    weights = {name: [inputs[name]] for name in WEIGHTS}
    for _ in range(inputs["maxiter"]):
        last = {name: steps[-1] for name, steps in weights.items()}
        after = subject.run(**inputs | last | {"maxiter": 1})
        for name in WEIGHTS:
            weights[name].append(np.asarray(after[name]))
    for name in WEIGHTS:
        count = f"{name}_direction_count"
        yield same(count, found.get(count), _exact_turns()[name])
        yield same(
            f"{count}, step by step", found.get(count), _turned(np.diff(weights[name], axis=0))
        )


@cache
def _exact_turns() -> dict[str, Any]:
    def formula() -> dict[str, Any]:
        steps = [(step_1, step_0) for _, _, step_0, step_1 in _steps(given(9, TURNING))]
        return {
            name: np.array([of_both[k] for of_both in steps], object)
            for k, name in enumerate(WEIGHTS)
        }

    updates = {name: values for name, (values, _) in known(formula).items()}
    return {name: _turned(values.astype(float)) for name, values in updates.items()}


def _turned(updates: Any) -> Any:
    upward = updates > 0
    return (upward[1:] != upward[:-1]).sum(axis=0)
