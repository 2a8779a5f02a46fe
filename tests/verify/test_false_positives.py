from typing import Any

import numpy as np
import pytest

from compare.case.case import Case
from compare.case.setting import settings
from compare.evidence.spread import Spread
from compare.evidence.tables import load
from compare.judge.pairs import Comparison
from compare.judge.proved import ProvedCheck
from compare.verify import false_positives
from compare.verify.false_positives import (
    MOST_FALSE_POSITIVES,
    FalsePositives,
    count_false_positives,
    false_positive_table,
)


@pytest.mark.slow
def test_correct_runs_are_hardly_ever_called_a_disagreement(cases: dict[str, Case]) -> None:
    found = count_false_positives(settings(cases["clark-example-1"])[0])
    assert found.runs == 300
    assert found.count <= 300 * MOST_FALSE_POSITIVES
    assert found.worst_ratio > 0


def test_a_spread_too_small_makes_correct_runs_disagree(
    cases: dict[str, Case], monkeypatch: pytest.MonkeyPatch
) -> None:
    case = cases["clark-example-1"]
    monkeypatch.setattr(false_positives, "RUNS", 50)
    monkeypatch.setattr(
        Spread,
        "of",
        lambda self, setting, quantity: np.zeros(case.shape(quantity)),
    )
    assert count_false_positives(settings(case)[0]).count > 25


@pytest.mark.parametrize(
    ("rule", "verdict"),
    [
        ("compare_arrays", Comparison("disagree", ratio_to_tolerance=2.0)),
        ("judge_window", Comparison("disagree", ratio_to_tolerance=2.0)),
        ("check_proved", ProvedCheck("disagree", ratio_to_tolerance=2.0)),
    ],
)
def test_a_run_is_a_false_positive_by_any_one_rule(
    cases: dict[str, Case],
    monkeypatch: pytest.MonkeyPatch,
    rule: str,
    verdict: Comparison | ProvedCheck,
) -> None:
    monkeypatch.setattr(false_positives, "RUNS", 50)
    monkeypatch.setattr(false_positives, rule, lambda *_: verdict)
    found = count_false_positives(settings(cases["descent-bucket"])[0])
    assert (found.count, found.worst_ratio) == (50, 2.0)


def test_a_correct_run_is_judged_with_the_weights_and_trajectories_of_its_case(
    cases: dict[str, Case], monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[Any] = []

    def together(found: Any, weights: Any, _: Any, trajectories: Any) -> dict[str, Comparison]:
        asked.append((list(weights), list(trajectories)))
        return {}

    def beside_proof(*arguments: Any) -> ProvedCheck:
        asked.append(arguments[-2:])
        return ProvedCheck("agree", ratio_to_tolerance=0.0)

    monkeypatch.setattr(false_positives, "RUNS", 50)
    monkeypatch.setattr(false_positives, "judge_together", together)
    monkeypatch.setattr(false_positives, "check_proved", beside_proof)
    monkeypatch.setattr(Spread, "leaves_weights_undetermined", lambda *_: "as the weights are")
    setting = settings(cases["clark-example-1"])[0]
    count_false_positives(setting)
    assert (setting.weight_names, setting.case.trajectories) in asked
    assert ("as the weights are", True) in asked
    assert ("as the weights are", False) in asked


def test_the_rate_comes_with_its_confidence_interval(cases: dict[str, Case]) -> None:
    setting = settings(cases["clark-example-1"])[0]
    table = false_positive_table(
        [
            FalsePositives(setting, 300, 0, 0.5, "error"),
            FalsePositives(setting, 300, 6, 1.5, "error"),
        ]
    )
    assert table["rate"].tolist() == [0.0, 0.02, 0.01]
    assert (table["low"] <= table["rate"]).all()
    assert (table["rate"] <= table["high"]).all()
    assert table["high"].iloc[0] == pytest.approx(0.0122, abs=1e-4)


def test_the_stored_rate_is_at_most_one_percent_at_every_setting(cases: dict[str, Case]) -> None:
    stored = load("false_positives")
    assert stored is not None
    assert len(stored.table) == sum(len(settings(case)) for case in cases.values()) + 1
    assert all(float(rate) <= MOST_FALSE_POSITIVES for rate in stored.table["rate"])


def test_some_cases_may_be_renewed_and_the_others_stay(cases: dict[str, Case]) -> None:
    first, second = (settings(cases[name])[0] for name in ("clark-example-1", "clark-example-2"))
    both = false_positive_table(
        [FalsePositives(first, 300, 3, 1.1, "error"), FalsePositives(second, 300, 6, 1.5, "error")]
    )
    renewed = false_positive_table([FalsePositives(second, 300, 0, 0.5, "error")], both.astype(str))
    assert renewed["case"].tolist() == ["clark-example-1", "clark-example-2", "all"]
    assert renewed["false_positives"].tolist() == [3, 0, 3]
    assert renewed["worst_ratio"].tolist() == [1.1, 0.5, 1.1]
    assert renewed["where"].iloc[2] == "clark-example-1, initial weights from NumPy, error"
