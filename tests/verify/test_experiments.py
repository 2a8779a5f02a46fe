"""What other inputs and another seed show, in a session that only says what it is told to."""

from collections.abc import Callable
from dataclasses import replace
from threading import Event
from time import monotonic
from typing import Any

import numpy as np
import pytest

from compare.explain.remedy import Formats, Shown, consistent
from compare.run.leaf import Leaf, numbers
from compare.run.pool import Failure
from compare.run.probe import Answer, Call
from compare.run.trial import TIGHT, Trial
from compare.verify.experiments import SINGULAR, experiments, kept_formats
from compare.verify.explanations import explanation_rows
from compare.verify.judge_outputs import judge_outputs
from compare.verify.pair_runs import PairRuns
from tests.judge.leaves import side
from tests.verify.test_judge_outputs import leaf, made
from tests.verify.test_pair_runs import Played

VALUE = frozenset({"value"})
NEGATIVE = {"x": np.array([-1.5, 2.25])}


def shown(
    runs: PairRuns,
    values: Callable[[Call], tuple[float, ...]],
    trials: tuple[Trial, ...] = (),
    refused: str = "",
) -> list[Shown]:
    """What is shown where a call returns what a test says."""

    def says(call: Call, _: int) -> Answer:
        if refused and call.changes:
            return Answer(error=refused)
        return Answer({"value": leaf(*values(call))})

    session: Any = Played(says)
    outputs = judge_outputs(runs)["native"]
    found = experiments(session, runs, outputs, trials, 4.0, Event(), monotonic() + 60)
    (kept,) = consistent([found])
    return kept


def of_negative(call: Call) -> tuple[float, ...]:
    """A function that is another in R where its input is negative."""
    x = call.inputs["x"]
    return tuple(np.abs(x) if call.language == "r" else x)


def test_inputs_on_which_both_agree_tell_what_they_lack() -> None:
    (found,) = shown(made((-1.5, 2.25), (1.5, 2.25), inputs=NEGATIVE), of_negative)
    assert (found.name, found.parameter) == ("input", "no negative number in x")
    assert found.fact == "with no negative number in x both languages agree"
    assert found.outputs == VALUE


def test_inputs_on_which_they_still_differ_tell_nothing() -> None:
    runs = made((1.0, 2.0), (3.0, 4.0), inputs=NEGATIVE)
    assert shown(runs, lambda c: (1.0, 2.0) if c.language == "r" else (3.0, 4.0)) == []


def test_what_makes_both_agree_by_chance_on_some_inputs_explains_nothing() -> None:
    by_chance = Shown(VALUE, "input", "x in increasing order", "both agree", "", "")
    in_vain = replace(by_chance, outputs=frozenset(), in_vain=VALUE)
    of_another = replace(in_vain, in_vain=frozenset({"sum"}))
    ties = replace(in_vain, parameter="no two equal values in x")
    assert consistent([[by_chance], [in_vain]]) == [[], []]
    assert consistent([[by_chance], [of_another, ties]]) == [[by_chance], []]


@pytest.mark.parametrize(("now", "in_vain"), [((1.0, 2.0), VALUE), ((1.0, 4.0), frozenset())])
def test_a_change_is_in_vain_where_as_many_values_differ_as_before(
    now: tuple[float, ...], in_vain: frozenset[str]
) -> None:
    runs = made((3.0, 4.0), (1.0, 2.0), inputs=NEGATIVE)
    outputs = judge_outputs(runs)["native"]

    def says(call: Call, _: int) -> Answer:
        return Answer({"value": leaf(*(now if call.language == "r" else (3.0, 4.0)))})

    session: Any = Played(says)
    first, *_ = experiments(session, runs, outputs, (), 4.0, Event(), monotonic() + 60)
    assert (first.outputs, first.in_vain) == (frozenset(), in_vain)


