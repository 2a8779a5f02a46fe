"""The table of explanations, from the command, and what a run tells beyond its values."""

import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from compare import ROOT
from compare.case.contract import Contract
from compare.report.verification import EXPLANATION_COLUMNS
from compare.run.leaf import numbers
from compare.verify import experiments
from compare.verify.explanations import UNKNOWN, explanation_rows
from compare.verify.judge_outputs import judge_outputs
from compare.verify.pair_runs import Message
from tests.judge.leaves import side
from tests.somebodys import Brought, bring, verify_in
from tests.verify.test_judge_outputs import leaf, made


def explained(runs: Any) -> list[dict[str, Any]]:
    rows = explanation_rows(runs, judge_outputs(runs)["native"])
    return [dict(zip(EXPLANATION_COLUMNS, row, strict=True)) for row in rows]


def test_a_fact_says_in_how_many_values_and_where_not() -> None:
    python = tuple(np.random.default_rng(3).normal(size=30))
    r = tuple(2 * value + (i == 11) for i, value in enumerate(python))
    (row,) = explained(made(python, r))
    assert (row["hypothesis"], row["parameter"], row["fits"], row["total"]) == (
        "factor",
        "2",
        29,
        30,
    )
    assert row["evidence"] == "from the values: R = Python x 2, in 29 of 30 values, not at [12]"
    assert row["advice"].startswith("a factor 2 that one definition has")


def test_what_agrees_is_not_explained_and_what_nobody_knows_is_said() -> None:
    assert explained(made((1.5,), (1.5,))) == []
    (row,) = explained(made((1.5, 2.25), (7.125, 3.0)))
    assert (row["hypothesis"], row["evidence"], row["advice"]) == (UNKNOWN, "", "")


def test_digits_that_one_language_lost_are_named_with_it() -> None:
    runs = made((0.123456789,), (0.12,))
    runs.sides["python"] = {"value": side(0.123456789)}
    runs.sides["r"] = {"value": side(0.12, spread=0.01)}
    (row,) = explained(runs)
    assert row["hypothesis"] == "digits lost"
    assert row["evidence"].startswith("from the run: R keeps 1 digit of the least certain value")


def test_an_output_that_follows_from_another_is_named_after_it() -> None:
    runs = made((1.37, 2.11, 0.93), (4.31, 0.77, 5.03))
    for language, values in (("python", (1.37, 2.11, 0.93)), ("r", (4.31, 0.77, 5.03))):
        name: Any = language
        total = float(np.sum(values))
        runs.leaves[name]["total"] = leaf(total)
        runs.sides[name]["total"] = side(total)
    first, second = explained(runs)
    assert first["hypothesis"] == UNKNOWN
    assert (second["hypothesis"], second["parameter"]) == ("follows from", "total of value")


def test_a_short_number_follows_from_nothing() -> None:
    runs = made((3.0,), (5.0,))
    for language, value in (("python", 3.0), ("r", 5.0)):
        name: Any = language
        runs.leaves[name]["other"] = leaf(value)
        runs.sides[name]["other"] = side(value)
    assert {row["hypothesis"] for row in explained(runs)} == {UNKNOWN}


def test_what_r_warned_of_and_what_changes_its_input_is_named() -> None:
    overflow = made((2.5e9,), (float("nan"),))
    overflow.sides["r"] = {"value": side(None)}
    assert explained(overflow)[0]["hypothesis"] == UNKNOWN
    overflow.messages.append(Message("r", "warning", "NAs produced by integer overflow"))
    assert explained(overflow)[0]["hypothesis"] == "32-bit overflow"
    changing = made((1.5, 2.25), (7.125, 3.0))
    changing.messages.append(Message("python", "changes its input", "x"))
    (row,) = explained(changing)
    assert (row["hypothesis"], row["evidence"]) == (
        "changes its input",
        "from the run: Python changes its input while it runs",
    )


def test_what_a_contract_moved_is_not_explained() -> None:
    known = Contract.model_validate({"known_difference": {"offset": 1, "reason": "as it is"}})
    runs = made((1.37, 2.11, 0.93), (2 * 2.37, 2 * 3.11, 2 * 1.93), contract=known)
    assert [row["hypothesis"] for row in explained(runs)] == [UNKNOWN]


def test_every_hypothesis_is_listed_in_the_documentation() -> None:
    listed = (ROOT / "docs" / "explanations.md").read_text()
    named = {UNKNOWN}
    for path in (*(ROOT / "compare" / "explain").glob("*.py"), Path(str(experiments.__file__))):
        call = (
            r'(?:Hypothesis|_seen|Shown)\(\s*(?:(?:output|same|both|alone|left_out),\s*)?"([^"]+)"'
        )
        named |= set(re.findall(call, path.read_text()))
    assert len(named) > 22
    for name in named:
        assert name.lower() in listed.lower(), name


