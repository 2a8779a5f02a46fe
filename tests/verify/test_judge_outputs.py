"""How the outputs of a pair are judged by all that was run, from runs put together by hand."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from compare.case.contract import Contract
from compare.case.input_sets import Inputs
from compare.case.pair import PairCase
from compare.judge.pair_outputs import JudgedOutput
from compare.run.leaf import Leaf, numbers
from compare.verify.judge_outputs import judge_outputs
from compare.verify.pair_runs import Message, PairRuns
from tests.judge.leaves import side

Outputs = dict[str, list[JudgedOutput]]


def leaf(*values: float) -> Leaf:
    return numbers("float64", "real number", np.array(values))


def made(
    python: tuple[float, ...],
    r: tuple[float, ...],
    spread: float = 0.0,
    portable: tuple[tuple[float, ...], ...] = (),
    inputs: dict[str, Any] | None = None,
    contract: Contract | None = None,
    **more: Any,
) -> PairRuns:
    functions: Any = {"python": "a.py:f", "r": "a.R:f"}
    contracts = {"value": contract or Contract()}
    pair = PairCase("p", Path("p.toml"), functions, [], outputs=contracts, **more)
    runs = PairRuns(pair, Inputs("-", inputs or {}))
    for language, values in (("python", python), ("r", r)):
        name: Any = language
        runs.leaves[name] = {"value": leaf(*values)}
        runs.sides[name] = {"value": side(*values, spread=spread)}
    for language, values in zip(("python", "r"), portable, strict=False):
        name = language
        runs.portable[name] = {"value": leaf(*values)}
    return runs


def verdicts(found: Outputs) -> dict[str, list[tuple[str, bool]]]:
    return {
        arithmetic: [(output.verdict, output.fails) for output in outputs]
        for arithmetic, outputs in found.items()
    }


@pytest.mark.parametrize(("portable_r", "passes"), [(1.0, True), (1.0 + 2.0**-52, False)])
def test_what_is_undetermined_passes_by_the_same_bits_in_portable_arithmetic(
    portable_r: float, passes: bool
) -> None:
    runs = made((1.0,), (1.1,), 0.5, portable=((1.0,), (portable_r,)), arithmetic=True)
    portable = ("identical", False) if passes else ("disagree", True)
    assert verdicts(judge_outputs(runs)) == {
        "native": [("undetermined", not passes)],
        "portable": [portable],
    }


def test_portable_arithmetic_excuses_no_disagreement() -> None:
    runs = made((1.0,), (1.1,), portable=((1.0,), (1.0,)), arithmetic=True)
    assert verdicts(judge_outputs(runs))["native"] == [("disagree", True)]


def test_a_portable_call_that_failed_is_not_compared_for_its_reason() -> None:
    runs = made((1.0,), (1.0,), portable=((1.0,),), arithmetic=True)
    runs.messages.append(Message("r", "left out", "portable arithmetic: no such argument"))
    (portable,) = judge_outputs(runs)["portable"]
    assert (portable.verdict, portable.fails) == ("not compared", True)
    assert portable.notes == ["R: portable arithmetic: no such argument"]


@pytest.mark.parametrize(("n", "verdict"), [(2, "identical"), (3, "not compared")])
def test_a_trajectory_has_a_value_for_each_iteration(n: int, verdict: str) -> None:
    values, inputs = (1.0, 2.0), {"n": n}
    trajectory = Contract(trajectory=True)
    runs = made(values, values, inputs=inputs, contract=trajectory, iterations="n")
    (output,) = judge_outputs(runs)["native"]
    assert (output.verdict, output.fails) == (verdict, verdict != "identical")
    (other,) = judge_outputs(made(values, values, inputs=inputs, iterations="n"))["native"]
    assert other.verdict == "identical"


def test_certified_values_of_what_nobody_returns_are_not_compared() -> None:
    runs = made((1.0,), (1.0,), certified={"value": ["1.0"], "other": ["2.0"]})
    value, other = judge_outputs(runs)["native"]
    assert (value.verdict, value.fails) == ("identical", False)
    assert (other.output, other.verdict, other.fails) == ("other", "not compared", True)
    assert other.notes == ["values of it are certified, and neither language returns it"]
