from pathlib import Path
from typing import Any

import numpy as np
import pytest

from claims import post, practice_page
from compare import stored_tables
from compare.case import Case
from compare.claims import FAILS, HOLDS, Decision, Runs, decide_all, load_ledger
from compare.claims import LEDGER as LEDGER_FILE
from compare.pool import Failure
from compare.results import Results
from compare.runs import Run
from compare.schema import CaseError
from compare.verify import Verification

LEDGER = load_ledger()


class FakeRuns(Runs):
    """Runs that returned what a test says."""

    def __init__(self, result: dict[str, Any], by_alpha: dict[float, Any] | None = None) -> None:
        self._result, self._by_alpha = result, by_alpha or {}

    def get(self, *_: Any, **__: Any) -> dict[str, Any]:
        return self._result

    def variants(self, *_: Any, **__: Any) -> dict[float, Any]:
        return self._by_alpha


def test_every_statement_has_an_id_of_its_own_and_a_function(cases: dict[str, Case]) -> None:
    ids = [statement.id for statement in LEDGER.statements]
    assert len(set(ids)) == len(ids)
    for statement in LEDGER.statements:
        assert callable(statement.function)
        assert set(statement.cases) <= set(cases), statement.id


def test_every_claim_has_a_verdict_and_its_evidence(verification: Verification) -> None:
    assert verification.claims["id"].tolist() == [claim.id for claim in LEDGER.claim]
    assert list(verification.claims) == ["id", "source", "claim", "verdict", "evidence"]
    assert (verification.claims["evidence"].str.len() > 20).all()
    assert verification.differences["id"].tolist() == [d.id for d in LEDGER.difference]
    assert (verification.differences["consequence"].str.len() > 20).all()


def test_the_claims_that_do_not_hold_are_said_not_to(verification: Verification) -> None:
    verdicts = verification.claims.set_index("id")["verdict"]
    failing = {"post-alpha-100", "page-exact"}
    assert failing <= set(verdicts.index[verdicts == FAILS])
    assert verdicts["post-direction-changes"] == HOLDS


def test_the_stored_evidence_is_for_what_the_ledger_says_is_stored() -> None:
    stored = stored_tables.load("claims")
    assert stored is not None
    assert stored.table["id"].tolist() == [s.id for s in LEDGER.statements if s.stored]


def test_nothing_is_decided_without_its_cases(cases: dict[str, Case]) -> None:
    claims, differences, problems = decide_all([cases["trask-two-layer"]], Results())
    assert claims.empty
    assert differences.empty
    assert problems == []


def test_a_run_that_failed_leaves_its_claims_undecided(cases: dict[str, Case]) -> None:
    case, results = cases["descent-bucket"], Results()
    for variant in case.variants():
        for arithmetic in case.arithmetics:
            run = Run(case, variant, "numpy", "python", arithmetic)
            results.add(run, Failure("stopped"))
    claims, _, problems = decide_all([case], results)
    assert "post-bucket" not in set(claims["id"])
    assert problems == ["claim post-bucket: descent-bucket alpha=0.001 in python: stopped"]


def test_stored_evidence_that_is_missing_is_a_problem(
    cases: dict[str, Case], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("compare.claims.stored_tables.load", lambda _: None)
    _, _, problems = decide_all([cases["dnn-wide-scaled"]], Results())
    assert problems == ["claim page-scaled: no evidence is stored: make claims"]


def test_a_verdict_is_one_of_three() -> None:
    Decision("holds if the start is a good one", "")
    with pytest.raises(ValueError, match="'perhaps' is not a verdict"):
        Decision("perhaps", "")


def test_a_gradient_that_is_not_0_is_noticed() -> None:
    start = np.ones(5)
    still = {"gradients": np.zeros(5), "weights": start, "start_weights": start}
    still["output"] = np.ones((1, 2))
    assert practice_page.wide_gradients_are_0(FakeRuns(still)).verdict == HOLDS
    for name, wrong in (("gradients", np.eye(5)[0] * 1e-300), ("weights", start + 2.0**-52)):
        assert practice_page.wide_gradients_are_0(FakeRuns(still | {name: wrong})).verdict == FAILS


def test_an_error_that_goes_on_jumping_has_not_settled() -> None:
    falling = np.linspace(0.5, 0.1, 60_000)
    settled, jumping = falling.copy(), falling.copy()
    settled[:500:2] += 0.3
    jumping[::2] += 0.3
    for error, verdict in ((settled, FAILS), (jumping, HOLDS)):
        runs = FakeRuns({"error": error, "layer_2": np.ones((4, 1))})
        assert post.alpha_100_never_settles(runs).verdict == verdict


def test_another_best_alpha_is_noticed() -> None:
    errors = {alpha: np.full(60_000, 0.1 / alpha) for alpha in (0.1, 1.0, 10.0)}
    assert post.alpha_10_best(FakeRuns({}, errors)).verdict == HOLDS
    assert post.alpha_10_best(FakeRuns({}, errors | {1.0: errors[10.0] / 2})).verdict == FAILS


def test_balls_elsewhere_than_in_the_minima_are_noticed() -> None:
    anywhere = np.linspace(-4, 4, 100)[:, None]
    ends = dict.fromkeys((0.0001, 0.001, 0.005), anywhere)
    assert post.balls_end_in_the_minima(FakeRuns({}, ends)).verdict == FAILS


def test_a_ledger_that_is_wrong_is_refused_with_key_and_reason(tmp_path: Path) -> None:
    path = tmp_path / "ledger.toml"
    text = LEDGER_FILE.read_text()
    path.write_text(text.replace('id = "post-bucket"', 'id = "Post Bucket"'))
    with pytest.raises(CaseError, match=r"ledger.toml: claim.9.id: String should match"):
        load_ledger(path)
    path.write_text(text.replace("[[difference]]", "[[differences]]"))
    with pytest.raises(CaseError, match=r"differences: Extra inputs"):
        load_ledger(path)
