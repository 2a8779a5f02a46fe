"""Somebody's pairs as each view of a report shows them."""

import json
import re
import xml.etree.ElementTree as ET
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from compare.cli import main
from tests.report.test_page import Elements
from tests.somebodys import BROKEN, DIFFERING, HOLDING, Brought, Verified, bring, verify_in

Make = Callable[[str], Verified]


def test_the_terminal_shows_each_pair_and_why_it_fails(verified: Make) -> None:
    lines = verified("differing").output.splitlines()
    at = lines.index("sd: disagree")
    assert lines[at + 1].split()[:2] == ["value", "disagree"]
    assert lines[at + 1].endswith("2.623928 in Python, 2.933641 in R")
    assert lines[-1].startswith("exit code 1: ")
    assert any(line.startswith("Failed: ") for line in lines)


def test_a_disagreement_is_said_beside_what_could_not_be_compared(tmp_path: Path) -> None:
    bring(tmp_path, {"sd": DIFFERING["sd"], "raises": BROKEN["raises"]})
    done = verify_in(tmp_path, ".")
    assert done.code == 2
    said = (
        "Incomplete: 1 thing could not be compared; of what was compared, 1 output of a pair does "
        "not hold."
    )
    assert said in done.output.splitlines()
    assert said in Elements((done.report / "index.html").read_text()).text
    assert said in (done.report / "report.md").read_text()


def test_what_fails_in_a_pair_stands_first(verified: Make) -> None:
    lines = verified("differing").output.splitlines()
    of_pair = lines[lines.index("names: disagree") + 1 :]
    verdicts = [line.split() for line in of_pair if re.match("  [a-z]", line)]
    assert [words[0] for words in verdicts[:3]] == ["b", "c", "a"]


def test_the_terminal_sums_up_pairs_that_hold(verified: Make) -> None:
    (sentence,) = [
        line for line in verified("holding").output.splitlines() if "R and Python agree" in line
    ]
    assert sentence.startswith("All 4 printed numbers are reproduced; ")


def test_a_pair_fails_by_a_printed_number_alone_and_others_say_how_they_are_reproduced(
    tmp_path: Path,
) -> None:
    python = "def f(x): return {'third': x / 3, 'x': x}\n"
    r = "f <- function(x) list(third = x / 3, x = x)\n"
    printed = '[inputs]\nx = 1.0\n[[printed]]\noutput = "third"\nvalues = ["{}"]\n'
    bring(tmp_path, {"wrong": Brought(python, r, printed.format("0.34"))})
    done = verify_in(tmp_path, ".")
    assert done.code == 1
    assert "wrong: mismatch" in done.output.splitlines()
    names = [test.get("name") for test in ET.parse(done.report / "junit.xml").iter("testcase")]
    assert len(names) == len(set(names)) == 4
    assert any(str(name).endswith(" in Python") for name in names)
    assert "✗" in (done.report / "index.html").read_text()
    near = printed.format("0.33333333333333337") + printed.split("\n", 2)[2].format("0.3333")
    bring(tmp_path / "near", {"near": Brought(python, r, near)})
    done = verify_in(tmp_path / "near", ".")
    assert done.code == 0
    assert "Of 4 printed numbers 2 reproduced, 2 within rounding; R and Python agree" in done.output


def test_the_page_has_every_pair_those_that_fail_first_and_asks_for_nothing(
    verified: Make,
) -> None:
    page = Elements((verified("differing").report / "index.html").read_text())
    for name in DIFFERING:
        assert name in page.text
    assert "2.62392835268038" in page.text
    for word in ("known difference", "shape 2x3 in Python, 3x2 in R", "only in Python"):
        assert word in page.text
    targets = [
        str(attributes.get("href") or attributes.get("src") or "") for _, attributes in page.found
    ]
    assert not [target for target in targets if "://" in target]


def test_the_page_has_what_is_to_be_read_where_a_pair_differs(verified: Make) -> None:
    page = (verified("differing").report / "index.html").read_text()
    (of_sd,) = [part for part in page.split("<article") if "divided by n in Python" in part]
    assert "are known to differ" in of_sd
    assert "<dt>Divided by n, or by n - 1</dt>" in of_sd
    assert "are known to differ" not in (verified("holding").report / "index.html").read_text()


