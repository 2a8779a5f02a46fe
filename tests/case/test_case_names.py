"""Which case a name or a file stands for."""

from pathlib import Path

import pytest

from compare import CASES
from compare.case.case import load_case, load_cases
from compare.safety.errors import CaseError

TEXT = (CASES / "clark-example-1.toml").read_text()


def test_a_case_is_named_as_its_file_is(tmp_path: Path) -> None:
    (tmp_path / "a folder (of any name) [x]").mkdir()
    path = tmp_path / "a folder (of any name) [x]" / "Mine-2_b.toml"
    path.write_text(TEXT)
    assert load_case(path).name == "Mine-2_b"
    (case,) = load_cases(path.parent)
    assert case.name == "Mine-2_b"


@pytest.mark.parametrize("stem", [".hidden", "-x", "a b", "a.b", "a\nb", "a" * 65, "\u00e4", ""])
def test_a_file_whose_name_is_no_name_for_a_case_is_refused(tmp_path: Path, stem: str) -> None:
    path = tmp_path / f"{stem}.toml"
    path.write_text(TEXT)
    with pytest.raises(CaseError, match="name: String should match") as refused:
        load_case(path)
    assert str(refused.value).isprintable()


def test_two_files_that_some_systems_take_for_one_are_refused(tmp_path: Path) -> None:
    (tmp_path / "mine.toml").write_text(TEXT)
    (tmp_path / "Mine.toml").write_text(TEXT)
    with pytest.raises(CaseError, match="Mine and mine: names of cases that differ in upper"):
        load_cases(tmp_path, ["mine"])


def test_a_case_asked_for_twice_is_one(tmp_path: Path) -> None:
    (tmp_path / "mine.toml").write_text(TEXT)
    assert len(load_cases(tmp_path, ["mine", "mine"])) == 1


def test_an_unknown_case_is_refused_with_the_known_ones() -> None:
    with pytest.raises(CaseError, match=r"unknown case 'x': .* known are clark-example-1, "):
        load_cases(CASES, ["x"])
