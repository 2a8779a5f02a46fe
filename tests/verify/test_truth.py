"""Values beside their proofs, and what undetermined weights excuse there and in pairs."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd
import pytest

from compare.case.case import Case
from compare.case.setting import Setting
from compare.evidence.directed_spread import Directed
from compare.evidence.spread import Spread
from compare.run.pool import Failure
from compare.run.results import Results
from compare.run.runs import Result
from compare.verify import truth
from compare.verify.stored import StoredEvidence
from tests.verify.test_passing import MovedSpread, agreement, with_prediction_moved


def accuracy(example: Case, results: Results, spread: type[Spread] = Spread) -> pd.DataFrame:
    stored = replace(StoredEvidence.of([example]), spreads={example.name: spread(example)})
    return truth.accuracy([example], results, stored)


def test_each_language_is_judged_by_the_proof(
    example: Case, results: Callable[..., Results]
) -> None:
    table = accuracy(example, results(with_prediction_moved))
    wrong = table[table["verdict"] != "agree"]
    assert set(wrong["language"]) == {"r"}
    assert set(wrong["quantity"]) == {"layer_1"}
    assert set(wrong["verdict"]) == {"disagree"}
    assert len(table) == 2 * 2 * len(example.quantities)


def test_a_value_far_beyond_the_smallest_tolerance_disagrees_without_a_warning(
    example: Case, results: Callable[..., Results]
) -> None:
    def with_a_zero(result: Result) -> Result:
        return result | {"layer_1": np.r_[0.0, np.ravel(result["layer_1"])[1:]].reshape(-1, 1)}

    class WithoutRounding(Directed):
        """Runs that rounding does not move, so that a zero has the smallest tolerance there is."""

        def of(self, setting: Setting, language: str, quantity: str) -> Any:
            return dict.fromkeys(super().of(setting, language, quantity) or {}, 0.0)

    stored = replace(
        StoredEvidence.of([example]), directed={example.name: WithoutRounding(example)}
    )
    table = truth.accuracy([example], results(with_a_zero), stored)
    wrong = table.query("quantity == 'layer_1' and language == 'r'")
    assert set(wrong["verdict"]) == {"disagree"}
    assert set(wrong["ratio_to_tolerance"]) == {np.inf}


def test_only_undetermined_weights_excuse_a_value_beside_its_proof(
    example: Case, results: Callable[..., Results]
) -> None:
    class WideRange(Spread):
        """The stored spread, but for one prediction that rounding moves by some percent."""

        def of(self, setting: Setting, quantity: str) -> Any:
            kept: Any = super().of(setting, quantity)
            return np.r_[0.05, np.ravel(kept)[1:]] if quantity == "layer_1" else kept

    class ByWeights(MovedSpread, WideRange):
        """The same, from weights that rounding moves by as much as they are large."""

    made = results(with_prediction_moved)
    assert "disagree" in set(accuracy(example, made, WideRange)["verdict"])
    assert set(accuracy(example, made, ByWeights)["verdict"]) == {"agree"}


class SeparatingMembers(MovedSpread):
    """Undetermined weights, and members whose errors separate half-way, at one place widely."""

    def of(self, setting: Setting, quantity: str) -> Any:
        spread: Any = super().of(setting, quantity)
        if quantity == "error":
            half = len(spread) // 2
            spread[half:] = 1e-5
            spread[half] = 0.04
        return spread


@pytest.mark.parametrize(("iteration", "late"), [(0, False), (-1, True)])
def test_undetermined_weights_excuse_an_error_only_from_where_the_members_separate(
    example: Case, results: Callable[..., Results], iteration: int, late: bool
) -> None:
    def with_one_error_moved(result: Result) -> Result:
        error = result["error"].copy()
        error[iteration] += 0.1
        return result | {"error": error}

    made = results(with_one_error_moved)
    pair = agreement(example, made, SeparatingMembers)["native", "error"]
    assert pair == ({"undetermined"} if late else {"disagree"})
    proved = accuracy(example, made, SeparatingMembers)
    in_r = proved[(proved["language"] == "r") & (proved["quantity"] == "error")]
    assert set(in_r["verdict"]) == ({"agree"} if late else {"disagree"})


def test_a_language_that_failed_is_not_compared_with_the_proof(
    example: Case, results: Callable[..., Results]
) -> None:
    table = accuracy(example, results(lambda _: Failure("it stopped")))
    assert set(table.loc[table["language"] == "r", "verdict"]) == {"not compared"}
