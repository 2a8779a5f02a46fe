from pathlib import Path
from typing import Any

import numpy as np
import pytest

from compare.run.probe import Call
from compare.run.rounding import MODES
from compare.run.session import Session
from tests.run.calls import ANY_MEMORY, InR, plain

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
def test_an_input_is_the_same_values_in_r(called_in_r: InR, what: str) -> None:
    given, type_, values = INPUTS[what]
    answer = called_in_r("f <- function(x) list(type = typeof(x), x = x)\n", x=given)
    assert plain(answer.leaves["type"]) == [type_]
    assert plain(answer.leaves["x"]) == values


def test_what_is_drawn_leaves_no_file(called_in_r: InR, tmp_path: Path) -> None:
    code = (
        f"f <- function(x) {{\n  setwd('{tmp_path}')\n  plot(x)\n  file.exists('Rplots.pdf')\n}}\n"
    )
    answer = called_in_r(code, x=np.array([1.0, 2.0]))
    assert (answer.error, plain(answer.leaves["value"])) == ("", [0])


def test_lists_stay_lists_in_r(called_in_r: InR) -> None:
    code = "f <- function(x) list(kind = class(x), n = lengths(x), names = names(x))\n"
    ragged = called_in_r(code, x=[[1, 2], [3]])
    assert (plain(ragged.leaves["kind"]), plain(ragged.leaves["n"])) == (["list"], [2, 1])
    table = called_in_r(code, x={"a": 1, "b": [1.5, "t"]})
    assert plain(table.leaves["names"]) == ["a", "b"]


def test_a_nan_of_python_is_no_na_in_r(called_in_r: InR) -> None:
    answer = called_in_r("f <- function(x) is.nan(x)\n", x=np.array([np.nan]))
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
    called_in_r: InR, head: str, inputs: dict[str, int], said: str
) -> None:
    answer = called_in_r(f"f <- function({head}) paste0('x=', x, ' y=', y)\n", **inputs)
    assert plain(answer.leaves["value"]) == [said]


def test_an_input_without_a_place_is_named(called_in_r: InR) -> None:
    answer = called_in_r("f <- function(x) x\n", x=1, y=2)
    assert answer.error == "the function takes no argument for y"
    dots = called_in_r("f <- function(...) sum(...)\n", x=1, y=2)
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
    answer = session.do(Call("r", reference, tmp_path, inputs, None, ANY_MEMORY))
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
def test_an_error_is_the_languages_own(called_in_r: InR, code: str, error: str) -> None:
    answer = called_in_r(code)
    assert error in answer.error
    assert answer.leaves == {}


def test_an_error_says_the_line_where_it_arose(called_in_r: InR) -> None:
    answer = called_in_r(
        "g <- function(y) {\n  z <- 1\n  stop('no good')\n}\nf <- function() g(2)\n"
    )
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
    answer = session.do(Call("r", reference, tmp_path, {}, None, ANY_MEMORY))
    assert error in answer.error


def test_what_is_printed_warned_and_said_is_kept_beside_the_result(called_in_r: InR) -> None:
    code = (
        "f <- function() {\n  cat('printed\\n')\n  for (i in 1:3) warning('careful')\n"
        "  message('by the way')\n  1\n}\n"
    )
    answer = called_in_r(code)
    assert plain(answer.leaves["value"]) == [1]
    assert answer.warned == ("careful",)
    assert [said.strip() for said in answer.said] == ["by the way"]
    assert answer.printed == "printed\n"


def test_a_seed_begins_rs_stream_anew(called_in_r: InR) -> None:
    code = "f <- function() runif(2)\n"
    drawn = [plain(called_in_r(code, seed=seed).leaves["value"]) for seed in (1, 1, 2)]
    assert drawn[0] == drawn[1] != drawn[2]


def test_each_rounding_mode_reaches_r_and_is_given_back(called_in_r: InR) -> None:
    code = "f <- function(x) {\n  total <- 0\n  for (v in x) total <- total + v\n  total\n}\n"
    x = np.full(1000, 0.1)
    total = {
        how: plain(called_in_r(code, how=how, x=x).leaves["value"])[0] for how in ("plain", *MODES)
    }
    assert total["downward"] < total["plain"] < total["upward"]
    assert total["towards zero"] == total["downward"]
    assert plain(called_in_r(code, x=x).leaves["value"])[0] == total["plain"]
