"""Inputs from which one thing is taken away."""

from typing import Any

import numpy as np
import pytest

from compare.explain.other_inputs import EDGE, LACKS, others, with_all_digits

NAN = float("nan")


def changed(**inputs: Any) -> dict[str, dict[str, Any]]:
    return {other.without: other.inputs for other in others(inputs, (*LACKS, EDGE))}


@pytest.mark.parametrize(
    ("given", "without", "expected"),
    [
        (np.array([]), "values in the empty x", np.array([1.371, 2.934, 4.612])),
        (np.array([1.0, NAN, 4.0]), "no missing value in x", np.array([1.0, 2.75, 4.0])),
        (np.array([-1.5, 2.25]), "no negative number in x", np.array([1.5, 2.25])),
        (np.array([-1, 2]), "no negative number in x", np.array([1, 2])),
        (-3, "no negative number in x", 3),
        (-3.25, "no negative number in x", 3.25),
        (
            np.array([0.5, -1.5, 2.25]),
            "no value half way between whole numbers in x",
            np.array([0.75, -1.25, 2.25]),
        ),
        (np.array([3, 1, 2]), "x in increasing order", np.array([1, 2, 3])),
        (["b", "a"], "x in increasing order", ["a", "b"]),
        (["b", "A"], "x in lower case", ["b", "a"]),
        (np.array([2.0]), "x moved up by a millionth", np.array([2.000002])),
        (np.array([-2.0]), "x moved up by a millionth", np.array([-1.999998])),
    ],
)
def test_one_thing_is_gone(given: Any, without: str, expected: Any) -> None:
    found = changed(x=given, n=2)[without]
    assert found["n"] == 2
    assert type(found["x"]) is type(given)
    np.testing.assert_equal(np.asarray(found["x"]), np.asarray(expected))


def test_equal_values_are_moved_apart_in_their_order() -> None:
    x = np.array([2.0, 1.0, 2.0, 3.0])
    moved = changed(x=x)["no two equal values in x"]["x"]
    assert np.abs(moved - x).max() < 1e-3
    assert (np.argsort(moved) == [1, 0, 2, 3]).all()


@pytest.mark.parametrize(
    "given",
    [1.5, True, "text", ["b", 2], np.array([[1.0, NAN]]), np.array([NAN]), np.array([True, False])],
)
def test_nothing_is_taken_from_what_does_not_have_it(given: Any) -> None:
    found = {name.removesuffix(" in x") for name in changed(x=given)}
    assert found <= {"no missing value", "x moved up by a millionth"}


def test_it_is_gone_from_each_input_and_then_from_all() -> None:
    found = changed(a=np.array([-1.5]), b=-2)
    both = found["no negative number in a and b"]
    assert (both["a"].tolist(), both["b"]) == ([1.5], 2)
    assert found["no negative number in a"]["b"] == -2


def test_every_reason_is_said() -> None:
    assert all(other.cause and other.advice for other in others({"x": np.array([-0.5, -0.5])}))


def test_inputs_get_all_their_digits() -> None:
    found = with_all_digits({"x": np.array([0.5, 2.0]), "y": 3.5, "n": 7, "k": np.array([1, 2])})
    assert found is not None
    assert (found["n"], found["k"].tolist()) == (7, [1, 2])
    for name, given in (("x", np.array([0.5, 2.0])), ("y", 3.5)):
        ratio = np.asarray(found[name]) / given
        assert ((ratio > 0.99) & (ratio < 1)).all()
    assert with_all_digits({"n": 7, "words": ["a"]}) is None
