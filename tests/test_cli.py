import subprocess
import sys

import pytest

from compare import ROOT
from compare.cli import main
from compare.run.doctor import explain


def test_help_teaches_commands_and_exit_codes(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as done:
        main(["--help"])
    assert done.value.code == 0
    text = capsys.readouterr().out
    for word in ("list", "show", "verify", "measure", "doctor", "exit codes", "examples"):
        assert word in text


def test_list_shows_every_case(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["list"]) == 0
    assert "clark-example-2-nnet" in capsys.readouterr().out


def test_show_shows_what_was_printed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["show", "clark-example-1"]) == 0
    text = capsys.readouterr().out
    assert "nnmirror::one_layer_train" in text
    assert "0.009670417" in text


@pytest.mark.parametrize("command", ["show", "verify", "measure"])
def test_an_unknown_case_is_code_2_and_one_sentence(
    command: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([command, "clark-example-9"]) == 2
    assert capsys.readouterr().err.startswith("nnmirror: unknown case 'clark-example-9': there")


@pytest.mark.parametrize(
    "arguments", [[], ["verify", "--jobs", "0"], ["verify", "--jobs", "x"], ["prophesy"]]
)
def test_a_command_that_cannot_be_understood_is_code_2(arguments: list[str]) -> None:
    with pytest.raises(SystemExit) as done:
        main(arguments)
    assert done.value.code == 2


@pytest.mark.parametrize(
    ("reason", "what", "mend"),
    [
        (
            "RuntimeError: R CMD INSTALL r_impl failed:\nERROR: dependency 'nnet' is not available "
            "for package 'nnmirror'",
            "R's package nnet is not installed",
            "r-cran-nnet",
        ),
        ("ImportError: undefined symbol: R_getVar", "rpy2 does not work with this R", "make setup"),
        ("ModuleNotFoundError: No module named 'rpy2'", "rpy2 is not installed", "make setup"),
        (
            "RuntimeError: cannot write: [Errno 13] Permission denied: '.r-library'",
            "R's half of the project cannot be installed",
            "make this folder writable",
        ),
        (
            "RuntimeError: R CMD INSTALL r_impl failed:\ncp: No space left on device",
            "there is no room",
            "free some room",
        ),
        (
            "RuntimeError: R CMD INSTALL r_impl failed:\nError in parse: unexpected '}'",
            "r_impl, cannot be installed",
            "git status r_impl",
        ),
        ("still running after 120 s, stopped", "R does not start", "R --vanilla"),
        (
            "OSError: libR.so: cannot open shared object file",
            "rpy2 does not work with this R",
            "unset LD_LIBRARY_PATH",
        ),
        ("its process ended by signal 11 in mid-run", "rpy2 does not work", "make clean setup"),
    ],
)
def test_a_failed_probe_of_r_is_explained_in_one_sentence(
    reason: str, what: str, mend: str
) -> None:
    text = str(explain(reason))
    assert what in text
    assert mend in text
    assert "\n" not in text


def test_help_loads_nothing_that_computes() -> None:
    """So that it is there at once."""
    told = "import sys; from compare.cli import _parser; _parser().format_help()"
    listed = f"{told}; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", listed], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    heavy = {"numpy", "pandas", "scipy", "pydantic", "altair", "rich", "rpy2", "hypothesis"}
    assert not heavy & set(done.stdout.split())
