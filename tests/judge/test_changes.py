from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from compare.judge.changes import MOST_KEPT, Changes, Side, determined_digits
from compare.run.leaf import NA, Leaf, numbers, texts
from tests.judge.leaves import kept, number, text

WIDE_AT = float.fromhex("0x1.20ee7cb6dd980p+0")  # a millionth of it is a whole number of its ULP


def found(plain: Leaf, *members: Leaf | None, second: Leaf | None = None) -> Side:
    changes = Changes(plain)
    changes.again(plain if second is None else second)
    for member in members:
        changes.add(member)
    return changes.side()


def test_the_spread_is_the_largest_change_in_either_direction() -> None:
    side = found(number(1.0, 2.0), number(1.5, 2.0), number(0.75, 1.0))
    assert side.spread.tolist() == [0.5, 1.0]
    assert side.values.tolist() == [1.0, 2.0]
    assert side.missing.tolist() == [0, 0]
    assert side.measured


def test_without_members_nothing_is_measured() -> None:
    side = found(number(1.0))
    assert side.spread.tolist() == [0.0]
    assert side.jumps.tolist() == [False]
    assert side.measured is False


def test_what_comes_or_goes_or_has_another_shape_moves_without_bound() -> None:
    assert found(number(1.0, 2.0), number(None, 2.0)).spread.tolist() == [np.inf, 0.0]
    assert found(number(None, 2.0), number(1.0, 2.0)).spread.tolist() == [np.inf, 0.0]
    assert found(number(np.nan), number(np.nan)).spread.tolist() == [0.0]
    assert found(number(np.inf), number(np.inf)).spread.tolist() == [0.0]
    assert found(number(np.inf), number(-np.inf)).spread.tolist() == [np.inf]
    for other in (number(1.0), None, text("a", "b")):
        assert found(number(1.0, 2.0), other).spread.tolist() == [np.inf, np.inf]


def test_texts_that_change_move_without_bound() -> None:
    side = found(text("a", "b", None), text("a", "c", None))
    assert side.spread.tolist() == [0.0, np.inf, 0.0]
    assert side.missing.tolist() == [0, 0, NA]
    assert side.measured


def test_the_second_call_says_what_repeats() -> None:
    side = found(number(1.0, 2.0), second=number(1.0, 3.0))
    assert side.repeats.tolist() == [True, False]
    assert kept(side) == [1.0, 3.0]
    for other in (number(1.0), text("a", "b")):
        side = found(number(1.0, 2.0), second=other)
        assert side.repeats.tolist() == [False, False]
        assert side.second is None
    assert kept(found(text("a"), second=text("b"))) == ["b"]
    assert found(text("a"), second=number(1.0)).second is None
    assert found(number(None), second=number(None)).repeats.tolist() == [True]
    assert found(number(None), second=number(np.nan)).repeats.tolist() == [False]


def test_a_second_call_that_failed_repeats_nothing() -> None:
    changes = Changes(number(1.0))
    assert changes.side().repeats.tolist() == [False]


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


def test_the_spread_of_a_trajectory_is_that_of_its_neighbours_too() -> None:
    plain = number(*np.zeros((100, 2)).ravel())
    shaped = replace(plain, values=np.zeros((100, 2)), missing=np.zeros((100, 2), np.uint8))
    moved = np.zeros((100, 2))
    moved[50, 0] = 0.5
    for trajectory, expected in ((False, {50}), (True, set(range(25, 76)))):
        changes = Changes(shaped, trajectory)
        changes.add(replace(shaped, values=moved))
        spread = changes.side().spread.reshape(100, 2)
        assert set(np.flatnonzero(spread[:, 0])) == expected
        assert set(np.unique(spread)) == {0.0, 0.5}
        assert not spread[:, 1].any()


@pytest.mark.parametrize("trajectory", [False, True])
def test_a_batch_is_a_member_for_each_of_its_leading_axis_a_trajectorys_last(
    trajectory: bool,
) -> None:
    members = np.array([[1.5, 2.0], [1.0, 2.25], [1.0, 2.0]])
    changes = Changes(number(1.0, 2.0), trajectory)
    batch = members.T if trajectory else members
    changes.add_batch(numbers("float64", "real number", batch))
    assert changes.side().spread.tolist() == ([0.5, 0.5] if trajectory else [0.5, 0.25])
    assert changes.side().measured


def test_what_is_no_batch_moves_nothing() -> None:
    for batch in (None, number(1.5, 2.5), text("a", "b")):
        changes = Changes(number(1.0, 2.0))
        changes.add_batch(batch)
        assert changes.side().spread.tolist() == [0.0, 0.0]
    with_a_member_less = Changes(number(1.0, 2.0))
    with_a_member_less.add_batch(numbers("float64", "real number", np.ones((3, 5))))
    assert with_a_member_less.side().spread.tolist() == [np.inf, np.inf]


