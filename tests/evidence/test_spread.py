from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from compare.case.case import Case
from compare.case.setting import Setting, settings
from compare.evidence import spread as module
from compare.evidence.spread import (
    Spread,
    complete_spread,
    measure,
    member_runs,
    rounding_spread,
    spread_rows,
    store,
)
from compare.evidence.store import read, write
from compare.judge.drift import drift
from tests.marks import some_slow


def measure_all(case: Case) -> pd.DataFrame:
    return pd.concat([measure(setting) for setting in settings(case)])


@pytest.fixture
def example_1(cases: dict[str, Case]) -> Setting:
    case = cases["clark-example-1"]
    return Setting(case, case.variants()[0], "numpy")


@pytest.mark.parametrize("name", ["clark-example-1", "clark-example-2-nnet"])
def test_members_differ_from_the_native_run_and_from_each_other(
    cases: dict[str, Case], name: str
) -> None:
    case = cases[name]
    native, members = member_runs(Setting(case, case.variants()[0], "r"), 4, seed=1)
    for quantity in ("layer_1", "synapse_0") if case.takes_batch else ("value", "weights"):
        assert members[quantity].shape == (4, *native[quantity].shape)
        runs = [native[quantity], *members[quantity]]
        for i in range(5):
            for j in range(i):
                assert not np.array_equal(runs[i], runs[j]), (quantity, i, j)


@pytest.mark.parametrize(("moved", "members"), [(0.05, 32), (0.2, 320)])
def test_weights_that_doubles_do_not_determine_are_measured_with_ten_times_the_members(
    example_1: Setting, monkeypatch: pytest.MonkeyPatch, moved: float, members: int
) -> None:
    asked = []

    def spread(what: Setting, iterations: int | None = None, members: int = 32) -> dict[str, Any]:
        asked.append(members)
        return {name: np.full(what.case.shape(name), moved) for name in what.case.measured}

    monkeypatch.setattr(module, "rounding_spread", spread)
    monkeypatch.setattr(module, "execute", lambda _: {"synapse_0": np.ones((3, 1))})
    complete_spread(example_1)
    assert asked[-1] == members


def test_a_trajectorys_spread_is_the_largest_of_its_neighbours(example_1: Setting) -> None:
    native, members = member_runs(example_1, module.MEMBERS, module.SEED)
    pointwise = np.abs(members["error"] - native["error"]).max(axis=0)
    pooled = rounding_spread(example_1)["error"]
    for j in (0, 10, 5000, 9999):
        assert pooled[j] == pointwise[max(0, j - 25) : j + 26].max()


def test_what_is_stored_is_at_least_what_was_measured_and_little_more(
    example_1: Setting, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "CASES", tmp_path)
    store(example_1.case, measure_all(example_1.case))
    stored = Spread(example_1.case)
    assert stored.problem == ""
    for quantity, measured in rounding_spread(example_1).items():
        read = stored.of(example_1, quantity)
        assert read is not None
        assert (read >= measured).all()
        assert (read <= measured * 1.01).all()
    assert stored.of(replace(example_1, start="elsewhere"), "error") is None


def test_a_changed_hash_is_reported(
    example_1: Setting, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "CASES", tmp_path)
    store(example_1.case, measure_all(example_1.case))
    path = tmp_path / "clark-example-1.spread.csv"
    kept = read(path, "", "")
    write(path, kept.header.model_copy(update={"hash": "0"}), kept.body)
    assert "is stale" in Spread(example_1.case).problem
    assert Spread(example_1.case).stored


def _body(table: pd.DataFrame) -> str:
    return table.to_csv(index=False)


def test_a_spread_of_every_value_is_a_spread(example_1: Setting) -> None:
    rows = spread_rows(example_1.case, _body(_whole(example_1.case)))
    assert len(rows) == 2 * len(example_1.case.quantities)


def _whole(case: Case) -> pd.DataFrame:
    """A row for the first value of every quantity, and one more for an error."""
    first = [
        (s.variant.name, s.start, quantity, 0, 1e-16)
        for s in settings(case)
        for quantity in case.measured
    ]
    table = pd.DataFrame([*first, ("-", "numpy", "error", 9999, 2e-16)], columns=module.COLUMNS)
    return table.sort_values(module.COLUMNS[:4], ignore_index=True)


