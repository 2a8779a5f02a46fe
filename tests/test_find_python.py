"""Which Python a .venv is made with."""

from pathlib import Path

import pytest

from tests.played import LACKS, program, python, run, tools_only


@pytest.fixture
def tools(tmp_path: Path) -> Path:
    return tools_only(tmp_path)


def test_python3_is_taken_where_it_will_do(tmp_path: Path, tools: Path) -> None:
    python(tmp_path / "bin" / "python3")
    python(tmp_path / "bin" / "python3.14")
    found = run("find-python.sh", tmp_path / "bin", tools)
    assert found.stdout.strip() == str(tmp_path / "bin" / "python3"), found.stderr


@pytest.mark.parametrize("lack", LACKS)
def test_else_the_newest_that_will(tmp_path: Path, tools: Path, lack: str) -> None:
    folder, behind = tmp_path / "bin", tmp_path / "behind"
    python(folder / "python3", LACKS[lack])
    python(folder / "python3.14", LACKS[lack])
    program(
        folder / "python3.13", "#!/bin/sh\necho 'pyenv: python3.13: command not found'\nexit 127"
    )
    python(folder / "python3.11")
    python(behind / "python3.12")
    python(behind / "python3.11")
    found = run("find-python.sh", folder, behind, tools)
    assert found.stdout.strip() == str(behind / "python3.12"), found.stderr


def test_one_behind_a_shim_that_does_not_run_is_found(tmp_path: Path, tools: Path) -> None:
    shims, behind = tmp_path / "shims", tmp_path / "behind"
    for name in ("python3", "python3.12"):
        program(shims / name, "#!/bin/sh\necho 'pyenv: version not installed' >&2\nexit 127")
    python(behind / "python3.12")
    found = run("find-python.sh", shims, behind, tools)
    assert found.stdout.strip() == str(behind / "python3.12")


def test_where_none_will_do_one_sentence_says_why(tmp_path: Path, tools: Path) -> None:
    for i, change in enumerate(LACKS.values()):
        python(tmp_path / "bin" / (f"python3.{10 + i}" if i else "python3"), change)
    program(tmp_path / "bin" / "python3.14", "#!/bin/sh\nexit 127")
    found = run("find-python.sh", tmp_path / "bin", tools)
    assert (found.returncode, found.stdout) == (1, "")
    (line,) = found.stderr.splitlines()
    assert line.startswith("Python 3.11 to 3.14 is needed")
    assert line.index("is Python 3.10") < line.index("python3.14 does not run")
    for reason in ("is Python 3.15", "has no Python.h", "cannot make a venv"):
        assert reason in line


def test_the_one_that_was_asked_for_is_the_only_one_tried(tmp_path: Path, tools: Path) -> None:
    python(tmp_path / "bin" / "python3")
    python(tmp_path / "other", LACKS["is Python 3.10"])
    asked = (str(tmp_path / "other"),)
    found = run("find-python.sh", tmp_path / "bin", tools, arguments=asked)
    assert found.returncode == 1
    assert "is Python 3.10" in found.stderr
