import datetime
from collections import OrderedDict, namedtuple
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
import pytest

from compare.run.python_values import taken_apart
from tests.run.calls import plain

UTC = datetime.UTC
Point = namedtuple("Point", "x y")


@dataclass
class Fit:
    coef: Any
    name: str


def values(result: Any) -> dict[str, Any]:
    return {name: plain(leaf) for name, leaf in taken_apart(result).items()}


@pytest.mark.parametrize(
    ("result", "leaves"),
    [
        (1.5, {"value": 1.5}),
        (np.float32(1.5), {"value": 1.5}),
        (True, {"value": 1.0}),
        ("text", {"value": "text"}),
        (1 + 2j, {"value": 1 + 2j}),
        (np.arange(6).reshape(2, 3), {"value": [[0, 1, 2], [3, 4, 5]]}),
        ([1, None, 3], {"value": [1, None, 3]}),
        ([[1, 2], [3, 4]], {"value": [[1, 2], [3, 4]]}),
        (["a", None], {"value": ["a", None]}),
        ([], {"value": []}),
        ({"a": 1, "b": {"c": [1.0]}}, {"a": 1, "b.c": [1]}),
        (OrderedDict(z=1, a=2), {"z": 1, "a": 2}),
        ({("p", 1): 2}, {"p,1": 2}),
        (Point(1, 2), {"x": 1, "y": 2}),
        (Fit(np.array([1.0]), "ols"), {"coef": [1], "name": "ols"}),
        ((1, "a"), {"1": 1, "2": "a"}),
        ([[1, 2], [3]], {"1": [1, 2], "2": [3]}),
        ([{"a": 1}, {"a": 2}], {"1.a": 1, "2.a": 2}),
        (range(3), {"value": [0, 1, 2]}),
        (np.array([(1, 2.5)], [("i", int), ("x", float)]), {"i": [1], "x": [2.5]}),
        (np.array([1, None, "x"], object), {"1": 1, "2": [], "3": "x"}),
        (pd.Series([1.0, np.nan]), {"value": [1, None]}),
        (pd.Categorical(["a", None]), {"value": ["a", None]}),
        (pd.Series([1, None], dtype="Int64"), {"value": [1, None]}),
        (pd.array(["a", None], dtype="string"), {"value": ["a", None]}),
        (pd.Index([1, 2]), {"value": [1, 2]}),
        (pd.NA, {"value": None}),
        (np.ma.array([1, 2], mask=[False, True]), {"value": [1, None]}),
        (datetime.date(1970, 1, 11), {"value": 10}),
        (datetime.datetime(1970, 1, 1, 0, 1, tzinfo=UTC), {"value": 60}),
        (datetime.datetime(1970, 1, 1, 0, 1), {"value": 60}),
        (datetime.timedelta(minutes=1), {"value": 60}),
        (np.array(["1970-01-03", "NaT"], "M8[D]"), {"value": [2, None]}),
        (np.array(["1970-01-01T00:00:01"], "M8[s]"), {"value": [1]}),
        (np.array([1500], "m8[ms]"), {"value": [1.5]}),
        (np.array([2], "m8[D]"), {"value": [172800]}),
        (np.array([2], "m8[h]"), {"value": [7200]}),
        (np.array(["9999-12-31", "1500-01-01"], "M8[s]"), {"value": [253402214400, -14831769600]}),
        (np.array(["9999-12-31T00:01"], "M8[m]"), {"value": [253402214460]}),
        (np.array(["1970-01-01T00:00:00.25"], "M8[us]"), {"value": [0.25]}),
        (np.array(["1970-02", "1971-01"], "M8[M]"), {"value": [31, 365]}),
        (np.array(["9999"], "M8[Y]"), {"value": [2932532]}),
        (pd.to_datetime(pd.Series(["9999-12-31"]).astype("M8[s]")), {"value": [253402214400]}),
        (["a\ud800", {"\udcff": 1}], {"1": "a\\ud800", "2.\\udcff": 1}),
        (np.array("one", object), {"value": "one"}),
    ],
)
def test_a_result_is_taken_apart_into_named_values(result: Any, leaves: dict[str, Any]) -> None:
    assert values(result) == leaves


