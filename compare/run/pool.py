"""Child processes that run things, several at a time; the death of one is that task's failure.

Not `concurrent.futures` or Pebble: the first gives up all tasks when one process dies and does
not say how it died, the second waits for ever on a process that leaves with status 0, which is
what ``quit()`` does in R.
"""

import pickle
import time
import traceback
from collections import deque
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from multiprocessing import connection, get_context
from typing import Any, TypeVar

from ..safety.errors import CrashError, described, is_ours
from . import engine
from .guardian import PATIENCE, stand_guard

Task = TypeVar("Task")
Value = TypeVar("Value")

# never forked: R must not find itself in two processes
_CONTEXT = get_context("spawn")
_READY, PENDING = "ready", object()


@dataclass(frozen=True)
class Failure:
    """A task that gave no value, and why.

    Attributes
    ----------
    traceback : str
        Where the program itself went wrong; empty where case, R or machine are to blame.
    """

    reason: str
    traceback: str = field(default="", compare=False, repr=False)

    @property
    def ours(self) -> bool:
        """Whether the program itself is to blame."""
        return bool(self.traceback)

    def raise_if_ours(self) -> None:
        """Let an error of the program itself be one in this process, too."""
        if self.ours:
            raise CrashError(self.reason, self.traceback)


def failure_of(error: BaseException) -> Failure:
    """An error as a failure; with its traceback where nobody foresaw it."""
    text = "".join(traceback.format_exception(error)) if is_ours(error) else ""
    return Failure(described(error), text)


def run_all(
    function: Callable[[Task], Value],
    tasks: Iterable[Task],
    jobs: int,
    timeout: float,
    on_done: Callable[[], None] = lambda: None,
    on_value: Callable[[int, Value | Failure], None] = lambda number, value: None,
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
    on_value : callable
        Called after each task, with its place among the tasks and its value, in this process.
    """
    tasks = list(tasks)
    if (elsewhere := engine.current()) is not None:
        return elsewhere.run_all(function, tasks, timeout, on_done, on_value)
    return run_here(function, tasks, jobs, timeout, on_done, on_value)


def run_here(
    function: Callable[[Task], Value],
    tasks: Sequence[Task],
    jobs: int,
    timeout: float,
    on_done: Callable[[], None] = lambda: None,
    on_value: Callable[[int, Value | Failure], None] = lambda number, value: None,
) -> list[Value | Failure]:
    """`run_all` on this machine, whatever the engine is."""
    todo, values = deque(enumerate(tasks)), dict[int, Any]()
    # unpickled by the worker, so that its guardian loads nothing
    pickled = pickle.dumps(function)
    workers = [Worker(pickled, timeout) for _ in range(min(jobs, len(tasks)))]
    try:
        while len(values) < len(tasks):
            for worker in workers:
                if worker.number is None and todo:
                    worker.begin(*todo.popleft())
            busy = [worker for worker in workers if worker.number is not None]
            ready = connection.wait(
                [handle for worker in busy for handle in worker.handles],
                max(0.0, min(worker.remaining for worker in busy)),
            )
            for worker in busy:
                number, value = worker.number, worker.step(ready)
                if value is not PENDING and number is not None:
                    values[number] = value
                    on_value(number, value)
                    on_done()
    finally:
        for worker in workers:
            worker.let_go()
        for worker in workers:
            worker.stop()
    return [values[i] for i in range(len(tasks))]


class Worker:
    """A child process that is replaced when it dies; ``number`` is that of the task it is at."""

    def __init__(self, pickled: bytes, timeout: float) -> None:
        self._pickled, self._timeout = pickled, timeout
        self._process: Any = None
        self.number: int | None = None

    def begin(self, number: int, task: Any, timeout: float | None = None) -> None:
        if self._process is not None and connection.wait([self._process.sentinel], 0):
            self.stop()  # it ended after it gave its last value
        if self._process is None:
            self._start()
        self.number, self._task = number, task
        self._allowed = min(self._timeout, timeout or self._timeout)
        self._deadline = time.monotonic() + self._allowed
        if self._is_ready:
            self._send()

    def _start(self) -> None:
        self._pipe, far_end = _CONTEXT.Pipe()
        far_lifeline, self._lifeline = _CONTEXT.Pipe(duplex=False)
        arguments = (far_end, far_lifeline, self._pickled)
        self._is_ready = False
        self._process = _CONTEXT.Process(target=_serve, args=arguments, daemon=True)
        self._process.start()
        far_end.close()
        far_lifeline.close()

    def _send(self) -> None:
        with suppress(OSError):  # it has ended, which is seen next
            self._pipe.send(self._task)

    @property
    def handles(self) -> list[Any]:
        return [self._pipe, self._process.sentinel]

    @property
    def remaining(self) -> float:
        return self._deadline - time.monotonic()

    def step(self, ready: list[Any]) -> Any:
        """What has come of the task, if anything has."""
        value: Any = PENDING
        if self._pipe in ready:
            value = self._received()
        elif self._process.sentinel in ready:
            value = Failure(self._cause_of_death())
        elif self.remaining <= 0:
            self.stop()
            value = Failure(f"still running after {self._allowed:g} s, stopped")
        if value is not PENDING:
            self.number = None
        return value

    def _received(self) -> Any:
        try:
            kind, value = self._pipe.recv()
        except (EOFError, OSError):
            return Failure(self._cause_of_death())
        except Exception as error:  # what this process cannot unpickle
            return failure_of(error)
        if kind == _READY:
            self._is_ready = True
            self._send()
            return PENDING
        return value

    def let_go(self) -> None:
        """Let the process and all that it started end; `stop` waits for that."""
        if self._process is not None:
            self._pipe.close()
            self._lifeline.close()

    def stop(self) -> None:
        if self._process is not None:
            self.let_go()
            self._process.join(2 * PATIENCE)
            self._process.kill()
            self._process.join()
            self._process = None

    def _cause_of_death(self) -> str:
        self._process.join()
        code = self._process.exitcode
        self.stop()
        how = f"by signal {-code}" if code < 0 else f"with status {code}"
        return f"its process ended {how} in mid-run"


def _serve(pipe: Any, lifeline: Any, pickled: bytes) -> None:
    stand_guard(lifeline)
    pipe.send((_READY, None))
    while True:
        try:
            task = pipe.recv()
        except EOFError:
            return  # the program has no more to do
        except Exception as error:
            value: Any = failure_of(error)
        else:
            value = _attempt(pickled, task)
        try:
            pipe.send(("value", value))
        except OSError:
            return
        except Exception as error:
            pipe.send(("value", failure_of(error)))


def _attempt(pickled: bytes, task: Any) -> Any:
    try:
        return pickle.loads(pickled)(task)
    except BaseException as error:
        return failure_of(error)
