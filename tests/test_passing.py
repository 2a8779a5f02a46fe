"""What passes, and what must not: results that are honest but for one lie, judged as `verify` does.

Python's results stand in for R's, so that no R is needed and any difference is the lie.
"""

from collections.abc import Callable
from dataclasses import fields, replace
from typing import Any

import numpy as np
import pandas as pd
import pytest

from compare import references, tables, truth
from compare.case import Case
from compare.claims import FAILS, HOLDS
from compare.directed_evidence import Directed
from compare.pool import Failure
from compare.proof import Proof, load
from compare.results import Results
from compare.runs import Result, Run, execute, settings
from compare.spread import Spread
from compare.summary import FAILING, failing
from compare.verdicts import compare_arrays, judge_together
from compare.verify import Verification

SHORT = 50
Lie = Callable[[Result], Any]


@pytest.fixture(scope="module")
def example(cases: dict[str, Case]) -> Case:
    return cases["clark-example-1"]


@pytest.fixture(scope="module")
def by_run(example: Case) -> dict[tuple[str, str], Result]:
    return {
        (s.start, arithmetic): execute(Run(s.case, s.variant, s.start, "python", arithmetic))
        for s in settings(example)
        for arithmetic in example.arithmetics
    }


@pytest.fixture
def results(example: Case, by_run: dict[tuple[str, str], Result]) -> Callable[..., Results]:
    """The results with a lie in what R gave in one arithmetic, or with short ordered runs."""

    def make(lie: Lie | None = None, arithmetic: str = "native", short: bool = False) -> Results:
        made = Results()
        for (start, its), result in by_run.items():
            length = SHORT if short and its == "ordered" else None
            for language in ("python", "r"):
                wrong = lie is not None and (language, its) == ("r", arithmetic)
                given: Any = lie(result) if lie and wrong else result
                if length and not isinstance(given, Failure):
                    given = given | {"error": given["error"][:length]}
                run = Run(example, example.variants()[0], start, language, its, length)
                made.add(run, given)
        return made

    return make


class MovedSpread(Spread):
    """The stored spread, but for weights that rounding moves by as much as they are large."""

    def of(self, variant: str, start: str, quantity: str) -> Any:
        kept = super().of(variant, start, quantity)
        return np.full((3, 1), 20.0) if quantity == "synapse_0" else kept


def with_weight_moved(result: Result) -> Result:
    return result | {"synapse_0": result["synapse_0"] + 1.0}


def with_prediction_moved(result: Result) -> Result:
    return result | {"layer_1": result["layer_1"] * (1 + 1e-5)}


def agreement(
    example: Case, results: Results, spread: type[Spread] = Spread
) -> dict[tuple[str, str], set[str]]:
    table = tables.agreement([example], results, {example.name: spread(example)}, {})
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


@pytest.mark.parametrize("arithmetic", ["native", "ordered"])
def test_a_lie_disagrees_in_its_own_row(
    example: Case, results: Callable[..., Results], arithmetic: str
) -> None:
    found = agreement(example, results(with_prediction_moved, arithmetic))
    assert [key for key, verdicts in found.items() if verdicts != {"identical"}] == [
        (arithmetic, "layer_1")
    ]
    assert found[arithmetic, "layer_1"] == {"disagree"}


def test_one_bit_in_an_ordered_run_disagrees(
    example: Case, results: Callable[..., Results]
) -> None:
    def last_bit(result: Result) -> Result:
        return result | {"error": np.nextafter(result["error"], 1)}

    assert agreement(example, results(last_bit, "ordered"))["ordered", "error"] == {"disagree"}
    assert agreement(example, results(last_bit, "native"))["native", "error"] == {"agree"}


def test_a_starting_weight_must_be_the_same_bits_in_native_runs_too(
    example: Case, results: Callable[..., Results]
) -> None:
    def moved(result: Result) -> Result:
        return result | {"start_synapse_0": np.nextafter(result["start_synapse_0"], 2)}

    assert agreement(example, results(moved))["native", "start_synapse_0"] == {"disagree"}


