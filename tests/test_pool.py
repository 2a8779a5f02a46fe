import os
import signal
import time

from compare.pool import Failure, run_all


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
