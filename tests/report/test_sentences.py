"""Every sentence with a number, made again from the CSV files beside the page."""

import json
import math
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pandas as pd
import pytest

from compare.report.page.pictures import LEGEND
from compare.report.page.text import meaningful, number_anchors


class Texts(HTMLParser):
    """The text of each element that has an id or a class, by either; blanks run together."""

    VOID = ("meta", "link", "br", "input", "hr")

    def __init__(self, page: str) -> None:
        super().__init__()
        self._open: list[tuple[set[str], list[str]]] = []
        self.by_name: dict[str, list[str]] = {}
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        names = {str(given.get("id")), *(given.get("class") or "").split()}
        if tag not in self.VOID:
            self._open.append((names, []))

    def handle_endtag(self, tag: str) -> None:
        if tag in self.VOID:
            return
        names, texts = self._open.pop()
        for name in names:
            self.by_name.setdefault(name, []).append(" ".join("".join(texts).split()))

    def handle_data(self, data: str) -> None:
        for _, texts in self._open:
            texts.append(f" {data}")


@pytest.fixture(scope="module")
def texts(report: Path) -> dict[str, list[str]]:
    return Texts((report / "index.html").read_text()).by_name


@pytest.fixture(scope="module")
def agreement(report: Path) -> pd.DataFrame:
    return pd.read_csv(report / "agreement.csv")


def test_tiles_tell_native_and_portable_apart(
    texts: dict[str, list[str]], agreement: pd.DataFrame
) -> None:
    (tiles,) = texts["tiles"]
    native = agreement.loc[agreement["arithmetic"] == "native", "verdict"].value_counts()
    portable = agreement[agreement["arithmetic"] == "portable"]
    assert (
        f"{native['identical'] + native['agree']} of {native.sum()} quantities agree in six digits "
        f"or more, in native arithmetic {native['identical']} identical, {native['agree']} agree, "
        f"{native['undetermined']} undetermined"
    ) in tiles
    whole = (portable["iterations"] == "all").sum()
    same = (portable["verdict"] == "identical").sum()
    assert (
        f"{same} of {len(portable)} quantities have the same bits, in portable arithmetic "
        f"{whole} over all iterations, {len(portable) - whole} over the first ones"
    ) in tiles
    assert 0 < whole < len(portable)


def test_tiles_count_published_numbers_and_proved_digits(
    texts: dict[str, list[str]], report: Path
) -> None:
    published = pd.read_csv(report / "published.csv", dtype={"proved": str})
    counts = published["verdict"].value_counts()
    proved = published[published["proved"].notna()]
    (tiles,) = texts["tiles"]
    assert (
        f"{counts['reproduced']} of {len(published)} printed numbers reproduced to the last digit "
        f"{counts['within rounding']} within rounding, {counts['undetermined']} undetermined"
    ) in tiles
    assert (
        f"{proved['digits_correct'].sum():,.0f} of {proved['digits_printed'].sum():,.0f} printed "
        f"digits proved correct of the {len(proved)} numbers whose exact value is enclosed"
    ) in tiles


def test_the_first_picture_says_how_far_its_pair_is_apart(
    report: Path, agreement: pd.DataFrame
) -> None:
    page = " ".join(Texts((report / "index.html").read_text()).by_name["overview"][-1].split())
    told = re.search(
        r"(\S+) (\S+) , both with initial weights from (R|NumPy)\. First.* most in iteration "
        r"([\d,]+), where Python has (\S+), R (\S+), and the measured tolerance is ([\d.e-]+): "
        r"(rounding alone decides there|rounding explains it)",
        page,
    )
    assert told is not None
    case, variant, start, iteration, *shown, decides = told.groups()
    runs = pd.read_csv(report / "trajectories.csv")
    here = (runs["case"] == case) & (runs["variant"] == variant)
    rows = runs[here & (runs["start"] == start.lower()) & (runs["arithmetic"] == "native")]
    worst = rows.iloc[int(rows["difference"].abs().argmax())]
    assert int(iteration.replace(",", "")) == worst["iteration"]
    assert shown[:2] == [f"{worst['python']:.3g}", f"{worst['r']:.3g}"]
    assert shown[2] == f"{worst['tolerance']:.2g}"
    judged = agreement[(agreement["case"] == case) & (agreement["variant"] == variant)]
    judged = judged[(judged["start"] == start.lower()) & (judged["quantity"] == worst["quantity"])]
    verdict = dict(zip(judged["arithmetic"], judged["verdict"], strict=True))
    assert verdict["portable"] == "identical"
    assert decides.startswith("rounding alone") == (verdict["native"] == "undetermined")


