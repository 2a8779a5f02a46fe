import platform

import numpy as np
import pytest

from compare.case.case import Case
from compare.case.setting import Setting, settings
from compare.evidence.directed import _take_larger, directed_spread
from compare.run.pool import run_all
from compare.run.rounding import MODES, RoundingError, rounding
from compare.run.runs import Run


def one_third() -> float:
    return float((np.array([1.0]) / np.array([3.0]))[0])


def in_both(setting: Setting) -> list[dict[str, np.ndarray]]:
    return [directed_spread(setting, "python", 50), directed_spread(setting, "r", 50)]


def test_each_mode_rounds_its_way_and_is_given_back() -> None:
    nearest, thirds = one_third(), {}
    for mode in MODES:
        with rounding(mode):
            thirds[mode] = one_third()
        assert one_third() == nearest
    assert thirds["downward"] == thirds["towards zero"] < thirds["upward"]
    assert thirds["upward"] - thirds["downward"] == np.spacing(nearest)


def test_the_mode_is_given_back_after_an_error() -> None:
    nearest = one_third()
    with pytest.raises(ZeroDivisionError), rounding("upward"):
        _ = 1 // 0
    assert one_third() == nearest


def test_a_run_that_ends_in_no_numbers_is_measured_without_a_warning() -> None:
    largest = np.zeros(2)
    _take_larger(largest, np.array([np.inf, -1e308]), np.array([np.inf, 1e308]))
    assert np.isnan(largest[0])
    assert largest[1] == np.inf


def test_an_unknown_processor_is_an_error_and_no_spread_of_zero(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(platform, "machine", lambda: "vax")
    with pytest.raises(RoundingError, match="vax"), rounding("upward"):
        pass


def test_directed_rounding_reaches_both_languages(cases: dict[str, Case]) -> None:
    setting = settings(cases["clark-example-2"])[0]
    (found,) = run_all(in_both, [setting], jobs=1, timeout=120)
    assert isinstance(found, list), found
    python, r = found
    for spread in (python, r):
        assert spread["error"].shape == (50,)
        assert 0 < spread["error"].max() < 1e-12
        assert (spread["synapse_0"] > 0).any()


def test_a_change_counts_in_either_direction(
    cases: dict[str, Case], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A value that a mode makes smaller is moved as much as one that it makes larger."""
    setting = settings(cases["descent-bucket"])[0]
    case = setting.case
    changes = iter([0.0, -3e-15, 2e-15, -1e-15])

    def run(asked: Run, around: object = None) -> dict[str, np.ndarray]:
        change = next(changes)
        return {q: np.full(case.shape(q, asked.iterations), 1.0) + change for q in case.quantities}

    monkeypatch.setattr("compare.evidence.directed.execute", run)
    for spread in directed_spread(setting, "python").values():
        np.testing.assert_allclose(spread, 3e-15, atol=2.3e-16)
