"""Starts: further sets of inputs, written or drawn, beside examples and grids."""

from pathlib import Path

import numpy as np
import pytest

from compare.case.pair import PairCase, load_pair
from compare.safety.errors import CaseError

HEAD = "python = 'a.py:f'\nr = 'a.R:f'\n"
DRAWS = "seed = 3\ndraws = [{ name = 'w', shape = [2, 3] }]\n"


def loaded(folder: Path, text: str) -> PairCase:
    path = folder / "case.toml"
    path.write_text(HEAD + text)
    return load_pair(path)


def test_every_combination_has_every_start(tmp_path: Path) -> None:
    case = loaded(
        tmp_path,
        "[inputs]\nx = 1.5\n[grid]\nn = [1, 2]\n"
        "[starts.a]\nw = [0.5]\n[starts.b]\nw = [1.5, 2.5]\n",
    )
    assert [(i.variant, i.start) for i in case.inputs] == [
        *(("n=1", "a"), ("n=1", "b"), ("n=2", "a"), ("n=2", "b")),
    ]
    assert list(case.inputs[3].values) == ["x", "n", "w"]
    assert np.array_equal(case.inputs[3].values["w"], [1.5, 2.5])


def test_without_starts_there_is_one_without_a_name(tmp_path: Path) -> None:
    case = loaded(tmp_path, "[inputs]\nx = 1.5\n")
    assert [(i.variant, i.start, i.drawn) for i in case.inputs] == [("-", "-", None)]


def test_a_start_may_be_drawn_by_the_generator_that_it_is_named_by(tmp_path: Path) -> None:
    (inputs,) = loaded(tmp_path, f"[inputs]\nx = 1.5\n[starts.r]\n{DRAWS}").inputs
    assert inputs.drawn is not None
    assert (inputs.start, inputs.drawn.seed, inputs.names) == ("r", 3, {"x", "w"})


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (f"[starts.mine]\n{DRAWS}", "starts.mine: draws are by numpy or r: name it so"),
        (
            "[starts.r]\nseed = 1\ndraws = [{ name = 'w', shape = [10001, 1000] }]\n",
            "starts.r.draws: more than 10000000 numbers",
        ),
        (
            "[grid]\nn = [" + "1, " * 5001 + "]\n[starts.a]\nw = 1\n[starts.b]\nw = 2\n",
            "grid: more than 10000 combinations",
        ),
        ("[starts.r]\nseed = -1\ndraws = []\n", "starts.r.seed: "),
        ('[starts."a b"]\nw = 1\n', "starts.a b: letters, digits"),
        ("[starts.a]\n'1w' = 1\n", "starts.a.1w: is no name of an argument"),
        ("iterations = 'n'\n[inputs]\nx = 1\n", "iterations: n is no input"),
        ("arithmetic = true\nbatches = ['w']\n[inputs]\nx = 1\n", "batches: w is no input"),
        ("batches = ['x']\n[inputs]\nx = 1\n", "batches: are for noisy arithmetic"),
    ],
)
def test_what_cannot_be_meant_is_named(tmp_path: Path, text: str, reason: str) -> None:
    with pytest.raises(CaseError, match=r"case\.toml: ") as caught:
        loaded(tmp_path, text)
    assert reason in str(caught.value)


def test_balls_need_a_python_function(tmp_path: Path) -> None:
    path = tmp_path / "case.toml"
    path.write_text("r = 'a.R:f'\nballs = true\n[[printed]]\nvalues = ['1']\n")
    with pytest.raises(CaseError, match="balls: run in Python, and python is missing"):
        load_pair(path)