def test_each_case_begins_with_its_verdicts(
    texts: dict[str, list[str]], report: Path, agreement: pd.DataFrame
) -> None:
    published = pd.read_csv(report / "published.csv")
    for case in json.loads((report / "cases.json").read_text()):
        (page,) = texts[f"case-{case['name']}"]
        for unit, verdicts in (
            ("printed numbers", published.loc[published["case"] == case["name"], "verdict"]),
            *(
                (f"{lead}in {name} arithmetic", _verdicts(agreement, case["name"], name))
                for name, lead in (("native", "quantities "), ("portable", ""))
            ),
        ):
            counts = verdicts.value_counts()
            said = ", ".join(f"{n} {verdict}" for verdict, n in counts.items())
            assert not len(counts) or f"{counts.sum()} {unit}: {said}" in page


def _verdicts(agreement: pd.DataFrame, case: str, arithmetic: str) -> "pd.Series[str]":
    chosen = (agreement["case"] == case) & (agreement["arithmetic"] == arithmetic)
    return agreement.loc[chosen, "verdict"]


def test_each_case_says_how_long_its_runs_are(texts: dict[str, list[str]], report: Path) -> None:
    runs = pd.read_csv(report / "trajectories.csv")
    runs = runs[runs["arithmetic"] == "native"]
    for case in json.loads((report / "cases.json").read_text()):
        (page,) = texts[f"case-{case['name']}"]
        last = runs.loc[runs["case"] == case["name"], "iteration"].max()
        if case["iterations"] is None:
            assert f"stops by itself, here after {last} iterations" in page
        else:
            assert f"{case['iterations']:,} iterations" in page
            assert last == case["iterations"] - 1  # counted from 0, before each update


def test_what_was_left_open_stands_below_the_tiles(
    texts: dict[str, list[str]], report: Path
) -> None:
    references = pd.read_csv(report / "references.csv")
    proofs = references[references["kind"] == "proof"]
    unproved = proofs[proofs["verdict"] == "unproved"]
    (said,) = texts["open"]
    assert "not compared: nothing" in said
    assert f"not proved: {len(unproved)} of {len(proofs)} settings" in said
    for case in unproved["case"]:
        assert case in said


def test_a_value_is_written_as_far_as_the_page_says(report: Path) -> None:
    published = pd.read_csv(report / "published.csv", dtype={"printed": str})
    for row in published.to_dict("records"):
        decimals = len(row["printed"].partition(".")[2])
        here = meaningful(row["recomputed"], row["tolerance"], decimals)
        if row["tolerance"] > 0:  # the last digit's unit is the least that is no less than it
            decimals = max(decimals, math.floor(-math.log10(row["tolerance"])))
        off = abs(float(here) - row["recomputed"])
        assert off <= 0.5 * 10.0**-decimals + 1e-15 * abs(row["recomputed"])
        assert "e" in here or len(here.partition(".")[2]) <= decimals


def test_links_to_numbers_are_stable_and_all_different(
    texts: dict[str, list[str]], report: Path
) -> None:
    published = pd.read_csv(report / "published.csv", dtype=str, keep_default_na=False)
    anchors = number_anchors(published)
    assert len(set(anchors)) == len(published) == 541
    assert set(anchors) <= set(texts)
    assert "n-clark-example-2-numpy-error-10000-python" in anchors


def tables(report: Path) -> Iterator[str]:
    yield from re.findall(r'<a href="([a-z_]+\.csv)">', (report / "index.html").read_text())


def test_tables_stand_beside_links_to_their_files(report: Path) -> None:
    named = set(tables(report))
    shown = (
        "published agreement accuracy sensitivity predictions claims differences oracles selftest"
    )
    assert {f"{name}.csv" for name in shown.split()} <= named
    assert all((report / name).is_file() for name in named)


def test_sums_over_a_file_count_each_run_once_for_its_case(report: Path) -> None:
    table = pd.read_csv(report / "false_positives.csv")
    assert "all" not in set(table["case"])
    once = table[~table.drop(columns="case").duplicated()]
    texts = Texts((report / "index.html").read_text()).by_name
    page = " ".join(texts["overview"][-1].split())
    assert f"all, each run once {once['runs'].sum()} {once['false_positives'].sum()} " in page
    assert once["runs"].sum() < table["runs"].sum()


def test_markdown_counts_the_cases_that_print_numbers(report: Path) -> None:
    cases = json.loads((report / "cases.json").read_text())
    printing = [case for case in cases if case["printed_numbers"]]
    total = sum(case["printed_numbers"] for case in printing)
    text = (report / "report.md").read_text()
    assert f" of {total} numbers checked in both languages" in text
    rows = re.findall(r"^\| \S+ \| . [^|]*\| \d+ (printed|quantities)", text, re.MULTILINE)
    assert rows.count("printed") == len(printing)
    assert len(rows) == len(cases)


def test_mutants_have_a_total(texts: dict[str, list[str]], report: Path) -> None:
    counts = pd.read_csv(report / "selftest.csv").drop(columns=["language", "kind"]).sum()
    assert f" all {' '.join(map(str, counts))} " in texts["overview"][-1]


def test_still_pictures_say_what_their_colours_mean() -> None:
    for word in ("blue: Python", "orange: R", "grey: measured tolerance", "dashed"):
        assert word in LEGEND
