"""Hypotheses about how numbers are kept: in single precision, in so many digits, in 32 bits."""

import math
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from ..numbers.measures import Float64s
from .hypothesis import (
    HYPOTHESIS_BITS,
    NAMED_FROM,
    Finding,
    Hypothesis,
    Observed,
    content,
    decimal_step,
    significant_digits,
)

MODES: tuple[tuple[str, Callable[[Any], Any]], ...] = (
    ("rounded half even", np.rint),
    ("rounded half up", lambda x: np.floor(np.abs(x) + 0.5) * np.sign(x)),
    ("truncated", np.trunc),
    ("rounded down", np.floor),
    ("rounded up", np.ceil),
)
LEAST_ROUNDED = 3  # values: a single one is short by chance
MOST_DIGITS = 15  # that a rounded number may have
LEAST_RESIDUE = 0.1  # of a step: what was rounded was not near the grid before
WRAP = 2.0**32
BITS_OF_SHORT = 20.0  # a number of fewer may be a multiple of 2^-32 by chance
BITS_OF_STREAM = 20.0  # for which one double in a million is one


def hypotheses(observed: Observed) -> Iterator[Hypothesis]:
    """What R has by them, where Python has the full value."""
    if "r" in observed.single:
        yield from _single(observed)
    if "r" in observed.short:
        yield from _rounded(observed)
    half = WRAP / 2
    beyond = (observed.python < -half) | (observed.python >= half)
    wrapped = np.where(beyond, np.mod(observed.python + half, WRAP) - half, observed.python)
    yield Hypothesis(
        "32-bit overflow",
        "",
        wrapped,
        0.0,
        "R = Python's value wrapped around at 2^31",
        "whole numbers of 32 bits overflow without a word",
        "64 bits, or doubles",
    )


def _single(observed: Observed) -> Iterator[Hypothesis]:
    rounded = observed.python.astype(np.float32)
    unit = np.spacing(np.abs(rounded)).astype(np.float64)
    single = rounded.astype(np.float64)
    if not (np.abs(single - observed.python) >= LEAST_RESIDUE * unit).any():
        return
    single = np.where(np.isfinite(single) & (single != 0), single, np.nan)
    yield Hypothesis(
        "single precision",
        "",
        single,
        0.0,
        "R = Python's value rounded to single precision",
        "a float32 on the way keeps 7 digits",
        "float64 all the way",
    )


def _rounded(observed: Observed) -> Iterator[Hypothesis]:
    """R's values on a decimal grid, Python's spread between its points."""
    step = decimal_step(observed.r)
    if step and step > decimal_step(observed.python) * 1.5:
        residue = np.abs(observed.python / step - np.rint(observed.python / step))
        if residue.max() >= LEAST_RESIDUE:
            decimals = round(-math.log10(step))
            for mode, function in MODES:
                yield _on_grid(
                    f"{mode} to {decimals} decimals", function(observed.python / step) * step
                )
    for digits in range(1, 16):
        rounded = significant(observed.python, digits)
        if digits > 1 and (significant(rounded, digits - 1) == rounded).all():
            continue  # so many digits are not what they were rounded to
        unit = 10.0 ** (np.floor(np.log10(np.abs(observed.python))) + 1 - digits)
        if (np.abs(rounded - observed.python) >= LEAST_RESIDUE * unit).any():
            yield _on_grid(f"rounded to {digits} significant digits", rounded)


def is_short(values: Float64s) -> bool:
    """Whether values are on a decimal grid, or have few digits each."""
    on_grid = decimal_step(values) > 0
    return on_grid or all(significant_digits(value) <= MOST_DIGITS for value in values)


def _on_grid(how: str, expected: Float64s) -> Hypothesis:
    return Hypothesis(
        "rounded",
        how,
        expected,
        math.log2(20),
        f"R = Python's value {how}",
        "the value was printed or rounded on the way",
        "compare before anything is rounded",
        least=LEAST_ROUNDED,
    )


def significant(values: Float64s, digits: int) -> Float64s:
    """Values as they are printed with so many significant digits."""
    return np.array([float(f"{value:.{digits - 1}e}") for value in values])


def stream(observed: Observed) -> Finding | None:
    """Uniform numbers of R's generator beside those of NumPy's: of 32 bits, and of 53."""
    p, r = observed.python, observed.r
    if len(r) < LEAST_ROUNDED or not ((r > 0) & (r < 1) & (p > 0) & (p < 1)).all():
        return None
    if (r * 2**32 % 1).any() or (p * 2**53 % 1).any() or not (p * 2**32 % 1).any():
        return None
    told = [value for value in r if content(value) >= BITS_OF_SHORT]
    bits = BITS_OF_STREAM * len(told) - HYPOTHESIS_BITS
    if not bits >= NAMED_FROM:
        return None
    hypothesis = Hypothesis(
        "another stream",
        "",
        r,
        0.0,
        "all of R's are multiples of 2^-32, as its generator makes them, Python's of 2^-53",
        "two generators, or one that is seeded in two ways, give other numbers",
        "draw in one language and pass the numbers to the other",
    )
    return Finding(hypothesis, len(r), len(r), bits)