@pytest.mark.parametrize("same", [(0.0, 0.0), (7.0, 7.0), (float("nan"), float("nan"))])
def test_trivial_values_on_which_both_agree_tell_nothing(same: tuple[float, ...]) -> None:
    assert shown(made((-1.5, 2.25), (1.5, 2.25), inputs=NEGATIVE), lambda c: same) == []


def test_what_jumps_in_both_languages_is_looked_at_too() -> None:
    runs = made((1.0, 2.25), (2.0, 2.25), inputs={"x": np.array([1.5, 2.25])})
    for language, value in (("python", 1.0), ("r", 2.0)):
        name: Any = language
        runs.sides[name] = {"value": side(value, 2.25, spread=[1.0, 0.0], jumps=True)}
    (found,) = shown(runs, lambda c: (1.0, 2.25))[:1]
    assert found.parameter == "no value half way between whole numbers in x"


def test_a_single_zero_on_which_both_agree_tells_nothing() -> None:
    runs = made((-1.5,), (1.5,), inputs=NEGATIVE)
    assert shown(runs, lambda c: (0.0,)) == []
    assert shown(runs, lambda c: (0.5,))


def test_nothing_is_tried_where_all_agrees_or_one_language_failed() -> None:
    def none(_: Call) -> tuple[float, ...]:
        raise AssertionError

    assert shown(made((1.5,), (1.5,), inputs=NEGATIVE), none) == []
    failed = made((1.5,), (2.5,), inputs=NEGATIVE)
    outputs = judge_outputs(failed)["native"]
    del failed.leaves["r"]
    session: Any = Played(lambda *_: Answer())
    assert experiments(session, failed, outputs, [], 4.0, Event(), monotonic() + 60) == []


def test_nothing_is_tried_when_time_is_over() -> None:
    runs = made((-1.5, 2.25), (1.5, 2.25), inputs=NEGATIVE)
    outputs = judge_outputs(runs)["native"]
    session: Any = Played(lambda call, _: Answer({"value": leaf(*of_negative(call))}))
    assert experiments(session, runs, outputs, [], 4.0, Event(), monotonic() - 1) == []
    assert session.calls == []
    assert experiments(session, runs, outputs, [], 4.0, Event(), monotonic() + 60)


def seeded(call: Call) -> float:
    return float(call.inputs.get("seed", call.seed or 0))


@pytest.mark.parametrize(
    "runs",
    [
        made((0.1, 0.2), (0.3, 0.4), inputs={"seed": 3}),
        made((0.1, 0.2), (0.3, 0.4), seed=3),
    ],
)
def test_values_that_another_seed_changes_in_both_are_random(runs: PairRuns) -> None:
    (found,) = shown(runs, lambda c: (seeded(c), seeded(c) + (c.language == "r")))
    assert (found.name, found.outputs) == ("another stream", VALUE)


def test_values_that_another_seed_changes_in_one_language_are_random_there() -> None:
    runs = made((0.1, 0.2), (0.3, 0.4), inputs={"seed": 3})

    def values(call: Call) -> tuple[float, ...]:
        return (0.1, 0.2) if call.language == "python" else (seeded(call), 0.7)

    (found,) = shown(runs, values)
    assert (found.name, found.parameter) == ("random in one language", "r")
    assert found.fact == "with another seed R alone returns other values"


def test_values_that_no_seed_changes_are_not_random() -> None:
    runs = made((0.1, 0.2), (0.3, 0.4), inputs={"seed": 3})
    same = {"python": (0.1, 0.2), "r": (0.3, 0.4)}
    assert shown(runs, lambda c: same[c.language]) == []
    half = {"python": (0.1, 0.9), "r": (0.3, 0.9)}
    assert shown(runs, lambda c: half[c.language]) == []


def trial(language: Any, argument: str, value: Any) -> Trial:
    return Trial(language, "solver", "a, line 1", 0, argument, value)


