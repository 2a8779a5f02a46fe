from functools import partial

import numpy as np
import pytest

from compare.judge.proved import (
    ProvedCheck,
    check_proved,
    refuse_unusable,
    tolerance_of_proved,
)
from tests.nan import same

VALUES = np.array([0.25, 0.5, 1.0])
PROVED = {0: ("0.25", "1e-40"), 2: ("1.0", "1e-40")}
SPREAD = {0: 1e-15, 2: 3e-15}
STEADY = np.zeros(3)
check = partial(check_proved, weights_undetermined=False, trajectory=False)
by_weights = partial(check_proved, weights_undetermined=True, trajectory=False)


def test_a_value_within_four_times_its_spread_agrees() -> None:
    found = check(VALUES + np.array([0, 0, 2e-15]), PROVED, SPREAD, STEADY)
    assert (found.verdict, found.reason, found.index) == ("agree", "", 2)
    assert 0 < found.ratio_to_tolerance <= 1


def test_a_value_of_just_its_tolerance_from_the_proved_one_agrees() -> None:
    spread = {0: 0.0, 2: 2.0**-40}
    found = check(VALUES + np.array([0, 0, 2.0**-38]), PROVED, spread, STEADY)
    assert found == ProvedCheck("agree", "", 1.0, 2)


def test_a_value_further_from_the_proved_one_disagrees_and_is_named() -> None:
    found = check(VALUES + np.array([0, 0, 2e-14]), PROVED, SPREAD, STEADY)
    assert (found.verdict, found.index) == ("disagree", 2)
    assert found.ratio_to_tolerance == pytest.approx(2e-14 / 12e-15, rel=0.01)
    assert found.reason == (
        "index 2: 1.00000000000002 is 2e-14 from the proved 1.0, tolerance 1.2e-14"
    )


def test_the_proved_value_is_shown_to_24_characters() -> None:
    long = {0: ("0.25", "0"), 2: ("1.0000000000000000000012345678", "0")}
    reason = check(VALUES + np.array([0, 0, 1]), long, SPREAD, STEADY).reason
    assert "from the proved 1.0000000000000000000012, tolerance" in reason


def test_values_without_a_proof_are_not_asked() -> None:
    assert check(VALUES + np.array([0, 1, 0]), PROVED, SPREAD, STEADY).verdict == "agree"


@pytest.mark.parametrize("spread", [None, {}, {0: 1e-15}, {0: 1e-15, 1: 1.0, 2: 3e-15}])
def test_a_spread_of_other_values_decides_nothing(spread: dict[int, float] | None) -> None:
    expected = ProvedCheck("not compared", "its directed rounding was not measured")
    assert same(check(VALUES, PROVED, spread, STEADY), expected)


def test_values_of_another_shape_are_not_compared_and_no_finite_ones_are_wrong() -> None:
    assert refuse_unusable(VALUES, (3,)) is None
    expected = ProvedCheck("not compared", "returned shape (3,), expected (2,)")
    assert same(refuse_unusable(VALUES, (2,)), expected)
    infinite = np.array([0.0, np.inf, 1.0])
    assert same(refuse_unusable(infinite, (3,)), ProvedCheck("disagree", "returned inf"))


def test_a_nan_is_no_agreement() -> None:
    assert check(np.array([np.nan, 0, 1]), PROVED, SPREAD, STEADY).verdict != "agree"


def test_a_value_that_three_runs_left_alone_by_chance_has_its_quantitys_median() -> None:
    allowed = tolerance_of_proved(np.ones(3), np.ones(3), np.array([0, 1e-12, 2e-12]), STEADY)
    assert allowed.tolist() == [4e-12, 4e-12, 8e-12]


def test_a_chaotic_value_has_the_largest_spread_of_its_quantity() -> None:
    allowed = tolerance_of_proved(np.ones(3), np.ones(3), np.array([1e-12, 1e-3, 0.5]), STEADY)
    assert allowed.tolist() == [4e-3, 2.0, 2.0]


def test_what_the_members_leave_undetermined_is_so_here_too() -> None:
    far = VALUES + np.array([0, 0, 0.3])
    assert check(far, PROVED, SPREAD, STEADY).verdict == "disagree"
    assert check(far, PROVED, SPREAD, np.array([0, 0, 0.2])).verdict == "agree"
    steady = np.array([0, 0, 0.05])  # less than a tenth: no excuse
    assert check(VALUES + np.array([0, 0, 0.1]), PROVED, SPREAD, steady).verdict == ("disagree")


def test_by_undetermined_weights_a_value_may_be_anywhere_in_the_range_of_the_members() -> None:
    far, noisy = VALUES + np.array([0.3, 0, 0]), np.array([0, 0, 0.09])
    assert check(far, PROVED, SPREAD, noisy).verdict == "disagree"
    assert by_weights(far, PROVED, SPREAD, noisy).verdict == "agree"
    beyond = VALUES + np.array([0.4, 0, 0])
    assert by_weights(beyond, PROVED, SPREAD, noisy).verdict == "disagree"


def test_a_trajectory_may_so_only_from_where_the_members_part() -> None:
    def verdict(values: np.ndarray, noisy: np.ndarray) -> str:
        return by_weights(values, PROVED, SPREAD, noisy, trajectory=True).verdict

    first_difference, together = np.array([1e-9, 2e-6, 0.09]), np.array([1e-9, 1e-9, 1e-7])
    assert verdict(VALUES + np.array([0.1, 0, 0]), first_difference) == "disagree"
    assert verdict(VALUES + np.array([0, 0, 0.3]), first_difference) == "agree"
    assert verdict(VALUES + np.array([0, 0, 3e-7]), together) == "disagree"


def test_undetermined_weights_excuse_no_count() -> None:
    counts, noisy = np.array([3.0, 5.0, 7.0]), np.array([0, 0, 0.6])
    proved = {0: ("3", "0"), 2: ("8", "0")}
    spread = {0: 0.0, 2: 0.0}
    assert by_weights(counts, proved, spread, noisy).verdict == "disagree"
