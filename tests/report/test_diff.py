import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from compare.case.setting import SETTING
from compare.cli import main
from compare.report.diff import diff
from compare.report.page.columns import DIFF_COLUMNS
from tests.somebodys import Brought, Verified, bring

R_SD = "f <- function(x) sd(x)\n"


@pytest.fixture(scope="module")
def old(report: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Of the report what it says of one case."""
    folder = Path(shutil.copytree(report, tmp_path_factory.mktemp("one") / "report"))
    for path in folder.glob("*.csv"):
        table = pd.read_csv(path, dtype=str, keep_default_na=False)
        if "case" in table:
            table[table["case"] == "clark-example-1"].to_csv(path, index=False)
    return folder


@pytest.fixture
def new(old: Path, tmp_path: Path) -> Path:
    """A copy of it, to be changed."""
    return Path(shutil.copytree(old, tmp_path / "new"))


def changed(folder: Path, name: str, column: str, value: str) -> str:
    """Change a column in the first row of a table; what stood there."""
    path = folder / f"{name}.csv"
    table = pd.read_csv(path, dtype=str, keep_default_na=False)
    before = str(table.loc[0, column])
    table.loc[0, column] = value
    table.to_csv(path, index=False)
    return before


def test_nothing_moves_between_a_report_and_itself(
    old: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["diff", str(old), str(old)]) == 0
    assert capsys.readouterr().out.startswith("Nothing moved")
    assert (tmp_path / "diff.csv").read_text() == ",".join(DIFF_COLUMNS) + "\n"


def test_a_verdict_a_digit_and_a_bit_that_moved_are_named_the_verdict_first(
    old: Path,
    new: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    bit = changed(new, "final_values", "r", "0.009664491687968301")
    digit = changed(new, "agreement", "digits", "3.5")
    verdict = changed(new, "agreement", "verdict", "disagree")
    monkeypatch.chdir(tmp_path)
    assert main(["diff", str(old), str(new)]) == 1
    table = pd.read_csv(tmp_path / "diff.csv", dtype=str, keep_default_na=False)
    assert list(table.columns) == DIFF_COLUMNS
    rows = table[["table", "column", "old", "new"]].to_numpy().tolist()
    assert rows == [
        ["agreement", "verdict", verdict, "disagree"],
        ["agreement", "digits", digit, "3.5"],
        ["final_values", "r", bit, "0.009664491687968301"],
    ]
    assert table["key"][2] == "clark-example-1 - numpy layer_1 0,0"
    out = capsys.readouterr().out
    assert "identical -> disagree" in out
    assert f"{bit} -> 0.009664491687968301" in out


@pytest.fixture
def small_report(verified: Callable[[str], Verified]) -> Path:
    """A report on a few pairs."""
    return verified("differing").report


def test_rows_that_only_one_has_are_present_and_absent(small_report: Path, tmp_path: Path) -> None:
    new = Path(shutil.copytree(small_report, tmp_path / "new"))
    path = new / "outputs.csv"
    table = pd.read_csv(path, dtype=str, keep_default_na=False)
    table.drop(index=0).to_csv(path, index=False)
    (row,) = diff(small_report, new).to_dict("records")
    key = " ".join(table[[*SETTING, "arithmetic", "output"]].iloc[0])
    assert row == {
        "table": "outputs",
        "key": " ".join(key.split()),
        "column": "row",
        "old": "present",
        "new": "absent",
    }
    (row,) = diff(new, small_report).to_dict("records")
    assert (row["old"], row["new"]) == ("absent", "present")


def test_what_is_no_report_is_refused_by_name(
    small_report: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["diff", str(small_report), str(tmp_path)]) == 2
    assert f"{tmp_path} is not a report" in " ".join(capsys.readouterr().err.split())
    new = Path(shutil.copytree(small_report, tmp_path / "new"))
    results = json.loads((new / "results.json").read_text())
    del results["verdict"]
    (new / "results.json").write_text(json.dumps(results))
    assert main(["diff", str(small_report), str(new)]) == 2
    assert "verdict" in capsys.readouterr().err


def test_a_folder_that_cannot_be_written_to_is_said(
    small_report: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    (tmp_path / "diff.csv").mkdir()
    monkeypatch.chdir(tmp_path)
    assert main(["diff", str(small_report), str(small_report)]) == 2
    assert "diff.csv cannot be written" in " ".join(capsys.readouterr().err.split())
    assert [path.name for path in tmp_path.iterdir()] == ["diff.csv"]


def test_a_new_report_says_what_moved_since_the_one_that_it_replaces(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    bring(tmp_path, {"sd": Brought("import numpy as np\ndef f(x): return np.std(x)\n", R_SD)})
    monkeypatch.chdir(tmp_path)
    assert main(["verify", "."]) == 1
    (pair,) = tmp_path.rglob("pair.py")
    pair.write_text("import numpy as np\ndef f(x): return np.std(x, ddof=1)\n")
    capsys.readouterr()
    assert main(["verify", ".", "--since", "report"]) == 0
    said = capsys.readouterr().out
    assert "outputs, verdict: 1 moved" in said
    assert "disagree -> " in said
    for name in ("index.html", "report.md"):
        text = (tmp_path / "report" / name).read_text()
        assert "Since the report of 20" in text
        assert "outputs, verdict: 1 moved" in text
    assert main(["verify", ".", "--since", "report"]) == 0
    assert "Nothing moved" in capsys.readouterr().out
    assert "Nothing moved" in (tmp_path / "report" / "report.md").read_text()
    assert pd.read_csv(tmp_path / "report" / "diff.csv").empty
    assert main(["verify", ".", "--since", "nowhere"]) == 2
    assert "nowhere is not a report" in capsys.readouterr().err
    assert pd.read_csv(tmp_path / "report" / "diff.csv").empty
