import shutil
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from compare.evidence import store as evidence
from compare.evidence.code_hash import functions_hash
from compare.evidence.store import UnusableEvidenceError
from compare.evidence.tables import KINDS, STORED, load, read, save, survey
from tests.copies import Copy

Change = Callable[[pd.DataFrame], pd.DataFrame]


@pytest.fixture(scope="module")
def fresh(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Copies of the stored tables, as made from the code that stands."""
    folder = tmp_path_factory.mktemp("fresh")
    for name in KINDS:
        kept = read(name)
        header = evidence.read(_stored(name), "", "").header
        fresh = header.model_copy(update={"hash": functions_hash(kept.functions)})
        body = kept.table.to_csv(index=False, lineterminator="\n")
        evidence.write(folder / f"{name}.csv", fresh, body)
    return folder


@pytest.fixture
def tables(fresh: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Such copies, to be changed."""
    shutil.copytree(fresh, tmp_path, dirs_exist_ok=True)
    monkeypatch.setattr("compare.evidence.tables.STORED", tmp_path)
    return tmp_path


def _stored(name: str) -> Path:
    return STORED / f"{name}.csv"


def forge(folder: Path, name: str, change: Change) -> None:
    """Change a table, and give it the hash of its new content."""
    path = folder / f"{name}.csv"
    header = evidence.read(path, "", "").header
    table = change(pd.read_csv(path, skiprows=1, dtype=str, keep_default_na=False))
    evidence.write(path, header, table.to_csv(index=False, lineterminator="\n"))


def _set(row: int, column: str, value: str) -> Change:
    def change(table: pd.DataFrame) -> pd.DataFrame:
        table = table.copy()
        table.iloc[row, list(table).index(column)] = value
        return table

    return change


@pytest.mark.parametrize("name", [name for name in KINDS if "profile" not in name])
def test_what_was_written_is_usable_and_fresh(tables: Path, name: str) -> None:
    kept = read(name)
    assert not kept.stale
    assert kept.command == KINDS[name][1]
    save(name, kept.table, {"R": "4", "host": "mine"}, kept.functions)
    again = read(name)
    pd.testing.assert_frame_equal(again.table, kept.table)
    assert again.facts == {"R": "4"}
    assert not again.stale


@pytest.mark.parametrize("name", KINDS)
def test_a_table_edited_by_hand_is_not_used(tables: Path, name: str) -> None:
    path = tables / f"{name}.csv"
    lines = path.read_text().split("\n")
    lines[2] = lines[2][:-1] + ("1" if lines[2][-1] != "1" else "2")
    path.write_text("\n".join(lines))
    assert load(name) is None
    (problem,) = (p for p in survey().unusable if f"/{name}.csv " in p)
    assert problem.endswith(f"is damaged: its content was changed by hand: {KINDS[name][1]}")


@pytest.mark.parametrize("name", KINDS)
def test_a_table_that_is_gone_is_a_problem(tables: Path, name: str) -> None:
    (tables / f"{name}.csv").unlink()
    assert load(name) is None
    assert any(f"{name}.csv was never made: {KINDS[name][1]}" in p for p in survey().unusable)


@pytest.mark.parametrize(
    ("name", "change", "reason"),
    [
        ("selftest", _set(0, "survived", "1"), "do not add up"),
        ("selftest", _set(0, "killed", "6"), "do not add up"),
        ("selftest", _set(0, "killed", "-5"), "'-5' is no killed"),
        ("selftest", _set(0, "killed", "5.0"), "'5.0' is no killed"),
        ("selftest", lambda t: t[t["language"] != "r"], "its languages are -, python"),
        ("selftest", lambda t: pd.concat([t, t.iloc[:1]]), "stands there twice"),
        ("selftest", lambda t: t.drop(columns="survived"), "its columns are"),
        ("selftest", lambda t: t.iloc[:0], "no rows"),
        ("false_positives", lambda t: t.drop(index=3), "last row is not the sum"),
        ("false_positives", lambda t: t.iloc[:-1], "last row is not the sum"),
        ("false_positives", _set(0, "false_positives", "3"), "is not that of its false positives"),
        ("false_positives", _set(0, "rate", "0.5"), "is not that of its false positives"),
        ("false_positives", _set(0, "rate", "nan"), "'nan' is no rate"),
        ("false_positives", _set(0, "low", "0.5"), "not in its interval"),
        ("false_positives", _set(0, "worst_ratio", "7"), "worst ratio of the others"),
        ("false_positives", _set(0, "worst_ratio", "inf"), "'inf' is no worst_ratio"),
        ("false_positives", _set(0, "start", "elsewhere"), "no row for clark-example-1 - numpy"),
        ("first_differences", lambda t: t.iloc[1:], "no row for clark-example-1 - numpy"),
        (
            "first_differences",
            _set(0, "case", "clark-example-9"),
            "no row for clark-example-1 - numpy",
        ),
        ("first_differences", _set(0, "iteration", "-3"), "'-3' is no iteration"),
        ("first_differences", _set(0, "iteration", ""), "where nothing differs"),
        ("first_differences", _set(0, "ulps", "0"), "do not fit its iterations"),
        ("first_differences", _set(0, "python", "nan"), "'nan' is no python"),
        ("first_differences", _set(0, "cause", ""), "'' is no cause"),
        ("first_differences", lambda t: pd.concat([t, t.iloc[:1]]), "stands there twice"),
        ("profiles", _set(0, "environment", "another"), "the default environment is not there"),
        ("profiles", _set(0, "mismatch", "1"), "do not add up|exit code 0"),
        ("profiles", _set(0, "worst ratio", "nan"), "'nan' is no worst ratio"),
        ("profiles", _set(0, "exit code", "70"), "'70' is no exit code"),
        ("profile_numbers", lambda t: t.iloc[1:], "a row for each environment"),
        ("profile_numbers", _set(0, "verdict", "fine"), "'fine' is no verdict"),
        ("profile_numbers", _set(0, "value", "nan"), "'nan' is no value"),
        ("claims", _set(0, "verdict", "perhaps"), "'perhaps' is no verdict"),
        ("claims", _set(0, "evidence", ""), "'' is no evidence"),
        ("claims", lambda t: pd.concat([t, t.iloc[:1]]), "stands there twice"),
    ],
)
def test_what_is_no_table_of_its_kind_is_refused(
    tables: Path, name: str, change: Change, reason: str
) -> None:
    forge(tables, name, change)
    with pytest.raises(UnusableEvidenceError, match=reason) as found:
        read(name)
    assert str(found.value).endswith(f": {KINDS[name][1]}")
    assert "\n" not in str(found.value)
    assert load(name) is None


def test_a_table_that_names_other_functions_is_refused(tables: Path) -> None:
    path = tables / "false_positives.csv"
    kept = evidence.read(path, "", "")
    other = ["compare.run.starts:starting_weights"]  # which changes less often
    header = kept.header.model_copy(update={"functions": other, "hash": functions_hash(other)})
    evidence.write(path, header, kept.body)
    with pytest.raises(UnusableEvidenceError, match="made by other functions"):
        read("false_positives")


def test_a_table_of_functions_that_are_gone_is_stale(tables: Path) -> None:
    path = tables / "claims.csv"
    kept = evidence.read(path, "", "")
    header = kept.header.model_copy(update={"functions": ["claims.gone:f"], "hash": ""})
    evidence.write(path, header, kept.body)
    assert read("claims").stale


@pytest.mark.slow
def test_a_verification_with_edited_evidence_is_incomplete_and_names_each_file(copy: Copy) -> None:
    files = [*(f"evidence/stored/{name}.csv" for name in KINDS), "cases/clark-example-1.spread.csv"]
    for file in files:
        path = copy.folder / "compare" / file
        lines = path.read_text().split("\n")
        lines.pop(-3)
        path.write_text("\n".join(lines))
    done = copy.compare("verify", "clark-example-1")
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
    for file in files:
        name = file.removeprefix("evidence/")
        assert f"{name} is damaged" in done.stdout
    assert "its content was changed by hand: make selftest" in done.stdout
