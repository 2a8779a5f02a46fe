import os
import shutil
from pathlib import Path

import pytest

from compare.run import doctor
from compare.run.environment import R_BLAS
from tests.copies import Copy


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


def test_an_r_with_another_blas_than_the_reference_is_remarked_on(
    diagnosis: doctor.Diagnosis,
) -> None:
    reference = "/blas/" in diagnosis.facts["R BLAS"]
    assert [r for r in diagnosis.remarks if "reference BLAS" in r] == diagnosis.remarks
    assert len(diagnosis.remarks) == (0 if reference else 1)


def test_r_computes_with_the_reference_blas_where_debian_has_it_and_no_other_is_asked_for(
    diagnosis: doctor.Diagnosis,
) -> None:
    installed = any(Path("/usr/lib").glob("*/blas/libblas.so.3"))
    if not installed or os.environ.get(R_BLAS, "blas") != "blas":
        pytest.skip("another BLAS is asked for, or Debian's reference BLAS is not here")
    assert "/blas/libblas" in diagnosis.facts["R BLAS"]


def test_an_rpy2_compiled_for_another_r_is_named_with_both(tmp_path: Path) -> None:
    kept = tmp_path / ".rpy2"
    now = "/usr/lib/R\nR version 4.5.0"
    assert doctor.other_r(kept, now) is None  # nothing is known of an rpy2 installed by hand
    kept.write_text(now + "\n")
    assert doctor.other_r(kept, now) is None
    for then in ("/opt/R\nR version 4.5.0", "/usr/lib/R\nR version 4.2.2"):
        kept.write_text(then + "\n")
        said = str(doctor.other_r(kept, now))
        for line in (then + "\n" + now).split("\n"):
            assert line in said
        assert "make setup" in said
        assert "\n" not in said


def test_another_r_first_on_the_path_is_code_2_and_one_sentence(copy: Copy, tmp_path: Path) -> None:
    """The R that rpy2 brings into Python is not the one that the PATH leads to."""
    folder = tmp_path / "bin"
    folder.mkdir()
    fake = folder / "R"
    real = shutil.which("R")
    fake.write_text(
        '#!/bin/sh\n[ "$1" != --version ] || { echo "R version 9.9.9"; exit; }\n'
        f'exec {real} "$@"\n'
    )
    fake.chmod(0o755)
    done = copy.compare("verify", "clark-example-1", PATH=f"{folder}:{os.environ['PATH']}")
    assert done.returncode == 2
    assert "R version 9.9.9" in done.stderr
    assert "Traceback" not in done.stderr
    assert "make setup" in done.stderr


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
    done = copy.without_library().compare("doctor", PATH=f"{folder}:{os.environ['PATH']}")
    assert done.returncode == 2
    assert "R's package nnet is not installed" in done.stderr
    assert "Traceback" not in done.stderr
