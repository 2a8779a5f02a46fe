"""One child process for one task after the other."""

import pickle
from collections.abc import Callable
from multiprocessing import connection
from threading import Event
from typing import Any, Self

from .pool import PENDING, Failure, Worker

LOOKS = 0.2  # seconds between looks at whether a session is to stop


class Session:
    """One child process that does one task after the other; a new one where it has died.

    ``remark`` is what is to be said of where its values are from, ``origin`` the same in full; both
    are empty where they are new.
    """

    remark = origin = ""

    def __init__(self, function: Callable[[Any], Any], timeout: float) -> None:
        self._worker = Worker(pickle.dumps(function), timeout)

    def do(self, task: Any, timeout: float | None = None, stop: Event | None = None) -> Any:
        """The value of the function for a task, or the `Failure` that it came to.

        Parameters
        ----------
        timeout : float, optional
            Seconds that this task may take, where that is less than what any may.
        stop : threading.Event, optional
            Where it is set, the task is given up.
        """
        worker = self._worker
        worker.begin(0, task, timeout)
        while True:
            ready = connection.wait(worker.handles, max(0.0, min(worker.remaining, LOOKS)))
            if (value := worker.step(list(ready))) is not PENDING:
                return value
            if stop is not None and stop.is_set():
                worker.stop()
                return Failure("stopped")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._worker.stop()
