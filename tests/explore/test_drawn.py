"""What is drawn: the kinds that are given, other sizes and values, within bounds."""

import math
from collections.abc import Mapping
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, find, settings
from hypothesis import strategies as st

from compare.case.bounds import Bounds
from compare.explore.drawn import LARGE, Drawing

X = np.array([2.5, 3.25, 4.75])
WITHOUT_CHECKS = settings(
    max_examples=400, suppress_health_check=list(HealthCheck), database=None, derandomize=True
)


def drawing(bounds: Mapping[str, Bounds] = {}, **given: Any) -> st.SearchStrategy[dict[str, Any]]:
    return Drawing([given], bounds).inputs()


def holds(strategy: st.SearchStrategy[Any], condition: Any) -> None:
    """Each of many draws is so."""
    drawn: list[Any] = []

    def seen(value: Any) -> bool:
        drawn.append(value)
        return False

    try:
        find(strategy, seen, settings=WITHOUT_CHECKS)
    except Exception as error:
        if type(error).__name__ != "NoSuchExample":
            raise
    assert len(drawn) > 20
    assert all(map(condition, drawn))


def there_is(strategy: st.SearchStrategy[Any], condition: Any) -> Any:
    return find(strategy, condition, settings=WITHOUT_CHECKS)


def test_kinds_names_and_their_order_stay() -> None:
    given: dict[str, Any] = {
        "x": X,
        "k": np.array([1, 2]),
        "flag": np.array([True]),
        "m": np.ones((2, 3)),
        "n": 3,
        "share": 0.5,
        "on": True,
        "how": "fast",
        "words": ["a", "b", "c", "d"],
        "nested": {"a": 1},
    }

    def alike(found: dict[str, Any]) -> bool:
        same = list(found) == list(given) and found["how"] == "fast" and found["nested"] == {"a": 1}
        kinds = [type(found[name]) is type(value) for name, value in given.items()]
        arrays = [
            (found[name].dtype, found[name].ndim) == (value.dtype, value.ndim)
            for name, value in given.items()
            if isinstance(value, np.ndarray)
        ]
        return same and all(kinds) and all(arrays)

    holds(drawing(**given), alike)


@pytest.mark.slow
def test_axes_as_long_as_each_other_stay_so() -> None:
    strategy = drawing(x=X, y=X, m=np.ones((3, 2)), b=np.ones(2))
    holds(
        strategy,
        lambda d: (
            (len(d["x"]) == len(d["y"]) == len(d["m"]) and d["m"].shape[1] == len(d["b"]))
            or (len(d["m"]) == 0 or len(d["b"]) == 0)
        ),
    )
    assert there_is(strategy, lambda d: len(d["x"]) != 3)
    assert there_is(strategy, lambda d: len(d["x"]) != len(d["b"]))


@pytest.mark.slow
def test_a_square_matrix_need_not_be_one() -> None:
    strategy = drawing(m=np.ones((3, 3)), b=np.ones(3))
    holds(strategy, lambda d: len(d["m"]) == len(d["b"]))
    assert there_is(strategy, lambda d: d["m"].shape[0] != d["m"].shape[1])


@pytest.mark.slow
def test_each_square_matrix_has_columns_of_its_own() -> None:
    strategy = drawing(a=np.ones((2, 2)), b=np.ones((2, 2)), c=np.ones((3, 2)))
    holds(strategy, lambda d: {d[name].ndim for name in "abc"} == {2})
    assert there_is(strategy, lambda d: d["a"].shape[1] != d["b"].shape[1])


def test_where_ports_break_is_drawn() -> None:
    strategy = drawing(x=X)
    for condition in (
        lambda x: len(x) == 0,
        lambda x: len(x) == 1,
        lambda x: (x < 0).any(),
        lambda x: (x == 0).any(),
        lambda x: (np.abs(x % 1) == 0.5).any(),
        lambda x: len(x) > 2 and len(np.unique(x)) < len(x),
        lambda x: len(x) > 3 and len(np.unique(x)) == 1,
        lambda x: np.isin(x, X).any(),
        lambda x: any(round(value, 6) != value for value in x),
    ):
        assert there_is(strategy, lambda d, c=condition: bool(c(d["x"]))) is not None
    rows = drawing(m=np.ones((3, 2)))
    assert there_is(rows, lambda d: len(d["m"]) > 1 and (d["m"] == d["m"][0]).all())
    assert there_is(drawing(n=3), lambda d: d["n"] in LARGE)
    assert there_is(drawing(k=np.array([1])), lambda d: bool(np.isin(d["k"], LARGE).any()))
    assert there_is(drawing(words=["a"]), lambda d: "\u00e9" in d["words"])


def test_nothing_is_missing_unless_it_may_be() -> None:
    holds(drawing(x=X), lambda d: np.isfinite(d["x"]).all())
    missing = {"x": Bounds(missing=True)}
    assert there_is(drawing(missing, x=X), lambda d: bool(np.isnan(d["x"]).any()))
    assert there_is(drawing(x=np.array([1.0, math.nan])), lambda d: bool(np.isnan(d["x"]).any()))


def test_bounds_hold() -> None:
    bounds = {
        "x": Bounds(min=0.25, max=0.75, length=[2, 4]),
        "n": Bounds(min=2, max=5),
        "k": Bounds(max=-1),
        "y": Bounds(fixed=True),
        "p": Bounds(min=0),
        "on": Bounds(fixed=True),
    }
    strategy = drawing(bounds, x=X, n=3, k=np.array([1, 2]), y=np.ones(7), p=0.5, on=True)
    holds(
        strategy,
        lambda d: (
            2 <= len(d["x"]) <= 4
            and ((d["x"] >= 0.25) & (d["x"] <= 0.75)).all()
            and 2 <= d["n"] <= 5
            and (d["k"] <= -1).all()
            and d["p"] >= 0
            and (d["y"] == 1).all()
            and d["on"] is True
        ),
    )


def test_whole_numbers_by_themselves_are_small_once_a_call_did_not_end() -> None:
    drawn = Drawing([{"n": 3}], {})
    drawn.large = False
    holds(drawn.inputs(), lambda d: abs(d["n"]) < 100)


def test_values_are_drawn_from_all_examples() -> None:
    drawn = Drawing([{"how": "fast"}, {"how": "slow"}], {})
    assert there_is(drawn.inputs(), lambda d: d["how"] == "slow")
