"""Somebody's own pairs, from the command to the tables, in Python and in R."""

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pandas as pd
import pytest

from tests.somebodys import BROKEN, DIFFERING, HOLDING, Brought, Verified, bring, verify_in


class Row(NamedTuple):
    """What a test looks at of an output; what is noted of it and what is declared, in one."""

    verdict: str
    note: str


def table(report: Path, name: str) -> pd.DataFrame:
    return pd.read_csv(report / f"{name}.csv", dtype=str, keep_default_na=False)


def outputs(report: Path, case: str) -> dict[str, Row]:
    rows = table(report, "outputs").query("case == @case")
    return {
        row["output"]: Row(row["verdict"], f"{row['note']}; {row['declared']}")
        for _, row in rows.iterrows()
    }


def test_pairs_that_hold_end_with_code_0(verified: Callable[[str], Verified]) -> None:
    done = verified("holding")
    assert done.code == 0, done.said
    found = table(done.report, "outputs")
    assert set(found["case"]) == set(HOLDING)
    assert set(found["fails"]) == {"False"}


@pytest.mark.parametrize(
    ("case", "output", "verdict", "note"),
    [
        ("mean", "value", ("identical", "agree"), ""),
        ("named", "n", ("identical",), ""),
        ("named", "parts.flag", ("identical",), ""),
        ("named", "who", ("identical",), ""),
        (
            "declared",
            "sd",
            ("agree",),
            "R = Python x 1.11803 (R divides by n - 1)",
        ),
        ("declared", "at", ("identical",), "positions from 0 in Python, 1 in R"),
        ("cancels", "value", ("undetermined",), "may be undetermined (cancels, as it is meant to)"),
        ("missing", "value", ("missing",), "NA in both languages"),
        ("warning", "value", ("identical",), ""),
    ],
)
def test_what_holds_is_judged_and_noted(
    verified: Callable[[str], Verified], case: str, output: str, verdict: tuple[str, ...], note: str
) -> None:
    found = outputs(verified("holding").report, case)[output]
    assert found.verdict in verdict
    assert note in found.note


def test_a_network_is_held_in_portable_arithmetic_and_by_proofs(
    verified: Callable[[str], Verified],
) -> None:
    report = verified("holding").report
    rows = table(report, "outputs").query("case == 'network'")
    assert list(dict.fromkeys(rows["start"])) == ["numpy", "own"]
    portable = rows[rows["arithmetic"] == "portable"]
    assert list(portable["output"]) == ["error", "w0", "w1"] * 2
    assert set(portable["verdict"]) == {"identical"}
    native = rows[rows["arithmetic"] == "native"]
    assert set(native["verdict"]) <= {"agree", "identical"}
    assert native["note"].str.contains("Python has 1[45]").all()
    error = native[native["output"] == "error"]
    assert error["declared"].str.startswith("a trajectory").all()
    printed = table(report, "published").query("case == 'network'")
    assert list(printed["start"]) == ["numpy", "numpy"]
    assert set(printed["digits_correct"]) == {"1"}
    assert printed["proved"].str.startswith("0.4").all()


def test_what_an_arithmetic_is_not_used_for_differs_in_portable_arithmetic(
    verified: Callable[[str], Verified],
) -> None:
    rows = table(verified("differing").report, "outputs").query("case == 'orders'")
    assert dict(zip(rows["arithmetic"], rows["verdict"], strict=True))["portable"] == "disagree"


def test_each_point_of_a_grid_is_a_variant(verified: Callable[[str], Verified]) -> None:
    values = table(verified("holding").report, "values").query("case == 'grid'")
    assert list(values["variant"]) == ["power=1", "power=2"]
    assert list(values["python"]) == ["4", "8.5"]


def test_what_a_language_says_is_kept_beside_the_verdict(
    verified: Callable[[str], Verified],
) -> None:
    report = verified("holding").report
    said = table(report, "messages")
    warned = said.query("case == 'warning'")
    assert warned[["language", "kind", "text"]].to_numpy().tolist() == [
        ["Python", "warning", "UserWarning: careful"]
    ]
    printed = said.query("case == 'printing'").set_index("language")["text"]
    assert printed["R"] == "from R"
    assert printed["Python"].startswith("line 0\nline 1\n")
    assert printed["Python"].endswith(" bytes more")
    notes = table(report, "values").query("case == 'warning'")["note"]
    assert list(notes) == ["warning in Python: UserWarning: careful"]


