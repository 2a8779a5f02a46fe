from typing import Any

import numpy as np
import pytest

from compare.case.case import Case
from compare.case.schema import LANGUAGES
from compare.case.setting import Setting, settings
from compare.evidence.proof import Proof, load
from compare.evidence.spread import LIVE_ITERATIONS, Spread, spread_again
from compare.judge.plausible import RoundingError, rounding_errors, too_wide
from compare.judge.references import CONTRADICTED, HOLDS, judge_spread
from compare.numbers.measures import Float64s
from compare.run.pool import Failure, run_all
from compare.run.runs import Run, execute


class Wider(Spread):
    """The stored spread, that of a quantity a million times as wide from some index on."""

    def __init__(self, case: Case, quantity: str, factor: float, first: int = 0) -> None:
        super().__init__(case)
        self.quantity, self.factor, self.first = quantity, factor, first

    def of(self, setting: Setting, quantity: str) -> Float64s | None:
        kept = super().of(setting, quantity)
        if kept is None or quantity != self.quantity:
            return kept
        wider = kept.ravel().copy()
        wider[self.first :] *= self.factor
        return wider.reshape(kept.shape)


@pytest.fixture(scope="module")
def long_run(cases: dict[str, Case]) -> tuple[Setting, dict[str, RoundingError]]:
    """Too long to be measured again in each verification."""
    setting = settings(cases["clark-example-2"])[0]
    runs = [Run(setting, x, "native") for x in LANGUAGES]
    python, r = run_all(execute, runs, 2, 300)
    return setting, rounding_errors(setting, python, r, load(setting))


@pytest.fixture(scope="module")
def short_run(cases: dict[str, Case]) -> tuple[Setting, dict[str, Float64s]]:
    setting = settings(cases["clark-example-1"])[0]
    return setting, spread_again(setting)


def test_the_stored_spreads_hold(
    long_run: tuple[Setting, dict[str, RoundingError]],
    short_run: tuple[Setting, dict[str, Float64s]],
) -> None:
    setting, moved = long_run
    assert set(moved) == set(setting.case.measured)
    assert judge_spread(setting, Spread(setting.case), spread_again(setting), moved)[0] == HOLDS
    short, again = short_run
    assert judge_spread(short, Spread(short.case), again)[0] == HOLDS


@pytest.mark.parametrize(
    ("quantity", "first"),
    [
        ("synapse_0", 0),
        ("synapse_1", 0),
        ("layer_2", 0),
        ("error", LIVE_ITERATIONS),
        ("error", 1000),
        ("error", 25_000),
        ("error", 29_999),
    ],
)
def test_a_spread_too_wide_of_a_long_run_is_contradicted(
    long_run: tuple[Setting, dict[str, RoundingError]], quantity: str, first: int
) -> None:
    setting, moved = long_run
    wider = Wider(setting.case, quantity, 1e6, first)
    again = spread_again(setting)
    verdict, reason, _ = judge_spread(setting, wider, again, moved)
    assert verdict == CONTRADICTED
    assert reason.startswith(f"{quantity}[")


@pytest.mark.parametrize(
    ("quantity", "first"), [("synapse_0", 0), ("layer_1", 0), ("error", 200), ("error", 9_000)]
)
@pytest.mark.parametrize("factor", [1e6, 1e-6])
def test_any_other_spread_of_a_short_run_is_contradicted(
    short_run: tuple[Setting, dict[str, Float64s]], quantity: str, first: int, factor: float
) -> None:
    setting, again = short_run
    wrong = Wider(setting.case, quantity, factor, first)
    verdict, reason, _ = judge_spread(setting, wrong, again)
    assert verdict == CONTRADICTED
    assert reason.startswith(quantity)


def test_a_weight_that_doubles_do_not_determine_excuses_no_spread_of_weights(
    cases: dict[str, Case],
) -> None:
    setting = settings(cases["clark-example-2"])[0]
    shapes = {q: setting.case.shape(q) for q in setting.case.measured}
    moved = {
        q: RoundingError(np.arange(n), np.ones(n), np.full(n, 1e-14))
        for q, n in ((q, int(np.prod(shape))) for q, shape in shapes.items())
    }

    class Chaotic(Spread):
        def of(self, setting: Setting, quantity: str) -> Float64s:
            return np.full(shapes[quantity], widths.get(quantity, 0.0))

    widths = {"synapse_0": 0.5}
    assert too_wide(setting, Chaotic(setting.case), moved).startswith("synapse_0[0]: stored 0.5")
    moved["synapse_0"] = RoundingError(np.arange(1), np.ones(1), np.full(1, 0.1))
    widths["layer_2"] = 1.0
    assert too_wide(setting, Chaotic(setting.case), moved) == ""
    widths["layer_2"] = 1e6
    assert too_wide(setting, Chaotic(setting.case), moved).startswith("layer_2[0]")


def test_without_proof_the_two_languages_tell_how_far_rounding_goes(
    cases: dict[str, Case],
) -> None:
    setting = settings(cases["clark-example-1"])[0]
    ones: dict[str, Any] = {q: np.ones(setting.case.shape(q)) for q in setting.case.quantities}
    off = ones | {"error": ones["error"] + 1e-3}
    no_proof = Proof({}, "none", {})
    found = rounding_errors(setting, ones, off, no_proof)
    assert found["error"].error == pytest.approx(1e-3)
    assert not found["synapse_0"].error.any()
    assert rounding_errors(setting, Failure("died"), off, no_proof) == {}
    assert "error" not in rounding_errors(setting, ones, off | {"error": None}, no_proof)
