"""Deliberate faults, judged: some of every kind always, all of them with `make test-slow`."""

from collections import defaultdict

import pytest

from compare import ROOT
from compare.run.pool import Failure, run_all
from selftest.judge import judge_mutant
from selftest.mutant import Mutant
from selftest.mutants import KINDS, STEMS, all_mutants
from selftest.outcome import (
    EQUIVALENT,
    EXPLAINED,
    KILLED,
    KILLED_BY_ERROR,
    SURVIVED,
    Outcome,
    outcome_table,
)
from selftest.reasons import EQUIVALENT as WHY_EQUIVALENT
from selftest.reasons import EXPLAINED as WHY_EXPLAINED
from selftest.seeded import run_seeded
from tests.conftest import JOBS

OF_EACH_KIND = 3
SLOWEST_TO_BEGIN = "nnet"  # its mirror is tried beside 35 fits of live nnet


@pytest.fixture(scope="module")
def faults() -> list[Mutant]:
    return all_mutants()


def judged(faults: list[Mutant], jobs: int) -> list[Outcome]:
    found = run_all(judge_mutant, faults, jobs, timeout=120)
    return [
        Outcome(fault.language, fault.kind, fault.what, KILLED_BY_ERROR, outcome.reason)
        if isinstance(outcome, Failure)
        else outcome
        for fault, outcome in zip(faults, found, strict=True)
    ]


def described(outcomes: list[Outcome]) -> list[str]:
    return [f"{o.language} {o.kind}: {o.what}: {o.how}" for o in outcomes]


@pytest.fixture(scope="module")
def outcomes(faults: list[Mutant]) -> list[Outcome]:
    (planted,) = run_all(run_seeded, [None], 1, timeout=300)
    assert isinstance(planted, list), planted
    return [*judged(faults, JOBS), *planted]


@pytest.fixture(scope="module")
def sample(faults: list[Mutant]) -> list[Mutant]:
    """Evenly spread over the faults of each language and kind."""
    groups = defaultdict(list)
    for fault in faults:
        if fault.stem != SLOWEST_TO_BEGIN:
            groups[fault.language, fault.kind].append(fault)
    return [
        group[i]
        for group in groups.values()
        for i in sorted({len(group) * k // OF_EACH_KIND for k in range(OF_EACH_KIND)})
    ]


def test_no_fault_of_a_sample_survives(sample: list[Mutant]) -> None:
    outcomes = judged(sample, JOBS)
    assert described([o for o in outcomes if o.outcome == SURVIVED]) == []
    noticed = {(o.language, o.kind) for o in outcomes if o.outcome in (KILLED, KILLED_BY_ERROR)}
    assert noticed == {(language, kind) for language in ("python", "r") for kind in KINDS}


def test_every_kind_is_tried_in_both_languages(faults: list[Mutant]) -> None:
    for language in ("python", "r"):
        assert {f.kind for f in faults if f.language == language} == set(KINDS)
        assert {f.stem for f in faults if f.language == language} >= set(STEMS)
    assert len(faults) >= 1900
    assert len({(f.language, f.stem, f.kind, f.source) for f in faults}) == len(faults)


def test_every_fault_is_another_text_than_the_good_code(faults: list[Mutant]) -> None:
    assert [f.what for f in faults if f.source == source(f.language, f.stem)] == []


def test_every_reason_is_that_of_a_fault(faults: list[Mutant]) -> None:
    used = {why for f in faults for why in (f.equivalent, f.explained)}
    assert {known.why for known in (*WHY_EQUIVALENT, *WHY_EXPLAINED)} <= used


def test_code_without_a_fault_survives() -> None:
    """The judge does not cry at everything: good code, planted as if it were a fault."""
    good = [
        Mutant(language, "none", stem, f"{stem} in {language}", source(language, stem))
        for stem in STEMS
        for language in ("python", "r")
    ]
    assert {o.what for o in judged(good, JOBS) if o.outcome != SURVIVED} == set()


@pytest.mark.slow
def test_no_fault_survives(outcomes: list[Outcome]) -> None:
    assert described([o for o in outcomes if o.outcome == SURVIVED]) == []


@pytest.mark.slow
def test_most_faults_are_caught_by_comparing_values(outcomes: list[Outcome]) -> None:
    caught = [o for o in outcomes if o.outcome == KILLED]
    assert len(outcomes) >= 1950
    assert len(caught) >= len(outcomes) / 2
    assert all(o.how for o in caught)


@pytest.mark.slow
def test_what_is_only_explained_is_little(outcomes: list[Outcome]) -> None:
    explained = [o for o in outcomes if o.outcome == EXPLAINED]
    assert len(explained) <= 40
    assert {o.how for o in explained} <= {known.why for known in WHY_EXPLAINED}


@pytest.mark.slow
def test_the_table_counts_every_fault_once(outcomes: list[Outcome]) -> None:
    table = outcome_table(outcomes)
    assert table["faults"].sum() == len(outcomes)
    parts = [KILLED, KILLED_BY_ERROR, EQUIVALENT, EXPLAINED, SURVIVED]
    assert (table[parts].sum(axis=1) == table["faults"]).all()


def source(language: str, stem: str) -> str:
    path = f"python_impl/{stem}.py" if language == "python" else f"r_impl/R/{stem}.R"
    return (ROOT / path).read_text(encoding="utf-8")
