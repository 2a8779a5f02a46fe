from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from compare.judge.changes import Changes, determined_digits
from compare.run.leaf import NA, numbers, texts
from tests.judge.leaves import found, kept, number, text


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
