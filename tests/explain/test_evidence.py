"""How many bits a hypothesis explains, and what it costs, as a few numbers decide it."""

import math
from typing import Any

import numpy as np
import pytest

from compare.explain.hypothesis import (
    HYPOTHESIS_BITS,
    MOST_BITS,
    Hypothesis,
    Observed,
    content,
    tried,
)

THIRD = 1 / 3  # has no decimal step, so that R's digits decide
T = 1e-15  # a tolerance that nothing here comes near
SEVEN = 7 * math.log2(10)  # bits of seven digits


def bits(python: Any, r: Any, expected: Any = None, tolerance: float = T, **more: Any) -> Any:
    p, q = np.array(python, float), np.array(r, float)
    told = q if expected is None else np.array(expected, float)
    observed = Observed(p, q, np.full(p.shape, tolerance), p.shape)
    found = tried(observed, Hypothesis("any", "", told, more.pop("cost", 0.0), "it is", **more))
    return None if found is None else found.bits


def test_a_value_tells_no_more_than_its_digits() -> None:
    assert bits([THIRD], [0.1234567]) == pytest.approx(SEVEN - HYPOTHESIS_BITS)
    assert bits([0.5], [0.125]) is None
    allowed = T + 4 * np.spacing(THIRD)
    of_third = math.log2(1 + 2 * (0.5 - THIRD) / allowed)
    assert bits([0.5], [THIRD]) == pytest.approx(of_third - HYPOTHESIS_BITS)


def test_a_value_tells_no_more_than_how_many_it_could_have_been() -> None:
    assert bits([1000.0, 10.0], [3457.0, 4567.0]) == pytest.approx(
        math.log2(1 + 2 * 2457) + math.log2(1 + 2 * 4557) - HYPOTHESIS_BITS
    )
    wide = bits([1.0], [1.1234567], tolerance=1e-6)
    assert wide == pytest.approx(math.log2(1 + 2 * 0.1234567 / 1e-6) - HYPOTHESIS_BITS, abs=1e-3)


def test_it_is_named_from_ten_bits_on() -> None:
    cost = SEVEN - HYPOTHESIS_BITS - 10
    assert bits([THIRD], [0.1234567], cost=cost - 0.01) == pytest.approx(10.01)
    assert bits([THIRD], [0.1234567], cost=cost + 0.01) is None


def test_equal_values_and_zeros_tell_once_and_nothing() -> None:
    once = bits([THIRD, 0.6, 0.7], [0.1234567] * 3)
    assert once == pytest.approx(SEVEN - HYPOTHESIS_BITS)
    assert bits([0.5], [1.234567e-16]) is None


def test_values_that_do_not_differ_tell_nothing() -> None:
    assert bits([0.1234567], [0.1234567]) is None


def test_the_slope_of_a_hypothesis_moves_its_tolerance() -> None:
    p, r = [0.5], [0.1234567]
    assert bits(p, r, [0.1234567 + 5e-14], slope=100.0) is not None
    assert bits(p, r, [0.1234567 + 5e-14], slope=10.0) is None
    assert bits(p, r, [0.1234567 + 5e-16], slope=0.01) is None


def test_each_exception_costs_as_much_as_a_double_and_its_place() -> None:
    generator = np.random.default_rng(5)
    python, r = generator.normal(size=(2, 20))
    expected = r.copy()
    expected[3] += 1
    whole, but_one = bits(python, r), bits(python, r, expected)
    assert whole - but_one == pytest.approx(content(r[3]) + MOST_BITS + math.log2(20), abs=3)
    expected[:3] += 1
    assert bits(python, r, expected) is None


def test_some_have_to_fit_more_than_one_value() -> None:
    assert bits([0.5, 0.6], [0.1234567, 0.7654321], least=2) is not None
    assert bits([0.5, 0.6], [0.1234567, 0.7654321], least=3) is None
