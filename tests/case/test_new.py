"""`nnmirror new NAME` writes a pair that verifies at once."""

from pathlib import Path

import pytest

from compare.case.new import FILES, write_pair
from compare.safety.errors import CaseError
from tests.somebodys import command_in, run_in


@pytest.mark.slow
def test_what_is_written_verifies_at_once_and_its_test_passes(tmp_path: Path) -> None:
    done = command_in(tmp_path, "new", "mine")
    assert (done.returncode, done.stdout) == (0, "nnmirror verify mine\n")
    assert {path.name for path in (tmp_path / "mine").iterdir()} == set(FILES)
    verified = command_in(tmp_path, "verify", "mine")
    assert verified.returncode == 0, verified.stdout
    assert "mine: " in verified.stdout
    tested = run_in(tmp_path, "-m", "pytest", "-q", "-p", "no:cacheprovider", "mine")
    assert tested.returncode == 0, tested.stdout
    sign = tmp_path / "mine" / "pair.R"
    sign.write_text(sign.read_text().replace("x /", "-x /"))
    differing = command_in(tmp_path, "verify", "mine")
    assert differing.returncode == 1
    assert "R = Python x -1, in all 5 values" in differing.stdout
    assert run_in(tmp_path, "-m", "pytest", "-q", "-p", "no:cacheprovider", "mine").returncode == 1


@pytest.mark.parametrize(
    ("name", "said"), [("there", "there: is there already"), ("a b", "'a b' is no name for a case")]
)
def test_nothing_is_overwritten(tmp_path: Path, name: str, said: str) -> None:
    (tmp_path / "there").mkdir()
    with pytest.raises(CaseError, match=said):
        write_pair(tmp_path / name)
    assert [path.name for path in tmp_path.iterdir()] == ["there"]


def test_a_folder_that_cannot_be_written_leaves_nothing(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(CaseError, match="mine: Not a directory"):
        write_pair(tmp_path / "file" / "mine")
