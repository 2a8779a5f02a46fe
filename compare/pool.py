"""Child processes that run things, several at a time; the death of one is that task's failure.

Not `concurrent.futures` or Pebble: the first gives up all tasks when one process dies and does
not say how it died, the second waits for ever on a process that leaves with status 0, which is
what ``quit()`` does in R.
"""

import signal
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from multiprocessing import connection, get_context
from queue import SimpleQueue
from typing import Any, TypeVar

Task = TypeVar("Task")
Value = TypeVar("Value")

# never forked: R must not find itself in two processes
_CONTEXT = get_context("spawn")


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
        Called after each task, from any thread.
    """
    tasks = list(tasks)
    workers = [_Worker(function, timeout) for _ in range(min(jobs, len(tasks)))]
    idle: SimpleQueue[_Worker] = SimpleQueue()
    for worker in workers:
        idle.put(worker)

    def attempt(task: Task) -> Any:
        worker = idle.get()
        try:
            return worker.run(task)
        finally:
            idle.put(worker)
            on_done()

    with ThreadPoolExecutor(max(1, len(workers))) as threads:
        try:
            return list(threads.map(attempt, tasks))
        except BaseException:
            threads.shutdown(wait=False, cancel_futures=True)
            raise
        finally:
            for worker in workers:
                worker.stop()


class _Worker:
    """A child process that is replaced when it dies."""

    def __init__(self, function: Callable[[Any], Any], timeout: float) -> None:
        self._function, self._timeout = function, timeout
        self._process: Any = None

    def run(self, task: Any) -> Any:
        if self._process is None:
            self._pipe, far_end = _CONTEXT.Pipe()
            arguments = (far_end, self._function)
            self._process = _CONTEXT.Process(target=_serve, args=arguments, daemon=True)
            self._process.start()
            far_end.close()
        try:
            self._pipe.send(task)
            if not connection.wait([self._pipe, self._process.sentinel], self._timeout):
                self.stop()
                return Failure(f"still running after {self._timeout:g} s, stopped")
            return self._pipe.recv()
        except (EOFError, OSError):
            return Failure(self._obituary())

    def stop(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.join()
            self._process = None

    def _obituary(self) -> str:
        self._process.join()
        code, self._process = self._process.exitcode, None
        how = f"by signal {-code}" if code < 0 else f"with status {code}"
        return f"its process ended {how} in mid-run"


def _serve(pipe: Any, function: Callable[[Any], Any]) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent decides what an interrupt ends
    while True:
        try:
            task = pipe.recv()
        except EOFError:
            return  # the parent is gone
        try:
            value = function(task)
        except Exception as error:
            value = Failure(f"{type(error).__name__}: {error}")
        pipe.send(value)
