import re
from collections.abc import Iterator
from typing import Any

import numpy as np
import pandas as pd
import pytest

from compare import ROOT
from compare.case.case import Case
from compare.case.schema import LANGUAGES
from compare.evidence.code_hash import proof_hash, spread_hash
from compare.judge.expected import Expected
from compare.report.verification import Verification
from compare.run.pool import run_all
from compare.verify.oracles import (
    COLUMNS,
    Subject,
    Task,
    hold,
    judge,
    oracle_table,
    oracle_tasks,
)
from oracles.exact import dot, exact, known, sigmoid, slopes, total


def asked(cases: list[Case]) -> pd.DataFrame:
    """What the oracles of the cases say, R in a child process."""
    tasks = oracle_tasks(cases)
    found = run_all(hold, tasks, jobs=1, timeout=60)
    return oracle_table(cases, dict(zip(tasks, found, strict=True)))


def test_every_case_names_an_oracle(cases: dict[str, Case]) -> None:
    assert [name for name, case in cases.items() if case.oracle is None] == []


def test_naming_an_oracle_makes_no_stored_evidence_stale(cases: dict[str, Case]) -> None:
    for case in cases.values():
        without = case.model_copy(update={"oracle": None})
        assert proof_hash(case) == proof_hash(without)
        assert spread_hash(case) == spread_hash(without)


def test_an_oracle_imports_nothing_of_what_it_holds() -> None:
    for path in (ROOT / "oracles").glob("*.py"):
        assert not re.search(r"python_impl|nnmirror|claims|selftest", path.read_text()), path.name


def test_every_quantity_is_held_in_both_languages_and_arithmetics(
    verification: Verification, cases: dict[str, Case]
) -> None:
    table = verification.oracles
    assert list(table) == COLUMNS
    assert set(table["verdict"]) == {"agree"}
    keys = set(zip(*(table[c] for c in ("case", "language", "arithmetic", "what")), strict=True))
    for case in cases.values():
        for arithmetic in case.arithmetics:
            for language in LANGUAGES:
                for what in (*case.quantities, "matmul", "sigmoid", "mean"):
                    assert (case.name, language, arithmetic, what) in keys


# ------------------------------------------------------------------ how the oracles judge


def held(found: Any, formula: Any) -> dict[str, Any]:
    def oracle(_: Subject) -> Iterator[Expected]:
        ((what, (values, rounding)),) = known(formula).items()
        yield Expected(what, found, values, rounding)

    (row,) = judge(oracle, lambda: Subject(dict, list))
    return row


def a_tenth() -> dict[str, Any]:
    return {"x": exact([1.0, 2.0]) / 10}


def test_a_value_within_what_rounding_can_do_agrees_and_the_next_digit_does_not() -> None:
    right = np.array([0.1, 0.2])
    assert held(right, a_tenth)["verdict"] == "agree"
    row = held(right * [1, 1 + 1e-14], a_tenth)
    assert row["verdict"] == "disagree"
    assert row["reason"].startswith("[1]: 0.20000000000000201, must be 0.20000000000000000 within")


@pytest.mark.parametrize(
    "found",
    [
        None,
        "0.1",
        np.array([0.1]),
        np.array([[0.1, 0.2]]),
        np.array([0.1, np.nan]),
        np.array([0.1, np.inf]),
        np.array(["0.1", "0.2"]),
        np.array([0.1, 0.2j]),
    ],
    ids=["nothing", "text", "too few", "other shape", "NaN", "infinity", "texts", "complex"],
)
def test_what_is_not_the_numbers_in_their_shape_disagrees(found: Any) -> None:
    assert held(found, a_tenth)["verdict"] == "disagree"


def test_an_oracle_that_holds_nothing_or_ends_in_an_error_has_compared_nothing() -> None:
    def nothing(_: Subject) -> Iterator[Expected]:
        yield from ()

    def broken(_: Subject) -> Iterator[Expected]:
        raise KeyError("synapse_7")
        yield

    for oracle, reason in (
        (nothing, "the oracle holds nothing"),
        (broken, "KeyError: 'synapse_7'"),
    ):
        (row,) = judge(oracle, lambda: Subject(dict, list))
        assert (row["verdict"], row["reason"]) == ("not compared", reason)


def test_a_quantity_of_which_the_oracle_says_nothing_is_not_compared(
    cases: dict[str, Case],
) -> None:
    case = cases["descent-bucket"].model_copy(update={"quantities": {"x": [1, 1], "speed": [1]}})
    table = asked([case])
    missing = table.loc[table["verdict"] == "not compared", "what"]
    assert set(missing) == {"speed"}
    assert len(table[table["what"] == "speed"]) == 4


def test_an_oracle_that_does_not_exist_is_a_row_and_no_traceback(cases: dict[str, Case]) -> None:
    for oracle in ("oracles.nowhere:check", "oracles.descent:nothing"):
        case = cases["descent-bucket"].model_copy(update={"oracle": oracle})
        table = asked([case])
        assert "not compared" in set(table["verdict"])
        assert table["reason"].str.contains("nowhere|nothing").any()


def test_an_oracle_is_asked_once_for_all_the_cases_that_name_it(cases: dict[str, Case]) -> None:
    both = [cases["descent"], cases["descent-bucket"]]
    assert len(oracle_tasks(both)) == 3  # native and portable arithmetic, and one for both cases
    table = asked(both)
    parts = [table[table["case"] == case.name].drop(columns="case") for case in both]
    assert parts[0].to_numpy().tolist() == parts[1].to_numpy().tolist()


# ------------------------------------------------------------------ the formulas themselves


def test_the_slope_of_a_polynomial_is_exact() -> None:
    values, rounding = known(lambda: {"d": slopes(lambda x: x[0] ** 3 + x[1], exact([2.0, 5.0]))})[
        "d"
    ]
    assert [float(v) for v in values] == [12, 1]
    assert (rounding < 1e-14).all()


def test_a_sum_is_allowed_what_any_order_of_adding_may_lose() -> None:
    terms = np.random.RandomState(1).uniform(-1, 1, 50)
    (value, rounding) = known(lambda: {"s": np.asarray(total(list(exact(terms))), object)})["s"]
    orders = [np.random.RandomState(i).permutation(terms) for i in range(20)]
    off = max(abs(float(sum(order)) - float(value[()])) for order in orders)
    assert off <= rounding
    assert rounding < 50 * 50 * 2.0**-53


def test_a_number_that_doubles_hold_exactly_must_be_met_exactly() -> None:
    values = known(lambda: {"half": sigmoid(exact([0.0])), "two": exact([2.0])})
    assert all((rounding == 0).all() for _, rounding in values.values())
    assert float(dot(exact([1.0, 2.0]), exact([3.0, 4.0])).mid()) == 11


def test_the_oracles_find_nothing_wrong_in_the_project_itself(cases: dict[str, Case]) -> None:
    case = cases["dnn-small"]
    task = Task(str(case.oracle), case.python, case.r, tuple(case.arithmetics))
    (found,) = run_all(hold, [task], 1, timeout=60)
    assert isinstance(found, pd.DataFrame)
    assert set(found["verdict"]) == {"agree"}
    assert found["ratio_to_tolerance"].max() < 1
