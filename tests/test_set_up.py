"""The scripts that install what is missing, with programs that play another machine."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from compare import ROOT
from compare.run.environment import r_on_path
from tests.played import TOOLS, program, python, run, tools_only


@pytest.fixture
def tools(tmp_path: Path) -> Path:
    return tools_only(tmp_path)


def test_without_root_one_line_lists_everything_and_readme_has_it(
    tmp_path: Path, tools: Path
) -> None:
    done = run("install-system-packages.sh", tools)
    assert (done.returncode, done.stdout) == (2, "")
    (line,) = done.stderr.splitlines()
    assert line.startswith("nnmirror: missing: python3 python3-venv python3-dev gcc")
    everything = line[line.index("apt-get install") :]
    assert everything in (ROOT / "README.md").read_text().splitlines()
    script = (TOOLS / "install-system-packages.sh").read_text()
    brought = set(re.findall(r"\) echo ([\w-]+) ;;", script))
    assert brought | {
        "r-cran-testthat",
        "r-cran-digest",
        "r-cran-knitr",
        "r-cran-lintr",
        "r-cran-roxygen2",
        "chromium",
    } <= set(everything.split())


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
    tmp_path: Path, tools: Path, flag: str, package: str
) -> None:
    folder = tmp_path / "bin"
    python(folder / "python3")
    program(folder / "cc", f'#!/bin/sh\ncase " $* " in *" {flag} "*) exit 1 ;; esac\n')
    program(folder / "R", '#!/bin/sh\n[ "$3" = BLAS_LIBS ] || echo "-L/r -lR -lbz2 $FLAG"\n')
    program(folder / "Rscript", "#!/bin/sh\n")
    done = run("install-system-packages.sh", folder, tools, FLAG=flag)
    assert done.returncode == 2
    assert f"missing: {package}; " in done.stderr
    assert run("install-system-packages.sh", folder, tools, FLAG="-lz").returncode == 0


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
        # what pip is asked to install is written down, and nothing is installed
        pip = f'[ "$1 $2 $5" != "-m pip install" ] || {{ echo "$@" >> {folder}/asked; exit; }}\n'
        program(self.venv / "bin" / "python", f'#!/bin/sh\n{pip}exec {sys.executable} "$@"\n')
        self.found = self.venv / "lib" / "python3.11" / "site-packages" / "nnmirror.pth"
        self.found.parent.mkdir(parents=True)
        self.found.write_text(f"{folder.resolve()}\n")
        program(self.venv / "bin" / "nnmirror", f"#!{self.venv.resolve()}/bin/python\n")

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
    assert not (checkout.folder / "asked").exists()


@pytest.mark.parametrize("flaw", ["not there", "of another folder", "not found by Python"])
def test_the_command_is_installed_where_it_is_missing_or_of_another_folder(
    checkout: Checkout, flaw: str
) -> None:
    script = checkout.venv / "bin" / "nnmirror"
    match flaw:
        case "not there":
            script.unlink()
        case "of another folder":
            script.write_text("#!/elsewhere/.venv/bin/python\n")
        case "not found by Python":
            checkout.found.write_text("/elsewhere\n")
    assert checkout.set_up() == 0
    here = checkout.folder.resolve()
    assert checkout.found.read_text() == f"{here}\n"
    assert f'"{here}/.venv/bin/python" "$0" "$@"' in script.read_text()
    assert os.access(script, os.X_OK)


def test_the_command_runs_this_folder_from_anywhere(tmp_path: Path) -> None:
    done = subprocess.run(
        [ROOT / ".venv" / "bin" / "nnmirror", "doctor"],  # which starts a child process
        cwd=tmp_path,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    assert "R version" in done.stdout


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
        pinned[lock.name] = dict(re.findall(r"^([\w.-]+)==(\S+) \\$", text, re.M))
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


def test_a_mac_needs_r_and_python_and_no_compiler(tmp_path: Path, tools: Path) -> None:
    folder = tmp_path / "bin"
    python(folder / "python3")
    program(folder / "cc", "#!/bin/sh\nexit 1\n")
    program(folder / "R", "#!/bin/sh\necho -lR -lzstd\n")
    program(folder / "Rscript", "#!/bin/sh\n")
    program(folder / "uname", "#!/bin/sh\necho Darwin\n")
    assert run("install-system-packages.sh", folder, tools).returncode == 0
    (folder / "uname").unlink()
    assert run("install-system-packages.sh", folder, tools).returncode == 2


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