def test_stopping_rules_that_are_tight_in_both_languages() -> None:
    tight = (trial("python", "xtol", TIGHT), trial("r", "tol", TIGHT), trial("r", "trim", 1))
    runs = made((0.123,), (0.124,))

    def values(call: Call) -> tuple[float, ...]:
        assert all(change.tightens for change in call.changes)
        return (0.1235,) if call.changes else ((0.123,) if call.language == "python" else (0.124,))

    (found,) = shown(runs, values, tight)
    assert found.name == "stopping rule"
    assert found.fact == (
        "with xtol=1e-12 in solver() (a, line 1) and tol = 1e-12 in solver() (a, line 1) "
        "both languages agree"
    )
    assert shown(runs, values, tight[2:]) == []
    assert shown(runs, lambda c: (0.1 + (c.language == "r"),), tight) == []


def test_an_output_that_is_gone_where_stopping_rules_are_tight_shows_nothing() -> None:
    runs = made((0.123,), (0.124,))

    def says(call: Call, _: int) -> Answer:
        return Answer({"other" if call.changes else "value": leaf(0.1)})

    outputs = judge_outputs(runs)["native"]
    tight = [trial("python", "xtol", TIGHT), trial("r", "tol", TIGHT)]
    session: Any = Played(says)
    assert experiments(session, runs, outputs, tight, 4.0, Event(), monotonic() + 60) == []


def test_coefficients_that_r_leaves_out_where_a_singular_fit_is_refused() -> None:
    runs = made((1.5, 2.5), (4.0, float("nan")))
    runs.sides["r"]["value"].missing[1] = 1
    strict = (trial("r", "singular.ok", False),)
    (found,) = shown(runs, lambda c: (1.0, 2.0), strict, f"Error in lm.fit: {SINGULAR}")
    assert (found.name, found.outputs) == ("rank deficient", VALUE)
    assert SINGULAR in found.fact
    assert shown(runs, lambda c: (1.0, 2.0), strict, "another error") == []
    there = made((1.5, 2.5), (4.0, 5.0))
    assert shown(there, lambda c: (1.0, 2.0), strict, SINGULAR) == []


def test_what_is_shown_explains_what_values_do_not() -> None:
    runs = made((1.5, 2.25), (7.125, 3.0))
    one = Shown(VALUE, "input", "p", "it was seen", "a cause", "an advice")
    (row,) = explanation_rows(runs, judge_outputs(runs)["native"], [], [one])
    assert row[4:] == ("input", "p", 2, 2, "", "by trial: it was seen", "a cause: an advice")
    twice = made((1.37, 2.11, 0.93), (2.74, 4.22, 1.86))
    (row,) = explanation_rows(twice, judge_outputs(twice)["native"], [], [one])
    assert row[4] == "factor"


def formats(runs: PairRuns, **values: Leaf) -> Formats:
    session: Any = Played(
        lambda call, _: (
            Answer({"value": values[call.language]})
            if call.language in values
            else Failure("it died")
        )
    )
    return kept_formats(session, runs, 4.0, Event())


def numbers_of(*values: float) -> Leaf:
    return numbers("float64", "real number", np.array(values))


def test_formats_are_those_of_results_on_inputs_with_all_digits() -> None:
    runs = made((1.5,), (2.5,), inputs=NEGATIVE)
    found = formats(runs, python=numbers_of(1.25), r=numbers_of(1 / 3))
    assert found.of("value") == (frozenset({"python"}), frozenset({"python"}))
    found = formats(runs, python=numbers_of(1 / 3), r=numbers_of(float(np.float32(1 / 3))))
    assert found.of("value") == (frozenset(), frozenset({"r"}))
    assert formats(runs, r=numbers_of(1.25)).of("value")[0] == {"r"}
    whole = made((1.5,), (2.5,), inputs={"n": 3})
    assert formats(whole, python=numbers_of(1.25), r=numbers_of(1.25)) == Formats()
