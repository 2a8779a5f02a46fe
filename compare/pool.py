"""Child processes that run things, several at a time; the death of one is that run's failure."""

import multiprocessing
from collections.abc import Callable, Iterable
from concurrent.futures import TimeoutError, as_completed
from dataclasses import dataclass
from typing import TypeVar

from pebble import ProcessExpired, ProcessPool

Task = TypeVar("Task")
Value = TypeVar("Value")


@dataclass(frozen=True)
class Failure:
    """A task that gave no value, and why."""

    reason: str


def run_all(
    function: Callable[[Task], Value],
    tasks: Iterable[Task],
    jobs: int,
    timeout: float,
    on_done: Callable[[], None] = lambda: None,
) -> list[Value | Failure]:
    """Apply ``function`` to each task in child processes; the values in the tasks' order.

    Parameters
    ----------
    jobs : int
        Number of child processes.
    timeout : float
        Seconds that one task may take.
    on_done : callable
        Called after each task.
    """
    # never forked: R must not find itself in two processes
    context = multiprocessing.get_context("spawn")
    with ProcessPool(max_workers=jobs, context=context) as pool:
        try:
            futures = [pool.schedule(function, args=[task], timeout=timeout) for task in tasks]
            for _ in as_completed(futures):
                on_done()
        except BaseException:
            pool.stop()  # type: ignore[no-untyped-call]
            raise
    return [_value(future.result, timeout) for future in futures]


def _value(result: Callable[[], Value], timeout: float) -> Value | Failure:
    try:
        return result()
    except TimeoutError:
        return Failure(f"still running after {timeout:g} s, stopped")
    except ProcessExpired as died:
        how = f"by signal {-died.exitcode}" if died.exitcode < 0 else f"with status {died.exitcode}"
        return Failure(f"its process ended {how} in mid-run")
    except Exception as error:
        return Failure(f"{type(error).__name__}: {error}")
