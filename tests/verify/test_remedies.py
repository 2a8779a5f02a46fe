"""Which changes of an argument are advice, in a session that only says what it is told to."""

from collections.abc import Callable
from dataclasses import replace
from threading import Event
from typing import Any

import numpy as np
import pytest

from compare.explain.remedy import Remedy
from compare.run.leaf import Leaves, numbers, texts
from compare.run.pool import Failure
from compare.run.probe import Answer, Call
from compare.run.trial import Trial
from compare.verify import remedies as module
from compare.verify.judge_outputs import judge_outputs
from compare.verify.pair_runs import PairRuns
from compare.verify.remedies import remedies
from tests.judge.leaves import side, text_side
from tests.verify.test_judge_outputs import leaf, made
from tests.verify.test_pair_runs import Played

THIRDS = (1 / 3, 2 / 3, 4 / 3)
SEVENTHS = (1 / 7, 2 / 7, 4 / 7)


def ddof(value: int, language: Any = "python", **more: Any) -> Trial:
    return Trial(language, "np.std", "a.py, line 2", 0, "ddof", value, **more)


def leaves(*values: float, **others: Any) -> Leaves:
    found = {"value": numbers("float64", "real number", np.array(values))}
    return found | {name: numbers("float64", "real number", v) for name, v in others.items()}


def tried(
    runs: PairRuns | list[PairRuns],
    trials: list[Trial],
    says: Callable[[Trial, Call], Leaves | Failure | None],
) -> list[Remedy]:
    """What comes of trials whose results a test says; None is an error."""

    def answer(call: Call, _: int) -> Any:
        if not call.changes:
            return Answer()
        found = says(call.changes[0], call)
        if isinstance(found, Failure):
            return found
        return Answer(error="refused") if found is None else Answer(found)

    session: Any = Played(answer)
    all_runs = runs if isinstance(runs, list) else [runs]
    judged = [(one, judge_outputs(one).get("native", [])) for one in all_runs]
    return remedies(session, judged, trials, 4.0, Event())


def test_a_change_that_makes_both_the_same_is_a_remedy() -> None:
    runs = made(THIRDS, SEVENTHS)
    results = {1: SEVENTHS, 2: (1.5, 2.5, 3.5)}
    (found,) = tried(runs, [ddof(1), ddof(2)], lambda t, _: leaves(*results[t.value]))
    assert found.trial == ddof(1)
    assert (found.outputs, found.examples) == ({"value": 3}, 1)
    assert found.bits > 100
    assert found.evidence("value") == (
        "by trial: with ddof=1 in np.std() (a.py, line 2) in Python, all 3 values are the same"
    )


