"""How a command ends: exit code 0, 1, 2, 70 or 128 + n, and never with a traceback."""

import errno
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from compare import ROOT
from compare.run.pool import Failure, failure_of
from compare.safety.errors import (
    CaseError,
    CrashError,
    ForeseenError,
    ReportError,
    blamed_on_the_case,
    is_ours,
)
from compare.safety.guard import StoppedError, guarded

COMPARE = [sys.executable, "-m", "compare"]


def raising(error: BaseException) -> Callable[[], int]:
    def command() -> int:
        raise error

    return command


@pytest.mark.parametrize(
    "error",
    [
        CaseError("no such case [/usr/lib] \x1b[31m\u202e\nexit code 0"),
        ReportError("no room"),
        OSError(errno.ENOSPC, "No space left on device"),
        PermissionError(errno.EACCES, "Permission denied", "report"),
        MemoryError(),
    ],
)
def test_what_was_foreseen_is_code_2_and_one_line(
    error: Exception, capsys: pytest.CaptureFixture[str]
) -> None:
    assert guarded(raising(error)) == 2
    text = capsys.readouterr().err
    assert text.startswith("nnmirror: ")
    assert text.count("\n") == 1
    assert not re.search("[\x1b\u202e]", text)


@pytest.mark.parametrize(
    "error",
    [
        KeyError("x"),
        ValueError("no such thing"),
        RecursionError("too deep"),
        FileNotFoundError(errno.ENOENT, "No such file", "page.css"),
        AssertionError(),
    ],
)
def test_what_nobody_foresaw_is_code_70_and_its_traceback_is_in_a_file(
    error: Exception, capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: object
) -> None:
    assert guarded(raising(error)) == 70
    text = capsys.readouterr().err
    assert text.startswith("nnmirror: an error of the program itself: ")
    assert text.count("\n") == 1
    (path,) = re.findall(r"its traceback is in (\S+)", text)
    kept = Path(path)
    assert "raise error" in kept.read_text()
    kept.unlink()


def test_an_error_of_the_program_in_a_child_keeps_the_childs_traceback(
    capsys: pytest.CaptureFixture[str],
) -> None:
    failure = Failure("KeyError: 'x'", "Traceback of the child")
    with pytest.raises(CrashError) as raised:
        failure.raise_if_ours()
    assert guarded(raising(raised.value)) == 70
    (path,) = re.findall(r"its traceback is in (\S+)", capsys.readouterr().err)
    assert Path(path).read_text() == "Traceback of the child"
    Path(path).unlink()
    Failure("R's own words").raise_if_ours()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_is_code_128_and_its_number(
    number: signal.Signals, capsys: pytest.CaptureFixture[str]
) -> None:
    before = signal.getsignal(number)

    def command() -> int:
        os.kill(os.getpid(), number)
        time.sleep(60)
        return 0

    assert guarded(command) == 128 + number
    assert signal.getsignal(number) == before
    assert capsys.readouterr().err.count("\n") == 1
    assert issubclass(StoppedError, KeyboardInterrupt)


def test_an_error_is_the_cases_where_the_cases_function_raises_it() -> None:
    def wrong() -> None:
        raise KeyError("mine")

    class UnspeakableError(Exception):
        def __str__(self) -> str:
            raise ValueError("nothing to say")

    for function in (wrong, raising(UnspeakableError()), raising(SystemExit(3))):
        with pytest.raises(BaseException) as raised:  # noqa: PT011
            blamed_on_the_case(function)()
        assert not failure_of(raised.value).ours
    with pytest.raises(KeyError) as ours:
        wrong()
    assert is_ours(ours.value)
    assert failure_of(ours.value).traceback.count("raise KeyError") == 1
    assert not is_ours(ForeseenError())


@pytest.mark.parametrize("arguments", [["list"], ["show", "clark-example-3"], ["--help"]])
def test_an_output_that_is_full_is_code_2_and_one_line(arguments: list[str]) -> None:
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [*COMPARE, *arguments], cwd=ROOT, stdout=full, stderr=subprocess.PIPE, text=True
        )
    assert done.returncode == 2
    assert done.stderr == "nnmirror: the output cannot be written: No space left on device\n"


def test_an_output_that_nobody_reads_ends_quietly() -> None:
    reading, writing = os.pipe()
    os.close(reading)
    done = subprocess.run(
        [*COMPARE, "list"], cwd=ROOT, stdout=writing, stderr=subprocess.PIPE, text=True
    )
    os.close(writing)
    assert (done.returncode, done.stderr) == (128 + signal.SIGPIPE, "")


def test_an_output_that_is_closed_or_knows_no_such_letters_is_no_error() -> None:
    closed = subprocess.run(f"{sys.executable} -m compare list >&- 2>&-", shell=True, cwd=ROOT)
    assert closed.returncode == 0
    done = subprocess.run(
        [*COMPARE, "show", "ü\udc80[/]"],
        cwd=ROOT,
        env=os.environ | {"PYTHONIOENCODING": "ascii:strict"},
        capture_output=True,
    )
    assert done.returncode == 2
    assert done.stderr.isascii()
    assert done.stderr.count(b"\n") == 1
