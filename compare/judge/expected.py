"""Whether a function returned what an oracle says that it must."""

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
from flint import arb

from ..numbers.balls import Balls
from ..numbers.measures import TOLERANCE_FACTOR, Float64s

UNDERFLOW = float(np.finfo(float).tiny)
REAL = "biuf"  # NumPy's kinds of truth values, integers and floats


@dataclass(frozen=True)
class Expected:
    """What a value must be.

    Attributes
    ----------
    what : str
        The quantity, by its name in the case, or what is held in a few words.
    returned : array
        What the function returned.
    exact : array of arb
        What it must be.
    rounding : array of float64, of the same shape
        How far rounding moves it at most when it is computed once, from the oracle's formula.
    """

    what: str
    returned: Any
    exact: Balls
    rounding: Float64s


def check_expected(expected: Expected) -> tuple[int, float, str]:
    """Number of values, the largest difference in units of its tolerance, and what is wrong."""
    if expected.returned is None:
        return 0, math.inf, "it was not returned"
    shape, returned = expected.exact.shape, np.asarray(expected.returned)
    if shape == () and returned.shape == (1,):
        returned = returned.reshape(())  # R has no scalars
    if returned.shape != shape or returned.dtype.kind not in REAL:
        what = f"{returned.dtype} of shape {returned.shape}"
        return 0, math.inf, f"it is {what}, expected numbers of shape {shape}"
    worst, reason = 0.0, ""
    for index in np.ndindex(shape):
        value, exact = float(returned[index]), _ball(expected.exact, index)
        apart = float(abs(arb(value) - exact).mid()) if np.isfinite(value) else math.inf
        allowed = max(TOLERANCE_FACTOR * float(expected.rounding[index]), UNDERFLOW)
        if apart / allowed > worst:
            worst = apart / allowed
            if worst > 1:
                place = f"[{','.join(map(str, index))}]"
                must = exact.str(17, radius=False)
                reason = f"{place}: {value:.17g}, must be {must} within {allowed:.2g}"
    return int(np.prod(shape)), worst, reason


def _ball(values: Balls, index: tuple[int, ...]) -> arb:
    ball: arb = values[index]
    return ball
