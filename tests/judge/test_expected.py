from typing import Any

import numpy as np
import pytest
from flint import arb

from compare.judge.expected import Expected, check_expected
from compare.numbers.balls import balls

EXACT = np.array([[1.0, 2.0], [3.0, 4.0]])


def check(returned: Any, exact: Any = EXACT, rounding: float = 0.25) -> tuple[int, float, str]:
    exact = np.asarray(exact)
    return check_expected(Expected("w", returned, balls(exact), np.full(exact.shape, rounding)))


def test_what_is_returned_as_it_must_be_holds() -> None:
    assert check(EXACT) == (4, 0.0, "")


def test_a_difference_is_counted_in_units_of_four_times_the_rounding() -> None:
    assert check(EXACT + np.array([[0, 0.5], [-1.0, 0]])) == (4, 1.0, "")
    n, ratio, reason = check(EXACT + np.array([[0, 0], [-1.5, 0]]))
    assert (n, ratio) == (4, 1.5)
    assert reason == "[1,0]: 1.5, must be 3.0000000000000000 within 1"


def test_the_worst_value_is_the_one_that_is_named() -> None:
    ratio, reason = check(EXACT + np.array([[2, 0], [5, 3]]))[1:]
    assert ratio == 5
    assert reason.startswith("[1,0]: 8, ")
    equal = check(EXACT + np.array([[0, 2], [2, 0]]))[2]
    assert equal.startswith("[0,1]: 4, ")


def test_what_it_must_be_is_shown_without_its_radius() -> None:
    third = np.array([arb(1) / 3])
    reason = check_expected(Expected("w", np.array([1.0]), third, np.zeros(1)))[2]
    assert reason.startswith("[0]: 1, must be 0.3333333333333333")
    assert "+/-" not in reason


def test_without_rounding_only_the_smallest_doubles_are_forgiven() -> None:
    tiny = float(np.finfo(float).tiny)
    assert check(np.array([tiny]), [0.0], rounding=0.0) == (1, 1.0, "")
    assert check(np.array([1.0 + 2**-52]), [1.0], rounding=0.0)[1] > 1


@pytest.mark.parametrize("wrong", [np.nan, np.inf, -np.inf])
def test_what_is_not_finite_is_infinitely_wrong(wrong: float) -> None:
    ratio, reason = check(np.array([1.0, wrong]), [1.0, 1.0])[1:]
    assert ratio == np.inf
    assert reason.startswith(f"[1]: {wrong:.17g}, must be 1.0000000000000000 within 1")


@pytest.mark.parametrize(
    ("returned", "reason"),
    [
        (None, "it was not returned"),
        (EXACT[0], "it is float64 of shape (2,), expected numbers of shape (2, 2)"),
        (EXACT.astype(str), "it is <U32 of shape (2, 2), expected numbers of shape (2, 2)"),
        (
            EXACT.astype(complex),
            "it is complex128 of shape (2, 2), expected numbers of shape (2, 2)",
        ),
    ],
)
def test_what_is_not_numbers_of_the_shape_is_infinitely_wrong(returned: Any, reason: str) -> None:
    assert check(returned) == (0, np.inf, reason)


def test_whole_numbers_and_truth_values_are_numbers() -> None:
    assert check(EXACT.astype(int)) == (4, 0.0, "")
    assert check(EXACT.astype(np.uint8)) == (4, 0.0, "")
    assert check(np.array([True, False]), [1.0, 0.0]) == (2, 0.0, "")


def test_a_vector_of_one_is_what_r_has_for_a_scalar() -> None:
    assert check(np.array([2.0]), 2.0) == (1, 0.0, "")
    assert check(2.0, 2.0) == (1, 0.0, "")
    assert check(np.array([[2.0]]), 2.0)[0] == 0
    assert check(np.array([2.0]), np.array([[2.0]]))[0] == 0
