"""Rosenbrock's banana, minimised by SciPy."""

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

Floats = NDArray[np.float64]


def banana(start: Floats) -> dict[str, Floats | float]:
    """Where the minimum lies, and how small it is, by BFGS with the gradient.

    Parameters
    ----------
    start : (2,)
    """
    found = minimize(value, start, jac=gradient, method="BFGS", options={"gtol": 1e-10})
    return {"place": found.x, "value": float(found.fun)}


def value(x: Floats) -> float:
    """Rosenbrock's function of x, (2,)."""
    return float(100 * (x[1] - x[0] ** 2) ** 2 + (1 - x[0]) ** 2)


def gradient(x: Floats) -> Floats:
    """Its gradient, (2,)."""
    valley = x[1] - x[0] ** 2
    return np.array([-400 * x[0] * valley - 2 * (1 - x[0]), 200 * valley])
