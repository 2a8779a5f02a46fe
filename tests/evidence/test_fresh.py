"""What is stored was made from the code and the cases that stand."""

import pytest

from compare import CASES
from compare.case.case import Case
from compare.case.setting import settings
from compare.evidence.directed_spread import Directed
from compare.evidence.proof import load, path_of
from compare.evidence.spread import Spread
from compare.evidence.tables import KINDS, STORED, read, survey
from compare.verify.claims import load_ledger


def test_every_stored_table_can_be_used() -> None:
    assert survey().unusable == []


@pytest.mark.parametrize("name", KINDS)
def test_no_stored_table_is_stale(name: str) -> None:
    kept = read(name)
    assert not kept.stale, f"the code has changed since {name}.csv was made: {kept.command}"


def test_no_proof_is_stale(cases: dict[str, Case]) -> None:
    grid = [setting for case in cases.values() for setting in settings(case)]
    assert [str(setting) for setting in grid if load(setting).stale] == []


def test_no_spread_is_stale(cases: dict[str, Case]) -> None:
    assert [p for case in cases.values() if (p := Spread(case).problem)] == []


def test_no_directed_rounding_is_stale(cases: dict[str, Case]) -> None:
    assert [p for case in cases.values() if (p := Directed(case).problem)] == []


def test_the_stored_claims_are_those_of_the_ledger() -> None:
    stored = [s for s in load_ledger().statements if s.stored]
    kept = read("claims")
    assert kept.functions == sorted(s.decided_by for s in stored)
    assert set(kept.table["id"]) == {s.id for s in stored}


def test_nothing_else_is_stored(cases: dict[str, Case]) -> None:
    wanted = {CASES / f"{name}.{kind}.csv" for name in cases for kind in ("spread", "directed")}
    wanted |= {path_of(setting) for case in cases.values() for setting in settings(case)}
    assert {*CASES.glob("*.csv"), *CASES.glob("*.proof/*")} == wanted
    assert set(STORED.iterdir()) == {STORED / f"{name}.csv" for name in KINDS}
