from pathlib import Path

import pytest

from compare.case.bounds import Bounds
from compare.case.pair import load_pair
from compare.safety.errors import CaseError

HEAD = 'python = "a.py:f"\nr = "a.R:f"\n[inputs]\nx = [1.5]\n'


def test_bounds_are_read_with_the_case(tmp_path: Path) -> None:
    case = tmp_path / "a.pair.toml"
    case.write_text(HEAD + "[grid]\nn = [1]\n[explore.x]\nmin = 0\nmax = 1.5\nlength = [1, 4]\n")
    pair = load_pair(case)
    assert pair.explore == {"x": Bounds(min=0, max=1.5, length=[1, 4])}
    assert pair.varied == {"n"}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[explore.y]\nmin = 0\n", "explore: y is no input"),
        ("[explore.x]\nmin = 2\nmax = 1\n", "explore.x: min: is more than max"),
        ("[explore.x]\nlength = [3, 1]\n", r"explore.x: length: is written \[fewest, most\]"),
        ("[explore.x]\nlength = [3]\n", "explore.x.length: "),
        ("[explore.x]\nleast = 3\n", "explore.x.least: "),
        ("[explore.x]\nmin = 'a'\n", "explore.x.min"),
    ],
)
def test_bounds_that_nobody_understands_are_refused(tmp_path: Path, text: str, said: str) -> None:
    case = tmp_path / "a.pair.toml"
    case.write_text(HEAD + text)
    with pytest.raises(CaseError, match=said):
        load_pair(case)


def test_values_are_within_bounds() -> None:
    assert Bounds(min=0, max=2).within(2)
    assert Bounds(min=0).within([0, 5.5])
    assert not Bounds(min=0).within([1, -1])
    assert not Bounds(max=2).within(3)
    assert Bounds().within(-1e300)
