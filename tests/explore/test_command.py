"""`nnmirror explore` as a user runs it, and what it leaves in the case file."""

from pathlib import Path

import numpy as np
import pytest

from compare.case.input_sets import Inputs
from compare.case.pair import load_pair
from compare.case.written import written
from compare.explore.kept import keep
from compare.safety.errors import CaseError
from tests.explore.test_search import AGREE, PLANTED
from tests.somebodys import Brought, bring, command_in, verify_in


@pytest.mark.slow
def test_what_is_found_is_shown_with_its_reason_and_kept(tmp_path: Path) -> None:
    bring(tmp_path, {"halves": PLANTED["halves"].pair})
    case = tmp_path / "halves" / "case.toml"
    before = case.read_text()
    shown = command_in(tmp_path, "explore", "halves", "--inputs", "500")
    assert (shown.returncode, shown.stderr) == (1, "")
    assert "halves: the two differ, found in " in shown.stdout
    assert "\nx = [" in shown.stdout
    assert "with no value half way between whole numbers in x both languages agree" in shown.stdout
    assert "--keep adds this to the case file" in shown.stdout
    assert case.read_text() == before
    kept = command_in(tmp_path, "explore", "halves", "--inputs", "500", "--keep")
    assert kept.returncode == 1
    assert "kept as found-1" in kept.stdout
    assert [inputs.variant for inputs in load_pair(case).inputs] == ["given", "found-1"]
    done = verify_in(tmp_path, "./halves")
    assert done.code == 1
    assert "halves found-1: undetermined" in done.output
    assert "halves given: identical" in done.output


@pytest.mark.slow
def test_nothing_found_is_said_with_its_counts(tmp_path: Path) -> None:
    bring(tmp_path, {"sorted": AGREE["sorted"]})
    done = command_in(tmp_path, "explore", "sorted", "--inputs", "50", "--seed", "3")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith(
        "sorted: nothing found on which the two differ, in 50 inputs (seed 3, "
    )
    assert "50 compared, 0 refused by both languages, 0 without an end" in done.stdout


@pytest.mark.slow
def test_what_can_never_be_compared_is_no_success(tmp_path: Path) -> None:
    refusing = Brought("def f(x): raise ValueError\n", "f <- function(x) stop('no')\n")
    bring(tmp_path, {"refusing": refusing})
    assert command_in(tmp_path, "explore", "refusing", "--inputs", "20").returncode == 2


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["nothing.toml"], "nothing.toml: no such file or folder"),
        (["."], ".: one case, with a function in each language, is what can be explored"),
        (["a", "--inputs", "0"], "argument --inputs: 0 is not between 1 and 1000000"),
    ],
)
def test_what_is_not_understood_is_said(tmp_path: Path, arguments: list[str], said: str) -> None:
    bring(tmp_path, {"a": AGREE["sd"], "b": AGREE["sd"]})
    done = command_in(tmp_path, "explore", *arguments)
    assert done.returncode == 2
    assert said in done.stderr
    assert "Traceback" not in done.stderr


def test_inputs_are_written_as_they_are_read(tmp_path: Path) -> None:
    values = {
        "x": np.array([0.1, -0.0, 1e-300, np.inf, -np.inf]),
        "m": np.array([[1.5, 2.0], [1 / 3, 4.0]]),
        "k": np.array([1, -(2**40)]),
        "none": np.array([]),
        "flag": np.array([True, False]),
        "n": 3,
        "share": 1e22,
        "on": False,
        "words": ['a "quoted" \\ word', "\u00e9\n\t", ""],
        "nested": {"a": [1, 2.5], "b c": "t"},
    }
    case = tmp_path / "a.pair.toml"
    case.write_text('python = "a.py:f"\nr = "a.R:f"\n[inputs]\n' + written(values))
    read = load_pair(case).inputs[0].values
    assert list(read) == list(values)
    for name, value in values.items():
        np.testing.assert_equal(read[name], value)
        assert type(read[name]) is type(value)
    assert str(read["x"]) == str(values["x"])
    assert written({"x": np.array([np.nan])}) == "x = [nan]\n"
    assert written({"na.rm": {"a b": True}}) == '"na.rm" = { "a b" = true }\n'


def test_names_of_examples_are_not_taken_twice(tmp_path: Path) -> None:
    case = tmp_path / "a.pair.toml"
    case.write_text(
        'python = "a.py:f"\nr = "a.R:f"\n[grid]\nn = [1, 2]\n'
        '[[example]]\nname = "found-1"\ninputs = { x = 1.5 }\n'
    )
    pair = load_pair(case)
    found = Inputs("-", {"x": 2.5, "n": 1})
    assert keep(pair, [found, found]) == ["found-2", "found-3"]
    again = load_pair(case)
    assert [inputs.variant for inputs in again.inputs] == [
        f"found-{i},n={n}" for i in (1, 2, 3) for n in (1, 2)
    ]
    assert "n = 1" not in case.read_text().partition("[[example]]")[2]


@pytest.mark.parametrize("text", ["example = [{ inputs = { x = 1.5 } }]\n", ""])
def test_a_file_that_cannot_take_more_stays_as_it_is(tmp_path: Path, text: str) -> None:
    case = tmp_path / "a.pair.toml"
    case.write_text('python = "a.py:f"\nr = "a.R:f"\n' + text)
    pair, before = load_pair(case), case.read_text()
    found = Inputs("-", {"no name": 2.5} if not text else {"x": 2.5})
    with pytest.raises(CaseError, match=r"a\.pair\.toml"):
        keep(pair, [found])
    assert case.read_text() == before
    assert [path.name for path in tmp_path.iterdir()] == ["a.pair.toml"]
