"""exp and the sigmoid from + - * / and rounding to whole numbers: the same bits on every machine.

IEEE 754 says what these five return, to the last bit. It leaves exp to each C library.
"""

import numpy as np
from numpy.typing import NDArray

Float64s = NDArray[np.float64]

LOWEST, HIGHEST = -746.0, 710.0  # exp is 0 and Inf beyond, for certain
INV_LN2 = float.fromhex("0x1.71547652b82fep+0")
LN2_HIGH = float.fromhex("0x1.62e42feep-1")  # 32 bits: a whole number below 2^21 times it is exact
LN2_LOW = float.fromhex("0x1.a39ef35793c76p-33")

# (exp(r) - 1 - r - r^2 / 2) / r^3 for |r| <= ln(2) / 2, interpolated at Chebyshev nodes: the
# coefficients of r^3, r^5 ..., and of r^4, r^6 ..., each with the highest power first
ODD = [
    float.fromhex(coefficient)
    for coefficient in (
        "0x1.af38a0d2d9620p-26",
        "0x1.71de0db21e27fp-19",
        "0x1.a01a01a7c327ap-13",
        "0x1.11111111109b4p-7",
        "0x1.5555555555556p-3",
    )
]
EVEN = [
    float.fromhex(coefficient)
    for coefficient in (
        "0x1.1f66da6ee7eeap-29",
        "0x1.27e4e1f6a6779p-22",
        "0x1.a01a01a47a78fp-16",
        "0x1.6c16c16c167e2p-10",
        "0x1.5555555555555p-5",
    )
]


@np.errstate(over="ignore", under="ignore", invalid="ignore")  # the ends: Inf, subnormal, 0, NaN
def exp(x: Float64s) -> Float64s:
    """E to the power of each element, to within 0.65 ULP.

    Cody and Waite's reduction, x = k ln 2 + r, with ln 2 in two parts; a polynomial of degree 12
    in r, whose last sum is compensated; an exact scaling by 2^k. A subnormal result is rounded
    once more, to within 1 ULP. NaN stays NaN.

    Parameters
    ----------
    x : array of float64, or float

    Returns
    -------
    array of float64, shaped as x

    References
    ----------
    W. J. Cody and W. Waite, Software Manual for the Elementary Functions, 1980, chapter 6.
    """
    x = np.maximum(np.minimum(x, HIGHEST), LOWEST)
    k = np.rint(x * INV_LN2)
    high = x - k * LN2_HIGH  # exact
    low = k * LN2_LOW
    r = high - low
    rest = (high - r) - low  # what r leaves out

    square = r * r
    odd: Float64s | float = ODD[0]
    for coefficient in ODD[1:]:
        odd = odd * square + coefficient
    even: Float64s | float = EVEN[0]
    for coefficient in EVEN[1:]:
        even = even * square + coefficient
    tail = square * 0.5 + (square * (r * odd + square * even) + (rest + rest * r))
    s = 1 + r
    y = s + (((1 - s) + r) + tail)  # (1 - s) + r is what s leaves out, exactly
    scaled: Float64s = np.ldexp(y, k.astype(np.intc))  # of NaN, NaN: whatever k is as an integer
    return scaled


def sigmoid(x: Float64s) -> Float64s:
    """1 / (1 + exp(-x)) of each element."""
    return 1 / (1 + exp(-x))