@pytest.mark.parametrize(
    ("result", "type_", "family"),
    [
        (1, "int", "whole number"),
        (1.5, "float", "real number"),
        (True, "bool", "truth value"),
        (np.array([1], np.int8), "int8", "whole number"),
        ("a", "str", "text"),
        (datetime.date(2020, 1, 1), "date", "date"),
        (np.array(["2020-01"], "M8[M]"), "datetime64[M]", "date"),
        (np.array(["2020-01-01"], "M8[s]"), "datetime64[s]", "time"),
        (np.array([1], "m8[D]"), "timedelta64[D]", "duration"),
        ([1, 2.5], "numbers", "real number"),
        ([True, False], "bool", "truth value"),
        ([1, 2], "int", "whole number"),
        ([True, 1], "numbers", "whole number"),
    ],
)
def test_each_has_its_type_and_what_both_languages_call_it(
    result: Any, type_: str, family: str
) -> None:
    (leaf,) = taken_apart(result).values()
    assert (leaf.type, leaf.family) == (type_, family)


def test_nothing_and_an_empty_dict_are_nothing() -> None:
    assert taken_apart(None)["value"].kind == "nothing"
    assert taken_apart({"a": None})["a"].kind == "nothing"
    assert taken_apart({})["value"].kind == "nothing"


@pytest.mark.parametrize(
    ("result", "advice"),
    [
        ({1, 2}, "return sorted(...) of it"),
        (b"ab", "return list(...) of it"),
        (len, "return what it gives, not the function"),
        (object(), "return its numbers in a dict"),
        ((v for v in [1]), "return list(...) of it"),
    ],
)
def test_what_is_no_value_says_what_to_return_instead(result: Any, advice: str) -> None:
    (leaf,) = taken_apart(result).values()
    assert (leaf.kind, leaf.advice) == ("other", advice)


def test_a_table_has_a_leaf_for_each_column_labelled_by_its_index() -> None:
    table = pd.DataFrame(
        {"a": [1.0, np.nan], "b": ["u", None], "c": pd.Categorical(["x", "y"])}, index=["p", "q"]
    )
    leaves = taken_apart({"t": table})
    assert {name: plain(leaf) for name, leaf in leaves.items()} == {
        "t.a": [1, None],
        "t.b": ["u", None],
        "t.c": ["x", "y"],
    }
    assert {leaf.labels for leaf in leaves.values()} == {(("p", "q"),)}
    plain_table = taken_apart(pd.DataFrame({"a": [1]}))
    assert plain_table["a"].labels == (None,)


def test_a_series_is_labelled_and_a_repeated_column_has_a_name_of_its_own() -> None:
    assert taken_apart(pd.Series([1, 2], index=["u", "v"]))["value"].labels == (("u", "v"),)
    assert set(taken_apart(pd.DataFrame([[1, 2]], columns=["a", "a"]))) == {"a", "a#2"}


def test_a_column_with_a_time_zone_is_in_utc() -> None:
    times = pd.Series(pd.to_datetime(["2020-01-01 01:00"]).tz_localize("Europe/Berlin"))
    naive = pd.Series(pd.to_datetime(["2020-01-01 00:00"]))
    assert values(times) == values(naive)


def test_na_and_nan_are_two_things() -> None:
    leaf = taken_apart([1.0, None, float("nan")])["value"]
    assert leaf.missing.tolist() == [0, 1, 2]
    assert taken_apart(np.array([np.nan]))["value"].missing.tolist() == [2]


def test_whole_numbers_that_no_double_holds_are_marked() -> None:
    for exact in (2**53, [1, 2**53], np.array([-(2**53)])):
        assert not taken_apart(exact)["value"].rounded
    for beyond in (
        2**53 + 1,
        [1, -(2**53) - 1],
        np.array([2**53 + 1]),
        np.array([-(2**63)]),
        np.array([2**64 - 1], np.uint64),
        [[2**60], [1]],
    ):
        assert taken_apart(beyond)["value"].rounded
    largest = np.finfo(float).max  # and not R's Inf
    assert values([10**400, -(10**400)]) == {"value": [largest, -largest]}


def test_a_value_nested_without_end_is_no_value() -> None:
    endless: list[Any] = []
    endless.append(endless)
    (leaf,) = taken_apart(endless).values()
    assert (leaf.kind, leaf.type) == ("other", "a value nested too deep")
