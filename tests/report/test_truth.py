"""Which digits are correct, found once more from the files."""

import re
from pathlib import Path

import pandas as pd
import pytest

from compare.report.page.stored import Stored, load
from compare.report.page.truth import false_digits, fewest_correct_digits, unproved
from compare.report.pair_summary import pair_summaries

SETTING = ["case", "variant", "start"]


@pytest.fixture(scope="module")
def stored(report: Path) -> Stored:
    return load(report)


def table(report: Path, name: str) -> pd.DataFrame:
    return pd.read_csv(report / f"{name}.csv", keep_default_na=False, dtype={"printed": str})


def test_each_printed_table_with_a_wrong_digit_is_there_with_its_worst_number(
    stored: Stored, report: Path
) -> None:
    expected: dict[tuple[str, ...], list[tuple[float, float, str]]] = {}
    for _, row in table(report, "published").iterrows():
        if row["proved"]:
            key = tuple(row[["case", "variant", "printed_by", "quantity"]])
            counts = (float(row["digits_correct"]), float(row["digits_printed"]))
            expected.setdefault(key, []).append((*counts, row["printed"]))
    wrong = {
        key: numbers
        for key, numbers in expected.items()
        if any(correct < printed for correct, printed, _ in numbers)
    }
    found = false_digits(stored)
    names = ["case", "variant", "printed by", "quantity"]
    assert [tuple(row) for row in found[names].to_numpy()] == list(wrong)
    for (_, row), numbers in zip(found.iterrows(), wrong.values(), strict=True):
        total, printed = sum(n[0] for n in numbers), sum(n[1] for n in numbers)
        assert row["correct digits"] == f"{total:.0f} of {printed:.0f}"
        most = max(n[1] - n[0] for n in numbers)
        assert row["worst"] in {n[2] for n in numbers if n[1] - n[0] == most}


def test_the_worst_value_of_each_setting_has_its_correct_digits_and_place(
    stored: Stored, report: Path
) -> None:
    accuracy = table(report, "accuracy")
    accuracy = accuracy[accuracy["min_lre"] != ""]
    found = fewest_correct_digits(stored)
    assert len(found) == len(accuracy[SETTING].drop_duplicates()) > 40
    for _, row in found.iterrows():
        own = accuracy[(accuracy[SETTING] == list(row[SETTING])).all(axis=1)]
        for language, name in (("python", "Python"), ("r", "R")):
            of_language = own[own["language"] == language]
            fewest = of_language["min_lre"].astype(float).min()
            said = re.fullmatch(r"([\d.]+) in (\w+)\[\d+\]", row[name])
            assert said is not None
            digits, quantity = said.groups()
            assert digits == f"{fewest:.1f}"
            least = of_language[of_language["min_lre"].astype(float) == fewest]
            assert quantity in set(least["quantity"])


def test_every_setting_without_a_proof_has_its_reason(stored: Stored, report: Path) -> None:
    rows = table(report, "references").query("kind == 'proof' and verdict == 'unproved'")
    assert [reason for _, reason in unproved(stored)] == list(rows["reason"])
    assert len(rows) == 4


def test_values_that_are_zero_up_to_rounding_are_no_fewest_digits(
    stored: Stored, report: Path
) -> None:
    agreement = table(report, "agreement").query("arithmetic == 'native'")
    agreement["digits"] = pd.to_numeric(agreement["digits"], errors="coerce")
    counted = agreement[~((agreement["verdict"] == "agree") & (agreement["digits"] < 6))]
    fewest = counted.groupby(SETTING, sort=False)["digits"].min()
    summaries = pair_summaries(stored["agreement"])
    shown = {(pair.case, pair.variant, pair.start): pair.digits for pair in summaries}
    assert shown == pytest.approx(dict(fewest), nan_ok=True)
    agreeing = [pair.digits for pair in summaries if pair.verdict == "agree"]
    assert min(agreeing) >= 6
