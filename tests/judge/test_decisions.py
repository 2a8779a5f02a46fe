import pytest

from compare.judge.decisions import Decision, review


@pytest.mark.parametrize("verdict", ["holds", "does not hold", "holds if alpha is 1"])
def test_a_claim_holds_or_not_or_under_a_condition(verdict: str) -> None:
    assert Decision(verdict, "measured").verdict == verdict


@pytest.mark.parametrize("verdict", ["", "yes", "holds, if", "does not", "Holds"])
def test_no_other_words_are_a_decision(verdict: str) -> None:
    with pytest.raises(ValueError, match=f"^{verdict!r} is not a verdict$"):
        Decision(verdict, "measured")


def test_a_decision_other_than_the_reviewed_one_is_a_change_with_its_evidence() -> None:
    assert review("holds", "holds", "3 of 3") == ("as reviewed", "")
    assert review("holds", "does not hold", "3 of 3") == (
        "changed",
        "now 'holds', reviewed as 'does not hold': 3 of 3",
    )