def test_values_in_several_dimensions_are_flat() -> None:
    plain = numbers("float64", "real number", np.array([[1.0, 2.0], [3.0, 4.0]]))
    side = found(plain, plain)
    assert side.values.tolist() == [1, 2, 3, 4]
    assert side.spread.tolist() == [0] * 4
    words = texts("str", np.array([["a", "b"]], object))
    assert found(words, words).repeats.tolist() == [True, True]


def test_some_of_the_values_can_be_taken() -> None:
    side = found(number(1.0, 2.0), number(1.0, 4.0), second=number(1.0, 3.0))
    taken = side.take(np.array([1]))
    assert taken.values.tolist() == [2.0]
    assert taken.missing.tolist() == [0]
    assert taken.spread.tolist() == [2.0]
    assert taken.jumps.tolist() == [True]
    assert kept(taken) == [3.0]
    assert taken.repeats.tolist() == [False]
    assert taken.measured
    assert not found(number(1.0)).take(np.array([0])).measured


def test_determined_digits_are_those_that_the_spread_leaves() -> None:
    values = np.array([1.0, 100.0, 0.0, 0.0, 1.0, 1.0, -1.0, np.nan, 1.0])
    spread = np.array([1e-3, 1e-3, 0.0, 1.0, 10.0, 1e-30, 1e-3, 0.1, np.inf])
    digits = determined_digits(values, spread)
    assert digits.tolist() == pytest.approx([3, 5, 15.95, 0, 0, 15.95, 3, 0, 0])


def test_values_at_the_ends_of_the_doubles_move_without_bound_and_without_a_warning() -> None:
    assert found(number(1e308), number(-1e308)).spread.tolist() == [np.inf]
    assert determined_digits(np.array([1e-300]), np.array([1e300])).tolist() == [0.0]


def test_a_value_that_never_moves_does_not_jump() -> None:
    assert not found(number(0.0, 1.0), number(0.0, 1.0)).jumps.any()


def test_members_at_a_thousandth_of_the_jump_are_still_at_its_end() -> None:
    assert found(number(0.0), number(1.0), number(1000.0)).jumps.tolist() == [True]
    assert found(number(0.0), number(1.5), number(1000.0)).jumps.tolist() == [False]


def test_a_batch_of_a_trajectory_of_vectors_has_its_members_last() -> None:
    plain = numbers("float64", "real number", np.zeros((3, 2)))
    members = np.zeros((3, 2, 4))
    members[1, 0, 3] = 0.5
    changes = Changes(plain, trajectory=True)
    changes.add_batch(numbers("float64", "real number", members))
    assert changes.side().spread.reshape(3, 2).tolist() == [[0.5, 0.0]] * 3


def test_a_second_result_of_another_shape_is_not_kept() -> None:
    side = found(number(1.0, 2.0), second=number(1.0))
    assert side.second is None
    assert side.take(np.array([0])).second is None
    assert not side.repeats.any()
    assert side.repeats.dtype == bool


def test_up_to_sign_a_turned_column_has_not_moved() -> None:
    plain = replace(number(1.0, 2.0, 3.0, 4.0), **square(1.0, 2.0, 3.0, 4.0))
    turned = replace(plain, **square(1.0, -2.0, 3.0, -4.5))
    for up_to_sign, spread in ((True, [0, 0, 0, 0.5]), (False, [0, 4, 0, 8.5])):
        changes = Changes(plain, up_to_sign=up_to_sign)
        changes.add(turned)
        assert changes.side().spread.tolist() == spread
    cube = replace(plain, values=plain.values[None], missing=plain.missing[None])
    one_more = Changes(cube, up_to_sign=True)
    one_more.add(replace(cube, values=turned.values[None]))
    assert one_more.side().spread.tolist() == [0, 0, 0, 0.5]
    by_columns = Changes(cube, up_to_sign=True)
    by_columns.add(replace(cube, values=np.array([[[1.0, -2.0], [3.0, 4.5]]])))
    assert by_columns.side().spread.tolist() == [0, 4, 0, 0.5]
    scalar = replace(number(2.0), values=np.array(2.0), missing=np.array(0, np.uint8))
    of_one = Changes(scalar, up_to_sign=True)
    of_one.add(replace(scalar, values=np.array(-2.25)))
    assert of_one.side().spread.tolist() == [0.25]
    one_column = Changes(number(1.0, 2.0), up_to_sign=True)
    one_column.add(number(-1.0, -2.0))
    one_column.add(None)
    assert one_column.side().spread.tolist() == [np.inf, np.inf]
    other_shape = Changes(plain, up_to_sign=True)
    other_shape.add(number(1.0))
    assert np.isinf(other_shape.side().spread).all()
    assert found(number(1.0, 2.0), number(-1.0, -2.0)).spread.tolist() == [2, 4]


def square(*values: float) -> dict[str, Any]:
    return {"values": np.array(values).reshape(2, 2), "missing": np.zeros((2, 2), np.uint8)}
