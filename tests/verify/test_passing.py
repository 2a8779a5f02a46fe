"""What passes, and what must not: results that are right but for one lie, judged as `verify` does.

Python's results stand in for R's, so that no R is needed and any difference is the lie.
"""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd
import pytest

from compare.case.case import Case
from compare.case.setting import Setting, settings
from compare.evidence.spread import Spread
from compare.judge.pairs import compare_arrays
from compare.run.pool import Failure
from compare.run.results import Results
from compare.run.runs import Result, Run
from compare.verify import comparisons, tables
from compare.verify.comparisons import compare_pairs
from compare.verify.stored import StoredEvidence


class MovedSpread(Spread):
    """The stored spread, but for weights that rounding moves by as much as they are large."""

    def of(self, setting: Setting, quantity: str) -> Any:
        kept = super().of(setting, quantity)
        return np.full((3, 1), 20.0) if quantity == "synapse_0" else kept


class FewDigits(Spread):
    """The stored spread, but for predictions of which it leaves four digits."""

    def of(self, setting: Setting, quantity: str) -> Any:
        kept = super().of(setting, quantity)
        return np.full((4, 1), 1e-5) if quantity == "layer_1" else kept


def with_weight_moved(result: Result) -> Result:
    return result | {"synapse_0": result["synapse_0"] + 1.0}


def with_prediction_moved(result: Result) -> Result:
    return result | {"layer_1": result["layer_1"] * (1 + 1e-5)}


def agreement(
    example: Case, results: Results, spread: type[Spread] = Spread
) -> dict[tuple[str, str], set[str]]:
    stored = replace(StoredEvidence.of([example]), spreads={example.name: spread(example)})
    table = tables.agreement(compare_pairs([example], results, stored, {}))
    return {
        (str(a), str(q)): set(rows["verdict"])
        for (a, q), rows in table.groupby(["arithmetic", "quantity"])
    }


def test_the_same_results_on_both_sides_are_identical_in_every_row(
    example: Case, results: Callable[..., Results]
) -> None:
    found = agreement(example, results())
    assert len(found) == 2 * (len(example.quantities) + 1)
    assert set(map(frozenset, found.values())) == {frozenset({"identical"})}


@pytest.mark.parametrize("arithmetic", ["native", "portable"])
def test_a_lie_disagrees_in_its_own_row(
    example: Case, results: Callable[..., Results], arithmetic: str
) -> None:
    found = agreement(example, results(with_prediction_moved, arithmetic))
    assert [key for key, verdicts in found.items() if verdicts != {"identical"}] == [
        (arithmetic, "layer_1")
    ]
    assert found[arithmetic, "layer_1"] == {"disagree"}


def test_one_bit_in_a_portable_run_disagrees(
    example: Case, results: Callable[..., Results]
) -> None:
    def last_bit(result: Result) -> Result:
        return result | {"error": np.nextafter(result["error"], 1)}

    assert agreement(example, results(last_bit, "portable"))["portable", "error"] == {"disagree"}
    assert agreement(example, results(last_bit, "native"))["native", "error"] == {"agree"}


def test_a_starting_weight_must_be_the_same_bits_in_native_runs_too(
    example: Case, results: Callable[..., Results]
) -> None:
    def moved(result: Result) -> Result:
        return result | {"start_synapse_0": np.nextafter(result["start_synapse_0"], 2)}

    assert agreement(example, results(moved))["native", "start_synapse_0"] == {"disagree"}


def test_undetermined_weights_pass_where_complete_portable_runs_are_identical(
    example: Case, results: Callable[..., Results]
) -> None:
    found = agreement(example, results(with_weight_moved), MovedSpread)
    assert found["native", "synapse_0"] == {"undetermined"}


def test_undetermined_weights_fail_where_the_portable_runs_are_short(
    example: Case, results: Callable[..., Results]
) -> None:
    found = agreement(example, results(with_weight_moved, short=True), MovedSpread)
    assert found["native", "synapse_0"] == {"disagree"}


