"""The scripts that install what is missing, with programs that play another machine."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from compare import ROOT
from compare.environment import r_on_path

TOOLS = ROOT / "tools"
NEEDED = "mktemp rm sed cat grep head dirname id env sh cksum uname"
REAL = sys._base_executable  # type: ignore[attr-defined]
# a Python of which something is changed before it runs what it is given
PLAYED = """import os, sys, sysconfig
program = sys.argv.pop(1)
{change}
exec(program)
"""
GOOD = "sys._base_executable = {me!r}"
LACKS = {
    "is Python 3.10": "sys.version_info = (3, 10, 4)",
    "is Python 3.15": "sys.version_info = (3, 15, 0)",
    "cannot make a venv": "sys.modules['ensurepip'] = None",
    "has no Python.h": "sysconfig.get_path = lambda _: '/nowhere'",
    "is not the usual Python": "sysconfig.get_config_var = lambda _: 1",
}


def program(file: Path, text: str) -> None:
    file.parent.mkdir(exist_ok=True)
    file.write_text(text)
    file.chmod(0o755)


def python(file: Path, change: str = GOOD) -> None:
    played = file.with_name(f"{file.name}-played.py")
    program(file, f'#!/bin/sh\nexec {REAL} {played} "$2" "$3"\n')
    played.write_text(PLAYED.format(change=change.format(me=str(file))))


@pytest.fixture
def tools_only(tmp_path: Path) -> Path:
    """A folder for the PATH with the few programs that the scripts call."""
    folder = tmp_path / "tools-only"
    folder.mkdir()
    for name in NEEDED.split():
        found = shutil.which(name)
        assert found, name
        (folder / name).symlink_to(found)
    return folder


def run(script: str, *folders: Path, arguments: tuple[str, ...] = (), **variables: str) -> "subprocess.CompletedProcess[str]":  # fmt: skip  # noqa: E501
    return subprocess.run(
        [TOOLS / script, *arguments],
        env={"PATH": ":".join(map(str, folders)), "HOME": "/nowhere", **variables},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )


def test_python3_is_taken_where_it_will_do(tmp_path: Path, tools_only: Path) -> None:
    python(tmp_path / "bin" / "python3")
    python(tmp_path / "bin" / "python3.14")
    found = run("find-python.sh", tmp_path / "bin", tools_only)
    assert found.stdout.strip() == str(tmp_path / "bin" / "python3"), found.stderr


@pytest.mark.parametrize("lack", LACKS)
def test_else_the_newest_that_will(tmp_path: Path, tools_only: Path, lack: str) -> None:
    folder, behind = tmp_path / "bin", tmp_path / "behind"
    python(folder / "python3", LACKS[lack])
    python(folder / "python3.14", LACKS[lack])
    program(
        folder / "python3.13", "#!/bin/sh\necho 'pyenv: python3.13: command not found'\nexit 127"
    )
    python(folder / "python3.11")
    python(behind / "python3.12")
    python(behind / "python3.11")
    found = run("find-python.sh", folder, behind, tools_only)
    assert found.stdout.strip() == str(behind / "python3.12"), found.stderr


def test_one_behind_a_shim_that_does_not_run_is_found(tmp_path: Path, tools_only: Path) -> None:
    shims, behind = tmp_path / "shims", tmp_path / "behind"
    for name in ("python3", "python3.12"):
        program(shims / name, "#!/bin/sh\necho 'pyenv: version not installed' >&2\nexit 127")
    python(behind / "python3.12")
    found = run("find-python.sh", shims, behind, tools_only)
    assert found.stdout.strip() == str(behind / "python3.12")


def test_where_none_will_do_one_sentence_says_why(tmp_path: Path, tools_only: Path) -> None:
    for i, change in enumerate(LACKS.values()):
        python(tmp_path / "bin" / (f"python3.{10 + i}" if i else "python3"), change)
    program(tmp_path / "bin" / "python3.14", "#!/bin/sh\nexit 127")
    found = run("find-python.sh", tmp_path / "bin", tools_only)
    assert (found.returncode, found.stdout) == (1, "")
    (line,) = found.stderr.splitlines()
    assert line.startswith("Python 3.11 to 3.14 is needed")
    assert line.index("is Python 3.10") < line.index("python3.14 does not run")
    for reason in ("is Python 3.15", "has no Python.h", "cannot make a venv"):
        assert reason in line


def test_the_one_that_was_asked_for_is_the_only_one_tried(tmp_path: Path, tools_only: Path) -> None:
    python(tmp_path / "bin" / "python3")
    python(tmp_path / "other", LACKS["is Python 3.10"])
    asked = (str(tmp_path / "other"),)
    found = run("find-python.sh", tmp_path / "bin", tools_only, arguments=asked)
    assert found.returncode == 1
    assert "is Python 3.10" in found.stderr


def test_without_root_one_line_lists_everything_and_readme_has_it(
    tmp_path: Path, tools_only: Path
) -> None:
    done = run("install-system-packages.sh", tools_only)
    assert (done.returncode, done.stdout) == (2, "")
    (line,) = done.stderr.splitlines()
    assert line.startswith("nnmirror: missing: python3 python3-venv python3-dev gcc")
    everything = line[line.index("apt-get install") :]
    assert everything in (ROOT / "README.md").read_text().splitlines()
    script = (TOOLS / "install-system-packages.sh").read_text()
    brought = set(re.findall(r"\) echo ([\w-]+) ;;", script))
    assert brought | {"r-cran-testthat", "r-cran-lintr", "r-cran-roxygen2", "chromium"} <= set(
        everything.split()
    )


@pytest.mark.parametrize(
    ("flag", "package"),
    [
        ("-ldeflate", "libdeflate-dev"),
        ("-lzstd", "libzstd-dev"),
        ("-licuuc", "libicu-dev"),
        ("-lpcre2-8", "libpcre2-dev"),
    ],
)
def test_a_library_is_asked_for_where_r_links_with_it_and_it_is_missing(
    tmp_path: Path, tools_only: Path, flag: str, package: str
) -> None:
    folder = tmp_path / "bin"
    python(folder / "python3")
    program(folder / "cc", f'#!/bin/sh\ncase " $* " in *" {flag} "*) exit 1 ;; esac\n')
    program(folder / "R", '#!/bin/sh\n[ "$3" = BLAS_LIBS ] || echo "-L/r -lR -lbz2 $FLAG"\n')
    program(folder / "Rscript", "#!/bin/sh\n")
    done = run("install-system-packages.sh", folder, tools_only, FLAG=flag)
    assert done.returncode == 2
    assert f"missing: {package}; " in done.stderr
    assert run("install-system-packages.sh", folder, tools_only, FLAG="-lz").returncode == 0


@pytest.mark.parametrize("flaw", ["ABI", "version", "broken"])
def test_an_rpy2_that_cannot_be_used_with_this_r_is_told_in_one_line(
    tmp_path: Path, flaw: str
) -> None:
    variables = {"PATH": os.environ["PATH"]}
    if flaw == "ABI":
        variables["RPY2_CFFI_MODE"] = "ABI"
    elif flaw == "version":
        other = f'#!/bin/sh\n[ "$1" != --version ] || {{ echo "R version 9.9.9"; exit; }}\nexec {shutil.which("R")} "$@"\n'  # noqa: E501
        program(tmp_path / "bin" / "R", other)
        variables["PATH"] = f"{tmp_path / 'bin'}:{os.environ['PATH']}"
    else:
        (tmp_path / "rpy2.py").write_text("raise OSError('libR.so: cannot open')\n")
        variables["PYTHONPATH"] = str(tmp_path)
    check = [sys.executable, str(TOOLS / "check_rpy2.py")]
    done = subprocess.run(check, env=variables, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    (line,) = done.stdout.splitlines()
    assert line.startswith({"version": "rpy2 was built for R version "}.get(flaw, "rpy2 "))


def test_an_rpy2_that_works_is_said_nothing_of() -> None:
    check = [sys.executable, str(TOOLS / "check_rpy2.py")]
    done = subprocess.run(check, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, ""), done.stdout


class Checkout:
    """A folder with the lock files, a .venv that says of itself what a set-up leaves, and the
    scripts, of which the one that installs from Debian ends with code 9."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        shutil.copytree(TOOLS, folder / "tools")
        for lock in ROOT.glob("requirements*.lock"):
            shutil.copy(lock, folder)
        program(folder / "tools" / "install-system-packages.sh", "#!/bin/sh\nexit 9\n")
        self.venv = folder / ".venv"
        (self.venv / "bin").mkdir(parents=True)
        shell = "cat requirements*.lock | cksum"
        hashed = subprocess.run(shell, shell=True, cwd=folder, capture_output=True, check=True)
        (self.venv / ".packages").write_bytes(hashed.stdout)
        (self.venv / ".rpy2").write_text(r_on_path() + "\n")
        program(self.venv / "bin" / "python", f'#!/bin/sh\nexec {sys.executable} "$@"\n')

    def set_up(self, **variables: str) -> int:
        environment = os.environ | variables
        return subprocess.run(
            ["tools/set-up.sh"], cwd=self.folder, env=environment, capture_output=True, check=False
        ).returncode


