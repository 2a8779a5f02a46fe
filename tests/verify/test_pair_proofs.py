"""A pair's outputs beside exact values."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from compare.case.contract import Contract
from compare.case.input_sets import Inputs
from compare.case.pair import PairCase
from compare.case.schema import LANGUAGES
from compare.judge.pair_outputs import JudgedOutput
from compare.run.leaf import numbers, texts
from compare.verify.pair_proofs import beside_proofs
from compare.verify.pair_runs import PairRuns
from tests.judge.leaves import side

EXACT = "0.1000000000000000055511151231257827 1e-40"  # the double nearest to a tenth


def judged(python: float, r: float, spread: float = 0.0, **contract: Any) -> JudgedOutput:
    functions: Any = {"python": "a.py:f", "r": "a.R:f"}
    runs = PairRuns(PairCase("p", Path("p.toml"), functions, []), Inputs("-", {}))
    for language, value in (("python", python), ("r", r)):
        name: Any = language
        runs.leaves[name] = {"value": numbers("float", "real number", np.array([value]))}
        runs.sides[name] = {"value": side(value, spread=spread)}
    runs.proved = {"value": texts("str", [EXACT])}
    output = JudgedOutput("value", "agree", False, (1,), contract=Contract(**contract))
    return beside_proofs(runs, output)


def test_both_languages_say_how_many_digits_are_correct() -> None:
    found = judged(0.1, 0.1 + 4e-17)
    assert (found.verdict, found.fails) == ("agree", False)
    assert found.notes == ["Python has 15.9 correct digits", "R has 15.4 correct digits"]


@pytest.mark.parametrize(("spread", "verdict"), [(0.0, "disagree"), (1e-9, "agree")])
def test_a_value_further_from_the_exact_one_than_its_rounding_explains_disagrees(
    spread: float, verdict: str
) -> None:
    found = judged(0.1, 0.1 + 3e-9, spread)
    assert found.verdict == verdict
    assert found.fails == (verdict == "disagree")
    if found.fails:
        assert found.notes[1].startswith("R has 0.100000003")
        assert "3e-09 from the exact 0.100000000000000005551115123126" in found.notes[1]


@pytest.mark.parametrize(("units", "verdict"), [(4, "agree"), (5, "disagree")])
def test_without_a_spread_it_may_be_four_units_in_the_last_place_away(
    units: int, verdict: str
) -> None:
    assert judged(0.1 + units * 2.0**-56, 0.1).verdict == verdict
    assert judged(0.1, 0.1 + units * 2.0**-56).verdict == verdict


def test_a_value_that_is_no_number_is_not_exact() -> None:
    assert judged(float("nan"), 0.1).verdict == "disagree"


def test_what_is_compared_in_its_own_way_is_not_held_to_the_exact_value() -> None:
    assert judged(0.2, 0.1, compare="up to order").verdict == "agree"
    known = {"offset": 1.0, "reason": "as it is"}
    assert judged(0.2, 0.1, known_difference=known).verdict == "agree"


def beside(texts: list[str], *values: float) -> JudgedOutput:
    functions: Any = {"python": "a.py:f", "r": "a.R:f"}
    pair = PairCase("p", Path("p.toml"), functions, [], certified={"value": texts})
    runs = PairRuns(pair, Inputs("-", {}))
    for name in LANGUAGES:
        runs.leaves[name] = {"value": numbers("float", "real number", np.array(values))}
        runs.sides[name] = {"value": side(*values)}
    return beside_proofs(runs, JudgedOutput("value", "agree", False, (len(values),)))


def test_certified_values_say_how_many_digits_a_language_has_of_them() -> None:
    found = beside(["2.0", "3.00000000000000"], 2.0, 3.0 + 3e-15)
    assert (found.verdict, found.fails) == ("agree", False)
    assert found.notes == ["Python has 15.0 certified digits", "R has 15.0 certified digits"]


@pytest.mark.parametrize(("off", "verdict"), [(4e-9, "agree"), (6e-9, "disagree")])
def test_half_a_unit_of_the_last_written_digit_is_nobodys_error(off: float, verdict: str) -> None:
    found = beside(["1.50000000"], 1.5 + off)
    assert found.verdict == verdict
    if verdict == "disagree":
        assert "from the certified 1.50000000, and its rounding explains 5e-09" in found.notes[0]


@pytest.mark.parametrize(
    ("texts", "values", "said"),
    [
        (["1.0", "2.0"], (1.0,), "Python has 1 values, and 2 are certified"),
        (["1.0", "2.5"], (1.0, float("nan")), "Python has nan where 2.5 is certified"),
    ],
)
def test_what_is_missing_or_too_much_is_no_certified_value(
    texts: list[str], values: tuple[float, ...], said: str
) -> None:
    found = beside(texts, *values)
    assert (found.verdict, found.fails) == ("disagree", True)
    assert found.notes[0] == said
