import errno
import json
import re
import xml.etree.ElementTree as ET
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

from compare.report.report import write_report
from compare.report.verification import Verification
from compare.safety.errors import ReportError
from compare.safety.inert import in_markdown

FILES = {
    ".nnmirror",
    "accuracy.csv",
    "agreement.csv",
    "badge.svg",
    "cases.json",
    "certificate.md",
    "claims.csv",
    "differences.csv",
    "explained_mutants.csv",
    "false_positives.csv",
    "final_values.csv",
    "index.html",
    "junit.xml",
    "messages.csv",
    "oracles.csv",
    "outputs.csv",
    "first_differences.csv",
    "pictures",
    "predictions.csv",
    "profile_numbers.csv",
    "profiles.csv",
    "references.csv",
    "published.csv",
    "report.md",
    "results.json",
    "selftest.csv",
    "sensitivity.csv",
    "trajectories.csv",
    "values.csv",
    "explanations.csv",
    "windows.csv",
}


def test_the_report_is_a_folder_of_known_files(report: Path) -> None:
    assert {path.name for path in report.iterdir()} == FILES
    assert [path.name for path in report.parent.iterdir()] == ["report"]


def test_the_tables_have_the_columns_that_readers_rely_on(report: Path) -> None:
    published = pd.read_csv(report / "published.csv", nrows=0).columns
    assert [
        *[
            "case",
            "variant",
            "language",
            "start",
            "quantity",
            "index",
            "printed",
            "recomputed",
            "ulp",
            "lre",
            "tolerance",
            "verdict",
        ]
    ] == list(published[:12])
    agreement = pd.read_csv(report / "agreement.csv", nrows=0).columns
    expected = "case variant start arithmetic quantity n_values max_abs max_ulp first_difference"
    assert [*expected.split(), *["min_lre", "ratio_to_tolerance", "verdict"]] == list(
        agreement[:12]
    )


def test_the_tables_lose_no_digit(report: Path, verification: Verification) -> None:
    for name in ("trajectories", "predictions"):
        table = getattr(verification, name)
        read = pd.read_csv(report / f"{name}.csv")
        pd.testing.assert_frame_equal(read, table, check_exact=True, check_dtype=False)


def test_trajectories_show_log_spaced_indices_and_the_largest_difference(
    report: Path, verification: Verification
) -> None:
    table = pd.read_csv(report / "trajectories.csv")
    alpha_10 = table.query("case == 'clark-example-3' and variant == 'alpha=10' and start == 'r'")
    native = alpha_10.query("arithmetic == 'native'")
    assert 400 <= len(native) + 60 <= 900
    assert native["iteration"].iloc[[0, -1]].tolist() == [0, 29999]
    largest = verification.agreement.query(
        "case == 'clark-example-3' and variant == 'alpha=10' and start == 'r' "
        "and arithmetic == 'native' and quantity == 'error'"
    )["max_abs"].item()
    assert native["difference"].abs().max() == largest
    assert (alpha_10.query("arithmetic == 'portable'")["difference"] == 0).all()


def test_final_values_are_there_with_the_proved_ones(report: Path) -> None:
    final_values = pd.read_csv(report / "final_values.csv", dtype={"proved": str})
    counts = final_values.query("case == 'trask-direction-changes' and variant == 'alpha=10'")
    counts = counts[counts["quantity"] == "synapse_0_direction_count"]
    assert counts["index"].tolist()[:2] == ["0,0", "0,1"]
    assert counts["python"].tolist()[:4] == [7, 19, 2, 6]
    assert counts["proved"].astype(float).tolist() == counts["r"].tolist()
    assert len(final_values.query("quantity == 'surface'")) == 41 * 41


def test_the_page_of_markdown_has_pictures_with_words(report: Path) -> None:
    page = (report / "report.md").read_text()
    for picture in (report / "pictures").iterdir():
        assert picture.read_bytes().startswith(b"\x89PNG")
        assert f"](pictures/{picture.name})" in page
    # which start's difference grows most belongs to a processor
    pair = r"- R over Python: error over the iterations: with initial weights from (NumPy|R)"
    assert len(re.findall(pair, page)) == 1


