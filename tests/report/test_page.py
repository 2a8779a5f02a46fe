import csv
import errno
import json
import re
import shutil
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from compare.cli import main
from compare.judge.verdicts import rank
from compare.report.page.failures import failures
from compare.report.page.published import numbers
from compare.report.page.stored import load
from tests.conftest import BROKEN, NASTY
from tests.marks import some_slow


class Elements(HTMLParser):
    """Every element with its attributes, and the text of the page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self._texts: list[str] = []
        self.feed(page)
        self.text = "".join(self._texts)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))
        self._texts.append(" ")

    def handle_endtag(self, tag: str) -> None:
        self._texts.append(" ")

    def handle_data(self, data: str) -> None:
        self._texts.append(data)


@pytest.fixture
def own(report: Path, tmp_path: Path) -> Path:
    """A copy of the report, to be changed."""
    return Path(shutil.copytree(report, tmp_path / "report"))


def test_what_is_read_is_made_from_the_folder_alone_and_the_same_again(own: Path) -> None:
    made = [own / name for name in ("index.html", "report.md", "certificate.md", "badge.svg")]
    before = [path.read_bytes() for path in made]
    for path in made:
        path.unlink()
    assert main(["report", str(own)]) == 0
    assert [path.read_bytes() for path in made] == before
    assert len(before[0]) < 3_000_000


def test_nothing_in_the_page_points_outside(report: Path) -> None:
    for tag, attributes in Elements((report / "index.html").read_text()).found:
        for name in {"src", "href", "action", "data", "srcset", "poster"} & set(attributes):
            target = str(attributes[name])
            assert target.startswith("#") or target == "data:," or (report / target).is_file()
        assert not any(name.startswith("on") or name == "style" for name in attributes), tag


def test_the_policy_lets_only_the_page_itself_run(report: Path) -> None:
    (policy,) = (
        str(attributes["content"])
        for tag, attributes in Elements((report / "index.html").read_text()).found
        if attributes.get("http-equiv") == "Content-Security-Policy"
    )
    assert policy.startswith("default-src 'none'; script-src 'sha256-")
    assert "unsafe" not in policy
    assert "http" not in policy


def test_what_comes_from_files_is_shown_and_does_nothing(poisoned_report: Path) -> None:
    page = Elements((poisoned_report / "index.html").read_text())
    tags = [tag for tag, _ in page.found]
    assert not {"svg", "img", "iframe", "object", "embed"} & set(tags)
    assert tags.count("script") == 3
    assert not any(name.startswith("on") for _, attributes in page.found for name in attributes)
    for text in NASTY:
        shown = text.strip("\x00\x1b\u202e").split("\u202c")[0][:40]
        assert page.text.count(shown) >= 4, text
    assert not set("\x00\x1b\u202e\u200f") & set(page.text)


def test_a_name_that_is_no_file_name_has_a_link_that_works(poisoned_report: Path) -> None:
    found = Elements((poisoned_report / "index.html").read_text()).found
    places = {attributes["id"] for _, attributes in found if "id" in attributes}
    links = {str(a["href"]) for tag, a in found if tag == "a" and str(a["href"]).startswith("#")}
    assert {link[1:] for link in links} <= places
    assert sum(bool(re.fullmatch("case-[0-9a-f]{12}", str(p))) for p in places) == len(NASTY)


def test_every_case_has_a_page_with_a_stable_link(report: Path) -> None:
    found = Elements((report / "index.html").read_text()).found
    places = {attributes.get("id") for tag, attributes in found if tag == "main"}
    assert {f"case-{case['name']}" for case in json.loads((report / "cases.json").read_text())} <= (
        places
    )


def test_what_is_not_reproduced_looks_different_and_failures_come_first(report: Path) -> None:
    rows = numbers(load(report)["published"], [])
    assert len(rows) == 541
    for row in rows:
        printed = "".join(digits.text for digits in row.printed)
        assert row.verdict == "reproduced" or row.here != printed
    verdicts = [row.verdict for row in rows]
    assert verdicts == sorted(verdicts, key=rank, reverse=True)


def test_what_was_not_decided_now_is_marked(report: Path) -> None:
    text = " ".join(Elements((report / "index.html").read_text()).text.split())
    claims = text[text.index("What the sources say in words") :]
    stored = json.loads((report / "results.json").read_text())["stored_statements"]
    assert len(stored) == 15
    assert claims.count("†") == len(stored) + 1
    assert "it is kept from make claims , on a machine with" in claims


@pytest.mark.parametrize("value", some_slow(["", "inf"], "inf"))
def test_runs_that_went_astray_have_a_page_too(own: Path, value: str) -> None:
    for name in ("final_values", "trajectories"):
        table = pd.read_csv(own / f"{name}.csv", dtype=str, keep_default_na=False)
        astray = table["case"].isin(["clark-example-3", "descent-bucket"])
        table.loc[astray, ["r", *(["difference"] if "difference" in table else [])]] = value
        table.loc[table["case"] == "trask-alphas", ["python", "r"]] = value
        table.to_csv(own / f"{name}.csv", index=False)
    assert main(["report", str(own)]) == 0
    page = (own / "index.html").read_text()
    data = page.split('id="charts">')[1].split("</script>")[0]
    assert len(json.loads(data, parse_constant=pytest.fail)["places"]) > 100


def test_every_figure_says_what_it_shows(report: Path) -> None:
    charts = [
        attributes
        for _, attributes in Elements((report / "index.html").read_text()).found
        if "data-chart" in attributes
    ]
    assert len(charts) > 100
    for chart in charts:
        assert chart["role"] == "img"
        assert len(str(chart["aria-label"])) > 30
        assert "nan" not in str(chart["aria-label"])


def test_a_folder_that_cannot_be_used_is_code_2_with_file_key_and_reason(
    own: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def said(folder: Path) -> str:
        assert main(["report", str(folder)]) == 2
        return " ".join(capsys.readouterr().err.split())

    assert "is not a report: it holds no results.json" in said(tmp_path)
    path = own / "published.csv"
    text = path.read_text()
    path.write_text(text.replace("proved", "prooved", 1))
    assert re.search(r"published\.csv: no column 'proved'", said(own))
    value = next(csv.DictReader(text.splitlines()))["recomputed"]
    path.write_text(text.replace(f",{value},", ",many,", 1))
    assert re.search(r"published\.csv: column 'recomputed': .*'many'", said(own))
    path.unlink()
    assert "published.csv: [Errno 2] No such file" in said(own)
    path.write_text(text)
    results = json.loads((own / "results.json").read_text())
    (own / "results.json").write_text(json.dumps(results | {"exit_code": 7}))
    assert re.search(r"results\.json: exit_code: Input should be 0, 1, 2 or 70", said(own))
    (own / "results.json").write_text("{")
    assert re.search(r"results\.json: Expecting property name", said(own))


def test_a_failing_write_of_the_page_leaves_the_old_one(
    own: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    before = (own / "index.html").read_bytes()

    def no_space(*_: Any) -> str:
        raise OSError(errno.ENOSPC, "no space left on device")

    monkeypatch.setattr("compare.report.page.page", no_space)
    assert main(["report", str(own)]) == 2
    assert "no space left on device" in capsys.readouterr().err
    assert (own / "index.html").read_bytes() == before


@pytest.mark.parametrize(
    "what",
    [
        pytest.param(what, marks=() if what == "disagreement" else pytest.mark.slow)
        for what in BROKEN
    ],
)
def test_a_failing_page_leads_with_what_where_both_values_why_and_what_next(
    failing_report: Callable[[str], Path], what: str
) -> None:
    folder = failing_report(what)
    text = Elements((folder / "index.html").read_text()).text
    head = " ".join(text[: text.index("1. What was published")].split())
    expected = {
        "mismatch": [
            "Failed: 1 printed number does not hold.",
            "A printed number is not reproduced: clark-example-1, initial weights from NumPy",
            "layer_1[0,0] in Python; Example 1, Python",
            "printed 0.00966549 here 0.009664491687968 exactly 0.00966449168796834956734462847166",
            "The value here is proved",
            "python -m compare show clark-example-1",
        ],
        "disagreement": [
            "R and Python do not agree: clark-example-1, initial weights from NumPy",
            "differs layer_1_delta[0,0] of iteration 0, by ",
            "in Python python_impl/one_layer.py, line ",
            "layer_1_delta = layer_1_error * (layer_1 * (1 - layer_1)) in R r_impl/R/one_layer.R, ",
            "layer_1_delta <- layer_1_error * (layer_1 * (1 + layer_1))",
            "also clark-example-1, initial weights from R",
            "What else fails in the same cases",
            "It is not rounding",
            "python -m compare locate clark-example-1 --start numpy",
        ],
        "crash": [
            "Incomplete: ",
            "R gave no result: clark-example-1",
            "what it said its process ended by signal 9 in mid-run",
            "Only R failed, so look at nnmirror::one_layer_train",
            "python -m compare verify clark-example-1 --jobs 1 make doctor",
        ],
    }
    for words in expected[what]:
        assert words in head, (words, head)
    assert failures(load(folder))[0].rows >= 1
