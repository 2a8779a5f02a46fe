from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from compare.run.leaf import NA, NAN, PRESENT, Leaf
from compare.run.probe import Answer, Call, probe
from compare.run.rounding import MODES
from compare.run.session import Session
from tests.run.calls import call_of, plain

InR = Callable[..., Answer]


@pytest.fixture(scope="module")
def session() -> Iterator[Session]:
    with Session(probe, 300) as session:
        yield session


@pytest.fixture
def in_r(session: Session, tmp_path: Path) -> InR:
    def call(code: str, **more: Any) -> Answer:
        answer: Answer = session.do(call_of(tmp_path / "code", "r", code, **more))
        return answer

    return call


def returned(in_r: InR, expression: str) -> dict[str, Leaf]:
    answer = in_r(f"f <- function() {expression}\n")
    assert answer.error == ""
    return answer.leaves


@pytest.mark.parametrize(
    ("expression", "leaves"),
    [
        ("1.5", {"value": [1.5]}),
        ("c(TRUE, NA)", {"value": [1, None]}),
        ("c(1L, NA)", {"value": [1, None]}),
        ("c('a', NA)", {"value": ["a", None]}),
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
    in_r: InR, expression: str, leaves: dict[str, Any]
) -> None:
    found = returned(in_r, expression)
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
    in_r: InR, expression: str, type_: str, family: str
) -> None:
    (leaf,) = returned(in_r, expression).values()
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
def test_names_are_labels(in_r: InR, expression: str, labels: Any) -> None:
    (leaf,) = returned(in_r, expression).values()
    assert leaf.labels == labels


def test_the_rows_of_a_table_are_labels_where_somebody_named_them(in_r: InR) -> None:
    named = returned(in_r, "data.frame(a = 1:2, row.names = c('p', 'q'))")
    assert named["a"].labels == (("p", "q"),)
    assert returned(in_r, "data.frame(a = 1:2)")["a"].labels == (None,)


def test_na_and_nan_are_two_things(in_r: InR) -> None:
    (leaf,) = returned(in_r, "c(1, NA, NaN, NA_integer_, 0/0)").values()
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
    in_r: InR, expression: str, type_: str, advice: str
) -> None:
    (leaf,) = returned(in_r, expression).values()
    assert (leaf.kind, leaf.type) == ("other", type_)
    assert advice in leaf.advice


def test_null_is_nothing(in_r: InR) -> None:
    assert returned(in_r, "NULL")["value"].kind == "nothing"
    assert returned(in_r, "list(a = NULL)")["a"].kind == "nothing"


INPUTS: dict[str, Any] = {
    "whole": (3, "integer", [3]),
    "large": (2**31, "double", [2**31]),
    "most": (2**31 - 1, "integer", [2**31 - 1]),
    "double": (20000.0, "double", [20000]),
    "truth": (True, "logical", [1]),
    "text": ("t\u00e9xt", "character", ["t\u00e9xt"]),
    "vector": (np.array([0.1, 1e-300]), "double", [0.1, 1e-300]),
    "wholes": (np.array([1, -2]), "integer", [1, -2]),
    "wholes beyond": (np.array([1, 2**40]), "double", [1, 2**40]),
    "smallest": (np.array([-(2**31)]), "double", [-(2**31)]),
    "empty": (np.empty(0), "double", []),
    "texts": (["a", "b"], "character", ["a", "b"]),
    "matrix": (np.array([[1.5, 2], [3, 4], [5, 6]]), "double", [[1.5, 2], [3, 4], [5, 6]]),
    "cube": (np.arange(24.0).reshape(2, 3, 4), "double", np.arange(24.0).reshape(2, 3, 4).tolist()),
    "nan": (np.array([np.nan, np.inf]), "double", [None, np.inf]),
}


@pytest.mark.parametrize("what", INPUTS)
def test_an_input_is_the_same_values_in_r(in_r: InR, what: str) -> None:
    given, type_, values = INPUTS[what]
    answer = in_r("f <- function(x) list(type = typeof(x), x = x)\n", x=given)
    assert plain(answer.leaves["type"]) == [type_]
    assert plain(answer.leaves["x"]) == values


def test_lists_stay_lists_in_r(in_r: InR) -> None:
    code = "f <- function(x) list(kind = class(x), n = lengths(x), names = names(x))\n"
    ragged = in_r(code, x=[[1, 2], [3]])
    assert (plain(ragged.leaves["kind"]), plain(ragged.leaves["n"])) == (["list"], [2, 1])
    table = in_r(code, x={"a": 1, "b": [1.5, "t"]})
    assert plain(table.leaves["names"]) == ["a", "b"]


