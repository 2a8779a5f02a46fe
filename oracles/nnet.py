"""nnet and its mirror: the value by an independent forward pass, and the first steps of BFGS."""

from collections.abc import Iterator
from functools import cache
from typing import Any

import numpy as np

from compare.judge.expected import Expected
from compare.run.runs import Result
from compare.verify.oracles import Subject
from oracles.exact import (
    Balls,
    Known,
    dot,
    exact,
    expected,
    known,
    same,
    sigmoid,
    slopes,
    squared,
    uniform,
)
from oracles.worked import worked

# observations, inputs, outputs, hidden units; most iterations, and where to stop
SIZES: list[tuple[int, int, int, int, dict[str, float]]] = [
    (5, 2, 2, 2, {"maxit": 5}),
    (3, 3, 1, 1, {"maxit": 3}),
    (4, 2, 1, 3, {"maxit": 100, "abstol": 0.05}),
    (4, 3, 1, 4, {}),
]
DEFAULT_ABSTOL, DEFAULT_MAXIT = 1e-4, 100
SHORTER, DECREASE = 0.2, 1e-4  # the line search of Nash's Algorithm 21
SHORTENED = 20


def check(subject: Subject) -> Iterator[Expected]:
    """A step worked by hand; then random fits from their first step to their last value."""
    yield from worked(subject, "nnet")
    for i in range(len(SIZES)):
        inputs = given(i)
        found = subject.run(**inputs)
        first = _first_steps(i)["weights"]
        yield Expected("weights", found["weights"][: len(first[0])], *first)
        yield from _every_iteration(found, inputs)
        yield from _end(found, inputs)


def given(i: int) -> dict[str, Any]:
    """Inputs of a size."""
    n_obs, n_in, n_out, size, settings = SIZES[i]
    n_weights = size * (n_in + 1) + n_out * (size + 1)
    return {
        "X": uniform(170 + i, -2, 2, n_obs, n_in),
        "y": uniform(180 + i, 0.1, 0.9, n_obs, n_out),
        "size": size,
        "Wts": uniform(190 + i, -0.7, 0.7, n_weights),
        **settings,
    }


def _fitted(inputs: dict[str, Any], weights: Balls) -> Balls:
    """Each output of each observation: a bias, then a weight for each unit before."""
    rows = []
    for x in exact(inputs["X"]):
        layer, used = x, 0
        for n_units in (inputs["size"], inputs["y"].shape[1]):
            sums = []
            for _ in range(n_units):
                bias, *slope = weights[used : used + len(layer) + 1]
                sums.append(dot([bias, *slope], [1, *layer]))
                used += len(layer) + 1
            layer = sigmoid(np.array(sums, object))
        rows.append(layer)
    return np.array(rows, object)


def _value(inputs: dict[str, Any], weights: Balls) -> Any:
    return squared(_fitted(inputs, weights) - exact(inputs["y"]))


@cache
def _first_steps(i: int) -> Known:
    """The weights that it starts from, after a step of steepest descent, and after one of BFGS.

    The inverse Hessian begins as 1 and is updated in product form,
    (1 - r s t') (1 - r t s') + r s s' with s the step, t what it turned, and r = 1 / s't.
    """
    inputs = given(i)

    def formula() -> dict[str, Any]:
        start = exact(inputs["Wts"])
        slope = slopes(lambda w: _value(inputs, w), start)
        once = _line_search(inputs, start, slope, -slope)
        slope_once = slopes(lambda w: _value(inputs, w), once)
        s, t = once - start, slope_once - slope
        r = 1 / dot(s, t)
        if not r > 0:
            raise ArithmeticError("these inputs have no second step of BFGS")
        turned = slope_once - r * dot(s, slope_once) * t
        uphill = turned - r * dot(t, turned) * s + r * dot(s, slope_once) * s
        return {"weights": np.array([start, once, _line_search(inputs, once, slope_once, -uphill)])}

    return known(formula)


def _line_search(inputs: dict[str, Any], start: Balls, slope: Balls, direction: Balls) -> Balls:
    """The first of the steps 1, 0.2, 0.04, ... that lowers the value enough."""
    enough = exact(DECREASE)[()] * dot(slope, direction)
    for k in range(SHORTENED):
        step = exact(SHORTER)[()] ** k
        after = start + step * direction
        if _value(inputs, after) <= _value(inputs, start) + step * enough:
            return after
    raise ArithmeticError("no step lowers the value")


def _every_iteration(found: Result, inputs: dict[str, Any]) -> Iterator[Expected]:
    """The value of the weights at each iteration; fitted values of the last."""
    weights, last = np.asarray(found["weights"]), np.asarray(found["coefficients"])
    at_found = known(
        lambda: {
            "value": np.array([_value(inputs, w) for w in exact(weights)], object),
            "fitted": _fitted(inputs, exact(last)),
        }
    )
    yield from expected(found, at_found)
    yield same("final_value", found.get("final_value"), found["value"][-1])
    yield same("coefficients", found.get("coefficients"), weights[-1])
    yield same("n_weights", found.get("n_weights"), inputs["Wts"].size)
    rises = int((np.diff(found["value"]) > 0).sum())
    yield same("iterations at which the value rises", rises, 0)


def _end(found: Result, inputs: dict[str, Any]) -> Iterator[Expected]:
    """Either it stops below abstol, as soon as it is there, or after maxit."""
    value, abstol = found["value"], inputs.get("abstol", DEFAULT_ABSTOL)
    stopped_early = inputs.get("maxit", DEFAULT_MAXIT) == DEFAULT_MAXIT
    yield same("convergence", found.get("convergence"), 0 if stopped_early else 1)
    if stopped_early:
        yield same("values below abstol", int((value <= abstol).sum()), 1)
    else:
        yield same("number of values", len(value), inputs["maxit"])
