import os
import shutil
from pathlib import Path

import pytest

from compare import doctor
from tests.conftest import Copy


@pytest.fixture(scope="module")
def diagnosis() -> doctor.Diagnosis:
    return doctor.diagnose()


def test_both_sides_are_named_and_nothing_is_wrong(diagnosis: doctor.Diagnosis) -> None:
    assert diagnosis.problems == []
    assert diagnosis.facts["R"].startswith("R version 4")
    assert diagnosis.facts["rpy2 mode"] == "API (compiled)"
    assert "1 thread" in diagnosis.facts["NumPy BLAS"]
    assert "differs from libm's in" in diagnosis.facts["NumPy exp"]
    assert diagnosis.facts["nnet"].startswith("7.")


def test_r_computes_with_the_reference_blas(diagnosis: doctor.Diagnosis) -> None:
    assert "/blas/libblas" in diagnosis.facts["R BLAS"]
    assert diagnosis.remarks == []


def without_r(folder: Path) -> str:
    """A PATH that has git and nothing named R."""
    folder.mkdir()
    git = shutil.which("git")
    assert git
    (folder / "git").symlink_to(git)
    return str(folder)


@pytest.mark.parametrize("command", ["doctor", "verify"])
def test_a_machine_without_r_is_code_2_and_one_sentence(
    copy: Copy, tmp_path: Path, command: str
) -> None:
    done = copy.compare(command, PATH=without_r(tmp_path / "bin"))
    assert done.returncode == 2
    assert "R is not installed" in done.stderr
    assert "apt-get install r-base-core r-cran-nnet" in done.stderr
    assert "Traceback" not in done.stderr


def test_an_r_without_nnet_is_code_2_and_one_sentence(copy: Copy, tmp_path: Path) -> None:
    """An R that installs nothing that depends on nnet, as R does where nnet is missing."""
    real = shutil.which("R")
    folder = tmp_path / "bin"
    folder.mkdir()
    fake = folder / "R"
    fake.write_text(
        f'#!/bin/sh\n[ "$2" != INSTALL ] || {{ '
        "echo \"ERROR: dependency 'nnet' is not available for package 'nnmirror'\" >&2; exit 1; }\n"
        f'exec {real} "$@"\n'
    )
    fake.chmod(0o755)
    done = copy.compare("doctor", PATH=f"{folder}:{os.environ['PATH']}")
    assert done.returncode == 2
    assert "R's package nnet is not installed" in done.stderr
    assert "Traceback" not in done.stderr
