"""Case files as tests: one for each output."""

import subprocess
from pathlib import Path

import pytest

from tests.somebodys import run_in

PAIR = 'python = "{}"\nr = "{}"\n[inputs]\nx = [1.5, 2.5, 4.0]\n'


def run_pytest(folder: Path, *arguments: str) -> "subprocess.CompletedProcess[str]":
    plain = ("-m", "pytest", "-p", "no:cacheprovider", "-p", "compare.library.pytest_plugin")
    return run_in(folder, *plain, "-W", "error", *arguments)


def test_each_output_is_a_test_whose_failure_says_why(tmp_path: Path) -> None:
    (tmp_path / "mean.pair.toml").write_text(PAIR.format("numpy:mean", "base::mean"))
    (tmp_path / "sd.pair.toml").write_text(PAIR.format("numpy:std", "stats::sd"))
    done = run_pytest(tmp_path, "-v")
    assert done.returncode == 1, done.stdout
    assert "mean.pair.toml::value PASSED" in done.stdout
    assert "sd.pair.toml::value FAILED" in done.stdout
    for line in (
        "value: disagree",
        "  the value: 1.0274023338281628 in Python, 1.2583057392117916 in R",
        "  what to change: one language divides by n, the other by n - 1: ddof=1 in numpy.std()",
        f"  look closer: python -m compare verify {tmp_path}/sd.pair.toml",
    ):
        assert line in done.stdout.split("\n"), done.stdout
    assert "Traceback" not in done.stdout


@pytest.mark.slow
def test_examples_are_tests_of_their_own(tmp_path: Path) -> None:
    text = PAIR.format("numpy:cumsum", "base::cumsum")
    for name, inputs in (("a", "{}"), ("b", "{x = [2.0]}")):
        text += f"[[example]]\nname = '{name}'\ninputs = {inputs}\n"
    (tmp_path / "two.pair.toml").write_text(text)
    done = run_pytest(tmp_path, "--collect-only", "-q")
    assert done.stdout.split("\n")[:2] == [f"two.pair.toml::{n}-value" for n in ("a", "b")]


def test_a_file_that_cannot_be_used_is_an_error_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "bad.pair.toml").write_text("python = 1\n")
    (tmp_path / "other.toml").write_text("python = 1\n")
    done = run_pytest(tmp_path)
    assert done.returncode == 2
    assert "bad.pair.toml: " in done.stdout
    assert "Traceback" not in done.stdout
    assert "1 error" in done.stdout


@pytest.mark.slow
def test_a_printed_number_that_does_not_come_out_fails_too(tmp_path: Path) -> None:
    text = PAIR.format("numpy:mean", "base::mean")
    printed = '[[printed]]\noutput = "value"\nvalues = ["2.6"]\n'
    (tmp_path / "mean.pair.toml").write_text(text + printed)
    done = run_pytest(tmp_path, "-v")
    assert "mean.pair.toml::value PASSED" in done.stdout, done.stdout
    assert "mean.pair.toml::the whole case FAILED" in done.stdout
    assert done.returncode == 1


def test_a_function_that_fails_is_a_failing_test_with_its_error(tmp_path: Path) -> None:
    (tmp_path / "pair.py").write_text("def f(x):\n    raise ValueError('no such thing')\n")
    (tmp_path / "bad.pair.toml").write_text(PAIR.format("pair.py:f", "base::mean"))
    done = run_pytest(tmp_path)
    assert done.returncode == 1
    assert "no such thing" in done.stdout
