"""Gradient descent on a curve: a ball that steps down, by alpha times the slope."""

import numpy as np

from python_impl.arithmetic import Arithmetic, Array, native
from python_impl.checks import check_positive, check_shape


def descend(
    coefficients: Array,
    x: Array,
    alpha: float,
    maxiter: int = 100,
    arithmetic: Arithmetic = native,
) -> dict[str, Array]:
    """Move balls down a curve, as the second part of Trask's tutorial imagines.

    ``alpha = 1`` is its naive gradient descent, ``x = x - slope``.

    Parameters
    ----------
    coefficients : (degree + 1,)
        The curve: a polynomial, its highest power first.
    x : (..., n_balls, 1)
        Where the balls start; a leading axis moves several sets of them.
    alpha : float
        Step size; (..., 1, 1) with that leading axis gives each set its own.
    maxiter : int
        Number of steps, at least 1.
    arithmetic : Arithmetic
        How to average.

    Returns
    -------
    dict of arrays
        ``first_x``, ``mean_height`` (maxiter,): where the first ball is, and how high all are,
        before each step; ``slope`` (n_balls, 1): before the last step; ``x``, ``height``
        (n_balls, 1): after it.
    """
    check_shape("x", x, x.shape[-2], 1)
    degree = len(coefficients) - 1
    check_positive("degree", degree)
    check_positive("maxiter", maxiter)

    slope_coefficients = coefficients[:-1] * np.arange(degree, 0, -1)
    first_x = np.empty((maxiter, *x.shape[:-2]), dtype=x.dtype)
    mean_height = np.empty_like(first_x)

    for j in range(maxiter):
        first_x[j, ...] = x[..., 0, 0]  # with dots, or an array of objects would hold an array
        mean_height[j] = arithmetic.mean(_polynomial(coefficients, x))

        slope = _polynomial(slope_coefficients, x)  # (n_balls, 1)

        x = x - alpha * slope  # (n_balls, 1)

    return {
        "first_x": first_x,
        "mean_height": mean_height,
        "slope": slope,
        "x": x,
        "height": _polynomial(coefficients, x),
    }


def _polynomial(coefficients: Array, x: Array) -> Array:
    value = np.full_like(x, coefficients[0])
    for coefficient in coefficients[1:]:
        value = value * x + coefficient
    return value
