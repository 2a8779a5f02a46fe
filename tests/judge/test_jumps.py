"""Which values take two distant, or two round, values in the calls of one language."""

import numpy as np
import pytest

from compare.judge.changes import MOST_KEPT
from compare.run.leaf import numbers
from tests.judge.leaves import found, number, text

WIDE_AT = float.fromhex("0x1.20ee7cb6dd980p+0")  # a millionth of it is a whole number of its ULP


def test_two_distant_values_are_a_jump() -> None:
    members = [number(2.0), number(1.0), number(2.0)]
    assert found(number(1.0), *members).jumps.tolist() == [True]
    assert found(number(1.0), number(2.0), number(1.0004)).jumps.tolist() == [True]
    assert found(number(1.0), number(2.0), number(1.9996)).jumps.tolist() == [True]


def test_what_moves_little_or_everywhere_between_does_not_jump() -> None:
    assert found(number(1.0), number(1.0 + 1.23456789e-7)).jumps.tolist() == [False]
    assert found(number(1.0), number(1.0 + 2e-6)).jumps.tolist() == [True]
    assert found(number(1.0), number(2.0), number(1.5)).jumps.tolist() == [False]
    assert found(number(1.0), number(2.0), number(1.002)).jumps.tolist() == [False]
    assert found(number(1.0), number(2.0), number(1.998)).jumps.tolist() == [False]
    assert found(number(-1.0), number(-2.0), number(-1.5)).jumps.tolist() == [False]
    assert found(number(1.0), number(None)).jumps.tolist() == [False]
    assert found(text("a"), text("b")).jumps.tolist() == [False]


@pytest.mark.parametrize(
    ("low", "high"),
    [
        (8081939.0, 8081940.0),  # cents, cut off and rounded
        (12345.62, 12345.63),
        (12345.62, 12345.630000000001),
        (12345.62, 12345.63 + 2 * np.spacing(12345.63)),
        (1704326399.0, 1704326400.0),
        (3000000.25, 3000000.5),
        (-7.0e9, -7.0e9 + 1),
        (2469133.0, 2469134.0),
    ],
)
def test_from_one_round_number_to_another_is_a_jump_however_small_beside_the_value(
    low: float, high: float
) -> None:
    assert found(number(low), number(high), number(low)).jumps.tolist() == [True]
    for off in (1e-5, 3 * np.spacing(low), 0.02 * (high - low)):  # no round numbers
        moved = [number(x + off * np.pi) for x in (low, high, low)]
        assert found(*moved).jumps.tolist() == [False]


def test_single_precision_has_round_numbers_by_itself() -> None:
    low, high = 33554432.0, 33554437.0
    for type_, jumps in (("float32", False), ("float16", False), ("float64", True)):
        plain, moved = (numbers(type_, "real number", np.array([x])) for x in (low, high))
        assert found(plain, moved).jumps.tolist() == [jumps]
    for low, step, jumps in (
        *((-33554440.0, 4.0, False), (33554432.0, 8.0, False), (33554432.0, 2.0, True)),
        *((16777216.0, 2.0, False), (16777216.0, 1.0, True), (16777214.0, 2.0, True)),
        (33554431.0, 1.0, True),
    ):  # single precision that is no more in what was returned
        assert found(number(low), number(low + step)).jumps.tolist() == [jumps]
    plain, moved = (numbers("float32", "real number", np.array([x])) for x in (1.0, 2.0))
    assert found(plain, moved).jumps.tolist() == [True]


def test_a_step_of_the_least_part_of_a_value_is_not_asked_for() -> None:
    assert 1e-11 * 3e11 == 3
    assert found(number(3e11), number(3e11 + 3)).jumps.tolist() == [False]
    assert found(number(3e11), number(3e11 + 4)).jumps.tolist() == [True]


def test_each_value_is_asked_by_itself() -> None:
    low, high = number(33554432.0, 8081939.0, 8081939.25), number(33554440.0, 8081940.0, 8081940.25)
    assert found(low, high).jumps.tolist() == [False, True, False]


def test_a_part_of_the_step_that_has_a_decimal_more_makes_no_round_number() -> None:
    assert found(number(8081939.2), number(8081940.2)).jumps.tolist() == [True]
    assert found(number(8081939.25), number(8081940.25)).jumps.tolist() == [False]


def test_a_step_of_a_millionth_of_a_value_is_not_wide_yet() -> None:
    assert WIDE_AT + 1e-6 * WIDE_AT - WIDE_AT == 1e-6 * WIDE_AT
    assert found(number(WIDE_AT), number(WIDE_AT + 1e-6 * WIDE_AT)).jumps.tolist() == [False]


def test_the_least_and_the_largest_steps_are_asked_without_a_warning() -> None:
    for low, high in ((0.0, 5e-324), (1e300, 1e308), (1.0, 1.0)):
        assert found(number(low), number(high)).jumps.tolist() == [low != high]


def test_a_step_of_the_last_digits_is_no_jump_from_one_round_number_to_another() -> None:
    for x in (8081939.0, 0.1, 1e15, 123456.789):
        assert found(number(x), number(x * (1 + 2**-50)), number(x)).jumps.tolist() == [False]


def test_only_suspects_are_asked_whether_they_jump() -> None:
    side = found(number(1.0, 1.0, 5.0), number(1.0, 3.0, 5.0))
    assert side.jumps.tolist() == [False, True, False]


def test_of_very_many_values_nobody_asks_whether_they_jump() -> None:
    for n, jumps in ((MOST_KEPT, True), (MOST_KEPT + 1, False)):
        plain = numbers("float64", "real number", np.ones(n))
        side = found(plain, numbers("float64", "real number", np.full(n, 2.0)))
        assert side.jumps.all() == side.jumps.any() == jumps
        assert side.spread.tolist() == [1.0] * n


def test_a_value_that_never_moves_does_not_jump() -> None:
    assert not found(number(0.0, 1.0), number(0.0, 1.0)).jumps.any()


def test_members_at_a_thousandth_of_the_jump_are_still_at_its_end() -> None:
    assert found(number(0.0), number(1.0), number(1000.0)).jumps.tolist() == [True]
    assert found(number(0.0), number(1.5), number(1000.0)).jumps.tolist() == [False]
