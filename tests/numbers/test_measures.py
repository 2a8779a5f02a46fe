import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from compare.numbers.measures import (
    from_ordinal,
    log_spaced,
    lre,
    moves_six_digits,
    ordinal,
    tolerance,
    ulp_distance,
    without_a_digit,
)

finite = st.floats(allow_nan=False, allow_infinity=False)


@given(finite)
def test_an_ordinal_leads_back_to_its_double(x: float) -> None:
    assert from_ordinal(ordinal(x)) == x


def test_the_double_at_position_zero_is_the_positive_zero() -> None:
    assert math.copysign(1, from_ordinal(0)) == 1
    assert ordinal(-0.0) == 0


@given(finite)
def test_the_next_double_is_one_ulp_away(x: float) -> None:
    following = math.nextafter(x, math.inf)
    if math.isfinite(following):
        assert ulp_distance(np.array(x), np.array(following)) == 1


@given(finite, finite)
def test_ulp_distance_is_the_difference_of_ordinals(a: float, b: float) -> None:
    assert int(ulp_distance(np.array(a), np.array(b))) == abs(ordinal(a) - ordinal(b))


def test_ulp_distance_is_for_single_doubles_too() -> None:
    for a, b in ((1.0, 2.0), (-1.0, 2.0), (-2.0, -1.0)):
        one, other = np.array([a]), np.array([b])
        assert ulp_distance(one[0], other[0]) == abs(ordinal(a) - ordinal(b))


def test_ulp_distance_spans_zero_and_all_doubles() -> None:
    tiny, huge = 5e-324, np.finfo(float).max
    a, b = np.array([-tiny, 0.0, -huge]), np.array([tiny, -0.0, huge])
    assert ulp_distance(a, b).tolist() == [2, 0, 2 * ordinal(huge)]


@pytest.mark.parametrize(
    ("x", "correct", "digits"),
    [
        *((1.001, 1.0, 3.0), (10.01, 10.0, 3.0), (0.0, 5.0, 0.0), (1e-7, 0.0, 7.0)),
        *((2.5, 2.5, 15.95), (9.0, 1.0, 0.0), (1e308, -1e308, 0.0)),
    ],
)
def test_lre_counts_correct_digits(x: float, correct: float, digits: float) -> None:
    assert lre(np.array(x), np.array(correct)) == pytest.approx(digits, abs=1e-9)


def test_tolerance_is_four_times_the_larger_of_spread_and_last_place() -> None:
    a, b = np.array([1.0, 1.0]), np.array([2.0, 0.5])
    assert tolerance(a, b, np.array([0.0, 1e-3])).tolist() == [4 * 2**-51, 4e-3]


def test_a_value_is_undetermined_from_a_tenth_of_the_largest_on() -> None:
    values = np.array([0.0, 1.0])
    assert without_a_digit(values, np.array([0.1, 0.0999])).tolist() == [True, False]
    assert not without_a_digit(np.zeros(2), np.zeros(2)).any()  # nothing moves it


def test_a_value_moves_in_six_digits_beyond_a_millionth_of_the_largest() -> None:
    values = np.array([0.0, 4.0])
    assert moves_six_digits(values, np.array([4e-6, 4.1e-6])).tolist() == [False, True]


def test_indices_are_close_together_at_the_start_and_include_the_last() -> None:
    assert log_spaced(3) == [0, 1, 2]
    indices = log_spaced(60_000)
    assert indices[:3] == [0, 1, 2]
    assert indices[-1] == 59_999
    assert 300 < len(indices) <= 400


def test_the_largest_double_has_a_last_place_too() -> None:
    largest = np.array([np.finfo(float).max])
    below = np.nextafter(largest, 0)
    assert (tolerance(largest, largest, np.zeros(1)) == 4 * (largest - below)).all()
