import re
from dataclasses import dataclass
from math import floor, log2

import numpy as np
import pytest
from flint import arb, ctx

from compare import ROOT
from python_impl.portable import (
    EVEN,
    HIGHEST,
    INV_LN2,
    LN2_HIGH,
    LN2_LOW,
    LOWEST,
    ODD,
    exp,
    sigmoid,
)

LARGEST_R = 0.34658  # ln(2) / 2, and what rounding k may add
LARGEST_K = 1077
PIECES = 512
STATED = 0.65  # ULP, by the docstring
LAST_SUBNORMAL = 5e-324


@dataclass(frozen=True)
class Rounded:
    """A number computed in doubles: a ball of what it is exactly, and how far off it may be."""

    exact: arb
    error: arb

    def __add__(self, other: "Rounded") -> "Rounded":
        return _rounded(self.exact + other.exact, self.error + other.error)

    def __mul__(self, other: "Rounded") -> "Rounded":
        off = abs(self.exact) * other.error + abs(other.exact) * self.error
        return _rounded(self.exact * other.exact, off + self.error * other.error)


def _rounded(exact: arb, error: arb) -> Rounded:
    """After one more operation, which rounds to nearest."""
    return Rounded(exact, (error + half_ulp(abs(exact) + error)).abs_upper())


def half_ulp(x: arb) -> arb:
    """The most that rounding to a double of at most this size may do."""
    return arb(2) ** (floor(log2(float(x.abs_upper()) * (1 + 1e-12))) - 53)


def exactly(x: float | arb) -> Rounded:
    return Rounded(arb(x), arb(0))


def spacing(x: float) -> float:
    return float(np.spacing(x))


def error_in_ulp(r: arb) -> float:
    """A bound of the error of exp in its ULP, wherever the reduced argument lies in a ball."""
    # the reduction: x = k ln 2 + r + rest, where k LN2_HIGH and its difference from x are exact
    low = exactly(arb(0, LARGEST_K)) * exactly(LN2_LOW)
    lost = half_ulp(r)  # r is rounded; what that loses is a double, and so is all but the end
    rest = _rounded(arb(0, lost + low.error), low.error)
    reduction = rest.error + LARGEST_K * abs(arb.const_log2() - arb(LN2_HIGH) - arb(LN2_LOW))

    square = exactly(r) * exactly(r)
    even, odd = exactly(EVEN[0]), exactly(ODD[0])
    for coefficient in EVEN[1:]:
        even = even * square + exactly(coefficient)
    for coefficient in ODD[1:]:
        odd = odd * square + exactly(coefficient)
    small = square * (exactly(r) * odd + square * even)
    half = Rounded(square.exact / 2, square.error / 2)  # halving is exact
    tail = half + (small + (rest + rest * exactly(r)))
    s = 1 + r
    left_out = Rounded(arb(0, half_ulp(s)), arb(0))  # exact: Dekker's fast sum, since |r| < 1
    error = (left_out + tail).error  # s and what it leaves out are 1 + r, without an error

    # what is computed without errors is 1 + r + r^2 P(r) + rest (1 + r), not exp(r + rest)
    of_powers = [0.5, *(c for pair in zip(ODD[::-1], EVEN[::-1], strict=True) for c in pair)]
    off = arb(0)
    for n in range(59, -1, -1):
        exact = 1 / arb(n + 2).fac()
        off = off * r + (of_powers[n] if n < len(of_powers) else 0) - exact
    error += abs(r * r * off) + r.abs_upper() ** 60  # more than all powers beyond
    error += abs(rest.exact) * (abs(r.exp() - s) + abs(rest.exact)) + 2 * reduction

    y = r.exp()
    ulp = 2 * half_ulp(y.lower())
    return float((arb(0.5) + error / ulp).abs_upper())


def test_the_stated_bound_is_proved_over_the_whole_range() -> None:
    before, ctx.prec = ctx.prec, 200
    try:
        width = LARGEST_R / PIECES
        middles = [(i + 0.5) * width for i in range(-PIECES, PIECES)]
        worst = max(error_in_ulp(arb(middle, width * 0.5000001)) for middle in middles)
    finally:
        ctx.prec = before
    assert 0.5 < worst < STATED


def test_the_reduction_is_what_the_proof_takes_it_for() -> None:
    # a whole number of eleven bits times a number of 32 is exact
    assert float(LN2_HIGH).hex().rstrip("0123456789").endswith("p-")
    assert (LN2_HIGH * 2.0**32).is_integer()
    ends = np.array([LOWEST, HIGHEST])
    assert np.abs(np.rint(ends * INV_LN2)).max() <= 1077
    x = np.concatenate([np.random.default_rng(2).uniform(LOWEST, HIGHEST, 100_000), ends])
    k = np.rint(x * INV_LN2)
    assert np.abs((x - k * LN2_HIGH) - k * LN2_LOW).max() < LARGEST_R


