import numpy as np

from compare.judge.structure import aligned, plan, side_by_side
from compare.run.leaf import Leaf, Leaves, nothing, numbers
from tests.judge.leaves import number, text


def opened(python: Leaves, r: Leaves, **names: str) -> tuple[Leaves, Leaves]:
    both = plan(python, r, names)
    return both.apply("python", python), both.apply("r", r)


def matrix(*rows: list[float], labels: tuple[tuple[str, ...] | None, ...] = ()) -> Leaf:
    return numbers("float64", "real number", np.array(rows), labels=labels)


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


def test_values_meet_by_their_places() -> None:
    match = aligned(number(1.0, 2.0), number(3.0, 4.0), {})
    assert match.shape == (2,)
    assert match.at_python.tolist() == match.at_r.tolist() == [0, 1]
    assert (match.notes, match.differing, match.problem) == ([], [], "")


def test_values_meet_by_their_labels_in_pythons_order() -> None:
    python = number(1.0, 2.0, 3.0, labels=(("a", "b", "c"),))
    match = aligned(python, number(1.0, 2.0, 3.0, labels=(("c", "a", "b"),)), {})
    assert match.at_python.tolist() == [0, 1, 2]
    assert match.at_r.tolist() == [1, 2, 0]
    assert match.notes == ["names in another order"]
    assert match.differing == []
    same = aligned(python, python, {})
    assert same.notes == []


def test_labels_that_only_one_language_has_are_said_and_the_others_compared() -> None:
    python = number(1.0, 2.0, 3.0, labels=(("a", "b", "c"),))
    match = aligned(python, number(1.0, 2.0, labels=(("d", "b"),)), {})
    assert match.differing == ["only in Python: a, c", "only in R: d"]
    assert match.shape == (1,)
    assert (match.at_python.tolist(), match.at_r.tolist()) == ([1], [1])
    assert match.notes == ["shape 3 in Python, 2 in R"]
    other = aligned(python, number(2.0, labels=(("b",),)), {})
    assert other.differing == ["only in Python: a, c"]
    many = number(*range(8), labels=(tuple("abcdefgh"),))
    assert aligned(many, number(1.0, labels=(("h",),)), {}).differing == [
        "only in Python: a, b, c, d, e and 2 more"
    ]


def test_where_no_label_is_common_values_meet_by_their_places() -> None:
    match = aligned(number(1.0, labels=(("a",),)), number(2.0, labels=(("b",),)), {})
    assert match.differing == ["only in Python: a", "only in R: b"]
    assert match.at_python.tolist() == match.at_r.tolist() == [0]


def test_labels_of_one_language_may_stand_for_those_of_the_other() -> None:
    python = number(1.0, 2.0, labels=(("x", "const"),))
    r = number(2.0, 1.0, labels=(("(Intercept)", "x"),))
    match = aligned(python, r, {"(Intercept)": "const"})
    assert match.at_r.tolist() == [1, 0]
    assert match.differing == []


def test_labels_that_stand_twice_are_not_paired() -> None:
    twice, once = number(1.0, 2.0, labels=(("a", "a"),)), number(1.0, 2.0, labels=(("a", "b"),))
    for pair in ((twice, once), (once, twice)):
        match = aligned(*pair, {})
        assert match.differing == ["names differ, and some stand there twice"]
        assert match.at_r.tolist() == [0, 1]
    assert aligned(twice, twice, {}).differing == []


def test_labels_of_one_language_alone_are_a_note() -> None:
    labelled = number(1.0, labels=(("a",),))
    assert aligned(labelled, number(1.0), {}).notes == ["names in Python only"]
    assert aligned(number(1.0), labelled, {}).notes == ["names in R only"]
    column = matrix([1.0], [2.0])
    assert aligned(column, number(1.0, 2.0, labels=(("a", "b"),)), {}).notes == [
        "names in R only",
        "shape 2x1 in Python, 2 in R",
    ]
    named_column = matrix([1.0], [2.0], labels=(("a", "b"), None))
    assert aligned(named_column, number(1.0, 2.0), {}).notes[0] == "names in Python only"


def test_rows_and_columns_of_a_matrix_meet_by_their_labels() -> None:
    python = matrix([1, 2, 3], [4, 5, 6], labels=(("r", "s"), ("a", "b", "c")))
    r = matrix([6, 4, 5], [3, 1, 2], labels=(("s", "r"), ("c", "a", "b")))
    match = aligned(python, r, {})
    assert match.shape == (2, 3)
    assert python.values.ravel()[match.at_python].tolist() == [1, 2, 3, 4, 5, 6]
    assert r.values.ravel()[match.at_r].tolist() == [1, 2, 3, 4, 5, 6]


