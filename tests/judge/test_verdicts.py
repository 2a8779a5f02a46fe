import pytest

from compare.judge.verdicts import DISAGREEING, MEANING, exit_code


def test_0_is_for_what_holds() -> None:
    holding = ["identical", "agree", "undetermined", "reproduced", "within rounding", "holds"]
    assert exit_code([*holding, "unproved", "as reviewed"], problems=False, crashed=False) == 0
    assert exit_code([], problems=False, crashed=False) == 0


@pytest.mark.parametrize("verdict", ["mismatch", "disagree", "contradicted", "changed"])
def test_1_is_for_every_disagreement(verdict: str) -> None:
    assert verdict in DISAGREEING
    assert exit_code(["agree", verdict], problems=False, crashed=False) == 1


def test_2_is_for_what_was_not_compared_and_outranks_1() -> None:
    assert exit_code(["agree", "not compared"], problems=False, crashed=False) == 2
    assert exit_code(["disagree", "not compared"], problems=False, crashed=False) == 2
    assert exit_code(["disagree"], problems=True, crashed=False) == 2
    assert exit_code(["agree"], problems=True, crashed=False) == 2


def test_70_is_for_a_fault_of_the_program_and_outranks_all() -> None:
    assert exit_code(["agree"], problems=False, crashed=True) == 70
    assert exit_code(["disagree", "not compared"], problems=True, crashed=True) == 70


def test_every_code_has_a_meaning() -> None:
    assert list(MEANING) == [0, 1, 2, 70]
