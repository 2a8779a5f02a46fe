import numpy as np
import pytest

from compare.judge.drift import drift


def moved(*spread: float) -> np.ndarray:
    return np.array(spread)


def test_the_same_spread_can_be_that_of_this_code() -> None:
    spread = moved(1e-15, 3e-12, 0.25)
    assert drift(spread, spread) == ""


def test_what_rounding_moves_nowhere_must_be_moved_nowhere_now() -> None:
    nothing, some = moved(0, 0), moved(0, 1e-15)
    assert drift(nothing, nothing) == ""
    assert drift(nothing, some) == ": one of them is zero"
    assert drift(some, nothing) == ": one of them is zero"
    assert drift(moved(1e-15, 0), moved(0, 1e-15)) == ": one of them is zero"


@pytest.mark.parametrize("stored", [4.0, 0.25])
def test_most_values_may_be_moved_up_to_four_times_as_far(stored: float) -> None:
    now = moved(1, 1, 1)
    assert drift(stored * now, now) == ""
    assert drift(moved(stored, stored, 1) ** 1.01, now) == (
        f"[0]: stored {stored**1.01:.2g}, measured now 1"
    )


def test_a_single_value_may_be_moved_up_to_a_thousand_times_as_far() -> None:
    now = moved(1, 1, 1)
    assert drift(moved(1, 1000, 1), now) == ""
    assert drift(moved(1, 1001, 1), now) == "[1]: stored 1e+03, measured now 1"
    assert drift(now, moved(1, 1, 1001)) == "[2]: stored 1, measured now 1e+03"


def test_a_value_moved_only_here_or_only_there_is_held_to_the_others() -> None:
    assert drift(moved(1e-12, 1e-12, 9e-10), moved(1e-12, 1e-12, 0)) == ""
    assert drift(moved(1e-12, 1e-12, 0), moved(1e-12, 1e-12, 9e-10)) == ""
    assert drift(moved(1e-12, 1e-12, 2e-9), moved(1e-12, 1e-12, 0)).startswith("[2]: stored 2e-09")
    assert drift(moved(1e-12, 1e-12, 1e-30), moved(1e-12, 1e-12, 0)) == ""