def test_axes_of_length_one_do_not_count_and_are_noted() -> None:
    match = aligned(matrix([1.0], [2.0]), number(1.0, 2.0), {})
    assert match.problem == ""
    assert match.notes == ["shape 2x1 in Python, 2 in R"]
    assert match.shape == (2, 1)
    scalar = numbers("float64", "real number", 1.0)
    for pair in ((scalar, number(1.0)), (number(1.0), scalar), (scalar, scalar)):
        assert aligned(*pair, {}).notes == []
        assert aligned(*pair, {}).shape == ()
    assert aligned(matrix([1.0]), number(1.0), {}).notes == ["shape 1x1 in Python, 1 in R"]
    assert aligned(number(1.0), matrix([1.0]), {}).notes == ["shape 1 in Python, 1x1 in R"]


def test_other_shapes_are_a_problem() -> None:
    match = aligned(matrix([1, 2, 3], [4, 5, 6]), matrix([1, 2], [3, 4], [5, 6]), {})
    assert match.problem == "shape 2x3 in Python, 3x2 in R"
    assert match.at_python.size == 0
    short = aligned(number(1.0), number(1.0, 2.0), {})
    assert short.problem == "shape 1 in Python, 2 in R"
    one = aligned(numbers("float", "real number", 1.0), number(1.0, 2.0), {})
    assert one.problem == "shape scalar in Python, 2 in R"
    typed = aligned(number(1.0, labels=(("a",),)), number(1.0, 2.0, family="whole number"), {})
    assert typed.notes == ["type float64 in Python, float64 in R", "names in Python only"]
    said = aligned(
        matrix([1, 2], labels=(("a",), None)), matrix([1, 2, 3], labels=(("b",), None)), {}
    )
    assert said.differing == ["only in Python: a", "only in R: b"]


def test_types_are_a_note() -> None:
    whole = numbers("int64", "whole number", np.array([1]))
    assert aligned(whole, number(1.0), {}).notes == ["type int64 in Python, float64 in R"]
    assert aligned(whole, whole, {}).notes == []
    for name, word in (("float32", "single"), ("float16", "half"), ("complex64", "single")):
        narrow = numbers(name, "real number", np.array([1.0]))
        assert aligned(narrow, number(1.0), {}).notes == [f"{word} precision in Python"]


def test_what_no_name_asks_to_be_opened_stays_as_it_is() -> None:
    leaf = number(1.0, 2.0)
    python, r = opened({"a": leaf}, {"a": leaf})
    assert python["a"] is r["a"] is leaf


def test_types_and_names_are_both_noted_where_shapes_differ_too() -> None:
    python = number(1.0, 2.0, labels=(("a", "b"),))
    r = numbers("integer", "whole number", np.array([[1, 2]]))
    assert aligned(python, r, {}).notes[:2] == [
        "type float64 in Python, integer in R",
        "names in Python only",
    ]


def test_of_many_names_the_first_are_listed() -> None:
    for n, said in ((5, "v0, v1, v2, v3, v4"), (6, "v0, v1, v2, v3, v4 and 1 more")):
        names = tuple(f"v{i}" for i in range(n))
        python = number(*range(n + 1), labels=((*names, "x"),))
        assert aligned(python, number(1.0, labels=(("x",),)), {}).differing == [
            f"only in Python: {said}"
        ]


def test_labels_count_where_one_side_has_an_axis_of_length_1_more() -> None:
    a, b = number(1.0, 2.0, labels=(("slope", "const"),)), ("const", "slope")
    for r in (
        matrix([1.0], [2.0], labels=(b, ("Estimate",))),
        matrix([1.0, 2.0], labels=(None, b)),
        numbers("float64", "real number", np.array([[[1.0], [2.0]]]), labels=(None, b, None)),
    ):
        found = aligned(a, r, {})
        assert (found.at_python.tolist(), found.at_r.tolist()) == ([0, 1], [1, 0])
        assert found.shape == (2,)
        assert found.notes[0] == "names in another order"
        other = aligned(r, a, {})
        assert (other.at_python.tolist(), other.at_r.tolist()) == ([0, 1], [1, 0])
        assert other.shape == r.shape
        assert not found.differing
    one = aligned(number(1.0), matrix([1.0], labels=(("a",), None)), {})
    assert (one.shape, one.at_r.tolist()) == ((1,), [0])
