"""Numbers that were printed for a pair: which languages must print them, and what has no value."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from compare.case.contract import Published
from compare.run.leaf import texts
from compare.verify.pair_published import published_rows
from tests.somebodys import MEAN, Brought, Verified, bring, verify_in
from tests.verify.test_judge_outputs import made
from tests.verify.test_pairs import table


def test_printed_numbers_of_a_pair_are_checked_in_both_languages(
    verified: Callable[[str], Verified],
) -> None:
    found = table(verified("holding").report, "published").query("case == 'printed'")
    assert found[["case", "language", "printed", "verdict", "place"]].to_numpy().tolist() == [
        ["printed", language, "4.20", "reproduced", "table 1"] for language in ("python", "r")
    ]


def test_one_language_alone_is_checked_by_what_was_printed(tmp_path: Path) -> None:
    bring(tmp_path, {"alone": Brought(*MEAN)})
    for printed, code in (("2.00", 0), ("2.01", 1)):
        (tmp_path / "alone" / "case.toml").write_text(
            f"r = 'pair.R:f'\n[inputs]\nx = [1.5, 2.5]\n[[printed]]\nvalues = ['{printed}']\n"
        )
        done = verify_in(tmp_path, ".")
        assert done.code == code, done.said
        assert table(done.report, "values").empty
    assert table(done.report, "published")["verdict"].tolist() == ["mismatch"]


@pytest.mark.parametrize(
    ("printed", "reason"),
    [
        ("output = 'beta'\nvalues = ['1']", "beta is no number that was returned"),
        ("values = ['1', '2']", "2 numbers are printed, 1 values came out"),
        ("values = ['1']\nindex = [2]", "index 2 is past the last, 1"),
    ],
)
def test_a_printed_number_without_a_value_is_not_compared(
    tmp_path: Path, printed: str, reason: str
) -> None:
    case = f"[inputs]\nx = [1.5, 2.5]\n[[printed]]\nlanguage = 'r'\n{printed}\n"
    bring(tmp_path, {"a": Brought(*MEAN, case)})
    done = verify_in(tmp_path, ".")
    assert done.code == 2
    assert table(done.report, "published")["reason"].tolist()[0] == reason


@pytest.mark.slow
def test_a_printed_number_for_inputs_that_are_not_there_is_a_problem(tmp_path: Path) -> None:
    case = "[inputs]\nx = [1.5]\n[[printed]]\nvariant = 'no'\nvalues = ['1.5']\n"
    bring(tmp_path, {"a": Brought(*MEAN, case)})
    done = verify_in(tmp_path, ".")
    assert done.code == 2
    assert "a: printed.0.variant: no is none of -" in done.said


def test_each_printed_number_has_its_own_exact_value() -> None:
    runs = made((0.1, 0.7), (0.1, 0.7), balls=True)
    runs.proved = {"value": texts("str", ["0.1000000000000000055511151231 0", "0.75 1e-40"])}
    runs = replace(runs, pair=replace(runs.pair, printed=[Published(values=["0.1", "0.7"])]))
    rows = list(published_rows(runs))
    assert [row["proved"] for row in rows] == ["0.1000000000000000055511151231", "0.75"] * 2
    assert [row["digits_correct"] for row in rows] == [1, 0] * 2
    assert [row["unproved"] for row in rows] == [""] * 4
    bare = replace(runs, proved={})
    assert {row["unproved"] for row in published_rows(bare)} == {"no balls enclose it"}