def test_undetermined_weights_fail_where_the_portable_runs_differ(
    example: Case, results: Callable[..., Results]
) -> None:
    found = agreement(example, results(with_prediction_moved, "portable"), MovedSpread)
    assert found["portable", "layer_1"] == {"disagree"}
    assert found["native", "synapse_0"] == {"identical"}

    def both(result: Result) -> Result:
        return with_prediction_moved(with_weight_moved(result))

    differing = results(with_weight_moved)
    for setting in settings(example):
        run = Run(setting, "r", "portable")
        good = differing.get(setting, "r", "portable")
        assert isinstance(good, dict)
        differing.add(run, both(good))
    assert agreement(example, differing, MovedSpread)["native", "synapse_0"] == {"disagree"}


@pytest.mark.parametrize(("hold", "verdict"), [(True, "undetermined"), (False, "disagree")])
def test_fewer_than_six_digits_pass_by_short_portable_runs_and_windows_only(
    example: Case,
    results: Callable[..., Results],
    monkeypatch: pytest.MonkeyPatch,
    hold: bool,
    verdict: str,
) -> None:
    monkeypatch.setattr(comparisons, "windows_hold", lambda *_: hold)
    found = agreement(example, results(with_prediction_moved, short=True), FewDigits)
    assert found["native", "layer_1"] == {verdict}


def test_fewer_than_six_digits_fail_where_portable_runs_differ(
    example: Case, results: Callable[..., Results], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(comparisons, "windows_hold", lambda *_: True)
    made = results(with_prediction_moved, short=True)
    for setting in settings(example):
        good = made.get(setting, "r", "portable")
        assert isinstance(good, dict)
        made.add(Run(setting, "r", "portable", 2000), with_weight_moved(good))
    assert agreement(example, made, FewDigits)["native", "layer_1"] == {"disagree"}


@pytest.mark.parametrize("missing", ["layer_1", "error"])
def test_what_a_language_does_not_return_is_not_compared(
    example: Case, results: Callable[..., Results], missing: str
) -> None:
    def without(result: Result) -> Result:
        return {name: values for name, values in result.items() if name != missing}

    assert agreement(example, results(without))["native", missing] == {"not compared"}


def test_a_run_that_failed_is_not_compared(example: Case, results: Callable[..., Results]) -> None:
    made = results(lambda _: Failure("it stopped"))
    native = [verdicts for (a, _), verdicts in agreement(example, made).items() if a == "native"]
    assert set.union(*native) == {"not compared"}
    assert len(made.failed()) == len(example.starts)


def published(example: Case, results: Results) -> pd.DataFrame:
    return tables.published([example], results, StoredEvidence.of([example]), [])


def test_rs_printed_numbers_are_judged_by_rs_run_and_pythons_by_pythons(
    example: Case, results: Callable[..., Results]
) -> None:
    table = published(example, results(with_prediction_moved))
    layer = table[table["quantity"] == "layer_1"]
    assert set(layer.loc[layer["language"] == "r", "verdict"]) == {"mismatch"}
    assert set(layer.loc[layer["language"] == "python", "verdict"]) <= {
        "reproduced",
        "within rounding",
    }


def test_every_printed_number_has_its_row_also_where_runs_failed(
    example: Case, results: Callable[..., Results]
) -> None:
    table = published(example, results(lambda _: Failure("it stopped")))
    assert len(table) == example.printed_numbers
    in_r = table[table["language"] == "r"]
    assert set(in_r["verdict"]) == {"not compared"}


def test_a_printed_number_without_a_measured_spread_is_not_compared(
    example: Case, results: Callable[..., Results], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Spread, "of", lambda *_: None)
    table = published(example, results())
    assert set(table.loc[table["quantity"] == "layer_1", "verdict"]) == {"not compared"}
    assert agreement(example, results())["native", "layer_1"] == {"not compared"}


def test_a_value_is_small_beside_the_inputs_not_beside_the_number_of_iterations(
    example: Case, results: Callable[..., Results], monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = []

    def compared(*arguments: Any) -> Any:
        asked.append(arguments[-1])
        return compare_arrays(*arguments)

    monkeypatch.setattr(comparisons, "compare_arrays", compared)
    agreement(example, results())
    assert set(asked) == {1.0}
