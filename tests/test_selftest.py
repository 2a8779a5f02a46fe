"""Mutants of the networks, judged: some of every kind always, all of them with `make test-slow`."""

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
def mutants() -> list[Mutant]:
    return all_mutants()


def judged(mutants: list[Mutant], jobs: int) -> list[Outcome]:
    found = run_all(judge_mutant, mutants, jobs, timeout=120)
    return [
        Outcome(mutant.language, mutant.kind, mutant.what, KILLED_BY_ERROR, outcome.reason)
        if isinstance(outcome, Failure)
        else outcome
        for mutant, outcome in zip(mutants, found, strict=True)
    ]


def described(outcomes: list[Outcome]) -> list[str]:
    return [f"{o.language} {o.kind}: {o.what}: {o.how}" for o in outcomes]


@pytest.fixture(scope="module")
def outcomes(mutants: list[Mutant]) -> list[Outcome]:
    (seeded,) = run_all(run_seeded, [None], 1, timeout=300)
    assert isinstance(seeded, list), seeded
    return [*judged(mutants, JOBS), *seeded]


@pytest.fixture(scope="module")
def sample(mutants: list[Mutant]) -> list[Mutant]:
    """Evenly spread over the mutants of each language and kind."""
    groups = defaultdict(list)
    for mutant in mutants:
        if mutant.stem != SLOWEST_TO_BEGIN:
            groups[mutant.language, mutant.kind].append(mutant)
    return [
        group[i]
        for group in groups.values()
        for i in sorted({len(group) * k // OF_EACH_KIND for k in range(OF_EACH_KIND)})
    ]


def test_no_mutant_of_a_sample_survives(sample: list[Mutant]) -> None:
    outcomes = judged(sample, JOBS)
    assert described([o for o in outcomes if o.outcome == SURVIVED]) == []
    killed = {(o.language, o.kind) for o in outcomes if o.outcome in (KILLED, KILLED_BY_ERROR)}
    assert killed == {(language, kind) for language in ("python", "r") for kind in KINDS}


def test_every_kind_is_tried_in_both_languages(mutants: list[Mutant]) -> None:
    for language in ("python", "r"):
        assert {f.kind for f in mutants if f.language == language} == set(KINDS)
        assert {f.stem for f in mutants if f.language == language} >= set(STEMS)
    assert len(mutants) >= 1900
    assert len({(f.language, f.stem, f.kind, f.source) for f in mutants}) == len(mutants)


def test_every_mutant_is_another_text_than_the_good_code(mutants: list[Mutant]) -> None:
    assert [f.what for f in mutants if f.source == source(f.language, f.stem)] == []


def test_every_reason_is_that_of_a_mutant(mutants: list[Mutant]) -> None:
    used = {why for f in mutants for why in (f.equivalent, f.explained)}
    assert {known.why for known in (*WHY_EQUIVALENT, *WHY_EXPLAINED)} <= used


def test_code_without_a_mutant_survives() -> None:
    """The judge does not cry at everything: good code, seeded as if it were a mutant."""
    good = [
        Mutant(language, "none", stem, f"{stem} in {language}", source(language, stem))
        for stem in STEMS
        for language in ("python", "r")
    ]
    assert {o.what for o in judged(good, JOBS) if o.outcome != SURVIVED} == set()


@pytest.mark.slow
def test_no_mutant_survives(outcomes: list[Outcome]) -> None:
    assert described([o for o in outcomes if o.outcome == SURVIVED]) == []


@pytest.mark.slow
def test_most_mutants_are_killed_by_comparing_values(outcomes: list[Outcome]) -> None:
    killed = [o for o in outcomes if o.outcome == KILLED]
    assert len(outcomes) >= 1950
    assert len(killed) >= len(outcomes) / 2
    assert all(o.how for o in killed)


@pytest.mark.slow
def test_what_is_only_explained_is_little(outcomes: list[Outcome]) -> None:
    explained = [o for o in outcomes if o.outcome == EXPLAINED]
    assert len(explained) <= 40
    assert {o.how for o in explained} <= {known.why for known in WHY_EXPLAINED}


@pytest.mark.slow
def test_the_table_counts_every_mutant_once(outcomes: list[Outcome]) -> None:
    table = outcome_table(outcomes)
    assert table["mutants"].sum() == len(outcomes)
    parts = [KILLED, KILLED_BY_ERROR, EQUIVALENT, EXPLAINED, SURVIVED]
    assert (table[parts].sum(axis=1) == table["mutants"]).all()


def source(language: str, stem: str) -> str:
    path = f"python_impl/{stem}.py" if language == "python" else f"r_impl/R/{stem}.R"
    return (ROOT / path).read_text(encoding="utf-8")