def test_errors_stay_within_the_bound_on_many_arguments() -> None:
    generator = np.random.default_rng(1)
    middle = generator.uniform(-708, 709, 3000)
    near_a_half = (generator.integers(-1000, 1000, 3000) + 0.5) * np.log(2)
    near_a_half *= 1 + generator.normal(size=3000) * 1e-4
    x = np.concatenate([middle, near_a_half[np.abs(near_a_half) < 708]])
    before, ctx.prec = ctx.prec, 200
    try:
        exact = [arb(value).exp() for value in x]
        off = [abs(arb(y) - e) / spacing(float(e)) for y, e in zip(exp(x), exact, strict=True)]
    finally:
        ctx.prec = before
    assert max(float(error.upper()) for error in off) < STATED


@pytest.mark.parametrize(
    ("x", "expected"),
    [
        (0.0, 1.0),
        (-0.0, 1.0),
        (5e-324, 1.0),
        (-5e-324, 1.0),
        (np.inf, np.inf),
        (-np.inf, 0.0),
        (1e308, np.inf),
        (-1e308, 0.0),
        (710.0, np.inf),
        (-746.0, 0.0),
        (709.7827128933841, np.inf),  # the first argument beyond the largest double's logarithm
        (-745.1332191019412, 0.0),  # and the first below half the least subnormal number's
        (-745.1332191019411, LAST_SUBNORMAL),
    ],
)
def test_the_ends_are_defined(x: float, expected: float) -> None:
    found = exp(np.array([x]))[0]
    assert found == expected
    assert not np.signbit(found)


def test_the_largest_result_is_finite_and_nan_stays_nan() -> None:
    assert np.isfinite(exp(np.array([709.782712893384]))[0])
    with np.errstate(all="raise"):
        assert np.isnan(exp(np.array([np.nan, 1.0]))).tolist() == [True, False]
        assert np.isnan(sigmoid(np.array([np.nan]))).all()


def test_subnormal_results_are_within_one_of_their_ulp() -> None:
    x = np.random.default_rng(3).uniform(-745.1, -708.5, 3000)
    before, ctx.prec = ctx.prec, 200
    try:
        off = [abs(arb(y) - arb(v).exp()) / LAST_SUBNORMAL for y, v in zip(exp(x), x, strict=True)]
    finally:
        ctx.prec = before
    assert max(float(error.upper()) for error in off) < 1


def test_results_are_shaped_as_arguments() -> None:
    for shape in ((), (3,), (2, 3), (2, 3, 4)):
        assert np.shape(exp(np.zeros(shape))) == shape
    assert exp(0.0) == 1.0  # type: ignore[arg-type]


def test_the_sigmoid_is_made_of_exp() -> None:
    x = np.array([-1e4, -800.0, -700.0, -1.5, 0.0, 1.5, 37.0, 1e4])
    np.testing.assert_array_equal(sigmoid(x), 1 / (1 + exp(-x)))
    assert sigmoid(x)[[0, 4, -1]].tolist() == [0.0, 0.5, 1.0]


def test_an_element_does_not_hang_on_those_beside_it() -> None:
    usual = np.array([-699.9, -37.0, 0.3, 699.9])
    for beside in (-np.inf, -745.0, 709.5, np.inf, np.nan):
        np.testing.assert_array_equal(exp(np.append(usual, beside))[:4], exp(usual))


def test_scaling_by_powers_of_two_is_exact() -> None:
    # what exp asks of the C library, where IEEE 754 says what it returns
    for factor, sign in ((2.0, 1), (0.5, -1)):
        k = np.arange(1, 1023)
        np.testing.assert_array_equal(np.ldexp(1.0, sign * k), np.cumprod(np.full(1022, factor)))
    assert np.ldexp(1.5, -1074) == 1e-323  # half way: to the even one


@pytest.mark.parametrize("mirror", ["r_impl/R/portable.R", "compiled/loops.c"])
def test_the_three_languages_have_the_same_constants_in_the_same_order(mirror: str) -> None:
    # the last bit of some moves no result, so that no digest would tell
    here, there = (
        re.findall(r"0x1\.[0-9a-f]{8,}p[+-]\d+", (ROOT / name).read_text())
        for name in ("python_impl/portable.py", mirror)
    )
    assert len(here) == 13
    assert there == here
