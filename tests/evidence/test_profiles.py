import pandas as pd
import pytest

from compare.evidence.profiles import (
    Environment,
    Profile,
    _run,
    differing_numbers,
    environments,
    profile_table,
)
from compare.evidence.tables import load

CHAPTER = "0.0022489756615412743"


@pytest.fixture(scope="module")
def profiles() -> list[Profile]:
    chosen = {e.name: e for e in environments()}
    default = _run(chosen["default"], ["clark-example-1"], 2, {})
    facts = default.results["provenance"]
    nonsense = Environment("nonsense", {"OPENBLAS_CORETYPE": "Z80"}, {"NumPy BLAS": " Z80"})
    others = [chosen["NumPy exp from libm"], chosen["R matprod internal"], nonsense]
    return [default, *(_run(e, ["clark-example-1"], 2, facts) for e in others)]


@pytest.mark.slow
def test_an_environment_proves_that_it_took_effect_or_is_not_applicable_with_a_reason(
    profiles: list[Profile],
) -> None:
    default, exp_from_libm, internal, nonsense = profiles
    assert (default.not_applicable, internal.not_applicable) == ("", "")
    # some processor has no way to compute exp but one
    assert (
        exp_from_libm.not_applicable == ""
        or "no effect: NumPy exp is " in exp_from_libm.not_applicable
    )
    assert nonsense.not_applicable.startswith("no effect: NumPy BLAS is ")
    assert internal.results["provenance"]["R matprod"] == "internal"


@pytest.mark.slow
def test_no_environment_finds_a_mismatch_or_a_disagreement(profiles: list[Profile]) -> None:
    table = profile_table(profiles)
    good = table[table["not applicable"] == ""]
    assert (good["exit code"] == 0).all()
    assert (good["mismatch"] == 0).all()
    assert (good["disagree"] == 0).all()


@pytest.mark.slow
def test_numbers_that_every_environment_reproduces_do_not_move(profiles: list[Profile]) -> None:
    moved = differing_numbers(profiles)
    assert isinstance(moved, pd.DataFrame)
    assert "0.00966449" not in set(moved["printed"])


def test_ten_environments_were_verified_and_none_disagrees() -> None:
    stored = load("profiles")
    assert stored is not None
    took_effect = stored.table[stored.table["not applicable"] == ""]
    assert len(took_effect) >= 10
    assert set(took_effect["exit code"]) <= {"0", "0.0"}
    assert set(took_effect["disagree"]) <= {"0", "0.0"}


def test_some_environment_gives_the_chapters_chaotic_value_to_its_last_digit() -> None:
    stored = load("profile_numbers")
    assert stored is not None
    rows = stored.table[stored.table["printed"] == CHAPTER]
    assert "reproduced" in set(rows["verdict"])
