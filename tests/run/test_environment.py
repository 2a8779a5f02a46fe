"""What a shell, a home or another program may have set, each tried in a process of its own."""

import ast
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from compare import ROOT
from compare.run import doctor, environment
from compare.run.environment import cores, r_of_its_own, r_on_path
from tests.copies import Copy
from tests.marks import some_slow

PROBE = """
import json
import compare
import numpy
from compare.run import r_session

facts = r_session.facts() | {"numpy": numpy.__file__}
facts["default packages"] = " ".join(r_session._r().baseenv["search"]())
facts["libraries"] = " ".join(r_session._r().baseenv[".libPaths"]())
facts["1 + 1"] = str(r_session._r().r("1 + 1")[0])
print(json.dumps(facts))
"""


def facts(variables: dict[str, str], folder: Path = ROOT) -> dict[str, str]:
    """What a process says of itself that has these variables and runs in a folder."""
    done = subprocess.run(
        [sys.executable, "-c", PROBE],
        cwd=folder,
        env=os.environ | {"PYTHONPATH": str(ROOT)} | variables,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    found: dict[str, str] = json.loads(done.stdout.split("\n")[-2])
    return found


@pytest.fixture(scope="module")
def plain() -> dict[str, str]:
    return facts({})


CHANGES_AND_STOPS = 'options(matprod = "internal")\nstop("not here")\n'


@pytest.mark.parametrize("where", ["home", "folder", "R_PROFILE_USER", "R_PROFILE"])
def test_r_reads_no_profile(plain: dict[str, str], tmp_path: Path, where: str) -> None:
    file = tmp_path / ".Rprofile"
    file.write_text(CHANGES_AND_STOPS)
    if where == "folder":
        assert facts({}, tmp_path) == plain
    else:
        assert facts({"HOME": str(tmp_path)} if where == "home" else {where: str(file)}) == plain


@pytest.mark.parametrize("where", ["home", "R_ENVIRON_USER", "R_ENVIRON"])
def test_r_reads_no_file_of_variables(plain: dict[str, str], tmp_path: Path, where: str) -> None:
    file = tmp_path / ".Renviron"
    file.write_text(f"R_DEFAULT_PACKAGES=NULL\nR_LIBS={tmp_path}\n")
    assert facts({"HOME": str(tmp_path)} if where == "home" else {where: str(file)}) == plain


def test_r_loads_no_workspace(plain: dict[str, str], tmp_path: Path) -> None:
    saved = 'assign("+", `-`); save(list = "+", file = ".RData")'
    subprocess.run(
        ["Rscript", "--vanilla", "-e", saved], cwd=tmp_path, env=r_of_its_own(), check=True
    )
    assert facts({}, tmp_path) == plain


VARIABLES = {
    "R_DEFAULT_PACKAGES": "NULL",
    "R_HOME": "/nowhere",
    "R_LIBS": "{folder}",
    "R_LIBS_SITE": "{folder}",
    "R_LIBS_USER": "{folder}",
    "R_MAX_VSIZE": "1K",
    "R_MAX_NUM_DLLS": "1",
    "R_ENABLE_JIT": "x",
    "RPY2_CFFI_MODE": "ABI",
    "LANGUAGE": "de",
    "LC_ALL": "xx_XX.ISO-8859-1",
    "PYTHONPATH": "{folder}",
    "PYTHONOPTIMIZE": "2",
    "OPENBLAS_NUM_THREADS": "7",
}


@pytest.mark.parametrize("variable", some_slow(VARIABLES, "R_LIBS", "R_MAX_VSIZE", "PYTHONPATH"))
def test_a_variable_of_the_shell_changes_nothing(
    plain: dict[str, str], tmp_path: Path, variable: str
) -> None:
    for package in ("numpy", "pandas"):
        (tmp_path / f"{package}.py").write_text('raise ImportError("not this one")\n')
    (tmp_path / "nnet").mkdir()
    (tmp_path / "nnet" / "DESCRIPTION").write_text("Package: nnet\nVersion: 99.0\n")
    assert facts({variable: VARIABLES[variable].format(folder=tmp_path)}) == plain


def test_another_numpy_in_pythonpath_is_not_the_one_that_is_compared(
    copy: Copy, tmp_path: Path
) -> None:
    other = tmp_path / "other"
    other.mkdir()
    (other / "numpy.py").write_text('raise ImportError("not this one")\n')
    done = copy.compare("list", PYTHONPATH=str(other))
    assert done.returncode == 0, done.stderr


def test_r_s_half_is_installed_without_profiles_too(copy: Copy, tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir()
    (home / ".Rprofile").write_text(CHANGES_AND_STOPS)
    (home / ".Renviron").write_text("R_DEFAULT_PACKAGES=NULL\nR_LIBS=/nowhere\n")
    changed = {"HOME": str(home), "R_LIBS": "/nowhere", "R_HOME": "/nowhere"}
    done = copy.without_library().compare("doctor", **changed)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "Nothing is in the way of a comparison." in done.stdout


@pytest.mark.slow
def test_without_assertions_the_same_is_decided(copy: Copy) -> None:
    copy.replace("compare/cases/clark-example-1.toml", '"0.00966449"', '"0.00966549"')
    done = copy.compare("verify", "clark-example-1", PYTHONOPTIMIZE="1")
    assert done.returncode == 1, done.stdout + done.stderr


def test_without_docstrings_one_sentence_says_what_to_unset(copy: Copy) -> None:
    done = copy.compare("verify", "clark-example-1", PYTHONOPTIMIZE="2")
    assert done.returncode == 2
    assert done.stderr.strip().endswith("unset PYTHONOPTIMIZE, and no -OO")


@pytest.mark.parametrize("room", ["python_impl", "compare", "claims", "bench"])
def test_no_assertion_is_part_of_the_program(room: str) -> None:
    for path in (ROOT / room).rglob("*.py"):
        nodes = ast.walk(ast.parse(path.read_text()))
        assert not any(isinstance(node, ast.Assert) for node in nodes), path.name


def test_a_python_without_the_packages_is_code_2_and_one_sentence(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-I", "-S", "-c", "import sys; sys.path.insert(0, sys.argv.pop()); "
         "import runpy; runpy.run_module('compare', run_name='__main__')", "list", str(ROOT)],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )  # fmt: skip
    assert done.returncode == 2
    (line,) = done.stderr.splitlines()
    assert "use make verify, or .venv/bin/python after make setup" in line


def test_cores_are_counted_where_the_system_cannot_say_which_are_allowed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert cores() >= 1
    monkeypatch.delattr(os, "sched_getaffinity", raising=False)
    monkeypatch.setattr(os, "cpu_count", lambda: 6)
    assert cores() == 6


def test_only_the_environment_asks_which_cores_there_are() -> None:
    for path in [p for room in ("compare", "claims", "bench", "selftest", "tests")
                 for p in (ROOT / room).rglob("*.py")]:  # fmt: skip
        if path.name not in ("environment.py", "test_environment.py"):
            assert "sched_getaffinity" not in path.read_text(), path.name


def test_a_system_without_proc_and_glibc_has_facts_too(monkeypatch: pytest.MonkeyPatch) -> None:
    read_text = Path.read_text

    def nothing_below_proc(path: Path, *given: Any, **named: Any) -> str:
        if path.is_relative_to("/proc"):
            raise FileNotFoundError(path)
        return read_text(path, *given, **named)

    monkeypatch.delattr(os, "confstr_names", raising=False)
    monkeypatch.setattr(Path, "read_text", nothing_below_proc)
    monkeypatch.setattr("numpy.lib.introspect.opt_func_info", lambda *_: {})
    found = doctor.python_facts()
    assert found["libm"]
    assert found["CPU"]
    assert found["NumPy exp"].startswith("the only one; differs from libm's in")


def test_folders_of_pythonpath_come_last_and_this_project_first(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PYTHONPATH", f"{tmp_path}{os.pathsep}{ROOT}")
    monkeypatch.setattr(sys, "path", [str(tmp_path), str(ROOT), "/packages"])
    environment.own_packages_first()
    assert sys.path == [str(ROOT), "/packages", str(tmp_path)]


def test_r_on_the_path_is_told_with_its_folder_and_version(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    home, version = r_on_path().split("\n")
    assert Path(home).is_dir()
    assert version.startswith("R version ")
    monkeypatch.setenv("PATH", str(tmp_path))
    assert r_on_path() == ""