def test_undetermined_weights_pass_where_complete_ordered_runs_are_identical(
    example: Case, results: Callable[..., Results]
) -> None:
    found = agreement(example, results(with_weight_moved), MovedSpread)
    assert found["native", "synapse_0"] == {"undetermined"}


def test_undetermined_weights_fail_where_the_ordered_runs_are_short(
    example: Case, results: Callable[..., Results]
) -> None:
    found = agreement(example, results(with_weight_moved, short=True), MovedSpread)
    assert found["native", "synapse_0"] == {"disagree"}


def test_undetermined_weights_fail_where_the_ordered_runs_differ(
    example: Case, results: Callable[..., Results]
) -> None:
    found = agreement(example, results(with_prediction_moved, "ordered"), MovedSpread)
    assert found["ordered", "layer_1"] == {"disagree"}
    assert found["native", "synapse_0"] == {"identical"}

    def both(result: Result) -> Result:
        return with_prediction_moved(with_weight_moved(result))

    differing = results(with_weight_moved)
    for setting in settings(example):
        run = Run(example, setting.variant, setting.start, "r", "ordered")
        good = differing.get(example, "-", setting.start, "r", "ordered")
        assert isinstance(good, dict)
        differing.add(run, both(good))
    assert agreement(example, differing, MovedSpread)["native", "synapse_0"] == {"disagree"}


@pytest.mark.parametrize("missing", ["layer_1", "error"])
def test_what_a_language_does_not_return_is_not_compared(
    example: Case, results: Callable[..., Results], missing: str
) -> None:
    def without(result: Result) -> Result:
        return {name: values for name, values in result.items() if name != missing}

    assert agreement(example, results(without))["native", missing] == {"not compared"}


def test_a_run_that_failed_is_not_compared(example: Case, results: Callable[..., Results]) -> None:
    made = results(lambda _: Failure("it stopped"))
    assert {v for (a, _), v in agreement_sets(example, made) if a == "native"} == {"not compared"}
    assert len(made.failures()) == len(example.starts)


def agreement_sets(example: Case, made: Results) -> list[tuple[tuple[str, str], str]]:
    return [(key, v) for key, verdicts in agreement(example, made).items() for v in verdicts]


def published(example: Case, results: Results) -> pd.DataFrame:
    proofs = {str(s): load(s) for s in settings(example)}
    return tables.published([example], results, {example.name: Spread(example)}, proofs)


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


def accuracy(example: Case, results: Results, spread: type[Spread] = Spread) -> pd.DataFrame:
    proofs = {str(s): load(s) for s in settings(example)}
    directed, spreads = {example.name: Directed(example)}, {example.name: spread(example)}
    return truth.accuracy([example], results, proofs, directed, spreads)


def test_each_language_is_judged_by_the_proof(
    example: Case, results: Callable[..., Results]
) -> None:
    table = accuracy(example, results(with_prediction_moved))
    wrong = table[table["verdict"] != "agree"]
    assert set(wrong["language"]) == {"r"}
    assert set(wrong["quantity"]) == {"layer_1"}
    assert set(wrong["verdict"]) == {"disagree"}
    assert len(table) == 2 * 2 * len(example.quantities)


def test_only_undetermined_weights_excuse_a_value_beside_its_proof(
    example: Case, results: Callable[..., Results]
) -> None:
    class WideRange(Spread):
        """The stored spread, but for one prediction that rounding moves by some percent."""

        def of(self, variant: str, start: str, quantity: str) -> Any:
            kept: Any = super().of(variant, start, quantity)
            return np.r_[0.05, np.ravel(kept)[1:]] if quantity == "layer_1" else kept

    class WideRangeByWeights(WideRange):
        """The same, from weights that rounding moves by as much as they are large."""

        def of(self, variant: str, start: str, quantity: str) -> Any:
            kept = super().of(variant, start, quantity)
            return np.full((3, 1), 20.0) if quantity == "synapse_0" else kept

    made = results(with_prediction_moved)
    assert "disagree" in set(accuracy(example, made, WideRange)["verdict"])
    assert set(accuracy(example, made, WideRangeByWeights)["verdict"]) == {"agree"}


