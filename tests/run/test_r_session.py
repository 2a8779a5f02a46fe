"""What crosses between the languages, and what is refused there by name."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from compare.run.pool import Failure, run_all
from compare.run.r_session import call, sourced

REFUSED = {
    "list(a = 1, b = 2, a = 3)": "returned a list with two elements a",
    "list(a = 1, 2)": "returned a list whose element 2 has no name",
    "structure(list(1), names = NA_character_)": "returned a list whose element 1 has no name",
    "list(1)": "returned a list without names",
    "list(a = list(b = 1))": "its element a is of R's type list, not numbers",
    "list(a = 1, b = NULL)": "its element b is of R's type NULL, not numbers",
    "list(a = factor(c('x', 'y')))": "its element a is of class factor",
    "factor('x')": "its value is of class factor",
    "as.difftime(1, units = 'mins')": "its value is of class difftime",
    "Sys.Date()": "its value is of class Date",
    "Sys.time()": "its value is of class POSIXct, POSIXt",
    "as.POSIXlt(Sys.time())": "its value is of class POSIXlt, POSIXt",
    "ts(c(1, 2))": "its value is of class ts",
    "data.frame(a = 1)": "its value is of class data.frame",
    "table(1)": "its value is of class table",
    "structure(1, class = 'integer64')": "its value is of class integer64",
    "asS4(1)": "its value is an S4 object",
    "asS4(structure(list(a = 1), class = 'model'))": "its value is an S4 object",
    "structure(1:2, levels = c('x', 'y'))": "its value has the attribute levels",
    "structure(1, tzone = 'UTC')": "its value has the attribute tzone",
    "structure(1, units = 'mins')": "its value has the attribute units",
    "structure(list(a = 1), row.names = 1L)": "its value has the attribute row.names",
    "c(TRUE, NA)": "its value is NA at [2]",
    "c(1L, NA)": "its value is NA at [2]",
    "c(NaN, NA_real_ + 1)": "its value is NA at [2]",
    "list(a = matrix(c(1, 2, NA, 4), 2))": "its element a is NA at [3]",
    "1i": "its value is of R's type complex, not numbers",
    "raw(1)": "its value is of R's type raw, not numbers",
    "'1'": "its value is of R's type character, not numbers",
    "NULL": "its value is of R's type NULL, not numbers",
    "quote(x)": "its value is of R's type SYMSXP, not numbers",
    "quote(x(1))": "its value is of R's type LANGSXP, not numbers",
    "sum": "its value is of R's type function, not numbers",
    "globalenv()": "its value is of R's type environment, not numbers",
    "pairlist(a = 1)": "its value is of R's type LISTSXP, not numbers",
    "numeric(0)": "its value has no values: its extent is 0",
    "matrix(0, 0, 3)": "its value has no values: its extent is 0 x 3",
    "stop('[/usr/lib]')": "[/usr/lib]",
    "warning('careful')": "careful",
}
CROSSING: dict[str, Any] = {
    "c(first = 1.5, second = 2.5)": np.array([1.5, 2.5]),
    "c(1.5, Inf, -0)": np.array([1.5, np.inf, -0.0]),
    "NaN": np.array([np.nan]),
    "1:3": np.array([1, 2, 3], np.int32),
    "structure(list(a = 1.5), class = 'model')": {"a": np.array([1.5])},
    "c(TRUE, FALSE)": np.array([True, False]),
    "matrix(1:6, 2)": np.array([[1, 3, 5], [2, 4, 6]], np.int32),
    "matrix(c(1, 2), 1, dimnames = list('row', c('a', 'b')))": np.array([[1.0, 2.0]]),
    "array(1:24 + 0, 2:4)": np.arange(1.0, 25).reshape(4, 3, 2).transpose(),
    "list()": {},  # every quantity is missing, says the comparison
    "list(a = 1, b = TRUE)": {"a": np.array([1.0]), "b": np.array([True])},
}
GOES: list[tuple[Any, Any]] = [
    (True, np.array([True])),
    (np.bool_(False), np.array([False])),
    (3, np.array([3.0])),
    (np.int64(-3), np.array([-3.0])),
    (2**53, np.array([2.0**53])),
    (np.float64(0.1), np.array([0.1])),
    (-0.0, np.array([-0.0])),
    (np.array(0.1), np.array([0.1])),
    (np.array(True), np.array([True])),
    (np.arange(6.0).reshape(2, 3)[:, ::-1], np.array([[2.0, 1, 0], [5, 4, 3]])),
    (np.arange(8.0)[::2], np.array([0.0, 2, 4, 6])),
    (np.arange(6.0).reshape(2, 3).T, np.array([[0.0, 3], [1, 4], [2, 5]])),
    (np.asfortranarray(np.arange(6.0).reshape(2, 3)), np.array([[0.0, 1, 2], [3, 4, 5]])),
]
STAYS: list[tuple[Any, str]] = [
    (2**53 + 1, "a whole number beyond 2^53"),
    (-(10**400), "a whole number beyond 2^53"),
    (np.uint64(2**64 - 1), "a whole number beyond 2^53"),
    (np.float32(0.1), "of type float32"),
    (np.longdouble(1), "of type longdouble"),
    (1j, "of type complex"),
    (None, "of type NoneType"),
    ("1", "of type str"),
    ([1.0, 2.0], "of type list"),
    ((1.0,), "of type tuple"),
    ({"a": 1.0}, "of type dict"),
    (np.timedelta64(1, "s"), "of type timedelta64"),
    (np.arange(3), "of type ndarray of int"),
    (np.array([True]), "of type ndarray of bool"),
    (np.array([1.0], np.float32), "of type ndarray of float32"),
    (np.array([1.0], object), "of type ndarray of object"),
    (np.array([(1.0,)], [("a", "f8")]), "of type ndarray of"),
    (np.ma.array([1.0], mask=[True]), "of type MaskedArray"),
]
ECHO = "echo"


def called(task: tuple[Path, str, dict[str, Any]]) -> Any:
    path, name, arguments = task
    return call(sourced(path, "nnmirror")(name), arguments)


@pytest.fixture(scope="module")
def in_file(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """Call functions of an R file that return these values, or what they are given."""
    expressions = [*REFUSED, *CROSSING]
    path = tmp_path_factory.mktemp("R") / "values.R"
    functions = [f"f{i} <- function() {text}" for i, text in enumerate(expressions)]
    dotted = "dotted <- function(a.b = 0) a.b"
    named = "named <- function(`function`, self) `function` - self"
    path.write_text("\n".join([*functions, f"{ECHO} <- function(x) x", dotted, named]))

    def run(*calls: tuple[str, dict[str, Any]]) -> list[Any]:
        named = {text: f"f{i}" for i, text in enumerate(expressions)}
        tasks = [(path, named.get(what, what), arguments) for what, arguments in calls]
        return run_all(called, tasks, jobs=1, timeout=300)

    return run


def same(found: Any, expected: Any) -> bool:
    """The same type, shape and bits."""
    if isinstance(expected, dict):
        return list(found) == list(expected) and all(same(found[k], expected[k]) for k in found)
    bits = found.tobytes() == expected.tobytes() or bool(np.isnan(expected).all())
    return bool(found.dtype == expected.dtype and found.shape == expected.shape and bits)


def test_what_is_no_plain_numbers_in_r_is_refused_by_element_and_reason(in_file: Any) -> None:
    found = in_file(*((text, {}) for text in REFUSED))
    for result, (text, reason) in zip(found, REFUSED.items(), strict=True):
        assert isinstance(result, Failure), f"{text} gave {result}"
        assert result.reason.startswith("RError: "), text
        assert reason in result.reason, text


def test_plain_numbers_keep_type_shape_and_bits_on_the_way_from_r(in_file: Any) -> None:
    found = in_file(*((text, {}) for text in CROSSING))
    for result, (text, expected) in zip(found, CROSSING.items(), strict=True):
        assert not isinstance(result, Failure), f"{text}: {result}"
        assert same(result, expected), text
        if isinstance(result, np.ndarray):
            assert result.flags.c_contiguous, text


def test_numbers_keep_their_value_on_the_way_to_r(in_file: Any) -> None:
    found = in_file(*((ECHO, {"x": given}) for given, _ in GOES))
    for result, (given, expected) in zip(found, GOES, strict=True):
        assert not isinstance(result, Failure), f"{given!r}: {result}"
        assert same(result, expected), repr(given)


def test_what_would_change_on_the_way_to_r_is_refused_by_name(in_file: Any) -> None:
    found = in_file(*((ECHO, {"x": given}) for given, _ in STAYS))
    for result, (given, reason) in zip(found, STAYS, strict=True):
        assert isinstance(result, Failure), f"{given!r} gave {result}"
        assert result.reason.startswith("RError: the argument x is "), repr(given)
        assert reason in result.reason, repr(given)


def test_an_argument_reaches_r_under_its_own_name_only(in_file: Any) -> None:
    other, same_words = in_file(("dotted", {"a_b": 1.0}), ("named", {"function": 5.0, "self": 2.0}))
    assert isinstance(other, Failure)
    assert "unused argument" in other.reason
    assert same(same_words, np.array([3.0]))
