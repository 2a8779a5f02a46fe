"""The exit code: what a verification with one other verdict in one table ends with."""

from dataclasses import fields, replace
from typing import Any

import pandas as pd
import pytest

from compare.judge.decisions import FAILS, HOLDS
from compare.judge.verdicts import FAILING
from compare.report.verification import Verification, failing

JUDGED = ("published", "agreement", "windows", "accuracy", "references", "oracles", "outputs")


def verification(problems: list[str], **verdicts: str) -> Verification:
    """A verification in which every table has one good row, and some another."""
    names = {"kind": "proof", "what": "error", "language": "r", "arithmetic": "native"}
    names |= {"output": "mean", "n_values": "1", "note": ""}
    good = pd.DataFrame([{"verdict": "identical", **names}])
    empty: dict[str, Any] = {
        field.name: pd.concat([good, good.assign(verdict=verdicts[field.name])])
        if field.name in verdicts
        else good
        for field in fields(Verification)
    }
    statements = {name: statement(HOLDS) for name in ("claims", "differences")}
    lists: dict[str, Any] = {"cases": [], "problems": problems, "crashes": [], "pairs": []}
    lists |= {"stored_statements": [], "failed_runs": []}
    return Verification(**empty | statements | lists)


def statement(verdict: str) -> pd.DataFrame:
    """A claim that was reviewed as one that holds."""
    return pd.DataFrame(
        [{"id": "claim", "verdict": verdict, "reviewed": HOLDS, "evidence": "measured"}]
    )


@pytest.mark.parametrize("name", ["claims", "differences"])
def test_a_statement_with_another_verdict_than_the_reviewed_one_is_code_1(name: str) -> None:
    for verdict, code in ((HOLDS, 0), (FAILS, 1)):
        found = verification([])
        changed = {"claims": found.claims, "differences": found.differences}
        changed[name] = statement(verdict)
        judged = replace(found, claims=changed["claims"], differences=changed["differences"])
        assert judged.exit_code == code


def test_what_holds_is_code_0() -> None:
    assert verification([]).exit_code == 0
    for name in JUDGED:
        assert verification([], **{name: "undetermined"}).exit_code == 0


def test_an_undetermined_output_is_code_1_unless_it_is_declared() -> None:
    found = verification([])
    for fails, code in ((True, 1), (False, 0)):
        outputs = found.outputs.assign(verdict="undetermined", fails=fails)
        judged = replace(found, outputs=outputs)
        assert judged.exit_code == code
        assert len(failing(outputs)) == code


def test_what_is_not_comparable_is_code_2() -> None:
    assert verification([], outputs="not comparable").exit_code == 2


@pytest.mark.parametrize("name", JUDGED)
@pytest.mark.parametrize("verdict", ["mismatch", "disagree", "contradicted"])
def test_each_failing_verdict_in_each_table_is_code_1(name: str, verdict: str) -> None:
    assert verification([], **{name: verdict}).exit_code == 1


@pytest.mark.parametrize("name", JUDGED)
def test_what_was_not_compared_is_code_2_and_outranks_1(name: str) -> None:
    assert verification([], **{name: "not compared"}).exit_code == 2
    others = {other: "disagree" for other in JUDGED if other != name}
    assert verification([], **others | {name: "not compared"}).exit_code == 2


def test_a_problem_is_code_2_and_outranks_1() -> None:
    assert verification(["a run failed"]).exit_code == 2
    assert verification(["a run failed"], published="mismatch").exit_code == 2


def test_an_error_of_the_program_itself_is_code_70_and_outranks_all() -> None:
    crashed = replace(verification(["a run failed"], published="mismatch"), crashes=[("a", "b")])
    assert crashed.exit_code == 70


@pytest.mark.parametrize("name", JUDGED)
def test_what_the_report_calls_failing_is_what_the_exit_code_says(name: str) -> None:
    for verdict in ("identical", "agree", "reproduced", "within rounding", "undetermined", "holds"):
        assert verdict not in FAILING
        assert verification([], **{name: verdict}).exit_code == 0
    assert {"mismatch", "disagree", "contradicted", "not compared"} <= set(FAILING)
    for verdict in FAILING:
        table = getattr(verification([], **{name: verdict}), name)
        assert failing(table)["verdict"].tolist() == [verdict]
        assert verification([], **{name: verdict}).exit_code > 0
