from typing import Any

import numpy as np
import pytest

from compare.case.contract import Contract
from compare.judge.changes import Changes
from compare.judge.pair_outputs import JudgedOutput, judge_results
from compare.judge.values import ORDER
from compare.run.leaf import Leaf, Leaves, nothing, numbers, other, texts
from tests.judge.leaves import number, text


def sides(leaves: Leaves, members: Leaves | None = None) -> Any:
    found = {}
    for name, leaf in leaves.items():
        if leaf.kind in ("number", "text"):
            changes = Changes(leaf)
            changes.again(leaf)
            changes.add((members or leaves)[name])
            found[name] = changes.side()
    return leaves, found


def judge(
    python: Leaves,
    r: Leaves,
    moved: Leaves | None = None,
    largest: float = 1.0,
    names: dict[str, str] | None = None,
    **contracts: Any,
) -> list[JudgedOutput]:
    declared = {name: Contract.model_validate(c) for name, c in contracts.items()}
    return judge_results(sides(python, moved), sides(r), declared, names or {}, largest)


def one(python: Leaf, r: Leaf, **contract: Any) -> JudgedOutput:
    if not contract:
        return judge({"x": python}, {"x": r})[0]
    return judge({"x": python}, {"x": r}, x=contract)[0]


def test_equal_values_are_identical() -> None:
    judged = one(number(1.0, 2.0), number(1.0, 2.0))
    assert (judged.output, judged.verdict, judged.fails) == ("x", "identical", False)
    assert judged.shape == (2,)
    assert judged.notes == []
    assert judged.values is not None
    assert judged.values.verdicts.tolist() == [0, 0]


def test_an_output_has_the_verdict_of_its_worst_value() -> None:
    judged = one(number(1.0, 2.0, 3.0, None), number(1.0, 2.5, 3.0, None))
    assert (judged.verdict, judged.fails) == ("disagree", True)
    judged = one(number(1.0, None), number(1.0, None))
    assert (judged.verdict, judged.fails) == ("missing", False)


def test_an_output_of_one_language_disagrees() -> None:
    judged = judge({"a": number(1.0)}, {"b": number(1.0)})
    assert [(j.output, j.verdict, j.fails, j.notes) for j in judged] == [
        ("a", "disagree", True, ["only in Python"]),
        ("b", "disagree", True, ["only in R"]),
    ]
    assert judged[0].values is None


def test_what_is_no_value_is_named_with_what_to_return_instead() -> None:
    strange = other("P", "return its slots")
    for pair, language in (((strange, number(1.0)), "Python"), ((number(1.0), strange), "R")):
        judged = one(*pair)
        assert (judged.verdict, judged.fails) == ("not compared", True)
        assert judged.notes == [f"{language} returned P, no values: return its slots"]


def test_nothing_in_both_languages_is_identical_and_vacuous() -> None:
    judged = one(nothing("None"), nothing("NULL"))
    assert (judged.verdict, judged.fails) == ("identical", False)
    assert judged.notes == ["vacuous: nothing in both languages"]


@pytest.mark.parametrize(
    ("leaf", "verdict", "note"),
    [
        (number(), "identical", "vacuous: None in Python, no value in the other"),
        (number(None), "missing", "None in Python, NA in the other"),
        (text(None), "missing", "None in Python, NA in the other"),
        (number(1.0), "disagree", "None in Python, 1 values in the other"),
        (number(None, None), "disagree", "None in Python, 2 values in the other"),
    ],
)
def test_nothing_in_one_language(leaf: Leaf, verdict: str, note: str) -> None:
    judged = one(nothing("None"), leaf)
    assert (judged.verdict, judged.notes) == (verdict, [note])
    assert judged.fails == (verdict == "disagree")
    turned = one(leaf, nothing("NULL"))
    assert turned.verdict == verdict
    assert turned.notes == [note.replace("None in Python", "NULL in R")]


def test_text_and_numbers_are_not_comparable() -> None:
    judged = one(text("1"), number(1.0))
    assert (judged.verdict, judged.fails) == ("not comparable", True)
    assert judged.notes == [
        "text in Python (str), numbers in R (float64): return the same kind in both"
    ]
    assert one(number(1.0), text("1")).notes[0].startswith("numbers in Python (float64), text in R")
    assert one(text(None), number(None)).verdict == "missing"
    assert one(text("a"), number(None)).verdict == "disagree"
    assert one(number(None), text("a")).verdict == "disagree"


