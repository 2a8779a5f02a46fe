"""What is stored, beside what is made now."""

import numpy as np
import pytest

from compare.case.case import Case
from compare.case.setting import Setting, settings
from compare.evidence.directed_spread import Directed
from compare.evidence.proof import Proof
from compare.evidence.spread import Spread
from compare.judge import references
from compare.judge.references import judge_directed, judge_proof, judge_spread
from compare.numbers.digits import Interval
from compare.run.pool import Failure


def interval(midpoint: str) -> Interval:
    return midpoint, "1e-50"


PROOF = Proof({"error": {0: interval("0.5"), 3: interval("0.25")}, "w": {0: interval("2")}}, "", {})


class Moved(Directed):
    """Directed rounding by language and quantity."""

    def __init__(self, kept: dict[tuple[str, str], dict[int, float]]) -> None:
        self.kept = kept

    def of(self, setting: Setting, language: str, quantity: str) -> dict[int, float] | None:
        assert setting.case.name == "clark-example-1"
        return self.kept.get((language, quantity))


def test_a_proof_that_nothing_proves_again_is_not_compared() -> None:
    not_compared = references.NOT_COMPARED
    assert judge_proof(PROOF, None) == (not_compared, "not proved again", 0)
    assert judge_proof(PROOF, Failure("it stopped")) == (not_compared, "it stopped", 0)
    nothing = (not_compared, "no stored value was proved again", 0)
    assert judge_proof(PROOF, {"error": {}}) == nothing
    assert judge_proof(PROOF, {}) == nothing


def test_a_proof_that_is_not_stored_is_not_compared() -> None:
    proved = {"error": {0: interval("0.5"), 1: interval("1")}}
    missing = "error[1]: its proof is not stored"
    assert judge_proof(PROOF, proved) == (references.NOT_COMPARED, missing, 1)
    another = {"another": {0: interval("1")}}
    missing = "another[0]: its proof is not stored"
    assert judge_proof(PROOF, another) == (references.NOT_COMPARED, missing, 0)


def test_a_proof_that_does_not_overlap_is_contradicted() -> None:
    assert judge_proof(PROOF, PROOF.values) == (references.HOLDS, "", 3)
    wrong = {"error": {0: ("0.5", "1e-40"), 3: ("0.375", "1e-40")}}
    reason = "error[3]: stored 0.25 +/- 1e-50, proved now 0.375 +/- 1e-40"
    assert judge_proof(PROOF, wrong) == (references.CONTRADICTED, reason, 2)


def test_a_reason_is_no_proof() -> None:
    unproved = Proof({}, "too hard", {})
    assert judge_proof(unproved, None) == (references.UNPROVED, "too hard", 0)


def test_a_spread_that_is_not_stored_or_not_measured_is_not_compared(example: Case) -> None:
    setting, spread = settings(example)[0], Spread(example)
    unknown, not_compared = {"another": np.ones(3)}, references.NOT_COMPARED
    assert judge_spread(setting, spread, unknown) == (
        not_compared,
        "another: its spread is not stored",
        0,
    )
    assert judge_spread(setting, spread, Failure("it stopped")) == (not_compared, "it stopped", 0)


def test_directed_rounding_that_is_not_stored_or_not_measured_is_not_compared(
    example: Case,
) -> None:
    setting, stored = settings(example)[0], Moved({("r", "error"): {0: 1e-16}})
    not_compared = references.NOT_COMPARED
    assert judge_directed(setting, stored, Failure("it stopped")) == (
        not_compared,
        "it stopped",
        0,
    )
    both = {"r": {"error": np.full(2, 1e-16), "w": np.ones(1)}}
    missing = "w: its directed rounding is not stored"
    assert judge_directed(setting, stored, both) == (not_compared, missing, 1)
    python = {"python": {"error": np.ones(1)}}
    missing = "error: its directed rounding is not stored"
    assert judge_directed(setting, stored, python) == (not_compared, missing, 0)


def test_directed_rounding_is_held_to_what_it_moves_again(example: Case) -> None:
    setting = settings(example)[0]
    stored = Moved({("python", "error"): {0: 1e-16, 1: 2e-16, 3: 1.0}, ("r", "w"): {1: 1e-15}})
    again = {
        "python": {"error": np.array([1e-16, 3e-16, 5.0])},  # the fourth takes too long
        "r": {"w": np.array([[7.0, 1e-15]])},
    }
    assert judge_directed(setting, stored, again) == (references.HOLDS, "", 3)
    again["r"] = {"w": np.array([[7.0, 1e-12]])}
    assert judge_directed(setting, stored, again) == (
        references.CONTRADICTED,
        "w in r[0]: stored 1e-15, measured now 1e-12",
        3,
    )


@pytest.mark.parametrize("factor", [5.0, 1e6, 1 / 5.0, 0.0])
def test_a_stored_spread_of_another_size_is_contradicted(example: Case, factor: float) -> None:
    setting = settings(example)[0]
    kept = Spread(example).of(setting, "error")
    assert kept is not None
    verdict, reason, n = judge_spread(setting, Spread(example), {"error": kept[:200] * factor})
    assert (verdict, n) == (references.CONTRADICTED, 200)
    assert reason.startswith("error")


def test_a_spread_that_is_measured_again_holds_for_as_many_values(example: Case) -> None:
    setting, stored = settings(example)[0], Spread(example)
    error, weights = stored.of(setting, "error"), stored.of(setting, "synapse_0")
    assert error is not None
    assert weights is not None
    again = {"error": error[:200], "synapse_0": weights}
    assert judge_spread(setting, stored, again) == (references.HOLDS, "", 200 + weights.size)
