"""Which further calls a pair gets that takes an arithmetic or balls, and from which starts."""

from collections import Counter
from typing import Any

import numpy as np
import pytest

from compare.case.contract import Contract
from compare.case.input_sets import Inputs
from compare.case.schema import PORTABLE, Draw, Start
from compare.run.leaf import numbers, texts
from compare.run.probe import BALLS, MEMBERS, MOVED, NOISY, NOISY_AT_ONCE, PLAIN, Answer, Call
from compare.run.rounding import MODES
from compare.verify.run_pair import BITS, with_draws
from tests.verify.test_pair_runs import MOVABLE, ran, same


@pytest.mark.parametrize(("batches", "noisy"), [((), NOISY), (("w",), (NOISY_AT_ONCE,))])
def test_what_takes_an_arithmetic_gets_noisy_ones_in_python_and_a_portable_one(
    batches: tuple[str, ...], noisy: tuple[str, ...]
) -> None:
    runs, session = ran(lambda call, _: same(1.0), arithmetic=True, batches=batches)
    others = (*MODES, *MOVED, PORTABLE)
    for language, hows in (("python", (*others, *noisy)), ("r", others)):
        made = Counter(c.how for c in session.calls if c.language == language)
        assert made == {PLAIN: 2} | dict.fromkeys(hows, 1)
    assert all(c.arithmetic and c.batches == batches for c in session.calls)
    assert set(runs.portable) == {"python", "r"}


def test_members_at_once_are_in_pythons_spread() -> None:
    def says(call: Call, _: int) -> Answer:
        if call.how != NOISY_AT_ONCE:
            return same(1.0)
        values = np.ones((MEMBERS, 1))
        values[7] = 1.25
        return Answer({"value": numbers("float64", "real number", values)})

    runs, _ = ran(says, arithmetic=True, batches=("x",))
    assert runs.sides["python"]["value"].spread.tolist() == [0.25]
    assert runs.sides["r"]["value"].spread.tolist() == [0.0]


@pytest.mark.parametrize(("inputs", "spread"), [(MOVABLE, 0.25), ({"n": 3}, 0.5)])
def test_a_trajectory_is_measured_by_moved_inputs_where_there_are_some(
    inputs: dict[str, Any], spread: float
) -> None:
    def says(call: Call, _: int) -> Answer:
        return same(1.5 if call.how in MODES else 1.25 if call.how in MOVED else 1.0)

    contracts = {"value": Contract(trajectory=True)}
    runs, _ = ran(says, inputs, outputs=contracts)
    assert runs.sides["python"]["value"].spread.tolist() == [spread]
    whole, _ = ran(says, inputs)
    assert whole.sides["python"]["value"].spread.tolist() == [0.5]


def test_balls_have_more_bits_until_every_output_is_enclosed() -> None:
    def says(call: Call, _: int) -> Answer:
        if call.how == f"{BALLS} {BITS[1]}":
            return Answer({"value": texts("str", ["1 0"])})
        return Answer() if call.how.startswith(BALLS) else same(1.0)

    runs, session = ran(says, balls=True)
    asked = [c.how for c in session.calls if c.how.startswith(BALLS)]
    assert asked == [f"{BALLS} {bits}" for bits in BITS[:2]]
    assert runs.proved["value"].values.tolist() == ["1 0"]


def test_balls_enclose_what_python_returns_whatever_r_returns_besides() -> None:
    def says(call: Call, _: int) -> Answer:
        if call.how.startswith(BALLS):
            return Answer({"value": texts("str", ["1 0"])})
        more = {"more": numbers("double", "real number", np.ones(1))}
        return Answer(same(1.0).leaves | (more if call.language == "r" else {}))

    _, session = ran(says, balls=True)
    assert [c.how for c in session.calls if c.how.startswith(BALLS)] == [f"{BALLS} {BITS[0]}"]


def test_balls_that_fail_are_said_and_end_there() -> None:
    def says(call: Call, _: int) -> Answer:
        return Answer(error="no ball") if call.how.startswith(BALLS) else same(1.0)

    runs, session = ran(says, balls=True)
    assert sum(c.how.startswith(BALLS) for c in session.calls) == 1
    assert [m.text for m in runs.said("left out")] == ["balls of 320 bits: no ball"]
    assert runs.proved == {}


def test_a_start_is_drawn_by_its_generator_in_order() -> None:
    start = Start(seed=1, draws=[Draw(name="a", shape=[2]), Draw(name="b", shape=[1], low=-1.0)])
    drawn = with_draws(Inputs("-", {"x": 1.0}, "numpy", start)).values
    generator = np.random.RandomState(1)
    assert list(drawn) == ["x", "a", "b"]
    assert np.array_equal(drawn["a"], generator.random_sample(2))
    assert np.array_equal(drawn["b"], -1 + 2 * generator.random_sample(1))
    normal = Start(seed=1, distribution="normal", draws=[Draw(name="a", shape=[3])])
    drawn = with_draws(Inputs("-", {}, "numpy", normal)).values
    assert np.array_equal(drawn["a"], np.random.RandomState(1).standard_normal(3))
