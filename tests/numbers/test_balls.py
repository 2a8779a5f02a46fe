from typing import Any

import numpy as np
import pytest
from flint import arb

from compare.numbers.balls import (
    DecidingBall,
    UndecidedError,
    accurate_bits,
    balls,
    interval,
    only_balls,
    overlap,
)


def test_a_ball_of_a_double_is_exact() -> None:
    (ball,) = balls([0.1])
    assert ball.is_exact()
    assert float(ball) == 0.1


def test_a_float_among_balls_is_a_destroyed_proof() -> None:
    mixed = np.array([arb(1), 0.5], dtype=object)
    with pytest.raises(TypeError, match="a float where a ball was expected"):
        only_balls(mixed)
    with pytest.raises(TypeError, match="a float where"):
        only_balls(np.array([0.0, 1.0]))


@pytest.mark.parametrize("x", [arb(1) / 3, arb("-2.5 +/- 1e-20"), arb(0.5), arb(2) ** -700])
def test_the_stored_strings_contain_the_ball(x: arb) -> None:
    midpoint, radius = interval(x)
    assert arb(f"[{midpoint} +/- {radius}]").contains(x)


def test_intervals_overlap_where_they_share_a_number() -> None:
    assert overlap(("1", "0.5"), ("2", "0.5"))
    assert not overlap(("1", "0.5"), ("2", "0.49999999999999999999999999999999999999"))


def test_accurate_bits_are_those_of_the_worst_element() -> None:
    assert 30 <= accurate_bits(np.array([arb(1) / 3, arb("1 +/- 1e-10")], dtype=object)) <= 35
    assert accurate_bits(balls([1.0, 2.0])) > 1000


def test_a_comparison_that_the_balls_do_not_decide_is_refused() -> None:
    wide, narrow = DecidingBall(arb("1 +/- 0.1")), DecidingBall(arb("1.05 +/- 0.01"))
    for compare in ("__lt__", "__le__", "__gt__", "__ge__", "__eq__", "__ne__"):
        with pytest.raises(UndecidedError):
            getattr(wide, compare)(narrow)
    assert wide < 2
    assert wide <= 1.5
    assert wide > 0.5
    assert wide != 3
    assert DecidingBall(arb(2)) == 2.0


def test_deciding_balls_go_through_numpy() -> None:
    x = balls([1.0, 3.0], DecidingBall)
    one: Any = DecidingBall(arb(1))
    half = one * (x / 2.0) + np.array([0.0, 1.0]) - 0.0
    assert [float(ball) for ball in only_balls(1.0 - half)] == [0.5, -1.5]
    assert float(only_balls(np.exp(x))[0].mid()) == pytest.approx(np.e)
