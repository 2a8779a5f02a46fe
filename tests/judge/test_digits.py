"""How many digits of a value have to be determined, and what is said where they are not."""

import pytest

from tests.judge.leaves import notes, side, verdicts

UNIT = 2.0**-52  # one unit in the last place of 1


@pytest.mark.parametrize(("spread", "verdict"), [(0.9e-6, "agree"), (1.1e-6, "undetermined")])
def test_agreement_needs_six_digits_in_each_language(spread: float, verdict: str) -> None:
    moving, still = side(1.0, spread=spread), side(1.0 + 1e-8, spread=1e-12)
    assert verdicts(moving, still) == [verdict]
    assert verdicts(still, moving) == [verdict]


def test_fewer_digits_are_enough_where_that_is_declared() -> None:
    python, r = side(1.0, spread=1e-4), side(1.0 + 1e-5, spread=1e-12)
    assert verdicts(python, r) == ["undetermined"]
    assert verdicts(python, r, digits=3, reason="coarse") == ["agree"]
    assert verdicts(python, r, digits=5, reason="coarse") == ["undetermined"]


def test_which_language_has_too_few_digits_is_said() -> None:
    assert notes(side(1.0, spread=1e-4), side(1 + 1e-9, spread=1e-16)) == [
        "Python has 4 digits left, R has all"
    ]
    assert notes(side(1.0, spread=1e-14), side(1 + 1e-9, spread=10**-3.5)) == [
        "R has 3.5 digits left, Python has 14"
    ]
    assert notes(side(1.0, spread=3.0), side(1 + 1e-9, spread=3.0)) == [
        "Python has no digit left, R has none"
    ]


def test_lost_digits_are_said_beside_agreement_too() -> None:
    assert verdicts(side(1.0, spread=1e-8), side(1 + 1e-9)) == ["agree"]
    assert notes(side(1.0, spread=1e-8), side(1 + 1e-9)) == ["Python has 8 digits left, R has all"]
    assert not any(notes(side(1.0, spread=0.9e-9), side(1 + 1e-10)))
    assert not any(notes(side(1.0, spread=1e-8), side(1 + 1e-9, spread=1.1e-11)))
    assert any(notes(side(1.0, spread=1e-8), side(1 + 1e-9, spread=0.9e-11)))
    assert notes(side(1.0, spread=1e-8), side(1 + 1e-9, spread=1e-10)) == [""]
    assert notes(side(1.0, spread=1e-10), side(1 + 1e-12)) == [""]


def test_beside_a_value_that_never_moves_too_few_digits_disagree() -> None:
    moving, still = side(1.0002, spread=1e-3), side(1.0)
    assert verdicts(still, moving) == ["disagree"]
    assert verdicts(moving, still) == ["disagree"]
    assert notes(still, moving) == ["R has 3 digits left, Python has all"]
    assert verdicts(side(1.0000001, spread=1e-3), still) == ["undetermined"]
    assert verdicts(side(1.00001, spread=1e-3), side(1.0, measured=False)) == ["undetermined"]
    assert verdicts(moving, still, undetermined="noise") == ["undetermined"]
    assert verdicts(moving, still, digits=2, reason="coarse") == ["agree"]


def test_both_jump_is_said_in_place_of_digits() -> None:
    python, r = side(1.0, spread=1.0, jumps=True), side(2.0, spread=1.0, jumps=True)
    assert verdicts(python, r) == ["undetermined"]
    assert notes(python, r) == ["both jump here: a tie, a rounding, a rank"]
    assert notes(python, side(2.0, spread=1.0)) == ["Python has no digit left, R has none"]
    assert notes(side(1.0, spread=1.0), r) == ["Python has no digit left, R has none"]
    assert notes(python, python) == [""]


def test_a_decision_is_undetermined_however_small_its_step_is_beside_the_value() -> None:
    near, far = side(8081939.0, spread=1.0, jumps=True), side(8081940.0)
    for p, q, who in ((near, far, "Python"), (far, near, "R")):
        assert verdicts(p, q) == ["undetermined"]
        assert notes(p, q) == [f"{who} jumps here: a tie, a rounding, a rank"]
    other_end = side(8081940.0, spread=1.0, jumps=True)
    assert verdicts(near, other_end) == ["undetermined"]
    assert notes(near, other_end) == ["both jump here: a tie, a rounding, a rank"]
    for off, verdict in ((1e-4, "agree"), (1e-2, "undetermined")):
        same_end = side(8081939.0 + off)
        assert verdicts(near, same_end) == verdicts(same_end, near) == [verdict]
    of_thousands = side(8081939000.0, spread=1000.0, jumps=True)
    assert verdicts(of_thousands, side(8081939001.0)) == ["agree"]
    assert verdicts(near, near) == ["identical"]
    assert notes(near, near) == [""]
    assert verdicts(side(8081939.0, spread=1.0), far) == ["agree"]
    assert verdicts(near, far, digits=3, reason="rough") == ["agree"]
    declared = {"relative": 1e-6, "reason": "cents"}
    assert verdicts(near, far, tolerance=declared) == ["agree"]
    few = side(3.0, spread=1.0, jumps=True)
    assert notes(few, side(4.0, spread=1.0)) == ["Python has no digit left, R has none"]