def test_every_view_has_the_reason(tmp_path: Path) -> None:
    sd = Brought("import numpy as np\ndef f(x): return np.std(x)\n", "f <- function(x) sd(x)\n")
    bring(tmp_path, {"sd": sd})
    done = verify_in(tmp_path, ".")
    assert done.code == 1
    views = [(done.report / name).read_text() for name in ("report.md", "index.html")]
    for said in (done.output, *views):
        assert "divided by n in Python" in " ".join(said.split())
    table = pd.read_csv(done.report / "explanations.csv")
    assert list(table.columns) == EXPLANATION_COLUMNS
    assert list(table["hypothesis"]) == ["definition"]


def test_values_that_only_one_language_has_are_left_out_and_places_stay() -> None:
    python = list(np.random.default_rng(3).normal(size=30))
    r = [2 * value + (i == 11) for i, value in enumerate(python)]
    python[0], r[1] = float("inf"), float("-inf")
    (row,) = explained(made(tuple(python), tuple(r)))
    assert row["evidence"] == "from the values: R = Python x 2, in 27 of 28 values, not at [12]"


def test_r_alone_has_to_miss_what_overflowed() -> None:
    runs = made((float("nan"), 1.37), (float("nan"), 2.11))
    for language, value in (("python", 1.37), ("r", 2.11)):
        name: Any = language
        runs.sides[name] = {"value": side(None, value)}
    runs.messages.append(Message("r", "warning", "NAs produced by integer overflow"))
    assert [row["hypothesis"] for row in explained(runs)] == [UNKNOWN]


def test_digits_are_lost_only_where_that_is_the_whole_difference() -> None:
    runs = made((0.123456789, 5.25), (0.12, 7.75))
    runs.sides["python"] = {"value": side(0.123456789, 5.25)}
    runs.sides["r"] = {"value": side(0.12, 7.75, spread=[0.01, 0.0])}
    assert [row["hypothesis"] for row in explained(runs)] == [UNKNOWN]


@pytest.mark.parametrize(("axis", "what"), [(1, "row sums"), (0, "column sums")])
def test_sums_of_a_matrix_follow_from_it(axis: int, what: str) -> None:
    generator = np.random.default_rng(4)
    runs = made((0.0,), (0.0,))
    for language in ("python", "r"):
        name: Any = language
        matrix = generator.normal(size=(3, 4))
        sums = matrix.sum(axis=axis)
        runs.leaves[name] = {
            "m": numbers("float64", "real number", matrix),
            "s": numbers("float64", "real number", sums),
        }
        runs.sides[name] = {"m": side(*matrix.ravel()), "s": side(*sums)}
    of_matrix, of_sums = explained(replace(runs, pair=replace(runs.pair, outputs={})))
    assert of_matrix["hypothesis"] == UNKNOWN
    assert (of_sums["hypothesis"], of_sums["parameter"]) == ("follows from", f"{what} of m")


def test_whole_numbers_beyond_64_bits_are_named() -> None:
    runs = made((5.0,), (2.0**70,))
    assert explained(runs)[0]["hypothesis"] != "64-bit overflow"
    runs.leaves["python"] = {"value": numbers("int64", "whole number", np.array([5]))}
    assert explained(runs)[0]["hypothesis"] == "64-bit overflow"
    less = made((5.0,), (2.0**60,))
    less.leaves["python"] = {"value": numbers("int64", "whole number", np.array([5]))}
    assert explained(less)[0]["hypothesis"] == UNKNOWN


def jumping(spread: float) -> Any:
    runs = made((1.37, 2.11), (1.38, 2.11))
    runs.sides["python"] = {"value": side(1.37, 2.11, spread=[spread, 0.0], jumps=True)}
    return explained(runs)


def test_a_value_that_jumps_is_a_fact_and_no_lost_digits() -> None:
    (row,) = jumping(0.1)
    assert row["hypothesis"] == "jump"
    assert row["evidence"] == (
        "from the run: rounded otherwise in the last digit, Python jumps to another value"
    )
    assert "a difference of large numbers" in row["advice"]
    (row,) = jumping(1e-12)
    assert row["hypothesis"] == UNKNOWN


def test_a_jump_of_one_value_explains_no_other() -> None:
    runs = made((1.37, 2.11), (1.37, 2.61))
    jumping = side(1.37, 2.11, spread=[0.1, 0.0])
    runs.sides["python"] = {"value": replace(jumping, jumps=np.array([True, False]))}
    (row,) = explained(runs)
    assert row["hypothesis"] == UNKNOWN


def test_where_it_differs_is_said_where_nothing_else_is_known() -> None:
    python = list(np.random.default_rng(3).normal(size=30))
    r = python.copy()
    r[29] += 0.5
    (row,) = explained(made(tuple(python), tuple(r)))
    assert row["hypothesis"] == "few values"
    assert row["evidence"].endswith("29 of 30 values are the same, those at [30] are not")
    (row,) = explained(made((0.1, 0.7, 0.3), (0.1, 0.7)))
    assert row["evidence"] == "from the values: the 2 values of R are the first of Python's 3"
