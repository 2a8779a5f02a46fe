"""What is stored, beside what is made now."""

import numpy as np
import pytest

from compare.case.case import Case
from compare.case.setting import settings
from compare.evidence.directed_spread import Directed
from compare.evidence.proof import Proof, load
from compare.evidence.spread import Spread
from compare.judge import references
from compare.run.pool import Failure


def test_a_proof_that_nothing_proves_again_is_not_compared(example: Case) -> None:
    proof = load(settings(example)[0])
    assert references.judge_proof(proof, None)[0] == references.NOT_COMPARED
    assert references.judge_proof(proof, Failure("it stopped"))[0] == references.NOT_COMPARED
    assert references.judge_proof(proof, {"error": {}})[0] == references.NOT_COMPARED


def test_a_proof_that_does_not_overlap_is_contradicted(example: Case) -> None:
    proof = load(settings(example)[0])
    wrong = {"error": {0: ("0.25", "1e-50")}}
    assert references.judge_proof(proof, wrong)[0] == references.CONTRADICTED
    assert references.judge_proof(proof, {"error": proof.values["error"]})[0] == references.HOLDS


def test_a_reason_is_no_proof(example: Case) -> None:
    assert references.judge_proof(Proof({}, "too hard", {}), None)[0] == references.UNPROVED


def test_a_spread_that_is_not_stored_or_not_measured_is_not_compared(example: Case) -> None:
    setting = settings(example)[0]
    unknown = {"another": np.ones(3)}
    assert references.judge_spread(setting, Spread(example), unknown)[0] == references.NOT_COMPARED
    failure = Failure("it stopped")
    assert references.judge_spread(setting, Spread(example), failure)[0] == references.NOT_COMPARED
    assert (
        references.judge_directed(setting, Directed(example), failure)[0] == references.NOT_COMPARED
    )
    of_r = {"r": unknown}
    assert references.judge_directed(setting, Directed(example), of_r)[0] == references.NOT_COMPARED


@pytest.mark.parametrize("factor", [5.0, 1e6, 1 / 5.0, 0.0])
def test_a_stored_spread_of_another_size_is_contradicted(example: Case, factor: float) -> None:
    setting = settings(example)[0]
    kept = Spread(example).of(setting, "error")
    assert kept is not None
    judged = references.judge_spread(setting, Spread(example), {"error": kept[:200] * factor})
    assert judged[0] == references.CONTRADICTED
    assert (
        references.judge_spread(setting, Spread(example), {"error": kept[:200]})[0]
        == references.HOLDS
    )
