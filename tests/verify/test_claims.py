from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from claims import post, practice_page
from compare.case.case import Case
from compare.case.schema import LANGUAGES
from compare.case.setting import Setting, settings
from compare.evidence import tables as stored_tables
from compare.judge.decisions import FAILS, HOLDS, Decision
from compare.judge.verdicts import CHANGED
from compare.report.verdict import verdict_sentence
from compare.report.verification import Verification, reviewed
from compare.run.pool import Failure
from compare.run.results import Results
from compare.run.runs import Run
from compare.safety.errors import CaseError
from compare.verify.claims import (
    COLUMNS,
    Statement,
    decide_all,
    load_ledger,
)
from compare.verify.claims import LEDGER as LEDGER_FILE
from compare.verify.verify import Options, verify
from tests.doctored import DOCTORED, balls, everywhere

LEDGER = load_ledger()


def test_every_statement_has_an_id_of_its_own_and_a_function(cases: dict[str, Case]) -> None:
    ids = [statement.id for statement in LEDGER.statements]
    assert len(set(ids)) == len(ids)
    for statement in LEDGER.statements:
        assert callable(statement.function)
        assert set(statement.cases) <= set(cases), statement.id


def test_every_claim_has_a_verdict_and_its_evidence(verification: Verification) -> None:
    assert verification.claims["id"].tolist() == [claim.id for claim in LEDGER.claim]
    assert list(verification.claims) == COLUMNS["claim"]
    assert (verification.claims["evidence"].str.len() > 20).all()
    assert verification.differences["id"].tolist() == [d.id for d in LEDGER.difference]
    assert list(verification.differences) == COLUMNS["difference"]
    assert (verification.differences["evidence"].str.len() > 20).all()


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
    claims, differences, problems = decide_all(LEDGER, [cases["trask-two-layer"]], Results())
    assert claims.empty
    assert differences.empty
    assert problems == []


def test_a_run_that_failed_leaves_its_claims_undecided(cases: dict[str, Case]) -> None:
    case, results = cases["descent-bucket"], Results()
    for variant in case.variants():
        for arithmetic in case.arithmetics:
            run = Run(Setting(case, variant, "numpy"), "python", arithmetic)
            results.add(run, Failure("stopped"))
    claims, _, problems = decide_all(LEDGER, [case], results)
    assert "post-bucket" not in set(claims["id"])
    reason = "claim post-bucket: descent-bucket alpha=0.001 in python: stopped"
    assert problems == [Failure(reason)]
    assert not problems[0].ours


