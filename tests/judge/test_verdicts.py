from typing import get_args

import pytest

from compare.judge.verdicts import (
    DISAGREEING,
    FAILING,
    MARKS,
    MEANING,
    PairVerdict,
    PrintedVerdict,
    ReferenceVerdict,
    exit_code,
    rank,
)


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


def test_verdicts_are_ranked_from_what_holds_to_what_fails() -> None:
    ranked = ["reproduced", "within rounding", "identical", "agree", "undetermined", "disagree"]
    assert [rank(verdict) for verdict in ranked] == sorted(map(rank, ranked))
    assert rank("no verdict") > max(map(rank, FAILING))
    assert [MARKS[v] for v in FAILING] == ["bad"] * len(FAILING)
    assert {v for v, mark in MARKS.items() if mark == "bad"} == set(FAILING)


def test_every_verdict_has_a_mark() -> None:
    words = (PairVerdict, PrintedVerdict, ReferenceVerdict)
    assert {v for kind in words for v in get_args(kind)} <= set(MARKS)