@pytest.fixture
def checkout(tmp_path: Path) -> Checkout:
    return Checkout(tmp_path)


def test_what_is_there_is_not_installed_again(checkout: Checkout) -> None:
    assert checkout.set_up() == 0


@pytest.mark.parametrize(
    "flaw",
    ["no venv", "other locks", "interrupted", "R elsewhere", "R of another version", "ABI"],
)
def test_what_does_not_work_does_not_count_as_installed(checkout: Checkout, flaw: str) -> None:
    home, version = r_on_path().split("\n")
    variables = {}
    match flaw:
        case "no venv":
            shutil.rmtree(checkout.venv)
        case "other locks":
            (checkout.folder / "requirements-r-4.5.lock").write_text("rpy2-rinterface==9\n")
        case "interrupted":
            (checkout.venv / ".rpy2").unlink()
        case "R elsewhere":
            (checkout.venv / ".rpy2").write_text(f"/opt{home}\n{version}\n")
        case "R of another version":
            (checkout.venv / ".rpy2").write_text(f"{home}\nR version 3.0.0\n")
        case "ABI":
            variables["RPY2_CFFI_MODE"] = "ABI"
    assert checkout.set_up(**variables) == 9


def test_each_lock_file_has_hashes_and_no_address_and_rs_two_differ_in_one_package() -> None:
    pinned = {}
    for lock in ROOT.glob("requirements*.lock"):
        text = lock.read_text()
        assert "://" not in text, lock.name
        assert "--hash=sha256:" in text
        pinned[lock.name] = dict(re.findall(r"^([\w.-]+)==(\S+)", text, re.M))
    assert pinned["requirements-r-4.5.lock"] == {"rpy2-rinterface": "3.6.7"}
    assert pinned["requirements-r-below-4.5.lock"] == {"rpy2-rinterface": "3.6.5"}
    assert "rpy2-rinterface" not in pinned["requirements.lock"]