def test_there_is_nothing_to_be_read_beside_inputs_on_which_both_agree(tmp_path: Path) -> None:
    (tmp_path / "sd.pair.toml").write_text(
        'python = "numpy:std"\nr = "stats::sd"\n'
        '[[example]]\nname = "same"\ninputs = { x = [] }\n'
        '[[example]]\nname = "other"\ninputs = { x = [1.5, 2.5, 4.0] }\n'
    )
    done = verify_in(tmp_path, "sd.pair.toml")
    page = (done.report / "index.html").read_text()
    told = {
        name: "are known to differ" in part
        for part in page.split("<article")[1:]
        for name in ("sd same", "sd other")
        if f">{name}<" in part
    }
    assert told == {"sd same": False, "sd other": True}


def test_a_page_of_pairs_alone_has_no_empty_sections_of_networks(verified: Make) -> None:
    page = Elements((verified("holding").report / "index.html").read_text())
    ids = {attributes.get("id") for _, attributes in page.found}
    assert "functions" in ids
    assert not ids & {"trajectories", "landscapes", "claims"}
    links = {str(attributes.get("href")) for tag, attributes in page.found if tag == "a"}
    assert {link[1:] for link in links if link.startswith("#")} <= ids


def test_what_is_read_is_made_again_from_the_folder(verified: Make) -> None:
    report = verified("differing").report
    made = ("index.html", "report.md", "certificate.md", "badge.svg")
    before = [(report / name).read_bytes() for name in made]
    for name in made[1:]:
        (report / name).unlink()
    assert main(["report", str(report)]) == 0
    assert [(report / name).read_bytes() for name in made] == before


def test_markdown_has_each_pair_and_its_outputs(verified: Make) -> None:
    text = (verified("differing").report / "report.md").read_text()
    assert "### sd: disagree" in text
    assert "2.623928 in Python, 2.933641 in R" in text
    assert len(text) < 100_000


@pytest.mark.parametrize(
    ("what", "tag", "name"),
    [
        ("differing", "failure", "sd"),
        pytest.param("broken", "error", "raises", marks=pytest.mark.slow),
    ],
)
def test_junit_has_a_test_for_each_output_and_tells_failures_from_errors(
    verified: Make, what: str, tag: str, name: str
) -> None:
    root = ET.fromstring((verified(what).report / "junit.xml").read_text())
    found = {test.get("classname") for test in root.iter("testcase") if test.find(tag) is not None}
    assert name in found
    assert "mean" not in found


def test_results_count_outputs_by_their_verdict(verified: Make) -> None:
    results = json.loads((verified("differing").report / "results.json").read_text())
    assert results["exit_code"] == 1
    assert results["outputs"]["disagree"] == 7
    assert [one["name"] for one in results["functions"]] == sorted(DIFFERING)
    assert results["evidence"] == {}


def test_many_values_have_a_picture_and_every_pair_its_inputs(tmp_path: Path) -> None:
    values = ", ".join(str(i / 8 + 0.1) for i in range(40))
    running = Brought(
        "import numpy as np\ndef f(x): return np.cumsum(np.sin(x)) / 7\n",
        "f <- function(x) cumsum(sin(x)) / 7\n",
        f"[inputs]\nx = [{values}]\n",
    )
    bring(tmp_path, {"running": running, "one": HOLDING["mean"]})
    report = verify_in(tmp_path, ".").report
    page = Elements((report / "index.html").read_text())
    charts = [given for _, given in page.found if "data-chart" in given]
    assert len(charts) == 1  # the other pair has one value
    table = pd.read_csv(report / "values.csv").query("case == 'running'")
    apart = (table["python"].astype(float) - table["r"].astype(float)).abs()
    said = str(charts[0]["aria-label"])
    if apart.any():
        place = int(apart.argmax())
        assert f"is largest at value {place + 1}: {apart.max():.1e}" in said
    else:
        assert "exactly zero at every value" in said
    assert "[0.1" in page.text
    assert "(40)" in page.text
    assert "- x = `[0.1" in (report / "report.md").read_text()
