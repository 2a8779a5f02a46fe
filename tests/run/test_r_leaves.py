from typing import Any

import numpy as np
import pytest

from compare.run.leaf import NA, NAN, PRESENT, Leaf
from tests.run.calls import InR, plain


def returned(called_in_r: InR, expression: str) -> dict[str, Leaf]:
    answer = called_in_r(f"f <- function() {expression}\n")
    assert answer.error == ""
    return answer.leaves


@pytest.mark.parametrize(
    ("expression", "leaves"),
    [
        ("1.5", {"value": [1.5]}),
        ("c(TRUE, NA)", {"value": [1, None]}),
        ("c(1L, NA)", {"value": [1, None]}),
        ("c('a', NA)", {"value": ["a", None]}),
        (r"c('\xe9a', NA, '\ub5')", {"value": ["<e9>a", None, "\u00b5"]}),
        ("{ s <- rawToChar(as.raw(233)); Encoding(s) <- 'bytes'; s }", {"value": ["<e9>"]}),
        ("{ s <- rawToChar(as.raw(233)); Encoding(s) <- 'latin1'; s }", {"value": ["\u00e9"]}),
        ("matrix(1:6, 2)", {"value": [[1, 3, 5], [2, 4, 6]]}),
        ("array(1:8, c(2, 2, 2))", {"value": [[[1, 5], [3, 7]], [[2, 6], [4, 8]]]}),
        ("1+2i", {"value": [1 + 2j]}),
        ("as.raw(c(1, 255))", {"value": [1, 255]}),
        ("list(a = 1, b = list(c = 2))", {"a": [1], "b.c": [2]}),
        ("list(1, 2)", {"value": [1, 2]}),
        ("list(1, 'a')", {"1": [1], "2": ["a"]}),
        ("list(c(1, 2), c(3, 4))", {"value": [[1, 2], [3, 4]]}),
        ("list(c(1, 2), 3)", {"1": [1, 2], "2": [3]}),
        ("list(a = 1, a = 2)", {"a": [1], "a#2": [2]}),
        ("list(a = list(1, 'x'), a = 2)", {"a.1": [1], "a.2": ["x"], "a#2": [2]}),
        ("list(1, b = 2)", {"1": [1], "b": [2]}),
        ("data.frame(a = 1, a = 2, check.names = FALSE)", {"a": [1], "a#2": [2]}),
        ("list()", {"value": []}),
        ("numeric(0)", {"value": []}),
        ("factor(c('u', 'v', NA))", {"value": ["u", "v", None]}),
        ("as.Date(c('1970-01-11', NA))", {"value": [10, None]}),
        ("as.POSIXct('1970-01-01 00:01:00', tz = 'UTC')", {"value": [60]}),
        ("as.POSIXlt('1970-01-01 00:01:00', tz = 'UTC')", {"value": [60]}),
        ("as.difftime(1, units = 'mins')", {"value": [60]}),
        ("data.frame(a = c(1, NA), b = c('u', 'v'))", {"a": [1, None], "b": ["u", "v"]}),
        ("data.frame()", {"value": []}),
        ("structure(list(a = 1), class = 'own', more = 2)", {"a": [1]}),
        ("pairlist(a = 1)", {"a": [1]}),
        ("table(c('x', 'y', 'x'))", {"value": [2, 1]}),
    ],
)
def test_a_result_is_taken_apart_into_named_values(
    called_in_r: InR, expression: str, leaves: dict[str, Any]
) -> None:
    found = returned(called_in_r, expression)
    assert {name: plain(leaf) for name, leaf in found.items()} == leaves


@pytest.mark.parametrize(
    ("expression", "type_", "family"),
    [
        ("1L", "integer", "whole number"),
        ("1", "double", "real number"),
        ("TRUE", "logical", "truth value"),
        ("'a'", "character", "text"),
        ("factor('a')", "factor", "text"),
        ("as.Date('2020-01-01')", "Date", "date"),
        ("Sys.time()", "POSIXct", "time"),
        ("matrix(1)", "double", "real number"),
    ],
)
def test_each_has_its_type_and_what_both_languages_call_it(
    called_in_r: InR, expression: str, type_: str, family: str
) -> None:
    (leaf,) = returned(called_in_r, expression).values()
    assert (leaf.type, leaf.family) == (type_, family)


@pytest.mark.parametrize(
    ("expression", "labels"),
    [
        ("c(a = 1, b = 2)", (("a", "b"),)),
        ("c(1, 2)", (None,)),
        ("matrix(1:4, 2, dimnames = list(NULL, c('p', 'q')))", (None, ("p", "q"))),
        ("table(c('x', 'y'))", (("x", "y"),)),
        ("factor(c(k = 'a'))", (None,)),
    ],
)
def test_names_are_labels(called_in_r: InR, expression: str, labels: Any) -> None:
    (leaf,) = returned(called_in_r, expression).values()
    assert leaf.labels == labels


def test_the_rows_of_a_table_are_labels_where_somebody_named_them(called_in_r: InR) -> None:
    named = returned(called_in_r, "data.frame(a = 1:2, row.names = c('p', 'q'))")
    assert named["a"].labels == (("p", "q"),)
    assert returned(called_in_r, "data.frame(a = 1:2)")["a"].labels == (None,)


def test_na_is_a_nan_that_can_be_computed_with(called_in_r: InR) -> None:
    values = returned(called_in_r, "c(1, NA)")["value"].values
    with np.errstate(invalid="raise"):
        assert np.isnan(values * 2).tolist() == [False, True]


def test_na_and_nan_are_two_things(called_in_r: InR) -> None:
    (leaf,) = returned(called_in_r, "c(1, NA, NaN, NA_integer_, 0/0)").values()
    assert leaf.missing.tolist() == [PRESENT, NA, NAN, NA, NAN]


@pytest.mark.parametrize(
    ("expression", "type_", "advice"),
    [
        ("{ setClass('P', representation(a = 'numeric')); new('P', a = 1) }", "P", "slots"),
        ("sin", "builtin", "return what it gives, not the function"),
        ("globalenv()", "environment", "return as.list(...) of it"),
        ("quote(a + b)", "language", "return as.character(...) of it"),
        ("structure(1, class = 'integer64')", "integer64", "return as.numeric(...) of it"),
    ],
)
def test_what_is_no_value_says_what_to_return_instead(
    called_in_r: InR, expression: str, type_: str, advice: str
) -> None:
    (leaf,) = returned(called_in_r, expression).values()
    assert (leaf.kind, leaf.type) == ("other", type_)
    assert advice in leaf.advice


def test_null_is_nothing(called_in_r: InR) -> None:
    assert returned(called_in_r, "NULL")["value"].kind == "nothing"
    assert returned(called_in_r, "list(a = NULL)")["a"].kind == "nothing"
