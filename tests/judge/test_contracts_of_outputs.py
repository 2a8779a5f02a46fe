"""What a contract does to the verdict on an output."""

import numpy as np

from compare.case.contract import Contract
from compare.judge.pair_outputs import judge_results
from compare.run.leaf import numbers, other
from tests.judge.leaves import number, text
from tests.judge.test_pair_outputs import judge, one, sides


def test_contracts_are_applied() -> None:
    known = {"offset": 2, "reason": "sigma"}
    judged = one(number(1.0), number(3.0), known_difference=known)
    assert (judged.verdict, judged.fails) == ("agree", False)
    assert judged.declared == ["known difference: sigma"]
    assert judged.contract.known_difference is not None
    changed = one(number(1.0), number(3.1), known_difference=known)
    assert changed.verdict == "disagree"
    unfitting = one(number(1.0), number(3.0), known_difference={"offset": [1, 2], "reason": "s"})
    assert (unfitting.verdict, unfitting.fails) == ("not compared", True)
    assert unfitting.notes == ["known_difference.offset has 2 numbers, the output 1 values"]
    groups = one(text("a", "a", "b"), number(2.0, 2.0, 1.0), compare="as partition")
    assert groups.verdict == "identical"  # of whatever kind the labels are


def test_a_contract_for_nothing_is_not_compared() -> None:
    judged = judge({"x": number(1.0)}, {"x": number(1.0)}, y={"compare": "exact"})
    assert [(j.output, j.verdict, j.fails) for j in judged] == [
        ("x", "identical", False),
        ("y", "not compared", True),
    ]
    assert judged[1].notes == [
        "the case file has a contract for it, and neither language returns it"
    ]


def test_a_contract_for_complex_values_is_for_both_parts() -> None:
    parts = {"z.real": number(1.0), "z.imag": number(2.0)}
    other_parts = {"z.real": number(1.1), "z.imag": number(2.1)}
    declared = {"tolerance": {"absolute": 0.2, "reason": "rough"}}
    assert [j.verdict for j in judge(parts, other_parts, z=declared)] == ["agree", "agree"]
    own = judge_results(
        sides(parts), sides(other_parts), {"z.real": Contract.model_validate(declared)}, {}, 1.0
    )
    assert [j.verdict for j in own] == ["agree", "disagree"]
    ordered = judge(parts, parts, z={"compare": "up to order"})
    assert {j.verdict for j in ordered} == {"not compared"}
    assert ordered[0].notes == ["complex values have no order: return them sorted"]


def test_an_output_that_cannot_be_compared_keeps_its_contract() -> None:
    judged = one(number(1.0), other("P", "return its numbers"), compare="exact")
    assert judged.verdict == "not compared"
    assert judged.contract.compare == "exact"


def test_signs_are_those_of_the_columns_of_a_matrix() -> None:
    values = np.array([[1.0, 2.0], [3.0, 4.0]])
    python = numbers("float64", "real number", values)
    r = numbers("double", "real number", values * [1, -1])
    judged = one(python, r, compare="up to sign of columns")
    assert judged.verdict == "identical"
    assert judged.notes == ["sign of column 2 turned"]


def test_a_conjugate_is_no_column_with_another_sign() -> None:
    real, imaginary, conjugate = number(5.0, 2.0), number(3.0, -1.0), number(-3.0, 1.0)
    signs = {"compare": "up to sign of columns"}
    both = {"z.real": real, "z.imag": imaginary}
    found = judge(both, {"z.real": real, "z.imag": conjugate}, z=signs)
    assert [j.verdict for j in found] == ["identical", "disagree"]
    negative = {"z.real": number(-5.0, -2.0), "z.imag": conjugate}
    assert [j.verdict for j in judge(both, negative, z=signs)] == ["identical", "identical"]
    small = {"z.real": number(0.5, 0.25), "z.imag": imaginary}
    found = judge(small, {**small, "z.imag": conjugate}, z=signs)
    assert [j.verdict for j in found] == ["disagree", "identical"]
    # in the order of their labels
    ab, ba = (("a", "b"),), (("b", "a"),)
    python = {"z.real": number(5.0, -4.0, labels=ab), "z.imag": number(1.0, 1.0, labels=ab)}
    r = {"z.real": number(-4.0, 5.0, labels=ba), "z.imag": number(1.0, 1.0, labels=ba)}
    for pair in ((python, r), (r, python)):
        assert [j.verdict for j in judge(*pair, z=signs)] == ["identical", "identical"]
    # and only what both have
    abc, nines = (("a", "b", "c"),), (9.0,)
    more = {
        "z.real": number(5.0, -4.0, *nines, labels=abc),
        "z.imag": number(1.0, 1.0, *nines, labels=abc),
    }
    for one_part in judge(more, r, z=signs):
        assert one_part.values is not None
        assert not one_part.values.verdicts.any()
        assert one_part.notes[0] == "only in Python: c"
    # a part alone, and one of another length beside it
    assert judge({"z.imag": imaginary}, {"z.imag": conjugate}, z=signs)[0].verdict == "identical"
    short = {"z.real": number(0.5), "z.imag": conjugate}
    found = judge({**short, "z.imag": imaginary}, short, z=signs)
    assert [j.verdict for j in found] == ["identical", "identical"]
