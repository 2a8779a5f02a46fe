"""Each rule of what agrees, as four numbers decide it."""

import numpy as np
import pytest

from compare.case.contract import Contract
from compare.judge.values import ORDER, judge_numbers, judge_texts
from compare.run.leaf import NA, NAN
from tests.judge.leaves import notes, side, text_side, verdicts

UNIT = 2.0**-52  # one unit in the last place of 1


def test_the_same_double_is_identical_however_little_it_is_determined() -> None:
    assert verdicts(side(1.0, 0.0, np.inf), side(1.0, 0.0, np.inf)) == ["identical"] * 3
    assert verdicts(side(1.0, spread=1.0), side(1.0, spread=1.0)) == ["identical"]
    assert notes(side(np.inf, 1.0), side(np.inf, 1.0)) == ["infinite in both languages", ""]


@pytest.mark.parametrize(("units", "verdict"), [(4, "agree"), (5, "disagree")])
def test_four_units_in_the_last_place_agree_without_any_spread(units: int, verdict: str) -> None:
    r = 1 + units * UNIT
    assert verdicts(side(1.0), side(r)) == [verdict]
    assert verdicts(side(r), side(1.0)) == [verdict]


@pytest.mark.parametrize("language", ["python", "r"])
@pytest.mark.parametrize(("factor", "verdict"), [(3.99, "agree"), (4.01, "disagree")])
def test_four_times_the_spread_of_either_language_agrees(
    language: str, factor: float, verdict: str
) -> None:
    wide, narrow = side(1.0, spread=1e-9), side(1.0 + factor * 1e-9)
    pair = (wide, narrow) if language == "python" else (narrow, wide)
    assert verdicts(*pair) == [verdict]


def test_the_judged_values_have_their_distance_tolerance_and_digits() -> None:
    judged = judge_numbers(side(2.0, spread=2e-9), side(2 + 2 * UNIT), Contract(), 1.0)
    assert judged.ulp.tolist() == [1]
    assert judged.tolerance.tolist() == [8e-9]
    assert judged.python_digits[0] == pytest.approx(9)
    assert judged.r_digits.tolist() == [15.95]
    assert judged.python.tolist() == [2.0]
    assert judged.r.tolist() == [2 + 2 * UNIT]
    assert not judged.missing(0)


def test_what_is_missing_or_infinite_has_no_distance_tolerance_or_digits() -> None:
    judged = judge_numbers(side(None, np.inf, 1.0), side(1.0, 1.0, None), Contract(), 1.0)
    assert judged.ulp.tolist() == [0, 0, 0]
    for array in (judged.tolerance, judged.python_digits, judged.r_digits):
        assert np.isnan(array).all()
    assert [judged.missing(i) for i in range(3)] == [True, False, True]
    assert judged.python_missing.tolist() == [NA, 0, 0]
    assert judged.r_missing.tolist() == [0, 0, NA]


def test_what_is_missing_on_both_sides_is_no_agreement() -> None:
    assert verdicts(side(None), side(None)) == ["missing"]
    assert notes(side(None), side(None)) == ["NA in both languages"]
    both = side(np.nan, missing=[NAN])
    assert verdicts(both, both) == ["missing"]
    assert notes(both, both) == ["NaN in both languages"]


def test_nan_in_python_may_stand_for_na_and_not_the_other_way_round() -> None:
    nan, na = side(np.nan, missing=[NAN]), side(np.nan, missing=[NA])
    assert verdicts(nan, na) == ["missing"]
    assert notes(nan, na) == ["NaN in Python, NA in R"]
    assert verdicts(na, nan) == ["disagree"]
    assert notes(na, nan) == ["NA in Python, NaN in R"]


def test_what_is_missing_on_one_side_disagrees() -> None:
    assert verdicts(side(None, 1.0), side(1.0, None)) == ["disagree"] * 2
    assert notes(side(None, 1.0), side(1.0, None)) == [
        "NA in Python, a value in R",
        "a value in Python, NA in R",
    ]


def test_an_infinite_value_beside_a_finite_one_disagrees() -> None:
    assert verdicts(side(np.inf, 1.0, -np.inf), side(1.0, np.inf, np.inf)) == ["disagree"] * 3
    assert notes(side(np.inf), side(1.0)) == ["infinite in one language"]
    assert verdicts(side(np.inf, spread=np.inf), side(1e308, spread=np.inf)) == ["disagree"]


def test_a_value_that_comes_and_goes_is_undetermined() -> None:
    assert verdicts(side(1.0, spread=np.inf), side(1.5, spread=0.1)) == ["undetermined"]


