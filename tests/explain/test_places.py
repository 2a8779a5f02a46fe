"""Facts that are said of a difference without a cause."""

from typing import Any

import numpy as np
import pytest

from compare.explain.places import constant, finding, part
from compare.run.leaf import numbers, texts
from tests.explain.made import observed


def said(bad: list[int], n: int, **inputs: Any) -> tuple[str, str] | None:
    marks = np.zeros(n, bool)
    marks[bad] = True
    found = finding(marks, inputs, lambda i: str(i + 1))
    return None if found is None else (found.hypothesis.name, found.hypothesis.parameter)


def test_values_of_one_kind_are_named_where_they_are_many_enough() -> None:
    x = np.array([-1.5, 2.5, -3.5, 4.5] * 6)
    negative = np.flatnonzero(x < 0).tolist()
    assert said(negative, 24, x=x) == ("where", "where x is negative")
    assert said(negative[:-1], 24, x=x) is None
    assert said([0, 2], 4, x=x[:4]) is None  # two of four are few bits
    six_of_thirteen = [*range(0, 11, 2)]  # eleven bits, less those that choose the kind
    assert (
        said(six_of_thirteen, 13, x=np.where(np.isin(np.arange(13), six_of_thirteen), -1.5, 2.5))
        is None
    )


@pytest.mark.parametrize(
    ("x", "kind"),
    [
        (np.where(np.arange(40) % 3, 1.25, 0.0), "where x is zero"),
        (np.where(np.arange(40) % 3, 1.25, 7.0), "where x is a whole number"),
        (np.where(np.arange(40) % 3, 1.25, np.nan), "where x is missing"),
        (np.where(np.arange(40) % 3, 1.25, 2.5), "where x is half way between whole numbers"),
        (np.where(np.arange(40) % 3, 1.25, 2.0**31 + 0.25), "where x is beyond 2^31"),
    ],
)
def test_kinds_are_told_by_the_input_of_the_same_length(x: Any, kind: str) -> None:
    bad = np.flatnonzero(np.arange(40) % 3 == 0).tolist()
    assert said(bad, 40, x=x, other=np.arange(7.0)) == ("where", kind)


def test_a_few_values_are_a_fact_with_their_places() -> None:
    assert said([7], 10) == ("few values", "")
    assert said([7], 9) is None
    assert said([1, 2], 10) is None
    marks = np.zeros(1000, bool)
    marks[[3, 9, 20, 30, 40, 50]] = True
    found = finding(marks, {}, lambda i: str(i + 1))
    assert found is not None
    assert found.seen == (
        "from the values: 994 of 1,000 values are the same, "
        "those at [4], [10], [21], [31], [41] and more are not"
    )
    assert said([], 10) is None
    assert said(list(range(10)), 10) is None


def test_a_whole_number_between_all_values_is_a_fact() -> None:
    found = constant(observed([0, 2, 1], [1, 3, 2]))
    assert found is not None
    assert found.seen == "from the values: R = Python + 1, in all 3 values"
    assert "index_base" in found.hypothesis.advice
    assert found.hypothesis.cause == ""
    less = constant(observed([3.0, 5.0], [1.0, 3.0]))
    assert less is not None
    assert (less.hypothesis.parameter, less.hypothesis.advice) == ("-2", "")
    assert constant(observed([4], [5])) is not None
    assert constant(observed([4], [57])) is None
    assert constant(observed([1, 2], [2, 4])) is None
    assert constant(observed([1.5, 2.5], [1.5, 2.5])) is None


@pytest.mark.parametrize(
    ("python", "r", "fact"),
    [
        ([0, 1, 2], [0, 1, 2, 3], "the 3 values of Python are the first of R's 4"),
        ([0, 7, 8], [7, 8], "the 2 values of R are the last of Python's 3"),
        ([0, 7, 8, 9], [7, 8], "the 2 values of R are among Python's 4"),
        ([1, 3], [3, 2, 1], "the 2 values of Python are among R's 3"),
    ],
)
def test_what_one_language_has_more_is_a_fact(python: Any, r: Any, fact: str) -> None:
    leaves = (numbers("int64", "whole number", python), numbers("integer", "whole number", r))
    found = part(*leaves)
    assert found is not None
    assert found.seen == f"from the values: {fact}"


def test_other_values_are_no_part() -> None:
    assert part(texts("str", ["a", "b"]), texts("character", ["a", "c", "d"])) is None
    assert part(numbers("f", "real number", [1.0]), numbers("d", "real number", [1.0])) is None
    assert part(numbers("f", "real number", []), numbers("d", "real number", [1.0])) is None