def test_arguments_that_are_known_to_matter_are_tried_first(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(module, "MOST_TRIALS", 1)
    others = [replace(ddof(1), argument="mean"), ddof(1, computed="x"), ddof(1)]
    (found,) = tried(made(THIRDS, SEVENTHS), others, lambda t, _: leaves(*SEVENTHS))
    assert found.trial == ddof(1)


def test_r_is_changed_as_well() -> None:
    (found,) = tried(made(THIRDS, SEVENTHS), [ddof(1, "r")], lambda t, _: leaves(*THIRDS))
    assert found.trial.language == "r"
    assert "in R, all 3 values" in found.evidence("value")


@pytest.mark.parametrize("result", [None, Failure("it hung"), leaves(1 / 3, 2 / 3, 4 / 3)])
def test_what_fails_or_changes_nothing_is_no_remedy(result: Any) -> None:
    assert tried(made(THIRDS, SEVENTHS), [ddof(1)], lambda t, _: result) == []


def test_nothing_is_tried_where_all_agrees_or_one_language_failed() -> None:
    def none(*_: Any) -> Leaves:
        raise AssertionError

    assert tried(made(THIRDS, THIRDS), [ddof(1)], none) == []
    failed = made(THIRDS, SEVENTHS)
    del failed.leaves["r"]
    assert remedies(Played(none), [(failed, [])], [ddof(1)], 4.0, Event()) == []  # type: ignore[arg-type]


def with_other(python: float, r: float) -> PairRuns:
    """Runs with an output `other` besides."""
    runs = made(THIRDS, SEVENTHS)
    for language, value in (("python", python), ("r", r)):
        name: Any = language
        runs.leaves[name]["other"] = leaf(value)
        runs.sides[name]["other"] = side(value)
    return runs


def test_a_change_that_spoils_another_output_is_no_remedy() -> None:
    runs = with_other(1.37, 1.37)
    spoiling = leaves(*SEVENTHS, other=np.array([9.0]))
    assert tried(runs, [ddof(1)], lambda t, _: spoiling) == []
    keeping = leaves(*SEVENTHS, other=np.array([1.37]))
    assert len(tried(runs, [ddof(1)], lambda t, _: keeping)) == 1


def test_an_output_that_goes_by_a_change_is_not_mended() -> None:
    runs = with_other(1.37, 1.37)
    for held in (runs.leaves["r"], runs.sides["r"]):
        del held["other"]  # only Python has it
    (found,) = tried(runs, [ddof(1)], lambda t, _: leaves(*SEVENTHS))
    assert set(found.outputs) == {"value"}


def test_the_change_that_mends_most_comes_first() -> None:
    runs = with_other(1.37, 2.11)
    results = {1: leaves(*SEVENTHS, other=np.array([1.37])), 2: leaves(*SEVENTHS, other=[2.11])}
    found = tried(runs, [ddof(1), ddof(2)], lambda t, _: results[t.value])
    assert [remedy.trial.value for remedy in found] == [2, 1]
    assert [set(remedy.outputs) for remedy in found] == [{"value", "other"}, {"value"}]


def test_a_change_has_to_mend_every_example() -> None:
    first, second = made(THIRDS, SEVENTHS), made((0.1, 0.7), (0.3, 0.9), inputs={"x": 2.0})

    def says(trial: Trial, call: Call) -> Leaves:
        if call.inputs:
            return leaves(0.3, 0.9) if trial.value == 2 else leaves(0.1, 0.8)
        return leaves(*SEVENTHS)

    (found,) = tried([first, second], [ddof(1), ddof(2)], says)
    assert (found.trial.value, found.examples, found.outputs) == (2, 2, {"value": 5})
    assert "all 5 values of 2 examples are the same" in found.evidence("value")


def test_an_example_that_agrees_must_not_be_spoiled() -> None:
    good = made(THIRDS, THIRDS, inputs={"x": 2.0})

    def says(trial: Trial, call: Call) -> Leaves:
        return leaves(*(SEVENTHS if trial.value == 1 or not call.inputs else THIRDS))

    (found,) = tried([made(THIRDS, SEVENTHS), good], [ddof(1), ddof(2)], says)
    assert found.trial.value == 2


def test_a_short_number_is_no_evidence_and_many_results_cost() -> None:
    assert tried(made((3.0,), (4.0,)), [ddof(1)], lambda t, _: leaves(4.0)) == []
    runs = made((0.125,), (0.2345,))
    (alone,) = tried(runs, [ddof(1)], lambda t, _: leaves(0.2345))
    many = [ddof(i) for i in range(1, 9)]
    assert alone.bits == pytest.approx(np.log2(1 + 2 * 0.1095 / 1e-4), abs=0.1)
    by_value = {1: 0.2345} | {i: i / 7 for i in range(2, 9)}
    assert tried(runs, many, lambda t, _: leaves(by_value[t.value])) == []


def test_results_without_the_output_cost_nothing() -> None:
    runs = made((0.125,), (0.1875,))  # ten bits and a third

    def says(trial: Trial, _: Call) -> Leaves:
        return leaves(0.1875) if trial.value == 1 else {"other": leaf(trial.value / 7)}

    assert len(tried(runs, [ddof(i) for i in range(1, 9)], says)) == 1


def test_rounding_is_that_of_the_language_before_the_change() -> None:
    runs = made((1 / 3, 2 / 3), (1 / 7, 2 / 7))
    runs.sides["python"] = {"value": side(1 / 3, 2 / 3, spread=1e-9)}
    (found,) = tried(runs, [ddof(1)], lambda t, _: leaves(1 / 7 + 1e-9, 2 / 7 - 1e-9))
    assert found.outputs == {"value": 2}
    assert tried(runs, [ddof(1)], lambda t, _: leaves(1 / 7 + 1e-8, 2 / 7)) == []


def test_values_that_were_all_one_may_stay_so() -> None:
    runs = made((1 / 3,) * 3, (2 / 7,) * 3)
    assert len(tried(runs, [ddof(1)], lambda t, _: leaves(*(2 / 7,) * 3))) == 1


def test_what_is_computed_from_an_argument_costs_more() -> None:
    runs = made((0.125,), (0.23456,))
    plain = tried(runs, [ddof(1)], lambda t, _: leaves(0.23456))
    computed = [ddof(1, computed="1 / {}", source="1 / x")]
    (found,) = tried(runs, computed, lambda t, _: leaves(0.23456))
    assert plain[0].bits - found.bits == pytest.approx(3)
    assert found.advice == "1 / x in np.std() (a.py, line 2)"


@pytest.mark.parametrize("value", [float("nan"), 2 / 7])
def test_values_that_go_missing_or_become_one_are_no_remedy(value: float) -> None:
    runs = made(THIRDS, (value,) * 3)
    assert tried(runs, [ddof(1)], lambda t, _: leaves(*(value,) * 3)) == []


def test_values_that_were_missing_and_another_shape_count() -> None:
    missing = made(THIRDS, (1 / 3, float("nan"), 4 / 3))
    missing.sides["r"]["value"].missing[1] = 1
    (found,) = tried(missing, [ddof(1, "r")], lambda t, _: leaves(*THIRDS))
    assert found.bits > 40
    longer = made(THIRDS, (*THIRDS, 5 / 3))
    (found,) = tried(longer, [ddof(1)], lambda t, _: leaves(*THIRDS, 5 / 3))
    assert found.outputs == {"value": 4}


def test_texts_count_by_the_characters_that_differed() -> None:
    runs = made((0.0,), (0.0,))
    words = {"python": ["pear 1"], "r": ["figs 2"]}
    for language, said in words.items():
        name: Any = language
        runs.leaves[name] = {"value": texts("str", said)}
        runs.sides[name] = {"value": text_side(*said)}
    (found,) = tried(runs, [ddof(1)], lambda t, _: {"value": texts("str", ["figs 2"])})
    assert found.bits == pytest.approx(5 * np.log2(36))


def test_calls_that_do_not_end_are_given_up_after_three(monkeypatch: pytest.MonkeyPatch) -> None:
    now = [0.0]
    monkeypatch.setattr(module, "monotonic", lambda: now[0])
    asked: list[int] = []

    def says(trial: Trial, call: Call) -> Failure:
        asked.append(trial.value)
        now[0] += module.EACH
        return Failure("it hung")

    assert tried(made(THIRDS, SEVENTHS), [ddof(i) for i in range(1, 9)], says) == []
    assert asked == [1, 2, 3]


def test_trials_end_when_their_time_is_over(monkeypatch: pytest.MonkeyPatch) -> None:
    now = [0.0]
    monkeypatch.setattr(module, "monotonic", lambda: now[0])
    asked: list[int] = []

    def says(trial: Trial, call: Call) -> Leaves:
        asked.append(trial.value)
        now[0] += 0.9 * module.EACH
        return leaves(*SEVENTHS)

    tried(made(THIRDS, SEVENTHS), [ddof(i) for i in range(1, 99)], says)
    assert len(asked) == int(module.SECONDS / 0.9) + 1