def test_results_say_what_was_done_with_what(report: Path) -> None:
    results = json.loads((report / "results.json").read_text())
    assert results["schema_version"] == 2
    assert (results["exit_code"], results["complete"]) == (0, True)
    assert results["printed_numbers"] == 533
    assert results["not_checked"] == []
    assert {"commit", "command", "written", "R"} <= set(results["provenance"])


def test_junit_has_a_test_for_each_row(report: Path, verification: Verification) -> None:
    root = ET.parse(report / "junit.xml").getroot()
    names = ["published", "agreement", "windows", "accuracy", "references", "oracles"]
    names += ["claims", "differences"]
    assert len(root.findall(".//testcase")) == sum(len(getattr(verification, n)) for n in names)
    assert root.findall(".//failure") == root.findall(".//error") == []


def test_the_page_begins_with_the_verdict_and_breaks_no_table(report: Path) -> None:
    page = (report / "report.md").read_text()
    assert page.startswith("# nnmirror\n\n**All 533 published numbers are accounted for")
    assert "4.2.2 \\| &lt;b>" in page
    assert re.search(r"\bnan\b", page) is None
    # without the last section, which repeats the words that pytest was called with
    assert len(page.partition("## Provenance")[0]) < 100_000


def failed(verification: Verification) -> Verification:
    printed = verification.published.copy()
    printed.loc[0, ["verdict", "reason"]] = ["mismatch", "printed 1, recomputed 2\x1b[31m | <svg>"]
    return replace(verification, published=printed)


def test_a_failure_leads_the_page_and_stands_in_junit(
    verification: Verification, tmp_path: Path
) -> None:
    broken = failed(verification)
    assert broken.exit_code == 1
    write_report(broken, {}, tmp_path / "report")
    page = (tmp_path / "report" / "report.md").read_text()
    first = "### ✗ mismatch: A printed number is not reproduced: clark-example-1"
    assert page.index(first) < page.index("## What was compared")
    root = ET.parse(tmp_path / "report" / "junit.xml").getroot()
    assert len(root.findall(".//failure")) == 1


def test_a_report_replaces_a_report_as_a_whole(small: Verification, tmp_path: Path) -> None:
    folder = tmp_path / "report"
    write_report(small, {}, folder)
    (folder / "bench.csv").write_text("old")
    (folder / "claims.csv").unlink()
    write_report(small, {}, folder)
    assert {path.name for path in folder.iterdir()} == FILES
    assert [path.name for path in tmp_path.iterdir()] == ["report"]


def test_a_failing_write_leaves_the_old_report_and_no_trace(
    small: Verification, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "report"
    write_report(small, {"old": "report"}, folder)

    def no_space(*_: object) -> str:
        raise OSError(errno.ENOSPC, "no room on the device")

    monkeypatch.setattr("compare.report.page.markdown", no_space)
    with pytest.raises(ReportError, match="no room on the device"):
        write_report(small, {}, folder)
    assert "old" in json.loads((folder / "results.json").read_text())["provenance"]
    assert [path.name for path in tmp_path.iterdir()] == ["report"]


def test_the_page_has_every_claim_and_difference_with_its_evidence(
    report: Path, verification: Verification
) -> None:
    page = " ".join((report / "report.md").read_text().split())
    for table in (verification.claims, verification.differences):
        for text in table["evidence"]:
            assert in_markdown(text) in page
    for column in ("r", "consequence"):
        assert all(in_markdown(text) in page for text in verification.differences[column])
    claims = pd.read_csv(report / "claims.csv")
    assert list(claims) == ["id", "source", "claim", "verdict", "evidence", "reviewed"]
    assert not claims.isna().any().any()


def test_the_page_says_what_is_not_proved_and_what_was_added(report: Path) -> None:
    page = (report / "report.md").read_text()
    assert (
        "- dnn-wide, initial weights from NumPy: a million weights are too many to enclose" in page
    )
    assert "- trask-13-lines: The source sets no seed; 1 is ours." in page
    assert "| ✗ does not hold |" in page
    assert re.search(r"\| `-?0\.\d{6,}` \|", page)  # a number as code


def test_a_case_without_printed_numbers_has_a_report_too(
    small: Verification, tmp_path: Path
) -> None:
    assert small.exit_code == 0
    write_report(small, {}, tmp_path / "report")
    page = (tmp_path / "report" / "report.md").read_text()
    assert page.startswith("# nnmirror\n\n**No numbers were published here; R and Python nowhere")
