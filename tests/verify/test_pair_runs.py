"""Which calls a verdict rests on, made by a child process that only says what it is told to."""

from collections import Counter
from collections.abc import Callable
from pathlib import Path
from threading import Event
from typing import Any

import numpy as np
import pytest

from compare.case.input_sets import Inputs
from compare.case.pair import PairCase
from compare.run.leaf import Leaf, numbers
from compare.run.pool import Failure
from compare.run.probe import (
    MOVED,
    PLAIN,
    Answer,
    Call,
)
from compare.run.rounding import MODES
from compare.verify.caller import StoppedError
from compare.verify.pair_runs import PairRuns
from compare.verify.run_pair import run_pair
from tests.judge.leaves import kept

Says = Callable[[Call, int], Answer | Failure]
MOVABLE = {"x": np.array([0.5, 1.25])}


def leaf(*values: float) -> Leaf:
    return numbers("float64", "real number", np.array(values))


def same(*values: float) -> Answer:
    return Answer({"value": leaf(*values)})


class Played:
    """A session in which each call comes to what a test says: by the call, and how often before."""

    def __init__(self, says: Says) -> None:
        self._says = says
        self.calls: list[Call] = []
        self.patience: list[float | None] = []

    def do(self, call: Call, timeout: float | None = None, stop: Event | None = None) -> Any:
        before = sum((c.language, c.how) == (call.language, call.how) for c in self.calls)
        self.calls.append(call)
        self.patience.append(timeout)
        return self._says(call, before)


def ran(
    says: Says,
    inputs: dict[str, Any] = MOVABLE,
    functions: dict[str, str] | None = None,
    **more: Any,
) -> tuple[PairRuns, Played]:
    called: Any = functions or {"python": "a.py:f", "r": "a.R:f"}
    pair = PairCase("p", Path("p.toml"), called, [], **more)
    session: Any = Played(says)
    return run_pair(session, pair, Inputs("-", inputs), 4.0, Event()), session


def test_each_language_is_called_twice_and_under_every_rounding_and_move() -> None:
    runs, session = ran(lambda call, _: same(1.0), seed=7)
    for language in ("python", "r"):
        made = Counter(c.how for c in session.calls if c.language == language)
        assert made == {PLAIN: 2} | dict.fromkeys((*MODES, *MOVED), 1)
    assert {c.seed for c in session.calls} == {7}
    assert {c.memory for c in session.calls} == {4.0}
    assert runs.messages == []
    assert runs.sides["python"]["value"].measured


def test_inputs_that_cannot_move_are_not_moved() -> None:
    _, session = ran(lambda call, _: same(1.0), {"n": 3})
    assert {c.how for c in session.calls} == {PLAIN, *MODES}


@pytest.mark.parametrize("how", [*MODES, MOVED[0], MOVED[-1]])
@pytest.mark.parametrize("language", ["python", "r"])
def test_what_any_call_changes_is_in_its_languages_spread(how: str, language: str) -> None:
    def says(call: Call, _: int) -> Answer:
        return same(1.5 if (call.language, call.how) == (language, how) else 1.0)

    runs, _ = ran(says)
    spreads = {k: side["value"].spread.tolist() for k, side in runs.sides.items()}
    assert spreads == {k: [0.5 if k == language else 0.0] for k in ("python", "r")}


def test_a_second_call_that_gives_something_else_is_seen_and_kept() -> None:
    runs, _ = ran(lambda call, before: same(1.0 + (before if call.language == "r" else 0)))
    assert runs.sides["r"]["value"].repeats.tolist() == [False]
    assert kept(runs.sides["r"]["value"]) == [2.0]
    assert runs.sides["python"]["value"].repeats.tolist() == [True]


def test_an_error_ends_it_after_both_plain_calls() -> None:
    def says(call: Call, _: int) -> Answer:
        return Answer(error="bad") if call.language == "python" else same(1.0)

    runs, session = ran(says)
    assert [(c.language, c.how) for c in session.calls] == [("python", PLAIN), ("r", PLAIN)]
    assert [(m.language, m.kind, m.text) for m in runs.messages] == [("python", "error", "bad")]
    assert runs.sides == {}


def test_a_death_is_an_error_and_is_kept_as_a_failure() -> None:
    runs, _ = ran(lambda call, _: Failure("it died"))
    assert [m.text for m in runs.said("error")] == ["it died", "it died"]
    assert len(runs.failures) == 2


def test_a_second_call_that_fails_is_said_and_nothing_is_measured_after_it() -> None:
    def says(call: Call, before: int) -> Answer:
        return Answer(error="only once") if (call.language, before) == ("r", 1) else same(1.0)

    runs, session = ran(says)
    assert [m.text for m in runs.said("second call", "r")] == ["only once"]
    assert [c.how for c in session.calls if c.language == "r"] == [PLAIN, PLAIN]
    assert runs.sides["r"]["value"].repeats.tolist() == [False]


def test_a_call_that_rounds_otherwise_and_fails_is_left_out_and_said() -> None:
    def says(call: Call, _: int) -> Answer | Failure:
        if call.how == "upward":
            return Failure("still running after 20 s, stopped")
        return Answer(error="no") if call.how in MOVED[:2] else same(1.0)

    runs, _ = ran(says)
    assert [m.text for m in runs.said("left out", "python")] == [
        "rounding upward: still running after 20 s, stopped",
        "inputs moved: no",
    ]
    assert runs.sides["python"]["value"].spread.tolist() == [0.0]


def test_only_calls_that_round_otherwise_have_less_patience() -> None:
    _, session = ran(lambda call, _: same(1.0))
    for call, patience in zip(session.calls, session.patience, strict=True):
        assert (patience is None) == (call.how == PLAIN)
        assert patience is None or 20.0 <= patience < 40.0


def test_what_a_language_says_is_kept_once_and_of_the_plain_call_only() -> None:
    answer = Answer(
        {"value": leaf(1.0)},
        warned=("careful",),
        said=("by the way\n",),
        printed="text\n",
        changed=("x",),
    )
    runs, _ = ran(lambda call, _: answer)
    assert [(m.kind, m.text) for m in runs.messages if m.language == "r"] == [
        ("warning", "careful"),
        ("message", "by the way"),
        ("changes its input", "x"),
        ("prints", "text"),
    ]


def test_one_language_alone_is_measured_too() -> None:
    runs, session = ran(lambda call, _: same(2.0), functions={"r": "a.R:f"})
    assert {c.language for c in session.calls} == {"r"}
    assert runs.sides["r"]["value"].values.tolist() == [2.0]


def test_nobody_is_called_when_the_program_ends() -> None:
    stop = Event()
    stop.set()
    pair = PairCase("p", Path("p.toml"), {"r": "a.R:f"}, [])
    session: Any = Played(lambda call, _: same(1.0))
    with pytest.raises(StoppedError):
        run_pair(session, pair, Inputs("-", {}), 4.0, stop)
    assert session.calls == []