def test_a_language_that_failed_is_not_compared_with_the_proof(
    example: Case, results: Callable[..., Results]
) -> None:
    table = accuracy(example, results(lambda _: Failure("it stopped")))
    assert set(table.loc[table["language"] == "r", "verdict"]) == {"not compared"}


def test_a_proof_that_nothing_proves_again_is_not_compared(example: Case) -> None:
    proof = load(settings(example)[0])
    assert references.judge_proof(proof, None)[0] == references.NOT_REPROVED
    assert references.judge_proof(proof, Failure("it stopped"))[0] == references.NOT_REPROVED
    assert references.judge_proof(proof, {"error": {}})[0] == references.NOT_REPROVED


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
    assert references.judge_spread(setting, Spread(example), unknown)[0] == references.NOT_REPROVED
    failure = Failure("it stopped")
    assert references.judge_spread(setting, Spread(example), failure)[0] == references.NOT_REPROVED
    assert (
        references.judge_directed(setting, Directed(example), failure)[0] == references.NOT_REPROVED
    )
    of_r = {"r": unknown}
    assert references.judge_directed(setting, Directed(example), of_r)[0] == references.NOT_REPROVED


@pytest.mark.parametrize("factor", [5.0, 1e6, 1 / 5.0, 0.0])
def test_a_stored_spread_of_another_size_is_contradicted(example: Case, factor: float) -> None:
    setting = settings(example)[0]
    kept = Spread(example).of("-", setting.start, "error")
    assert kept is not None
    judged = references.judge_spread(setting, Spread(example), {"error": kept[:200] * factor})
    assert judged[0] == references.CONTRADICTED
    assert (
        references.judge_spread(setting, Spread(example), {"error": kept[:200]})[0]
        == references.HOLDS
    )


def test_determined_weights_excuse_nothing_that_another_value_is_allowed() -> None:
    a = np.array([1.0, 2.0, 3.0])
    wide = np.array([0.0, 0.0, 1e-6])
    error = compare_arrays(a, a + np.array([1e-9, 0, 0]), (3,), wide)
    assert error.verdict == "disagree"
    determined = compare_arrays(a, a, (3,), wide)
    assert judge_together({"error": error, "w": determined}, ["w"], {"error": 1.0}) == {
        "error": error,
        "w": determined,
    }
    moved = compare_arrays(a, a, (3,), np.full(3, 2.0))
    excused = judge_together({"error": error, "w": moved}, ["w"], {"error": 1.0})
    assert excused["error"].verdict == "undetermined"


def test_undetermined_weights_excuse_no_value_that_is_not_finite() -> None:
    a = np.array([1.0, 2.0, 3.0])
    error = compare_arrays(a, np.array([1.0, np.nan, 3.0]), (3,), np.ones(3))
    moved = compare_arrays(a, a, (3,), np.full(3, 2.0))
    judged = judge_together({"error": error, "w": moved}, ["w"], {"error": 1.0})
    assert judged["error"].verdict == "disagree"


JUDGED = ("published", "agreement", "windows", "accuracy", "references", "oracles")


def verification(problems: list[str], **verdicts: str) -> Verification:
    """A verification in which every table has one good row, and some another."""
    good = pd.DataFrame({"verdict": ["identical"]})
    empty: dict[str, Any] = {
        field.name: pd.DataFrame({"verdict": ["identical", verdicts[field.name]]})
        if field.name in verdicts
        else good
        for field in fields(Verification)
    }
    statements = {name: statement(HOLDS) for name in ("claims", "differences")}
    lists: dict[str, Any] = {"cases": [], "problems": problems, "crashes": []}
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
