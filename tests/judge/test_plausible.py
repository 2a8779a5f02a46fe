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
    assert list(found) == setting.case.measured
    assert found["error"].index.tolist() == list(range(ones["error"].size))
    assert found["error"].error == pytest.approx(1e-3)
    assert not found["synapse_0"].error.any()
    assert rounding_errors(setting, Failure("died"), off, no_proof) == {}
    for missing in setting.case.measured:
        found = rounding_errors(setting, ones, off | {missing: None}, no_proof)
        assert list(found) == [q for q in setting.case.measured if q != missing]


def test_with_a_proof_the_worse_language_tells_how_far_rounding_goes(example: Case) -> None:
    setting = settings(example)[0]
    ones: dict[str, Any] = {q: np.ones(setting.case.shape(q)) for q in setting.case.quantities}
    off = ones | {"error": ones["error"] + 0.5}
    proof = Proof({"error": {1: ("0.875", "0"), 4: ("1.625", "0")}}, "", {})
    for python, r in ((ones, off), (off, ones)):
        found = rounding_errors(setting, python, r, proof)["error"]
        assert found.index.tolist() == [1, 4]
        assert found.value.tolist() == python["error"][[1, 4]].tolist()
        assert found.error.tolist() == [0.625, 0.625]


class Stored(Spread):
    """A spread of zero, but for some values of some quantities."""

    def __init__(self, case: Case, widths: dict[str, dict[int, float]]) -> None:
        super().__init__(case)
        self.widths = widths

    def of(self, setting: Setting, quantity: str) -> Float64s | None:
        if quantity not in self.widths:
            return None
        spread = np.zeros(setting.case.shape(quantity))
        for index, width in self.widths[quantity].items():
            spread.flat[index] = width
        return spread


def one_value(index: int, error: float, value: float = 1.0) -> RoundingError:
    return RoundingError(np.array([index]), np.array([value]), np.array([error]))


@pytest.mark.parametrize(
    ("wide", "known", "held"),
    [
        *((300, 399, True), (300, 200, True), (300, 400, False), (300, 199, False)),
        *((399, 400, False), (400, 400, True), (450, 700, True), (900, 900, True)),
        *((9_999, 9_000, True), (9_999, 6_399, False)),
    ],
)
def test_a_later_iteration_is_held_to_those_of_its_stretch(
    example: Case, wide: int, known: int, held: bool
) -> None:
    setting = settings(example)[0]
    stored = Stored(example, {"error": {wide: 1.0}})
    reason = too_wide(setting, stored, {"error": one_value(known, 1e-12)})
    expected = f"error[{wide}]: stored 1, but rounding moves these values by 1e-12"
    assert reason == (expected if held else "")


def test_a_spread_may_be_ten_thousand_times_rounding_or_the_last_place(example: Case) -> None:
    setting = settings(example)[0]

    def reason(width: float, error: float) -> str:
        stored = Stored(example, {"layer_1": {0: width}})
        return too_wide(setting, stored, {"layer_1": one_value(0, error)})

    assert reason(1e4 * 2.0**-20, 2.0**-20) == ""
    assert reason(1.1e4 * 2.0**-20, 2.0**-20) != ""
    assert reason(1e4 * 2.0**-52, 0.0) == ""
    assert reason(1.1e4 * 2.0**-52, 0.0) != ""


def test_a_quantity_without_a_stored_spread_does_not_hide_the_next(example: Case) -> None:
    moved = {"layer_1": one_value(0, 0.0), "error": one_value(200, 0.0)}
    reason = too_wide(settings(example)[0], Stored(example, {"error": {200: 1.0}}), moved)
    assert reason.startswith("error[200]: stored 1, ")


@pytest.mark.parametrize(
    ("iterations", "value", "widest"),
    [(10_000, 1.0, 1e4), (10_000, 10.0, 1e5), (30_000, 1.0, 3e4), (30_000, 0.1, 3e4)],
)
def test_undetermined_weights_leave_others_their_size(
    cases: dict[str, Case], iterations: int, value: float, widest: float
) -> None:
    names = {10_000: "clark-example-1", 30_000: "clark-example-2"}
    setting = settings(cases[names[iterations]])[0]
    assert setting.case.total_iterations == iterations
    moved = {"synapse_0": one_value(0, 0.1), "layer_1": one_value(0, 0.0, value)}

    def reason(width: float) -> str:
        stored = Stored(setting.case, {"synapse_0": {0: 0.1}, "layer_1": {0: width}})
        return too_wide(setting, stored, moved)

    assert reason(widest) == ""
    assert reason(1.01 * widest).startswith("layer_1[0]: stored ")
