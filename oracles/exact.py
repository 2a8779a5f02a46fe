"""Formulas in ball arithmetic: the exact value, and a bound of what rounding does to it."""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from flint import acb, arb, ctx

from compare.judge.expected import Expected
from compare.numbers.measures import Float64s

Balls = Any  # an object array of arb, or acb where a derivative is taken
DOUBLE_BITS, EXACT_BITS = 53, 200
STEP = arb(2) ** -300  # a complex step's error is its square
Known = dict[str, tuple[Balls, Float64s]]


def known(formula: Callable[[], dict[str, Balls]]) -> Known:
    """Exact values of a formula, and how far rounding moves each.

    Parameters
    ----------
    formula : () -> dict of arrays of balls
        Evaluated with 200 bits and with 53; inside, `exact` makes balls of doubles.
    """
    with ctx.workprec(EXACT_BITS):
        values = {name: np.asarray(v, object) for name, v in formula().items()}
    with ctx.workprec(DOUBLE_BITS):
        rounded = {name: np.asarray(v, object) for name, v in formula().items()}
    return {name: (value, _radii(rounded[name])) for name, value in values.items()}


def _radii(values: Balls) -> Float64s:
    radii = np.empty(values.shape)
    for index in np.ndindex(values.shape):
        radii[index] = float(values[index].rad())
    return radii


def expected(found: dict[str, Any], values: Known) -> list[Expected]:
    """Each known value beside what was found by its name."""
    return [
        Expected(name, found.get(name), value, rounding)
        for name, (value, rounding) in values.items()
    ]


def same(what: str, found: Any, value: Any) -> Expected:
    """A value that must be met exactly: a count, or a copy."""
    doubles = np.asarray(value, float)
    return Expected(what, found, exact(doubles), np.zeros(doubles.shape))


def exact(x: Any) -> Balls:
    """Doubles as balls without a radius."""
    doubles = np.asarray(x, float)
    balls = np.empty(doubles.shape, object)
    for index in np.ndindex(doubles.shape):
        balls[index] = arb(float(doubles[index]))
    return balls


def total(terms: Sequence[Any]) -> Any:
    """Sum of balls; the radius covers every order in which they can be added."""
    any_order = arb(1, len(terms) * 2.0**-ctx.prec)
    result = terms[0] * any_order if len(terms) > 1 else terms[0]
    for term in terms[1:]:
        result = result + term * any_order
    return result


def dot(a: Sequence[Any], b: Sequence[Any]) -> Any:
    """Sum of the products."""
    return total([x * y for x, y in zip(a, b, strict=True)])


def outputs(x: Balls, w: Balls) -> Balls:
    """Each row of ``x`` with each column of ``w``: (n, k), (k, m) -> (n, m)."""
    return np.array([[dot(row, column) for column in w.T] for row in x], object)


def _sigmoid(z: Any) -> Any:
    return 1 / (1 + (-z).exp())


sigmoid: Callable[[Balls], Balls] = np.frompyfunc(_sigmoid, 1, 1)


def mean_absolute(errors: Balls) -> Any:
    """Mean of the absolute values."""
    return total([abs(e) for e in errors.flat]) / errors.size


def squared(errors: Balls) -> Any:
    """Sum of the squares."""
    return total([e * e for e in errors.flat])


def slopes(loss: Callable[[Balls], Any], at: Balls) -> Balls:
    """The derivative of a loss by each element of its argument, by complex steps."""
    found = np.empty(at.shape, object)
    for index in np.ndindex(at.shape):
        moved = at.copy()
        moved[index] = acb(at[index], STEP)
        found[index] = acb(loss(moved)).imag / STEP
    return found


def uniform(seed: int, low: float, high: float, *shape: int) -> Float64s:
    """Random numbers that are the same with every version of NumPy."""
    drawn: Float64s = np.random.RandomState(seed).uniform(low, high, shape)
    return drawn