def _with(column: str, value: object) -> Callable[[pd.DataFrame], pd.DataFrame]:
    """The last row of NumPy's error changed."""

    def change(table: pd.DataFrame) -> pd.DataFrame:
        row = (table["start"] == "numpy") & (table["quantity"] == "error") & (table["index"] > 0)
        assert row.sum() == 1
        return table.assign(**{column: table[column].astype(object).where(~row, value)})

    return change


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (lambda t: t[t["start"] != "r"], "no rows - r error"),
        (lambda t: t[t["quantity"] != "synapse_0"], "no rows - numpy synapse_0"),
        (lambda t: t[t["index"] > 0], "no rows"),
        (lambda t: t.iloc[:0], "no rows"),
        (_with("quantity", "nothing"), "unknown rows - numpy nothing"),
        (_with("variant", "alpha=1"), "unknown rows alpha=1 numpy error"),
        (_with("index", 10_000), "do not go up from 0 to 9999"),
        (_with("index", 0), "do not go up"),
        (_with("index", -1), "do not go up"),
        (_with("index", 1.5), "int"),
        (_with("spread", -1e-16), "negative or not finite"),
        (_with("spread", "nan"), "convert|finite"),
        (_with("spread", "inf"), "negative or not finite"),
        (_with("spread", "1e999"), "negative or not finite"),
        (_with("spread", "much"), "much"),
        (lambda t: t.iloc[::-1], "do not go up"),
        (lambda t: t.rename(columns={"spread": "width"}), "columns"),
        (lambda t: t.assign(more=1), "columns"),
    ],
)
def test_what_is_no_spread_of_the_case_is_refused(
    example_1: Setting, change: Callable[[pd.DataFrame], pd.DataFrame], reason: str
) -> None:
    with pytest.raises(ValueError, match=reason):
        spread_rows(example_1.case, _body(change(_whole(example_1.case))))


def test_a_spread_edited_by_hand_is_not_used(
    example_1: Setting, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "CASES", tmp_path)
    store(example_1.case, measure_all(example_1.case))
    path = tmp_path / "clark-example-1.spread.csv"
    lines = path.read_text().split("\n")
    lines[-2] = lines[-2].replace("e-1", "e-0")
    path.write_text("\n".join(lines))
    edited = Spread(example_1.case)
    assert not edited.stored
    assert "changed by hand" in edited.problem
    assert edited.problem.endswith("python -m compare measure clark-example-1")
    assert edited.of(example_1, "error") is None


@pytest.mark.parametrize(
    "name",
    some_slow(["clark-example-1", "clark-example-2", "clark-example-2-nnet"], "clark-example-1"),
)
def test_the_stored_spread_can_be_measured_again(cases: dict[str, Case], name: str) -> None:
    """Not to the bit: another CPU rounds differently. Its size must be the same."""
    case = cases[name]
    stored = Spread(case)
    for setting in settings(case):
        for quantity, again in rounding_spread(setting).items():
            kept = stored.of(setting, quantity)
            assert kept is not None
            assert again.max() <= 100 * kept.max(), quantity
            assert kept.max() <= 100 * again.max(), quantity


def test_a_value_that_is_moved_on_one_side_only_may_be_moved_a_little() -> None:
    """Seen between environments: 0 and 5.6e-17 among weights that are moved by 1e-13."""
    again = np.array([0.0, 1e-13, 2e-13, 3e-13])
    for stored in (again, [6e-17, *again[1:]], [2e-13, *again[1:]]):
        assert drift(np.array(stored), again) == ""
        assert drift(again, np.array(stored)) == ""


@pytest.mark.parametrize("wrong", [1e-9, 1.0, 1e300])
def test_a_value_that_is_moved_on_one_side_only_is_not_moved_far(wrong: float) -> None:
    again = np.array([0.0, 1e-13, 2e-13, 3e-13])
    stored = np.array([wrong, *again[1:]])
    assert drift(stored, again).startswith("[0]: stored")
    assert drift(again, stored).startswith("[0]: stored 0, measured now")


def test_nothing_moved_beside_something_moved_is_a_drift() -> None:
    nothing, something = np.zeros(3), np.full(3, 1e-16)
    assert drift(nothing, nothing) == ""
    assert drift(nothing, something) == drift(something, nothing) == ": one of them is zero"
