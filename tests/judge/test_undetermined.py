"""What values and weights that doubles do not determine excuse, and what not."""

from dataclasses import replace

import numpy as np
import pytest

from compare.judge.pairs import compare_arrays, judge_window
from compare.judge.undetermined import judge_together, judge_undetermined, left_open
from compare.judge.values import ORDER
from tests.judge.test_pairs import NONE, SHAPE, A, off

UNDETERMINED = compare_arrays(A, A + 0.5, SHAPE, np.full(3, 0.5))


def test_what_hangs_on_undetermined_weights_may_lie_in_the_range_of_its_members() -> None:
    spread = np.array([1e-3, 0.0, 0.0])  # of the first value; the last differs
    error = compare_arrays(A, A + np.array([0, 0, 3e-3]), SHAPE, spread)
    layer = compare_arrays(A, off(2, 1), SHAPE, NONE)
    judged = judge_together({"error": error, "layer": layer, "w": UNDETERMINED}, ["w"], {}, [])
    assert [c.verdict for c in judged.values()] == ["undetermined", "agree", "undetermined"]
    assert judged["error"].reason.startswith("its weights are undetermined; index 2: python 3,")
    assert judged["error"].ratio_to_tolerance == pytest.approx(0.75)
    assert judged["error"].widest == 4e-3
    values = judged["error"].values
    assert values is not None
    assert [ORDER[code] for code in values.verdicts] == ["identical"] * 2 + ["undetermined"]
    assert values.tolerance[2] == 4e-3 > values.tolerance[1] > 0


def test_a_trajectory_is_excused_only_from_where_its_members_differ_in_six_digits() -> None:
    spread = np.array([0.0, 1e-5, 1e-3])

    def verdict(moved: np.ndarray, in_windows: float = 0.0) -> str:
        found = {"e": compare_arrays(A, A + moved, SHAPE, spread), "w": UNDETERMINED}
        return judge_together(found, ["w"], {"e": in_windows}, ["e"])["e"].verdict

    assert verdict(np.array([0, 1e-3, 0])) == "undetermined"
    last_place = np.spacing(A[0])  # no difference that would have to be excused
    assert verdict(np.array([last_place, 1e-3, 0])) == "undetermined"
    assert verdict(np.array([1e-3, 0, 0])) == "disagree"
    assert verdict(np.array([1e-13, 0, 0])) == "disagree"
    assert verdict(np.array([1e-13, 0, 0]), in_windows=1e-12) == "undetermined"
    assert verdict(np.array([2.0**-40, 0, 0]), in_windows=2.0**-40) == "undetermined"


def test_a_difference_of_just_the_range_is_granted() -> None:
    error = compare_arrays(A, A + np.array([0, 0, 1.0]), SHAPE, np.array([0.25, 0.0, 0.0]))
    found = {"e": replace(error, counts=False), "w": UNDETERMINED}
    judged = judge_together(found, ["w"], {}, [])["e"]
    assert (judged.verdict, judged.ratio_to_tolerance) == ("undetermined", 1.0)


@pytest.mark.parametrize("lie", [5e-3, 1.0, 1e300])
def test_beyond_the_range_of_its_members_it_disagrees(lie: float) -> None:
    error = compare_arrays(A, A + np.array([0, 0, lie]), SHAPE, np.array([1e-3, 0.0, 0.0]))
    assert judge_together({"e": error, "w": UNDETERMINED}, ["w"], {}, [])["e"].verdict == "disagree"


def test_a_range_that_windows_have_is_granted_too() -> None:
    error = compare_arrays(A, A + np.array([0, 0, 1e-9]), SHAPE, NONE)
    found = {"e": error, "w": UNDETERMINED}
    assert judge_together(found, ["w"], {}, [])["e"].verdict == "disagree"
    judged = judge_together(found, ["w"], {"e": 2e-9}, [])["e"]
    assert (judged.verdict, judged.widest) == ("undetermined", 2e-9)


def test_undetermined_weights_excuse_no_count() -> None:
    counts = compare_arrays(A, A + np.array([0, 0, 1]), SHAPE, np.array([1.0, 0.0, 0.0]))
    assert (
        judge_together({"n": counts, "w": UNDETERMINED}, ["w"], {}, [])["n"].verdict == "disagree"
    )


@pytest.mark.parametrize("lie", [3.0, 1e300])
def test_an_undetermined_value_far_from_its_members_disagrees(lie: float) -> None:
    found = compare_arrays(A, A + lie, SHAPE, np.full(3, 0.5))
    assert found.verdict == "disagree"
    assert judge_together({"w": found}, ["w"], {}, [])["w"].verdict == "disagree"


