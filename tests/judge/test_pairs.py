import re
from dataclasses import replace

import numpy as np
import pytest

from compare.judge.pairs import Comparison, compare_arrays
from compare.judge.values import ORDER
from tests.nan import same

A = np.array([1.0, 2.0, 3.0])
NONE = np.zeros(3)
SHAPE = (3,)


def off(index: int, ulps: int) -> np.ndarray:
    b = A.copy()
    b[index] += ulps * np.spacing(b[index])
    return b


def test_equal_arrays_are_identical_and_counted() -> None:
    exactly = Comparison(
        "identical",
        n_values=3,
        max_abs=0.0,
        max_ulp=0,
        min_lre=15.95,
        ratio_to_tolerance=0.0,
        counts=True,
    )
    assert same(compare_arrays(A, A.copy(), SHAPE, None), exactly)
    widest = 4 * float(np.spacing(3.0))
    measured = replace(exactly, widest=widest, digits=15.95)
    assert compare_arrays(A, A.copy(), SHAPE, NONE) == measured


def test_a_difference_within_four_last_places_agrees() -> None:
    found = compare_arrays(A, off(1, 3), SHAPE, NONE)
    assert (found.verdict, found.reason, found.fails) == ("agree", "", False)
    assert (found.first_difference, found.worst, found.max_ulp) == (1, 1, 3)
    assert found.max_abs == 3 * np.spacing(2.0)
    assert found.ratio_to_tolerance == pytest.approx(0.75)
    assert found.min_lre == pytest.approx(-np.log10(found.max_abs / 2), abs=1e-6)
    assert not found.counts


def test_a_difference_of_just_the_tolerance_agrees() -> None:
    spread, allowed = np.array([0.0, 0.0, 2.0**-20]), np.array([0.0, 0.0, 2.0**-18])
    found = compare_arrays(A, A + allowed, SHAPE, spread)
    assert (found.verdict, found.ratio_to_tolerance, found.widest) == ("agree", 1.0, 2.0**-18)
    assert found.first_beyond is None
    beyond = compare_arrays(A, A + 1.5 * allowed, SHAPE, spread)
    assert (beyond.verdict, beyond.first_beyond) == ("disagree", 2)


def test_a_difference_beyond_the_tolerance_disagrees_and_is_named() -> None:
    found = compare_arrays(A, off(2, 5), SHAPE, NONE)
    assert found.verdict == "disagree"
    assert found.worst == 2
    assert found.first_beyond == 2
    assert found.reason == "index 2: python 3, r 3.0000000000000022, 5 ULP apart, tolerance 1.8e-15"


def test_the_value_that_is_named_is_the_worst_not_the_first() -> None:
    found = compare_arrays(A, A + np.array([1e-9, 1e-6, 1e-7]), SHAPE, NONE)
    assert (found.first_difference, found.first_beyond, found.worst) == (0, 0, 1)
    assert found.reason.startswith("index 1: python 2, r 2.000001")


def test_a_measured_spread_widens_the_tolerance_of_its_own_value_only() -> None:
    spread = np.array([0.0, 0.0, 1e-6])
    assert compare_arrays(A, A + np.array([0, 0, 3e-6]), SHAPE, spread).verdict == "agree"
    assert compare_arrays(A, A + np.array([0, 3e-6, 0]), SHAPE, spread).verdict == "disagree"


def test_without_a_spread_only_the_same_doubles_will_do() -> None:
    assert compare_arrays(A, off(0, 1), SHAPE, None).verdict == "disagree"
    assert compare_arrays(A, A.copy(), SHAPE, None).verdict == "identical"


def test_a_value_with_fewer_than_six_digits_is_undetermined() -> None:
    six, fewer = np.array([1e-6, 0.0, 0.0]), np.array([1.01e-6, 0.0, 0.0])
    moved = np.array([1e-6, 0, 0])
    assert compare_arrays(A, A + moved, SHAPE, six).verdict == "agree"
    found = compare_arrays(A, A + moved, SHAPE, fewer)
    assert (found.verdict, found.fails) == ("undetermined", False)
    assert found.reason == "1 of 3 values have fewer than 6 digits"
    assert found.digits == pytest.approx(-np.log10(1.01e-6))
    beside = compare_arrays(A, A + np.array([1e-6, 0, 1e-3]), SHAPE, fewer)
    assert beside.verdict == "disagree"
    assert found.values is not None
    assert [ORDER[code] for code in found.values.verdicts] == ["undetermined", *["identical"] * 2]


def test_a_tenth_of_the_largest_value_is_where_no_digit_is_left() -> None:
    assert compare_arrays(A, A, SHAPE, np.array([0.3001, 0, 0])).without_a_digit
    assert not compare_arrays(A, A, SHAPE, np.array([0.2999, 0, 0])).without_a_digit


def test_a_value_of_nearly_nothing_is_zero_beside_large_inputs() -> None:
    a, b, spread = np.array([1e-20]), np.array([-2e-20]), np.array([1e-19])
    assert compare_arrays(a, b, (1,), spread).verdict == "undetermined"
    assert compare_arrays(a, b, (1,), spread, largest_input=1.0).verdict == "agree"


@pytest.mark.parametrize(
    ("wrong", "reason"),
    [
        (None, "did not return it"),
        (np.array([]), r"shape \(0,\), expected \(3,\)"),
        (A[:2], r"shape \(2,\)"),
        (A.reshape(1, 3), r"shape \(1, 3\)"),
        (np.array([1, 2, 3]), "returned int64, not float64"),
    ],
)
@pytest.mark.parametrize("side", ["python", "r"])
def test_what_cannot_be_compared_is_not_called_a_difference_of_numbers(
    wrong: object, reason: str, side: str
) -> None:
    python, r = (wrong, A) if side == "python" else (A, wrong)
    found = compare_arrays(python, r, SHAPE, NONE)
    assert (found.verdict, found.fails) == ("not compared", True)
    assert found.n_values == 0
    assert found.reason.startswith(side)
    assert re.search(reason, found.reason)


@pytest.mark.parametrize("infinite", [np.nan, np.inf])
@pytest.mark.parametrize("side", ["python", "r"])
def test_a_value_that_is_not_finite_disagrees(infinite: float, side: str) -> None:
    wrong = np.array([1.0, infinite, 3.0])
    python, r = (wrong, A) if side == "python" else (A, wrong)
    found = compare_arrays(python, r, SHAPE, NONE)
    assert (found.verdict, found.n_values) == ("disagree", 0)
    assert found.reason == f"{side} returned {infinite}"


def test_nothing_on_both_sides_is_no_agreement() -> None:
    nothing = np.array([])
    assert compare_arrays(nothing, nothing, (0,), nothing).verdict == "not compared"
    assert compare_arrays(None, None, SHAPE, NONE).verdict == "not compared"
    nan = np.full(3, np.nan)
    assert compare_arrays(nan, nan, SHAPE, NONE).verdict == "disagree"


def test_only_the_same_bits_are_identical() -> None:
    zero = np.array([0.0, 1.0, 2.0])
    minus = np.array([-0.0, 1.0, 2.0])
    found = compare_arrays(zero, minus, SHAPE, None)
    assert (found.verdict, found.first_difference) == ("disagree", 0)
    assert found.reason.startswith("index 0: python 0, r -0, 0 ULP apart")
    assert compare_arrays(zero, minus, SHAPE, NONE).verdict == "agree"
