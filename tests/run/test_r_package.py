import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from compare import ROOT
from compare.run import r_package


def ran(folder: Path, *command: str) -> str:
    """What a command prints that finds this checkout's `nnmirror`."""
    done = subprocess.run(
        command,
        cwd=folder,
        env=os.environ | {"NNMIRROR": str(Path(sys.prefix) / "bin" / "nnmirror")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_rs_own_tests_pass() -> None:
    script = (
        f".libPaths(c('{r_package.installed_library()}', .libPaths()))\n"
        "testthat::test_local('r_impl', reporter = 'summary', load_package = 'installed')"
    )
    assert "Skipped" not in ran(ROOT, "Rscript", "--vanilla", "-e", script)


@pytest.mark.slow
def test_the_package_passes_r_cmd_check_with_its_tests_and_examples(tmp_path: Path) -> None:
    ran(tmp_path, "R", "CMD", "build", str(ROOT / "r_impl"))
    output = ran(tmp_path, "R", "CMD", "check", "--no-manual", "nnmirror_0.1.0.tar.gz")
    tests = (tmp_path / "nnmirror.Rcheck" / "tests" / "testthat.Rout").read_text()
    assert re.search(r"\[ FAIL 0 \| WARN 0 \| SKIP 0 \| PASS [1-9]\d+ \]", tests)
    assert "checking examples ... OK" in output
    page = (tmp_path / "nnmirror.Rcheck" / "nnmirror" / "doc" / "comparing.html").read_text()
    assert "divided by n in Python, divided by n - 1 in R" in page.replace("\n", " ")
    assert "Test passed" in page
    assert output.rstrip().endswith("Status: OK")


def test_a_changed_source_gets_a_library_of_its_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = tmp_path / "r_impl"
    shutil.copytree(ROOT / "r_impl", source)
    monkeypatch.setattr(r_package, "SOURCE", source)
    monkeypatch.setattr(r_package, "LIBRARIES", tmp_path / "libraries")
    first = r_package.installed_library()
    assert (first / "nnmirror" / "DESCRIPTION").is_file()
    assert r_package.installed_library() == first
    (source / "R" / "checks.R").write_text("broken <- function( {\n")
    with pytest.raises(RuntimeError, match="R CMD INSTALL r_impl failed"):
        r_package.installed_library()
    assert [p.name for p in (tmp_path / "libraries").iterdir()] == [first.name]
