"""How many digits are correct, judged by the proved value."""

import math
from decimal import Decimal, localcontext
from fractions import Fraction

import numpy as np

from .measures import MAX_LRE, Float64s

SHOWN_DIGITS = 30
Interval = tuple[str, str]


def digits_printed(text: str) -> int:
    """Significant digits of a printed number; of a printed zero, its decimals."""
    number = Decimal(text).as_tuple()
    return len(number.digits) if any(number.digits) else -int(number.exponent)


def digits_correct(text: str, proved: Interval) -> int:
    """The most digits d such that |printed - exact| is at most half a unit of the d-th one.

    Sure for every number in the interval; never more than are printed.
    """
    printed = Decimal(text)
    off = abs(Fraction(printed) - Fraction(proved[0])) + Fraction(proved[1])
    first = printed.adjusted() if printed else -1
    for d in range(digits_printed(text), 0, -1):
        if 2 * off <= Fraction(10) ** (first - d + 1):
            return d
    return 0


def error_ulp(value: float, proved: Interval) -> float:
    """How far a double is from the proved value, in units of its last place."""
    off = abs(Fraction(value) - Fraction(proved[0])) / Fraction(float(np.spacing(abs(value))))
    try:
        return float(off)
    except OverflowError:
        return math.inf


def shown(proved: Interval) -> str:
    """The proved value to 30 significant digits."""
    with localcontext(prec=SHOWN_DIGITS):
        return str(+Decimal(proved[0]))


def beyond_proved(values: Float64s, proved: list[Interval]) -> Float64s:
    """Each double minus the proved value.

    The proved value is taken as the sum of two doubles, since one would be off by as much as is
    measured here.
    """
    high = np.array([float(m) for m, _ in proved])
    low = np.array([float(Fraction(m) - Fraction(float(m))) for m, _ in proved])
    difference: Float64s = (values - high) - low
    return difference


def lre_of_proved(values: Float64s, proved: list[Interval]) -> Float64s:
    """Log relative error of doubles against proved values, to the last digit of a double."""
    size = np.abs([float(m) for m, _ in proved])
    scale = np.where(size == 0, 1.0, size)
    with np.errstate(divide="ignore"):
        digits: Float64s = -np.log10(np.abs(beyond_proved(values, proved)) / scale)
    return np.clip(digits, 0.0, MAX_LRE) + 0.0  # no negative zero
