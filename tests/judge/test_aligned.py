"""Which value of an output in Python belongs to which in R: by labels, else by places."""

import numpy as np

from compare.judge.structure import aligned
from compare.run.leaf import numbers
from tests.judge.leaves import matrix, number


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
