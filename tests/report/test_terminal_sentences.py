"""What the terminal says with numbers, made again from the CSV files, not by its own code."""

import io
import json
import re
from pathlib import Path

import pandas as pd
import pytest
from rich.console import Console

from compare.case.setting import start_in_words
from compare.report.terminal import print_summary
from compare.report.verification import Verification

RATIO = r"largest difference (\d\.\d\d) of [^(]*\((.*)\)$"


@pytest.fixture(scope="module")
def said(verification: Verification) -> str:
    console = Console(width=200, record=True, file=io.StringIO())
    print_summary(console, verification)
    return console.export_text()


@pytest.fixture(scope="module")
def files(report: Path) -> dict[str, pd.DataFrame]:
    texts = {"index": str, "variant": str, "proved": str}
    return {path.stem: pd.read_csv(path, dtype=texts) for path in report.glob("*.csv")}


def line(said: str, beginning: str) -> str:
    (found,) = [line.rstrip() for line in said.splitlines() if line.startswith(beginning)]
    return found


def check_the_worst(said: str, rows: pd.DataFrame) -> None:
    """The largest ratio is there, with the place of a row that has it."""
    found = re.search(RATIO, said)
    assert found is not None
    ratio = rows["ratio_to_tolerance"].max()
    assert found[1] == f"{ratio:.2f}"
    worst = rows[rows["ratio_to_tolerance"] == ratio]
    assert any(
        row["case"] in found[2]
        and row.get("quantity", row.get("what")) in found[2]
        and ("start" not in row or start_in_words(row["start"]) in found[2])
        for row in worst.to_dict("records")
    )


def test_published_numbers_and_checks(
    said: str, report: Path, files: dict[str, pd.DataFrame]
) -> None:
    published = files["published"]
    cases = json.loads((report / "cases.json").read_text())
    printed, checks = sum(case["printed_numbers"] for case in cases), len(published)
    assert line(said, f"{printed} printed numbers, ") == (
        f"{printed} printed numbers, {checks - printed} of them checked in both languages: "
        f"{checks} checks"
    )
    within = published[published["verdict"] == "within rounding"]
    fewest = within.sort_values("lre").iloc[0]
    sentence = line(said, f"{len(within)} printed numbers are within rounding")
    assert fewest["case"] in sentence
    assert sentence.endswith(
        f"{fewest['quantity']}[{fewest['index']}]: {fewest['lre']:.1f} reproduced"
    )
    proved = published.dropna(subset="proved")
    correct = (proved["digits_correct"] == proved["digits_printed"]).sum()
    assert line(said, f"{len(proved)} of {checks} are proved") == (
        f"{len(proved)} of {checks} are proved to 30 digits: {correct} were printed with correct "
        f"digits only, {len(proved) - correct} were not"
    )


def test_the_table_of_verdicts(said: str, files: dict[str, pd.DataFrame]) -> None:
    published, agreement = files["published"]["verdict"], files["agreement"]
    of_pairs = [
        agreement.loc[agreement["arithmetic"] == name, "verdict"] for name in ("native", "portable")
    ]
    for verdicts, columns in (
        (["reproduced", "within rounding", "mismatch"], [published]),
        (["identical", "agree", "disagree"], of_pairs),
        (["undetermined", "not compared"], [published, *of_pairs]),
    ):
        for verdict in verdicts:
            shown = line(said, f" {verdict} ").removeprefix(f" {verdict}").split()
            assert shown == [str((column == verdict).sum()) for column in columns]


def test_values_windows_proofs_and_oracles(said: str, files: dict[str, pd.DataFrame]) -> None:
    agreement, windows = files["agreement"], files["windows"]
    accuracy, oracles = files["accuracy"], files["oracles"]
    sentence = line(said, f"{agreement['n_values'].sum():,} values compared")
    check_the_worst(sentence, agreement[agreement["arithmetic"] == "native"])

    n = windows.groupby(["case", "variant", "start"])["windows"].max().sum()
    sentence = line(said, f"{n:,} windows of a few iterations")
    check_the_worst(sentence, windows[windows["arithmetic"] == "native"])

    sentence = line(said, f"{accuracy['n_values'].sum():,} values beside proved ones")
    check_the_worst(sentence.removesuffix(" in R").removesuffix(" in Python"), accuracy)

    held = oracles[oracles["n_values"] > 0].dropna(subset="ratio_to_tolerance")
    once = held[[name for name in held if name != "case"]].drop_duplicates()
    sentence = line(said, f"{once['n_values'].sum():,} values of both languages checked by oracles")
    check_the_worst(sentence, held)


def test_references_mirrors_and_claims(
    said: str, verification: Verification, files: dict[str, pd.DataFrame]
) -> None:
    counts = files["references"].groupby(["kind", "verdict"]).size().reset_index()
    assert line(said, "stored references").removeprefix("stored references, re-verified: ") == (
        ", ".join(f"{n} {kind}: {verdict}" for kind, verdict, n in counts.to_numpy().tolist())
    )
    mirrored = [case.name for case in verification.cases if case.alternative_to]
    assert len(mirrored) == 2
    digits = files["agreement"].groupby("case")["min_lre"].min()
    for case in mirrored:
        assert line(said, f"{case}: its mirror").endswith(f"at least {digits[case]:.1f} digits")
    verdicts = files["claims"]["verdict"]
    conditional = verdicts.str.startswith("holds if")
    assert line(said, f"{len(verdicts)} claims").endswith(
        f"{(verdicts == 'holds').sum()} hold, {(verdicts == 'does not hold').sum()} do not hold, "
        f"{conditional.sum()} hold under a condition"
    )
