"""Balls on a curve: the polynomial as a sum of powers, its slope by complex steps."""

from collections.abc import Iterator
from functools import cache
from typing import Any

import numpy as np

from compare.judge.expected import Expected
from compare.verify.oracles import Subject
from oracles.exact import Balls, Known, exact, expected, known, slopes, total, uniform
from oracles.worked import worked

SIZES = [(4, 3, 0.1, 1), (2, 1, 0.3, 3), (1, 2, 0.5, 2), (6, 5, 0.01, 2)]  # degree, balls, alpha


def check(subject: Subject) -> Iterator[Expected]:
    """A step worked by hand, then random curves of other degrees than the published."""
    yield from worked(subject, "descent")
    for i in range(len(SIZES)):
        yield from expected(subject.run(**given(i)), _values(i))


def given(i: int) -> dict[str, Any]:
    """Inputs of a size."""
    degree, n_balls, alpha, maxiter = SIZES[i]
    return {
        "coefficients": uniform(110 + i, -1, 1, degree + 1),
        "x": uniform(120 + i, -1.5, 1.5, n_balls, 1),
        "alpha": alpha,
        "maxiter": maxiter,
    }


@cache
def _values(i: int) -> Known:
    inputs = given(i)
    coefficients = exact(inputs["coefficients"])
    degree = len(coefficients) - 1

    def height(x: Any) -> Any:
        return total([c * x ** (degree - k) for k, c in enumerate(coefficients)])

    def heights(x: Balls) -> Balls:
        return np.array([[height(place)] for place in x[:, 0]], object)

    def formula() -> dict[str, Any]:
        x, alpha = exact(inputs["x"]), exact(inputs["alpha"])[()]
        first_x, mean_height = [], []
        for _ in range(inputs["maxiter"]):
            first_x.append(x[0, 0])
            mean_height.append(total(list(heights(x).flat)) / len(x))
            # the slope of the sum by one ball's place is that ball's own
            slope = slopes(lambda places: total(list(heights(places).flat)), x)
            x = x - alpha * slope
        return {
            "first_x": np.array(first_x, object),
            "mean_height": np.array(mean_height, object),
            "slope": slope,
            "x": x,
            "height": heights(x),
        }

    return known(formula)
