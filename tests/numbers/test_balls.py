from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from flint import arb, ctx

from compare.numbers.balls import (
    FUNCTIONS,
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
    with pytest.raises(TypeError, match="a float where"):
        only_balls(0.5)


@pytest.mark.parametrize("count", [3.0, np.float64(3), 3])
def test_a_count_is_an_exact_ball(count: Any) -> None:
    ball: Any = only_balls(count)[()]
    assert ball.is_exact()
    assert ball == 3


@pytest.mark.parametrize("x", [arb(1) / 3, arb("-2.5 +/- 1e-20"), arb(0.5), arb(2) ** -700])
def test_the_stored_strings_contain_the_ball(x: arb) -> None:
    midpoint, radius = interval(x)
    assert arb(f"[{midpoint} +/- {radius}]").contains(x)


def test_the_stored_strings_have_36_digits_and_a_radius_as_small() -> None:
    with ctx.workprec(200):
        midpoint, radius = interval(arb(1) / 3)
        assert interval(arb(1) / 3, 5)[0] == "0.33333"
    assert midpoint == "0." + 36 * "3"
    assert 0 < Fraction(radius) < Fraction(1, 10**36)
    inaccurate, radius = interval(arb(1) / 3)  # in 53 bits
    assert len(inaccurate) == len(midpoint)
    assert 1e-17 < Fraction(radius) < 1e-15
    assert tuple(map(Fraction, interval(arb(0.5)))) == (Fraction(1, 2), Fraction(0))


def test_intervals_overlap_where_they_share_a_number() -> None:
    assert overlap(("1", "0.5"), ("2", "0.5"))
    assert not overlap(("1", "0.5"), ("2", "0.49999999999999999999999999999999999999"))


def test_accurate_bits_are_those_of_the_worst_element() -> None:
    assert 30 <= accurate_bits(np.array([arb(1) / 3, arb("1 +/- 1e-10")], dtype=object)) <= 35
    assert accurate_bits(balls([1.0, 2.0])) == 10**6


def test_a_comparison_that_the_balls_do_not_decide_is_refused() -> None:
    wide, narrow = DecidingBall(arb("1 +/- 0.1")), DecidingBall(arb("1.05 +/- 0.01"))
    for compare in ("__lt__", "__le__", "__gt__", "__ge__", "__eq__", "__ne__"):
        with pytest.raises(UndecidedError, match=r"^the balls overlap$"):
            getattr(wide, compare)(narrow)
    assert wide < 2
    assert wide <= 1.5
    assert wide > 0.5
    assert wide != 3
    two = DecidingBall(arb(2))
    assert two == 2.0
    assert two == np.int64(2)
    assert not two < 2
    assert two <= 2
    assert not two > 2
    assert two >= 2
    assert two >= 1
    assert not two >= 3
    assert two > 1


def test_deciding_balls_compute_as_balls_do() -> None:
    x, y = DecidingBall(arb(6)), DecidingBall(arb(4))
    four: Any = np.int64(4)
    results = [
        x + y,
        x - y,
        x * y,
        x / y,
        x + 4,
        6 - y,
        6 * y,
        6.0 / y,
        -x,
        abs(-x),
        four + x,
    ]
    assert [float(only_balls(result)[()]) for result in results] == [
        *(10, 2, 24, 1.5, 10, 2, 24, 1.5, -6, 6, 10),
    ]


def test_deciding_balls_go_through_numpy() -> None:
    x = balls([1.0, 3.0], DecidingBall)
    one: Any = DecidingBall(arb(1))
    half = one * (x / 2.0) + np.array([0.0, 1.0]) - 0.0
    assert [float(ball) for ball in only_balls(1.0 - half)] == [0.5, -1.5]
    assert float(only_balls(np.exp(x))[0].mid()) == pytest.approx(np.e)


@pytest.mark.parametrize("name", sorted(FUNCTIONS))
def test_numpys_functions_are_those_of_balls(name: str) -> None:
    x = np.array([0.3, 0.7])
    found = getattr(np, name)(balls(x, DecidingBall))
    for ball, value in zip(found, getattr(np, name)(x), strict=True):
        assert type(ball) is DecidingBall
        assert abs(float(ball.value.mid()) - value) < 1e-14


def test_a_ball_that_decides_has_powers_and_no_other_names() -> None:
    x = DecidingBall(arb(0.5))
    assert (x**2).value == arb(0.25)
    with pytest.raises(UndecidedError):
        bool(np.sin(x) ** 2 + np.cos(x) ** 2 == 1)
    with pytest.raises(AttributeError, match="no ball has real"):
        _ = x.real
