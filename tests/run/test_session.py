import os
import time
from threading import Event, Timer
from typing import Any

from compare.run.pool import Failure
from compare.run.session import Session


def work(task: Any) -> Any:
    match task:
        case "die":
            os._exit(0)
        case "hang":
            time.sleep(300)
        case "who":
            return os.getpid()
    return task * 2


def test_tasks_are_done_one_after_the_other_by_one_process() -> None:
    with Session(work, 60) as session:
        assert session.do(4) == 8
        first, second = session.do("who"), session.do("who")
        assert first == second != os.getpid()


def test_a_death_costs_one_task() -> None:
    with Session(work, 60) as session:
        first = session.do("who")
        died = session.do("die")
        assert isinstance(died, Failure)
        assert session.do(1) == 2
        assert session.do("who") != first


def test_a_hang_ends_with_the_shorter_of_both_times() -> None:
    with Session(work, 60) as session:
        assert session.do(1) == 2
        hung = session.do("hang", timeout=0.5)
        assert isinstance(hung, Failure)
        assert hung.reason == "still running after 0.5 s, stopped"
        assert session.do(3) == 6


def test_a_task_is_given_up_when_the_program_stops() -> None:
    stop = Event()
    with Session(work, 60) as session:
        assert session.do(1, stop=stop) == 2
        Timer(0.3, stop.set).start()
        began = time.monotonic()
        given_up = session.do("hang", stop=stop)
        assert isinstance(given_up, Failure)
        assert time.monotonic() - began < 30


def test_nothing_is_left_behind() -> None:
    with Session(work, 60) as session:
        pid = session.do("who")
    for _ in range(100):
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            return
        time.sleep(0.1)
    raise AssertionError(f"process {pid} is still there")
