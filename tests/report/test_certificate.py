import hashlib
import re
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree

import pandas as pd
import pytest

from compare import ROOT
from compare.report.status import verify_command
from tests.conftest import BROKEN
from tests.marks import some_slow

SVG = "{http://www.w3.org/2000/svg}"


def lines(folder: Path) -> dict[str, str]:
    """The certificate's table."""
    text = (folder / "certificate.md").read_text()
    return dict(re.findall(r"^\| ([^|]+) \| (.+) \|$", text, re.M))


def test_it_says_what_the_tables_beside_it_say(report: Path) -> None:
    said = lines(report)
    published = pd.read_csv(report / "published.csv")["verdict"].value_counts()
    agreement = pd.read_csv(report / "agreement.csv")
    native = agreement.loc[agreement["arithmetic"] == "native", "verdict"].value_counts()
    assert said["printed numbers"].startswith(f"{published['reproduced']} reproduced, ")
    for verdict in ("identical", "agree", "undetermined"):
        assert f"{native[verdict]} {verdict}" in said["quantities, native arithmetic"]
    assert said["verdict"].startswith("holds: All 533 published numbers")
    assert said["not compared"] == "nothing"
    assert said["not proved"].startswith("4 of 55 settings")


@pytest.mark.parametrize(
    ("commit", "first"),
    [
        ("0123456789abcdef" * 2 + "01234567 with local changes", "git checkout 0123"),
        ("nnmirror 0.1.0", "nnmirror verify"),
        ("unknown", "nnmirror verify"),
    ],
)
def test_a_commit_is_checked_out_only_where_there_is_one(commit: str, first: str) -> None:
    lines = verify_command({"commit": commit, "command": "nnmirror verify"})
    assert lines[0].startswith(first)
    assert lines[-1].endswith("nnmirror verify")


def test_no_commit_of_ours_holds_somebodys_files() -> None:
    facts = {"commit": "0123456789abcdef" * 2 + "01234567", "command": "nnmirror verify mine"}
    assert verify_command(facts, of_somebodys=True) == ["nnmirror verify mine"]


def test_its_digests_are_those_of_the_files(report: Path) -> None:
    values = hashlib.sha256((report / "values.csv").read_bytes()).hexdigest()
    digests = hashlib.sha256((ROOT / "r_impl" / "inst" / "digests.txt").read_bytes()).hexdigest()
    assert lines(report)["values.csv"] == f"SHA-256 {values}"
    assert lines(report)["portable runs"].endswith(digests)


def test_it_names_the_commands_that_repeat_it(report: Path) -> None:
    text = (report / "certificate.md").read_text()
    assert re.search(r"^    make setup\n    \.venv/bin/\S+", text, re.M)
    assert len(text.splitlines()) < 40


def badge(folder: Path) -> ElementTree.Element:
    return ElementTree.fromstring((folder / "badge.svg").read_text())


def test_the_badge_is_a_picture_of_the_verdict(report: Path) -> None:
    picture = badge(report)
    assert [text.text for text in picture.iter(f"{SVG}text")] == ["nnmirror", "holds, 533 numbers"]
    assert {element.tag for element in picture.iter()} == {
        f"{SVG}{t}" for t in ("svg", "rect", "text")
    }
    assert picture.attrib["aria-label"] == "nnmirror: holds, 533 numbers"


@pytest.mark.parametrize("what", some_slow(BROKEN, "disagreement"))
def test_a_failing_run_has_no_green_badge(failing_report: Callable[[str], Path], what: str) -> None:
    folder = failing_report(what)
    status = {"mismatch": "fails", "disagreement": "fails", "crash": "incomplete"}[what]
    text = [element.text or "" for element in badge(folder).iter(f"{SVG}text")][1]
    assert text.startswith(status)
    assert lines(folder)["verdict"].startswith(f"{status}: ")
    assert "#17692f" not in (folder / "badge.svg").read_text()
