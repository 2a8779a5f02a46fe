import json
from pathlib import Path

import numpy as np
import pytest

from compare import spread as module
from compare.case import Case
from compare.runs import Setting
from compare.spread import Spread, measure, member_runs, rounding_spread, store


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


def test_a_trajectorys_spread_is_the_largest_of_its_neighbours(example_1: Setting) -> None:
    native, members = member_runs(example_1, module.MEMBERS, module.SEED)
    pointwise = np.abs(members["error"] - native["error"]).max(axis=0)
    pooled = rounding_spread(example_1)["error"]
    for j in (0, 10, 5000, 9999):
        assert pooled[j] == pointwise[max(0, j - 25) : j + 26].max()


def test_what_is_stored_is_at_least_what_was_measured_and_little_more(
    example_1: Setting, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "REFERENCE", tmp_path)
    store(example_1.case, measure(example_1))
    stored = Spread(example_1.case)
    assert stored.problem == ""
    for quantity, measured in rounding_spread(example_1).items():
        read = stored.of("-", "numpy", quantity)
        assert read is not None
        assert (read >= measured).all()
        assert (read <= measured * 1.01).all()
    assert stored.of("-", "r", "error") is None


def test_a_changed_hash_is_reported(
    example_1: Setting, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "REFERENCE", tmp_path)
    store(example_1.case, measure(example_1))
    path = tmp_path / "clark-example-1.spread.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | {"hash": "0"}))
    assert "is stale" in Spread(example_1.case).problem


@pytest.mark.parametrize("name", ["clark-example-1", "clark-example-2", "clark-example-2-nnet"])
def test_the_stored_spread_can_be_measured_again(cases: dict[str, Case], name: str) -> None:
    """Not to the bit: another CPU rounds differently. Its size must be the same."""
    case = cases[name]
    stored = Spread(case)
    for start in case.starts:
        for quantity, again in rounding_spread(Setting(case, case.variants()[0], start)).items():
            kept = stored.of("-", start, quantity)
            assert kept is not None
            assert again.max() <= 100 * kept.max(), quantity
            assert kept.max() <= 100 * again.max(), quantity
