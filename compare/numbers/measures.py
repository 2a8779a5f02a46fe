"""Distances between doubles."""

import struct
from typing import Any

import numpy as np
from numpy.typing import NDArray

Float64s = NDArray[np.float64]
MAX_LRE = 15.95
TOLERANCE_FACTOR = 4
POOLED_INDICES = 25
SHOWN_INDICES = 400
NO_DIGIT_SHARE = 0.1
SIX_DIGITS = 1e-6
NEXT_TO_LARGEST = np.nextafter(np.finfo(float).max, 0)


def ordinal(value: float) -> int:
    """Position of a double in the ordered sequence of all doubles; both zeros are 0."""
    bits: int = struct.unpack("<q", struct.pack("<d", value))[0]
    return bits if bits >= 0 else -(bits + 2**63)


def from_ordinal(position: int) -> float:
    """The double at this position."""
    bits = position if position >= 0 else -position - 2**63
    value: float = struct.unpack("<d", struct.pack("<q", bits))[0]
    return value


def ulp_distance(a: Float64s, b: Float64s) -> NDArray[np.uint64]:
    """Number of doubles from a to b, elementwise; 0 between the two zeros."""
    i, j = _ordinals(a), _ordinals(b)
    # the difference of two int64 is right as a uint64
    return np.subtract(np.maximum(i, j).view(np.uint64), np.minimum(i, j).view(np.uint64))


def _ordinals(x: Float64s) -> NDArray[np.int64]:
    bits = x.view(np.int64)
    with np.errstate(over="ignore"):  # the side that is not taken
        return np.where(bits < 0, np.int64(-(2**63)) - bits, bits)


def lre(x: Float64s, correct: Float64s) -> Float64s:
    """Log relative error (McCullough 1998): correct significant digits, from 0 to 15.95."""
    scale = np.where(correct == 0, 1.0, np.abs(correct))
    with np.errstate(divide="ignore", over="ignore"):
        digits = -np.log10(np.abs(x - correct) / scale)
    return np.clip(digits, 0.0, MAX_LRE)


def log_spaced(n: int) -> list[int]:
    """About 400 of the indices 0 to n - 1, the last one included."""
    indices: list[int] = (np.unique(np.geomspace(1, n, SHOWN_INDICES).astype(int)) - 1).tolist()
    return indices


def tolerance(a: Float64s, b: Float64s, spread: Float64s) -> Float64s:
    """How far two values may be apart where rounding alone moves them by ``spread``."""
    size = np.maximum(np.abs(a), np.abs(b))
    last_place = np.spacing(np.minimum(size, NEXT_TO_LARGEST))  # the largest double has no next
    return TOLERANCE_FACTOR * np.maximum(last_place, spread)


def without_a_digit(values: Float64s, spread: Float64s) -> Any:
    """Where rounding moves a value by 10 % or more of the quantity's largest one."""
    return (spread > 0) & (spread >= NO_DIGIT_SHARE * np.abs(values).max())


def moves_six_digits(values: Float64s, spread: Float64s) -> Any:
    """Where rounding moves a value by more than a millionth of the quantity's largest one."""
    return spread > SIX_DIGITS * np.abs(values).max()