def test_a_nan_of_python_is_no_na_in_r(in_r: InR) -> None:
    answer = in_r("f <- function(x) is.nan(x)\n", x=np.array([np.nan]))
    assert plain(answer.leaves["value"]) == [1]


@pytest.mark.parametrize(
    ("head", "inputs", "said"),
    [
        ("x, y", {"y": 1, "x": 2}, "x=2 y=1"),
        ("x, y", {"a": 1, "b": 2}, "x=1 y=2"),
        ("x, y", {"a": 1, "x": 2}, "x=2 y=1"),
    ],
)
def test_inputs_go_by_name_and_else_by_position(
    in_r: InR, head: str, inputs: dict[str, int], said: str
) -> None:
    answer = in_r(f"f <- function({head}) paste0('x=', x, ' y=', y)\n", **inputs)
    assert plain(answer.leaves["value"]) == [said]


def test_an_input_without_a_place_is_named(in_r: InR) -> None:
    answer = in_r("f <- function(x) x\n", x=1, y=2)
    assert answer.error == "the function takes no argument for y"
    dots = in_r("f <- function(...) sum(...)\n", x=1, y=2)
    assert plain(dots.leaves["value"]) == [3]


@pytest.mark.parametrize(
    ("reference", "inputs", "value"),
    [
        ("stats::sd", {"a": np.array([1.0, 3.0])}, 2**0.5),
        ("base::sum", {"a": 1, "b": 2}, 3),
        ("base::max", {"a": np.array([1.0, 5.0])}, 5),
    ],
)
def test_a_packages_function_is_called(
    session: Session, tmp_path: Path, reference: str, inputs: dict[str, Any], value: float
) -> None:
    answer = session.do(Call("r", reference, tmp_path, inputs, None, 2.0**20))
    assert plain(answer.leaves["value"]) == [value]


@pytest.mark.parametrize(
    ("code", "error"),
    [
        ("g <- function() {\n  stop('no good')\n}\nf <- function() {\n  g()\n}\n", "Error in g()"),
        ("f <- function( {\n", "unexpected '{'"),
        ("library(nowhere)\n", "there is no package called"),
        ("f <- 1\n", "has no function f"),
    ],
)
def test_an_error_is_the_languages_own(in_r: InR, code: str, error: str) -> None:
    answer = in_r(code)
    assert error in answer.error
    assert answer.leaves == {}


def test_an_error_says_the_line_where_it_arose(in_r: InR) -> None:
    answer = in_r("g <- function(y) {\n  z <- 1\n  stop('no good')\n}\nf <- function() g(2)\n")
    assert answer.error.startswith("Error in g(2): no good (m")
    assert answer.error.endswith(".R, line 3)")


@pytest.mark.parametrize(
    ("reference", "error"),
    [
        ("none.R:f", "there is no file none.R beside the case"),
        ("nowhere::f", "there is no package called"),
        ("stats::nowhere", "'nowhere' is not an exported object from 'namespace:stats'"),
    ],
)
def test_what_is_not_there_is_named(
    session: Session, tmp_path: Path, reference: str, error: str
) -> None:
    answer = session.do(Call("r", reference, tmp_path, {}, None, 2.0**20))
    assert error in answer.error


def test_what_is_printed_warned_and_said_is_kept_beside_the_result(in_r: InR) -> None:
    code = (
        "f <- function() {\n  cat('printed\\n')\n  for (i in 1:3) warning('careful')\n"
        "  message('by the way')\n  1\n}\n"
    )
    answer = in_r(code)
    assert plain(answer.leaves["value"]) == [1]
    assert answer.warned == ("careful",)
    assert [said.strip() for said in answer.said] == ["by the way"]
    assert answer.printed == "printed\n"


def test_a_seed_begins_rs_stream_anew(in_r: InR) -> None:
    code = "f <- function() runif(2)\n"
    drawn = [plain(in_r(code, seed=seed).leaves["value"]) for seed in (1, 1, 2)]
    assert drawn[0] == drawn[1] != drawn[2]


def test_each_rounding_mode_reaches_r_and_is_given_back(in_r: InR) -> None:
    code = "f <- function(x) {\n  total <- 0\n  for (v in x) total <- total + v\n  total\n}\n"
    x = np.full(1000, 0.1)
    total = {how: plain(in_r(code, how=how, x=x).leaves["value"])[0] for how in ("plain", *MODES)}
    assert total["downward"] < total["plain"] < total["upward"]
    assert total["towards zero"] == total["downward"]
    assert plain(in_r(code, x=x).leaves["value"])[0] == total["plain"]