def test_another_shape_disagrees_and_is_said_after_names() -> None:
    judged = one(
        number(1.0, 2.0, labels=(("a", "b"),), family="whole number"),
        number(1.0, 2.0, 3.0, labels=(("c", "d", "e"),)),
    )
    assert (judged.verdict, judged.fails) == ("disagree", True)
    assert judged.notes == [
        *("only in Python: a, b", "only in R: c, d, e"),
        "shape 2 in Python, 3 in R",
        "type float64 in Python, float64 in R",
    ]


def test_names_that_differ_disagree_whatever_the_values() -> None:
    judged = one(number(1.0, labels=(("a",),)), number(1.0, labels=(("b",),)))
    assert (judged.verdict, judged.fails) == ("disagree", True)
    assert judged.notes == ["only in Python: a", "only in R: b"]
    assert judged.values is not None
    assert ORDER[judged.values.verdicts[0]] == "identical"
    declared = one(number(1.0, labels=(("a",),)), number(1.0, labels=(("b",),)), names={"b": "a"})
    assert declared.verdict == "identical"
    everywhere = judge(
        {"x": number(1.0, labels=(("a",),))}, {"x": number(1.0, labels=(("b",),))}, names={"b": "a"}
    )
    assert everywhere[0].verdict == "identical"


def test_vacuous_outputs_are_noted() -> None:
    assert one(number(), number()).notes == ["vacuous: no value"]
    assert one(number(), number()).verdict == "identical"
    assert one(number(0.0, 0.0), number(0.0, 0.0)).notes == ["vacuous: all zero"]
    assert one(number(0.0, 1.0), number(0.0, 1.0)).notes == []
    assert one(number(0.0), number(1.0)).notes == []
    assert one(number(1.0), number(0.0)).notes == []
    assert one(number(None), number(None)).notes == []
    assert one(text(), text()).notes == ["vacuous: no value"]
    assert one(text("a"), text("a")).notes == []
    assert one(text("0"), text("0")).notes == []


def test_undetermined_fails_unless_it_is_declared() -> None:
    python, r, moved = {"x": number(1.0)}, {"x": number(1.1)}, {"x": number(1.5)}
    (judged,) = judge(python, r, moved, x={"undetermined": "a random start"})
    assert (judged.verdict, judged.fails) == ("undetermined", False)
    assert judged.declared == ["declared: a random start"]
    (judged,) = judge({"x": number(1.0)}, {"x": number(1.0 + 1e-7)}, {"x": number(1.0 + 1e-5)})
    assert (judged.verdict, judged.fails) == ("undetermined", True)
    (judged,) = judge({"x": number(1.0)}, {"x": number(2.0)}, x={"undetermined": "a random start"})
    assert (judged.verdict, judged.fails) == ("disagree", True)


def test_zero_up_to_rounding_is_measured_by_the_output_and_the_inputs() -> None:
    def verdict(largest: float, *others: float) -> str:
        python, r = number(1e-13, *others), number(0.0, *others)
        moved = number(-1e-13, *others)
        (judged,) = judge({"x": python}, {"x": r}, {"x": moved}, largest)
        return judged.verdict

    assert verdict(1e3) == "agree"
    assert verdict(1e-3) == "disagree"
    assert verdict(1e-3, 1e3) == "agree"
    assert verdict(1e-3, np.inf) == "disagree"


def test_the_type_is_a_note() -> None:
    whole = numbers("int64", "whole number", np.array([1]))
    judged = one(whole, number(1.0))
    assert (judged.verdict, judged.notes) == (
        "identical",
        ["type int64 in Python, float64 in R"],
    )


@pytest.mark.parametrize("language", ["python", "r"])
def test_whole_numbers_of_which_a_double_stands_for_several_agree_at_best(language: str) -> None:
    plain = numbers("int64", "whole number", np.array([2.0**53]))
    rounded = numbers("int64", "whole number", np.array([2.0**53]), rounded=True)
    judged = one(rounded, plain) if language == "python" else one(plain, rounded)
    assert judged.verdict == "agree"
    assert judged.notes == ["whole numbers beyond 2^53, of which a double stands for several"]


def test_texts_are_vacuous_only_where_there_are_none() -> None:
    empty = texts("str", [])
    assert one(empty, empty).notes == ["vacuous: no value"]
    assert one(text("0"), text("0")).notes == []