def test_pairs_that_differ_end_with_code_1(verified: Callable[[str], Verified]) -> None:
    done = verified("differing")
    assert done.code == 1, done.said
    failing = table(done.report, "outputs").query("fails == 'True'")
    assert set(failing["case"]) == set(DIFFERING) - {"misprint"}
    printed = table(done.report, "published")
    assert printed[["case", "language", "verdict"]].to_numpy().tolist() == [
        ["misprint", "r", "mismatch"]
    ]


@pytest.mark.parametrize(
    ("case", "output", "verdict", "note"),
    [
        ("sd", "value", ("disagree",), "2.623928 in Python, 2.933641 in R"),
        ("names", "b", ("disagree",), "only in Python"),
        ("names", "c", ("disagree",), "only in R"),
        ("names", "a", ("identical",), ""),
        ("shapes", "value", ("disagree",), "shape 2x3 in Python, 3x2 in R"),
        ("nan", "value", ("disagree",), "NaN in Python, a value in R"),
        ("moved", "value", ("disagree",), "known difference: R = Python + 1 (it was so once)"),
        ("lost", "value", ("undetermined",), "Python has "),
    ],
)
def test_what_differs_is_judged_and_noted(
    verified: Callable[[str], Verified], case: str, output: str, verdict: tuple[str, ...], note: str
) -> None:
    found = outputs(verified("differing").report, case)[output]
    assert found.verdict in verdict
    assert note in found.note


REASONS = {
    "raises": "Python: ValueError: bad thing (pair.py, line 2)",
    "stops": "R: Error: no good (pair.R, line 2)",
    "syntax-python": "Python: SyntaxError: ",
    "syntax-r": "R: Error",
    "hangs": "Python: still running after 8 s, stopped",
    "hangs-in-r": "R: still running after 8 s, stopped",
    "quits": "R: ",
    "exits": "Python: ",
    "crashes": "Python: its process ended by signal 11",
    "greedy": "Python: ",
    "greedy-in-r": "R: Error",
    "package": "there is no package called",
}


def test_what_cannot_be_compared_is_code_2_and_no_other_case_suffers(
    verified: Callable[[str], Verified],
) -> None:
    done = verified("broken")
    assert done.code == 2, done.said
    found = table(done.report, "outputs")
    assert set(found["case"]) == {*BROKEN, "mean"}
    assert outputs(done.report, "mean")["value"].verdict in ("identical", "agree")
    assert "Traceback" not in done.said


@pytest.mark.parametrize("case", REASONS)
def test_a_pair_that_does_not_run_is_not_compared_for_the_languages_own_reason(
    verified: Callable[[str], Verified], case: str
) -> None:
    ((output, found),) = outputs(verified("broken").report, case).items()
    assert (output, found.verdict) == ("-", "not compared")
    assert REASONS[case] in found.note


def test_an_object_without_values_says_what_to_return(
    verified: Callable[[str], Verified],
) -> None:
    found = outputs(verified("broken").report, "object")["value"]
    assert found.verdict == "not compared"
    assert "R returned P, no values: return its numbers" in found.note


def test_a_function_that_does_not_repeat_itself_is_not_comparable(
    verified: Callable[[str], Verified],
) -> None:
    found = outputs(verified("broken").report, "unsteady")["value"]
    assert found.verdict == "not comparable"
    assert "Python does not repeat itself: 0." in found.note


def test_a_contract_for_what_nobody_returns_is_not_compared(
    verified: Callable[[str], Verified],
) -> None:
    found = outputs(verified("broken").report, "contract")
    assert found["value"].verdict == "identical"
    assert found["beta"].verdict == "not compared"


def test_a_file_that_is_wrong_is_one_line_and_nothing_runs(tmp_path: Path) -> None:
    (tmp_path / "my.pair.toml").write_text("python = 'a'\n")
    done = verify_in(tmp_path, "my.pair.toml")
    assert done.code == 2
    (line,) = done.errors.splitlines()
    assert line.startswith("nnmirror: ")
    assert "my.pair.toml: " in line
    assert not done.report.exists()


def test_of_very_many_values_the_worst_are_listed_and_all_are_counted(tmp_path: Path) -> None:
    python = "import numpy as np\ndef f(n):\n    x = np.zeros(n)\n    x[7] = 1\n    return x + 1\n"
    bring(
        tmp_path, {"many": Brought(python, "f <- function(n) rep(1, n)\n", "[inputs]\nn = 20001\n")}
    )
    done = verify_in(tmp_path, ".")
    assert done.code == 1
    values = table(done.report, "values")
    assert len(values) == 1001
    assert values.query("verdict == 'disagree'")["index"].tolist() == ["8", "*"]
    (summary,) = values.query("index == '*'")["note"]
    assert summary.startswith("20001 values: 1 disagree, 20000 identical")
