import errno
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from compare import ROOT
from compare.run.pool import Failure, run_all
from compare.run.r_session import RError
from compare.safety.errors import CaseError, blamed_on_the_case


class StrayError(BaseException):
    """What no `except Exception` catches."""


def obey(order: str) -> str:
    match order:
        case "die":
            os.kill(os.getpid(), signal.SIGKILL)
        case "leave":
            os._exit(0)
        case "hang":
            time.sleep(1000)
        case "fail":
            raise ValueError("no such thing")
    return order


def test_values_come_back_in_order_and_each_is_announced() -> None:
    done: list[None] = []
    orders = [str(i) for i in range(7)]
    assert run_all(obey, orders, 2, 60, on_done=lambda: done.append(None)) == orders
    assert len(done) == 7


def test_what_goes_wrong_is_the_failure_of_its_own_task_only() -> None:
    orders = ["a", "die", "b", "leave", "c", "hang", "d", "fail", "e"]
    found = run_all(obey, orders, 2, timeout=15)
    assert found == [
        "a",
        Failure("its process ended by signal 9 in mid-run"),
        "b",
        Failure("its process ended with status 0 in mid-run"),
        "c",
        Failure("still running after 15 s, stopped"),
        "d",
        Failure("ValueError: no such thing"),
        "e",
    ]


def test_an_error_that_nobody_foresaw_comes_with_its_traceback_and_others_without() -> None:
    found = run_all(blame, ["ours", "foreseen", "the case's", "R's", "the machine's"], 1, 60)
    assert found == [
        Failure("KeyError: 'x'"),
        Failure("CaseError: no such case"),
        Failure("KeyError: 'x'"),
        Failure("RError: no luck"),
        Failure("OSError: [Errno 28] no room"),
    ]
    assert [f.ours for f in found if isinstance(f, Failure)] == [True, False, False, False, False]
    assert isinstance(found[0], Failure)
    assert 'raise KeyError("x")' in found[0].traceback


def blame(whose: str) -> None:
    match whose:
        case "ours":
            ours()
        case "foreseen":
            raise CaseError("no such case")
        case "the case's":
            blamed_on_the_case(ours)()
        case "R's":
            raise RError("no luck")
        case "the machine's":
            raise OSError(errno.ENOSPC, "no room")


def ours() -> None:
    raise KeyError("x")


@pytest.mark.parametrize(
    ("leaves", "status"), [(SystemExit(3), "SystemExit: 3"), (StrayError(), "StrayError: ")]
)
def test_a_function_that_leaves_python_fails_and_the_process_goes_on(
    leaves: BaseException, status: str
) -> None:
    assert run_all(leave, [leaves, None], 1, 60) == [Failure(status), "here"]


def leave(how: BaseException | None) -> str:
    if how is not None:
        blamed_on_the_case(throw)(how)
    return "here"


def throw(error: BaseException) -> None:
    raise error


def unsendable(_: int) -> object:
    return lambda: None


def test_a_value_that_cannot_be_sent_is_a_failure_and_not_a_death() -> None:
    (found,) = run_all(unsendable, [1], 1, 60)
    assert isinstance(found, Failure)
    assert found.ours
    assert "unsendable.<locals>" in found.reason  # each Python says it in words of its own


# a process, one that it leaves behind, and one that leaves its session
FAMILY = "sleep {0} & setsid sleep {0} & setsid sh -c 'sleep {0} & sleep {0}' & wait"


def found_family(seconds: int) -> int:
    """How many processes sleep for so long."""
    n = 0
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            n += path.read_bytes() == f"sleep\0{seconds}\0".encode()
        except OSError:
            continue
    return n


def start_family(task: tuple[int, str]) -> str:
    seconds, then = task
    subprocess.Popen(["sh", "-c", FAMILY.format(seconds)], start_new_session=True)
    while found_family(seconds) < 4:
        time.sleep(0.01)
    return obey(then)


@pytest.mark.parametrize("then", ["end", "die", "leave", "hang", "fail"])
def test_whatever_a_worker_started_ends_with_it(then: str) -> None:
    seconds = 10**6 + os.getpid()
    run_all(start_family, [(seconds, then)], 1, timeout=10 if then == "hang" else 60)
    assert found_family(seconds) == 0


PROGRAM = """
import sys
from compare.safety.guard import guarded
from compare.run.pool import run_all
from tests.run.test_pool import start_family

def program():
    run_all(start_family, [(int(sys.argv[1]), "hang")] * 2, 2, 600)
    return 0

if __name__ == "__main__":
    sys.exit(guarded(program))
"""


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_whatever_a_worker_started_ends_with_the_program(
    number: signal.Signals, tmp_path: Path
) -> None:
    seconds = 2 * 10**6 + os.getpid()
    (tmp_path / "program.py").write_text(PROGRAM)
    environment = os.environ | {"PYTHONPATH": str(ROOT), "TMPDIR": str(tmp_path)}
    process = subprocess.Popen(
        [sys.executable, str(tmp_path / "program.py"), str(seconds)],
        env=environment,
        stderr=subprocess.PIPE,
        text=True,
    )
    wait_until(lambda: found_family(seconds) == 8)
    process.send_signal(number)
    _, text = process.communicate()
    wait_until(lambda: found_family(seconds) == 0)
    # the workers' temporary folders, in which R keeps its own, are gone too
    wait_until(lambda: [p.name for p in tmp_path.iterdir()] == ["program.py"])
    if number == signal.SIGKILL:
        assert process.returncode == -number
    else:
        assert process.returncode == 128 + number
        assert text == "nnmirror: interrupted; what was written before is untouched\n"


def wait_until(true: Callable[[], bool], seconds: float = 60) -> None:
    deadline = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < deadline
        time.sleep(0.02)