def test_stored_evidence_that_is_missing_is_a_problem(
    cases: dict[str, Case], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("compare.verify.claims.stored_tables.load", lambda _: None)
    _, _, problems = decide_all(LEDGER, [cases["dnn-wide-scaled"]], Results())
    reason = "claim page-scaled: no evidence of it is stored that fits the ledger: make claims"
    assert problems == [Failure(reason)]


def test_a_verdict_is_one_of_three() -> None:
    Decision("holds if the start is a good one", "")
    with pytest.raises(ValueError, match="'perhaps' is not a verdict"):
        Decision("perhaps", "")


@pytest.mark.parametrize("statement", LEDGER.statements, ids=lambda s: s.id)
def test_every_verdict_follows_from_what_was_found(statement: Statement) -> None:
    as_reviewed, turned = (statement.function(given) for given in DOCTORED[statement.id])
    assert as_reviewed.verdict == statement.verdict
    assert turned.verdict != statement.verdict
    assert turned.evidence != as_reviewed.evidence


def test_no_claim_and_no_difference_is_left_out() -> None:
    assert list(DOCTORED) == [statement.id for statement in LEDGER.statements]


@pytest.mark.parametrize(
    ("name", "given", "verdict"),
    [
        ("page-exact", {"others": np.array([[0.3, 0.67], [1, 1]])}, "holds if the seed is a good"),
        ("page-absorbed", {"ratios": [np.array([1.0, 2.0]), np.ones(2)]}, FAILS),
        ("chapter-logistic-regression", {"gradient": np.ones(2)}, FAILS),
        ("chapter-logistic-regression", {"network_at_glm": np.zeros(2)}, FAILS),
        ("chapter-separation", {"first_column": np.zeros((4, 1))}, FAILS),
        ("chapter-node-order", {"nearest_in_r": np.arange(4)}, FAILS),
        ("chapter-same-prediction-elsewhere", {"1": np.repeat([0.001, 0.3], [30, 70])}, FAILS),
        ("page-shapes", {"gradients": np.ones(28)}, FAILS),
    ],
)
def test_each_condition_of_a_stored_verdict_counts(
    name: str, given: dict[str, Any], verdict: str
) -> None:
    (statement,) = (s for s in LEDGER.statements if s.id == name)
    decided = statement.function(DOCTORED[name][0] | given)
    assert decided.verdict.startswith(verdict)


def test_balls_that_settle_at_every_step_size_hold_without_a_condition() -> None:
    assert post.balls_end_in_the_minima(balls((0.0001, 0.001, 0.005))).verdict == HOLDS


def test_weights_that_moved_by_one_bit_are_noticed() -> None:
    start = np.ones(5)
    moved = {"gradients": 0 * start, "weights": start + 2.0**-52, "start_weights": start}
    runs = everywhere(output=np.ones((1, 2)), **moved)
    assert practice_page.wide_gradients_are_0(runs).verdict == FAILS


def test_another_verdict_than_the_reviewed_one_fails_the_verification(
    cases: dict[str, Case], monkeypatch: pytest.MonkeyPatch
) -> None:
    def decided(*_: Any) -> Decision:
        return Decision(FAILS, "no ball stays in it")

    monkeypatch.setattr("claims.post.bucket", decided)
    found = verify([cases["descent-bucket"]], Options(jobs=1))
    assert found.exit_code == 1
    assert verdict_sentence(found).startswith("Failed: 1 reviewed verdict on a claim or difference")
    row = reviewed(found.claims).iloc[0]
    assert (row["case"], row["verdict"]) == ("post-bucket", CHANGED)
    assert row["reason"] == "now 'does not hold', reviewed as 'holds': no ball stays in it"


@pytest.mark.parametrize("table", ["claims", "differences"])
def test_a_changed_verdict_of_a_claim_or_difference_is_counted(
    verification: Verification, table: str
) -> None:
    assert verification.exit_code == 0
    changed = getattr(verification, table).copy()
    changed.loc[0, "verdict"] = FAILS
    assert replace(verification, **{table: changed}).exit_code == 1


@pytest.mark.parametrize(
    "wrong",
    [
        {"x": np.ones((1, 1, 1))},
        {"x": None},
        {"x": np.array([["0.1"]])},
        {"first_x": np.ones(7)},
        {"height": [[]]},
        {"x": np.array([[np.nan]])},
        {"x": np.array([[np.inf]])},
    ],
    ids=["shape", "nothing", "text", "too few", "empty", "NaN", "infinity"],
)
def test_results_of_another_shape_or_without_a_quantity_leave_a_claim_undecided(
    cases: dict[str, Case], wrong: dict[str, Any]
) -> None:
    case, results = cases["descent-bucket"], Results()
    for variant in case.variants():
        run = Run(Setting(case, variant, "numpy"), "python", "native")
        good = {name: np.ones(case.shape(name)) for name in case.quantities}
        results.add(run, good | wrong)
    claims, _, problems = decide_all(LEDGER, [case], results)
    assert claims.empty
    (problem,) = problems
    (name,) = wrong
    expected = f"claim post-bucket: descent-bucket alpha=0.001 in python: {name}: "
    assert problem.reason.startswith(expected)
    assert not problem.ours


@pytest.mark.parametrize("value", [0.0, 1.0, -1e300])
def test_numbers_that_make_no_sense_are_decided_without_an_error(
    cases: dict[str, Case], value: float
) -> None:
    results = Results()
    for case in cases.values():
        for setting in settings(case):
            result = {q: np.full(case.shape(q), value) for q in case.quantities}
            for language in LANGUAGES:
                run = Run(setting, language, "native")
                results.add(run, result | {"start_weights": 0.0})
    claims, differences, problems = decide_all(LEDGER, list(cases.values()), results)
    assert problems == []
    assert len(claims) == len(LEDGER.claim)
    assert (reviewed(claims)["verdict"] == CHANGED).any()
    assert (reviewed(differences)["verdict"] == CHANGED).any()


@pytest.mark.parametrize("column", ["id", "verdict", "evidence"])
def test_damaged_stored_evidence_leaves_its_claims_undecided(
    cases: dict[str, Case], monkeypatch: pytest.MonkeyPatch, column: str
) -> None:
    stored = stored_tables.load("claims")
    assert stored is not None
    for table in (stored.table.drop(columns=column), stored.table.assign(**{column: "perhaps"})):
        if column == "evidence" and column in table:
            continue  # any words are evidence; a hash guards them
        damaged = replace(stored, table=table)
        monkeypatch.setattr(
            "compare.verify.claims.stored_tables.load", lambda _, damaged=damaged: damaged
        )
        _, _, problems = decide_all(LEDGER, [cases["dnn-wide-scaled"]], Results())
        reason = "claim page-scaled: no evidence of it is stored that fits the ledger: make claims"
        assert problems == [Failure(reason)]


def test_a_ledger_that_is_wrong_is_refused_with_key_and_reason(tmp_path: Path) -> None:
    path = tmp_path / "ledger.toml"
    text = LEDGER_FILE.read_text()
    path.write_text(text.replace('id = "post-bucket"', 'id = "Post Bucket"'))
    with pytest.raises(CaseError, match=r"ledger.toml: claim.9.id: String should match"):
        load_ledger(path)
    path.write_text(text.replace('verdict = "holds"', 'verdict = "perhaps"', 1))
    with pytest.raises(CaseError, match=r"claim.0: 'perhaps' is not a verdict"):
        load_ledger(path)
    path.write_text(text.replace("[[difference]]", "[[differences]]"))
    with pytest.raises(CaseError, match=r"differences: Extra inputs"):
        load_ledger(path)
