"""Whether a printed number is reproduced."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from ..case.case import Printed
from ..numbers.measures import Float64s, lre, ordinal, tolerance, without_a_digit
from ..run.returned import misshapen, not_finite
from .verdicts import PrintedVerdict


@dataclass(frozen=True)
class PrintedCheck:
    """A published number and the value recomputed for it: columns of the table of them.

    Attributes
    ----------
    recomputed : float or None
        None where the run gave none.
    ulp : int or None
        Doubles between the recomputed value and the nearest that prints as published; None
        where no double prints so.
    lre : float
        Digits that the recomputed value and the printed number have in common.
    """

    verdict: PrintedVerdict
    reason: str = ""
    recomputed: float | None = None
    ulp: int | None = None
    lre: float = float("nan")
    tolerance: float = float("nan")


def check_printed(
    printed: Printed,
    values: Any,
    shape: tuple[int, ...],
    spread: Float64s | None,
    exact: float | None = None,
) -> PrintedCheck:
    """Judge whether the recomputed value prints as published.

    Parameters
    ----------
    values : array
        The whole quantity, as recomputed.
    spread : array of the same shape, or None
        How far rounding moves each value; None for an input, which rounding does not move.
    exact : float or None
        The proved value where that is exact, as a count's is: the source must have printed it.
    """
    if problem := misshapen(values, shape):
        return PrintedCheck("not compared", f"the run {problem}")
    if problem := not_finite(values):
        return PrintedCheck("mismatch", f"the run {problem}")
    value = float(np.asarray(values)[printed.index])
    spread = np.zeros(shape) if spread is None else spread
    spread_there = float(spread[printed.index])
    allowed = float(tolerance(np.array(value), np.array(value), np.array(spread_there)))
    nearest = printed.format.nearest(value, printed.text)
    verdict: PrintedVerdict
    if exact is not None and printed.format(exact) != printed.text:
        verdict, reason = "mismatch", f"printed {printed.text}, but proved {printed.format(exact)}"
    elif printed.format(value) == printed.text:
        verdict, reason = "reproduced", ""
    elif nearest is None or abs(nearest - value) > allowed:
        verdict = "mismatch"
        reason = f"printed {printed.text}, recomputed {printed.format(value)} ({value!r})"
    elif without_a_digit(np.asarray(values), spread)[printed.index]:
        verdict, reason = "undetermined", f"rounding alone moves it by {spread_there:.2g}"
    else:
        verdict, reason = "within rounding", f"prints as {printed.format(value)} here"
    return PrintedCheck(
        verdict,
        reason,
        recomputed=value,
        ulp=None if nearest is None else abs(ordinal(nearest) - ordinal(value)),
        lre=float(lre(np.array(value), np.array(float(printed.text)))),
        tolerance=allowed,
    )
