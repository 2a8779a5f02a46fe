"""Every deliberate fault, run and judged: the slowest test, and the one that all others rest on."""

import pytest

from compare import ROOT
from compare.pool import Failure, run_all
from selftest.faults import EXPLAINED as REASONS
from selftest.faults import Fault, all_faults, python_faults, r_faults
from selftest.judge import judge_fault
from selftest.outcome import (
    CAUGHT,
    EQUIVALENT,
    EXPLAINED,
    STOPPED,
    SURVIVED,
    Outcome,
    outcome_table,
)
from selftest.planted import run_planted
from tests.conftest import JOBS


@pytest.fixture(scope="module")
def outcomes() -> list[Outcome]:
    faults = all_faults()
    found = run_all(judge_fault, faults, JOBS, timeout=120)
    (planted,) = run_all(run_planted, [None], 1, timeout=300)
    assert isinstance(planted, list), planted
    assert [f for f in found if isinstance(f, Failure)] == []
    return [f for f in found if isinstance(f, Outcome)] + planted


def test_no_fault_survives(outcomes: list[Outcome]) -> None:
    assert [o for o in outcomes if o.outcome == SURVIVED] == []


def test_most_faults_are_caught_by_comparing_values(outcomes: list[Outcome]) -> None:
    caught = [o for o in outcomes if o.outcome == CAUGHT]
    assert len(outcomes) >= 700
    assert len(caught) >= 350
    assert all(o.how for o in caught)


def test_what_is_only_explained_is_little(
    outcomes: list[Outcome],
) -> None:
    explained = [o for o in outcomes if o.outcome == EXPLAINED]
    assert len(explained) <= 6
    assert {o.how for o in explained} <= {reason for *_, reason in REASONS}


@pytest.mark.parametrize("language", ["python", "r"])
def test_every_operator_constant_index_and_order_is_tried(
    outcomes: list[Outcome], language: str
) -> None:
    kinds = {o.kind for o in outcomes if o.language == language}
    assert kinds == {"operator", "constant", "index", "operand order"}


def test_the_table_counts_every_fault_once(outcomes: list[Outcome]) -> None:
    table = outcome_table(outcomes)
    assert table["faults"].sum() == len(outcomes)
    parts = [CAUGHT, STOPPED, EQUIVALENT, EXPLAINED, SURVIVED]
    assert (table[parts].sum(axis=1) == table["faults"]).all()


def test_code_without_a_fault_survives() -> None:
    """The judge does not cry at everything: good code, planted as if it were a fault."""
    python, r = python_faults("one_layer")[0], r_faults("one_layer")[0]
    good = [
        Fault("python", "none", "one_layer", "nothing changed", source("python_impl/one_layer.py")),
        Fault("r", "none", "one_layer", "nothing changed", source("r_impl/R/one_layer.R")),
    ]
    found = run_all(judge_fault, [*good, python, r], 1, timeout=120)
    assert [o.outcome for o in found if isinstance(o, Outcome)] == [
        SURVIVED,
        SURVIVED,
        CAUGHT,
        CAUGHT,
    ]


def source(path: str) -> str:
    return (ROOT / path).read_text()