def test_determined_weights_excuse_nothing() -> None:
    found = {
        "error": compare_arrays(A, off(2, 50), SHAPE, NONE),
        "w": compare_arrays(A, off(1, 1), SHAPE, NONE),
    }
    assert judge_together(found, ["w"], {}, []) == found


def test_undetermined_weights_excuse_no_missing_result() -> None:
    weights = compare_arrays(A, A + 0.5, SHAPE, np.full(3, 0.5))
    found = {"error": compare_arrays(A, None, SHAPE, NONE), "w": weights}
    assert judge_together(found, ["w"], {}, [])["error"].verdict == "not compared"


def test_determined_weights_excuse_nothing_that_another_value_is_allowed() -> None:
    a = np.array([1.0, 2.0, 3.0])
    wide = np.array([0.0, 0.0, 1e-6])
    error = compare_arrays(a, a + np.array([1e-9, 0, 0]), (3,), wide)
    assert error.verdict == "disagree"
    determined = compare_arrays(a, a, (3,), wide)
    assert judge_together({"error": error, "w": determined}, ["w"], {"error": 1.0}, []) == {
        "error": error,
        "w": determined,
    }
    moved = compare_arrays(a, a, (3,), np.full(3, 2.0))
    excused = judge_together({"error": error, "w": moved}, ["w"], {"error": 1.0}, [])
    assert excused["error"].verdict == "undetermined"


def test_undetermined_weights_excuse_no_value_that_is_not_finite() -> None:
    a = np.array([1.0, 2.0, 3.0])
    error = compare_arrays(a, np.array([1.0, np.nan, 3.0]), (3,), np.ones(3))
    moved = compare_arrays(a, a, (3,), np.full(3, 2.0))
    judged = judge_together({"error": error, "w": moved}, ["w"], {"error": 1.0}, [])
    assert judged["error"].verdict == "disagree"


def test_undetermined_passes_only_where_portable_runs_show_that_the_two_are_the_same() -> None:
    others = {
        "same": compare_arrays(A, A, SHAPE, NONE),
        "far": compare_arrays(A, A + 1, SHAPE, NONE),
    }
    found = {"w": UNDETERMINED, **others}
    assert judge_undetermined(found, True, False) == found
    judged = judge_undetermined(found, False, False)
    assert judged["w"].verdict == "disagree"
    assert judged["w"].reason.startswith("undetermined, and no portable runs or windows show")
    assert {name: judged[name] for name in others} == others


def test_windows_are_not_enough_where_no_digit_is_left() -> None:
    few = compare_arrays(A, A + 1e-6, SHAPE, np.full(3, 1e-4))
    assert judge_undetermined({"few": few}, False, True) == {"few": few}
    judged = judge_undetermined({"few": few, "w": UNDETERMINED}, False, True)
    assert [c.verdict for c in judged.values()] == ["disagree", "disagree"]
    swamped_but_the_same = compare_arrays(A, A, SHAPE, np.full(3, 0.5))
    beside = {"few": few, "same": swamped_but_the_same}
    assert judge_undetermined(beside, False, True) == beside


def test_nothing_is_undetermined_in_a_window() -> None:
    found = judge_window(A, A + 0.5, SHAPE, np.full(3, 0.5))
    assert found == replace(UNDETERMINED, verdict="agree")
    assert judge_window(A, off(2, 5), SHAPE, NONE) == compare_arrays(A, off(2, 5), SHAPE, NONE)
    assert judge_window(A, A + 5, SHAPE, np.full(3, 0.5)).verdict == "disagree"


def test_only_an_undetermined_value_is_left_open_by_as_much_as_rounding_moves_it() -> None:
    spread = np.array([0.1, 0.2999, 0.3001])
    assert left_open(A, spread, False, False).tolist() == [0, 0, 0.3001]


def test_by_undetermined_weights_all_is_left_open_but_counts() -> None:
    values, spread = A + 0.5, np.array([1e-9, 1e-4, 1e-3])
    assert left_open(values, spread, True, False).tolist() == [1e-3, 1e-3, 1e-3]
    assert left_open(values, spread, True, True).tolist() == [0, 1e-3, 1e-3]
    assert left_open(values, spread / 1e6, True, True).tolist() == [0, 0, 0]
    assert left_open(A, spread, True, False).tolist() == [0, 0, 0]