def test_what_does_not_repeat_itself_is_not_comparable() -> None:
    still, moving = side(1.0), side(1.0, second=[2.0])
    assert verdicts(moving, still) == ["not comparable"]
    assert verdicts(still, moving) == ["not comparable"]
    assert notes(moving, still) == ["Python does not repeat itself: 1, then 2"]
    assert notes(moving, moving) == [
        "Python does not repeat itself: 1, then 2, R does not repeat itself: 1, then 2"
    ]
    gone = side(None, second=[2.0])
    assert verdicts(gone, side(None)) == ["not comparable"]
    assert notes(gone, side(None)) == ["Python does not repeat itself: nan, then 2"]


def test_zero_up_to_rounding_agrees() -> None:
    python, r = side(3e-17, spread=2e-17), side(0.0)
    assert verdicts(python, r) == ["agree"]
    assert notes(python, r) == ["zero up to rounding"]
    assert verdicts(side(3e-17, spread=2e-17), side(-3e-17, spread=2e-17)) == ["agree"]


def test_zero_up_to_rounding_is_below_a_negligible_tolerance() -> None:
    python, r = side(3e-17, spread=2e-17), side(-3e-17, spread=2e-17)
    assert verdicts(python, r, scale=1e-4) == ["agree"]
    assert verdicts(python, r, scale=1e-5) == ["undetermined"]


def test_zero_up_to_rounding_is_below_its_own_tolerance_in_both_languages() -> None:
    assert verdicts(side(9e-17, spread=2e-17), side(3e-17, spread=2e-17)) == ["undetermined"]
    assert verdicts(side(3e-17, spread=2e-17), side(9e-17, spread=2e-17)) == ["undetermined"]


def test_no_language_that_is_sure_of_its_value_has_a_zero_up_to_rounding() -> None:
    sure = side(1e-16, spread=1e-30)
    assert verdicts(side(0.0, spread=2e-16), sure) == ["undetermined"]
    assert verdicts(sure, side(0.0, spread=2e-16)) == ["undetermined"]
    assert verdicts(side(0.0), side(1e-17, spread=1e-17)) == ["agree"]


def test_exact_wants_the_same_doubles() -> None:
    assert verdicts(side(1.0), side(1.0 + UNIT), compare="exact") == ["disagree"]
    assert verdicts(side(1.0), side(1.0), compare="exact") == ["identical"]


@pytest.mark.parametrize(("far", "verdict"), [(0.9e-3, "agree"), (1.1e-3, "disagree")])
def test_a_declared_tolerance_takes_the_place_of_the_measured_one(far: float, verdict: str) -> None:
    for kind, scale in (("relative", 100.0), ("absolute", 1.0)):
        declared = {kind: 1e-3, "reason": "both stop early"}
        for other in (scale * (1 + far), scale * (1 - far)):
            got = verdicts(side(scale, spread=1.0), side(other, spread=1.0), tolerance=declared)
            assert got == [verdict]
    declared = {"relative": 1e-3, "reason": "both stop early"}
    assert notes(side(1.0), side(1.0005), tolerance=declared) == ["inside the declared tolerance"]
    assert notes(side(1.0), side(1.0), tolerance=declared) == [""]


def test_the_larger_of_two_declared_tolerances_counts() -> None:
    declared = {"relative": 1e-3, "absolute": 0.5, "reason": "both stop early"}
    assert verdicts(side(1.0), side(1.4), tolerance=declared) == ["agree"]
    assert verdicts(side(1000.0), side(1000.9), tolerance=declared) == ["agree"]


def test_texts_are_the_same_or_not() -> None:
    judged = judge_texts(text_side("a", "b", None, None), text_side("a", "c", None, "d"))
    assert [ORDER[c] for c in judged.verdicts] == ["identical", "disagree", "missing", "disagree"]
    assert [judged.note(i) for i in range(4)] == [
        [],
        [],
        ["NA in both languages"],
        ["NA in Python, a value in R"],
    ]
    assert judged.python.tolist() == ["a", "b", None, None]
    assert judged.r.tolist() == ["a", "c", None, "d"]
    assert judged.python_missing.tolist() == [0, 0, NA, NA]
    assert judged.r_missing.tolist() == [0, 0, NA, 0]
    assert judged.ulp.tolist() == [0] * 4
    for array in (judged.tolerance, judged.python_digits, judged.r_digits):
        assert np.isnan(array).all()


def test_texts_that_do_not_repeat_themselves_are_not_comparable() -> None:
    python = text_side("a", second=["b"])
    for pair in ((python, text_side("a")), (text_side("a"), python)):
        judged = judge_texts(*pair)
        assert [ORDER[c] for c in judged.verdicts] == ["not comparable"]
    assert judge_texts(python, text_side("a")).note(0) == [
        "Python does not repeat itself: a, then b"
    ]
    gone = judge_texts(text_side(None, second=["b"]), text_side("a"))
    assert gone.note(0) == ["Python does not repeat itself: None, then b"]
