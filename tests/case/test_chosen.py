from pathlib import Path

import pytest

from compare import CASES
from compare.case.chosen import chosen_cases
from compare.safety.errors import CaseError
from tests.case.test_pair import FUNCTIONS, written


def test_without_arguments_all_built_in_cases_are_meant() -> None:
    cases, pairs = chosen_cases(CASES, [])
    assert len(cases) == 17
    assert pairs == []


def test_a_file_alone_means_no_built_in_case(tmp_path: Path) -> None:
    cases, pairs = chosen_cases(CASES, [str(written(tmp_path / "mine", FUNCTIONS))])
    assert cases == []
    assert [pair.name for pair in pairs] == ["mine"]


def test_names_and_files_are_mixed(tmp_path: Path) -> None:
    path = written(tmp_path / "mine", FUNCTIONS)
    cases, pairs = chosen_cases(CASES, ["descent", str(path), "clark-example-1"])
    assert [case.name for case in cases] == ["descent", "clark-example-1"]
    assert [pair.name for pair in pairs] == ["mine"]


def test_a_pair_named_as_a_built_in_case_beside_it_is_refused(tmp_path: Path) -> None:
    path = written(tmp_path / "Descent", FUNCTIONS)
    assert chosen_cases(CASES, [str(path)])[1][0].name == "Descent"
    with pytest.raises(CaseError, match="a built-in case is named Descent too"):
        chosen_cases(CASES, [str(path), "descent"])


def test_a_folder_here_may_be_a_bare_word_unless_a_built_in_case_has_its_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("mine", "descent"):
        (tmp_path / name).mkdir()
        written(tmp_path / name / "one", FUNCTIONS)
    cases, pairs = chosen_cases(CASES, ["mine", "descent"])
    assert [case.name for case in cases] == ["descent"]
    assert len(pairs) == 1
    assert pairs[0].path.is_relative_to(tmp_path / "mine")
