import numpy as np

from compare.judge.structure import plan, side_by_side
from compare.run.leaf import Leaves, nothing, numbers
from tests.judge.leaves import matrix, number, text


def opened(python: Leaves, r: Leaves, **names: str) -> tuple[Leaves, Leaves]:
    both = plan(python, r, names)
    return both.apply("python", python), both.apply("r", r)


def test_outputs_meet_by_their_names_in_pythons_order() -> None:
    python, r = {"b": number(1.0), "a": number(2.0)}, {"a": number(3.0), "c": number(4.0)}
    sides = side_by_side(python, r)
    assert [s.output for s in sides] == ["b", "a", "c"]
    assert sides[0].r is None
    assert sides[1].python is python["a"]
    assert sides[1].r is r["a"]
    assert sides[2].python is None


def test_a_name_of_one_language_may_stand_for_one_of_the_other() -> None:
    python, r = opened(
        {"const": number(1.0)}, {"(Intercept)": number(2.0)}, **{"(Intercept)": "const"}
    )
    assert list(python) == list(r) == ["const"]
    python, r = opened({"a.x": number(1.0)}, {"a.y": number(2.0)}, y="x")
    assert list(python) == list(r) == ["a.x"]
    python, r = opened({"w": number(1.0)}, {"a.y": number(2.0)}, **{"a.y": "w"})
    assert list(python) == list(r) == ["w"]


def test_two_names_that_become_one_stay_two() -> None:
    _, r = opened({}, {"a": number(1.0), "b": number(2.0)}, b="a")
    assert list(r) == ["a", "a#2"]


def test_labels_of_one_language_meet_names_of_the_other() -> None:
    names = {"coef.a": number(1.0), "coef.b": number(2.0)}
    labelled = {"coef": number(4.0, 3.0, labels=(("b", "a"),))}
    for python, r in (opened(names, labelled), opened(labelled, names)[::-1]):
        assert sorted(python) == sorted(r) == ["coef.a", "coef.b"]
        assert r["coef.a"].values.tolist() == 3.0
        assert r["coef.b"].values.tolist() == 4.0
        assert r["coef.a"].missing.tolist() == 0
        assert r["coef.a"].labels == ()


def test_labels_of_a_bare_value_are_its_outputs_where_the_other_has_names() -> None:
    python, r = opened({"a": number(1.0)}, {"value": number(2.0, labels=(("a",),))})
    assert list(python) == list(r) == ["a"]
    python, r = opened({"value": number(1.0)}, {"value": number(2.0, labels=(("a",),))})
    assert list(python) == list(r) == ["value"]
    _, r = opened({"c": number(1.0)}, {"value": number(2.0, labels=(("(I)",),))}, **{"(I)": "c"})
    assert list(r) == ["c"]


def test_labelled_columns_of_a_matrix_meet_the_columns_of_a_table() -> None:
    table = {"t.u": number(1.0, 2.0), "t.v": number(3.0, 4.0)}
    rows = matrix([1.0, 3.0], [2.0, 4.0], labels=(("r1", "r2"), ("u", "v")))
    _, r = opened(table, {"t": rows})
    assert list(r) == ["t.u", "t.v"]
    assert r["t.u"].values.tolist() == [1.0, 2.0]
    assert r["t.v"].missing.tolist() == [0, 0]
    assert r["t.u"].labels == (("r1", "r2"),)


def test_labels_stay_where_nothing_asks_for_names() -> None:
    labelled = {"x": number(1.0, labels=(("a",),))}
    assert list(opened(labelled, {"xy": number(1.0)})[0]) == ["x"]
    assert list(opened(labelled, {"x.a": nothing("NULL")})[0]) == ["x.a"]
    assert list(opened({"x": number(1.0)}, {"x.a": number(1.0)})[0]) == ["x"]
    assert list(opened({"x": nothing("None")}, {"x.a": number(1.0)})[0]) == ["x"]
    assert list(opened({"x": text("t", labels=(("a",),))}, {"x.a": text("t")})[0]) == ["x.a"]


def test_complex_values_are_their_two_parts_in_both_languages() -> None:
    complex_ = numbers("complex128", "complex number", np.array([1 + 2j, 3 - 4j]))
    for python, r in (
        opened({"z": complex_}, {"z": number(1.0, 3.0)}),
        opened({"z": number(1.0, 3.0)}, {"z": complex_})[::-1],
    ):
        assert list(python) == list(r) == ["z.real", "z.imag"]
        assert python["z.real"].values.tolist() == [1, 3]
        assert python["z.imag"].values.tolist() == [2, -4]
        assert r["z.imag"].values.tolist() == [0, 0]
        assert python["z.imag"].values.dtype == np.float64
    assert list(opened({"z": complex_}, {"z": text("a")})[1]) == ["z"]


def test_what_no_name_asks_to_be_opened_stays_as_it_is() -> None:
    leaf = number(1.0, 2.0)
    python, r = opened({"a": leaf}, {"a": leaf})
    assert python["a"] is r["a"] is leaf