HOSTILE = {
    **dict.fromkeys(("PYTHONPATH", "PYTHONHOME", "PYTHONSTARTUP", "PYTHONINSPECT"), "/nowhere"),
    **dict.fromkeys(("PIP_TARGET", "PIP_PREFIX", "PIP_USER", "PIP_NO_DEPS", "PIP_PYTHON"), "/x"),
    **dict.fromkeys(("R_HOME", "R_LIBS", "R_LIBS_SITE", "R_DEFAULT_PACKAGES", "R_ARCH"), "/x"),
    **dict.fromkeys(("PYTHONOPTIMIZE", "PYTHONSAFEPATH", "PYTHONWARNINGS"), "1"),
    **dict.fromkeys(("RPY2_CFFI_MODE", "VIRTUAL_ENV", "BASH_ENV", "_R_CHECK_FORCE_SUGGESTS_"), "x"),
}
SET = {
    "R_PROFILE": "",
    "R_PROFILE_USER": "",
    "R_ENVIRON": "",
    "R_ENVIRON_USER": "",
    "R_LIBS_USER": "NULL",
    "PYTHONUTF8": "1",
}
KEPT = {"PIP_INDEX_URL": "file:///index", "PIP_CERT": "/cert", "PIP_PROXY": "p", "HOME": "/root"}


def test_make_passes_on_no_variable_that_changes_what_runs() -> None:
    with_env = "include Makefile\nshow:\n\t@env\n"
    variables = HOSTILE | dict.fromkeys(SET, "/x") | KEPT | {"PATH": os.environ["PATH"]}
    done = subprocess.run(
        ["make", "-s", "-f", "-", "show"],
        input=with_env,
        cwd=ROOT,
        env=variables,
        capture_output=True,
        text=True,
        check=True,
    )
    passed = dict(line.split("=", 1) for line in done.stdout.splitlines() if "=" in line)
    assert not set(HOSTILE) & set(passed)
    assert (SET | KEPT).items() <= passed.items()
