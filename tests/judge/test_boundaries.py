"""The rules of values at their very boundaries, and at the ends of the doubles."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from compare.case.contract import Contract
from compare.judge.pairs import compare_arrays
from compare.judge.values import NEGLIGIBLE, ORDER, judge_numbers
from tests.judge.leaves import notes, side, verdicts

TINY = 2.0**-60


def test_six_digits_are_enough_and_a_language_with_just_six_lacks_none() -> None:
    assert notes(side(1.0, spread=1e-6), side(1.0 + 1e-7, spread=1e-3)) == [
        "R has 3 digits left, Python has 6"
    ]


@pytest.mark.parametrize(
    ("spread", "said"),
    [
        (0.1, "1 digits left"),
        (10**-1.5, "1.5 digits left"),
        (0.2, "no digit left"),
    ],
)
def test_a_digit_is_left_from_one_on(spread: float, said: str) -> None:
    (note,) = notes(side(1.0, spread=spread), side(1.01, spread=1e-15))
    assert note == f"Python has {said}, R has all"


def test_the_other_language_has_none_or_a_number_or_all() -> None:
    for spread, other in ((1e-14, "14"), (0.5, "none"), (10**-1.5, "1.5"), (0.1, "1")):
        (note,) = notes(side(1.0, spread=0.5), side(1.01, spread=spread))
        assert note == f"Python has no digit left, R has {other}"
    (note,) = notes(side(1.01, spread=0.5), side(1.0, spread=1e-15))
    assert note == "Python has no digit left, R has all"


def test_more_than_three_digits_fewer_are_noted_and_fewer_than_nine() -> None:
    def noted(python: float, r: float) -> bool:
        near = 1 + 2.0**-52
        return bool(notes(side(1.0, spread=10.0**-python), side(near, spread=10.0**-r))[0])

    assert noted(8, 12)
    assert not noted(8, 11)
    assert not noted(9, 13)


def test_a_value_just_as_large_as_its_tolerance_is_zero_up_to_rounding() -> None:
    allowed = 4 * TINY
    assert verdicts(side(allowed, spread=TINY), side(-allowed, spread=TINY)) == ["agree"]
    beyond = np.nextafter(allowed, 1)
    for p, q in ((beyond, -allowed), (allowed, -beyond)):
        assert verdicts(side(p, spread=TINY), side(q, spread=TINY)) == ["disagree"]


def test_a_tolerance_of_just_the_negligible_share_hides_no_value() -> None:
    allowed = 4 * TINY
    python, r = side(allowed, spread=TINY), side(-allowed, spread=TINY)
    scale = allowed / NEGLIGIBLE
    assert allowed == NEGLIGIBLE * scale
    assert verdicts(python, r, scale=scale) == ["disagree"]
    assert verdicts(python, r, scale=scale * (1 + 1e-14)) == ["agree"]


@pytest.mark.parametrize("swapped", [False, True])
def test_a_language_with_just_six_digits_is_sure_of_its_value(swapped: bool) -> None:
    sure, unsure = side(TINY, spread=1e-6 * TINY), side(-TINY, spread=TINY)
    python, r = (unsure, sure) if swapped else (sure, unsure)
    assert verdicts(python, r) == ["undetermined"]


def test_a_millionth_beside_a_value_that_never_moves_is_near() -> None:
    exact = side(1e6)
    for off, verdict in ((0.9, "undetermined"), (1.0, "undetermined"), (1.01, "disagree")):
        assert verdicts(exact, side(1e6 - off, spread=1e3)) == [verdict]


def test_the_largest_doubles_are_compared_without_a_warning() -> None:
    largest = float(np.finfo(float).max)
    assert verdicts(side(largest), side(-largest)) == ["disagree"]
    declared: dict[str, Any] = {"relative": 10.0, "reason": "as far as that"}
    assert verdicts(side(largest), side(1.0), tolerance=declared) == ["agree"]
    moved = side(largest, spread=largest)
    assert verdicts(moved, side(-largest, spread=0.0)) == ["disagree"]
    assert verdicts(side(np.inf), side(1.0, spread=np.inf)) == ["disagree"]
    assert verdicts(side(np.inf), side(-np.inf)) == ["disagree"]


def test_what_a_value_is_small_beside_may_be_in_either_language() -> None:
    for large in (([1e-5, 1e12], [-2e-5, 1.0]), ([1e-5, 1.0], [-2e-5, 1e12])):
        a, b = map(np.array, large)
        found = compare_arrays(a, b, (2,), np.array([1e-3, 0.0]))
        assert found.values is not None
        assert [ORDER[code] for code in found.values.verdicts] == ["agree", "disagree"]


def test_bits_that_differ_have_no_tolerance() -> None:
    a = np.array([1.0, 2.0, 3.0])
    found = compare_arrays(a, a + np.array([0, 0, 1e-15]), (3,), None)
    assert (found.verdict, found.worst, found.ratio_to_tolerance) == ("disagree", 2, np.inf)
    assert found.values is not None
    assert found.values.tolerance.tolist() == [0, 0, 0]
    assert found.reason.endswith("tolerance 0")


def test_a_run_of_ours_is_not_said_to_jump() -> None:
    a = np.array([1.0])
    found = compare_arrays(a, a + 0.5, (1,), np.array([0.5]))
    assert found.values is not None
    assert found.values.note(0) == ["Python has no digit left, R has none"]


def test_each_verdict_is_a_place_in_the_order() -> None:
    judged = judge_numbers(side(1.0, None), side(2.0, None), Contract(), 1.0)
    assert judged.verdicts.dtype == np.int8
    assert [ORDER[code] for code in judged.verdicts] == ["disagree", "missing"]


def test_a_second_result_of_another_shape_is_said() -> None:
    unsteady = replace(side(1.5), second=None, repeats=np.array([False]))
    assert notes(unsteady, side(1.5)) == ["Python does not repeat itself: 1.5, then another shape"]


def test_exact_values_have_no_tolerance_and_unmeasured_ones_no_digits() -> None:
    python, r = side(1.0, spread=1e-9), side(2.0, measured=False)
    judged = judge_numbers(python, r, Contract(compare="exact"), 1.0)
    assert judged.tolerance.tolist() == [0.0]
    assert judged.python_digits.tolist() == [9.0]
    assert np.isnan(judged.r_digits).tolist() == [True]
    assert judge_numbers(python, r, Contract(), 1.0).tolerance.tolist() == [4e-9]


def test_zero_and_minus_zero_agree_and_are_not_the_same_double() -> None:
    python, r = side(0.0, -0.0, -0.0), side(-0.0, 0.0, -0.0)
    assert verdicts(python, r) == ["agree", "agree", "identical"]
    assert notes(python, r) == ["0 in Python, -0 in R", "-0 in Python, 0 in R", ""]
