"""A second engine for `run_all`: the workers of a Dask scheduler, on as many machines as there are.

A worker runs each task in a child process of its own, as this machine does without a scheduler: the
death of R costs a task, not a worker. What a worker loses by its own death, the scheduler gives to
another.
"""

import hashlib
import pickle
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from importlib import import_module
from multiprocessing import connection
from typing import Any

from .. import ROOT
from ..safety.errors import ForeseenError
from ..safety.inert import one_line
from . import pool
from .doctor import python_facts, r_facts
from .engine import using

CONNECTING, LOOKING, WITHOUT_WORKERS = 20, 120, 60  # seconds
# what may differ between workers whose values are the same to the bit
FREE = ("CPU", "BLAS threads", "R library", "pandas")
CODE = ("compare", "compiled", "python_impl", "r_impl", "oracles", "claims")
HOW_TO_START = "docs/cluster.md says how to start one"

_child: tuple[bytes, pool.Worker] | None = None  # of a worker: what it is for, and the process
_one_at_a_time = threading.Lock()


class ClusterError(ForeseenError):
    """No scheduler, no workers, or workers that would not give the same bits."""


@contextmanager
def on_cluster(address: str | None) -> Iterator[dict[str, str]]:
    """Let `run_all` give its tasks to a scheduler, where an address names one.

    Yields
    ------
    dict
        Facts for the report: how many workers there are, and where.

    Raises
    ------
    ClusterError
        Nothing answers there, it has no workers, or one of them has other versions, another BLAS or
        other code than this machine.
    """
    if address is None:
        yield {}
        return
    distributed = _distributed()
    try:
        client = distributed.Client(address, timeout=CONNECTING)
    except (OSError, ValueError) as error:
        reason = one_line(str(error)).split(" after ")[0]
        raise ClusterError(f"--dask {one_line(address)}: {reason}; {HOW_TO_START}") from None
    try:
        engine = _Engine(client)
        engine.refuse_others(facts_here())
        with using(engine):
            yield {"Dask workers": ", ".join(engine.workers())}
    finally:
        client.close()


def _distributed() -> Any:
    try:
        return import_module("distributed")
    except ImportError:
        raise ClusterError("--dask needs the package distributed: nnmirror[dask]") from None


class _Engine:
    """`run_all` by a client of Dask's."""

    def __init__(self, client: Any) -> None:
        self._client = client

    def workers(self) -> list[str]:
        """Where they are."""
        # not scheduler_info(), which Dask overwrites now and then by one without workers
        return sorted(self._client.nthreads())

    def refuse_others(self, here: dict[str, str]) -> None:
        """Let no worker take part that may give other bits."""
        workers = self.workers()
        if not workers:
            raise ClusterError(f"the scheduler has no workers; {HOW_TO_START}")
        looked = {
            worker: self._client.submit(
                facts_here, workers=[worker], allow_other_workers=False, pure=False
            )
            for worker in workers
        }
        for worker, future in looked.items():
            try:
                facts = future.result(timeout=LOOKING)
            except Exception as error:  # whatever a worker lacks
                raise ClusterError(f"worker {worker}: {one_line(str(error))}") from None
            for name in here:
                if name not in FREE and facts.get(name) != here[name]:
                    raise ClusterError(
                        f"worker {worker}: its {name} is {one_line(str(facts.get(name)))}, "
                        f"and here {one_line(here[name])}: it might give other bits"
                    )

    def run_all(
        self,
        function: Callable[[Any], Any],
        tasks: Sequence[Any],
        timeout: float,
        on_done: Callable[[], None],
        on_value: Callable[[int, Any], None],
    ) -> list[Any]:
        """As `compare.run.pool.run_all`, whose tasks wait for a worker."""
        wait = _distributed().wait
        pickled = pickle.dumps(function)
        numbers = {
            self._client.submit(in_a_child, pickled, pickle.dumps(task), timeout, pure=False): i
            for i, task in enumerate(tasks)
        }
        values: dict[int, Any] = {}
        open_ones, last_seen = set(numbers), time.monotonic()
        try:
            while open_ones:
                try:
                    done = wait(open_ones, timeout=1, return_when="FIRST_COMPLETED").done
                except TimeoutError:
                    done = set()
                if done or self.workers():
                    last_seen = time.monotonic()
                elif time.monotonic() - last_seen > WITHOUT_WORKERS:
                    raise ClusterError(f"no worker has been there for {WITHOUT_WORKERS} s")
                for future in done:
                    number = numbers[future]
                    values[number] = _value(future)
                    on_value(number, values[number])
                    on_done()
                    future.release()
                open_ones -= done
        finally:
            self._client.cancel(list(open_ones))
        return [values[i] for i in range(len(tasks))]


def _value(future: Any) -> Any:
    """What a task gave; a failure where the scheduler gave it up."""
    if future.status == "finished":
        return pickle.loads(future.result())
    return pool.Failure(f"the scheduler gave it up: {one_line(str(future.exception()))}")


def in_a_child(pickled: bytes, task: bytes, timeout: float) -> bytes:
    """On a worker: run one task in a child process, which stays for the next of its kind."""
    global _child
    with _one_at_a_time:
        if _child is None or _child[0] != pickled:
            if _child is not None:
                _child[1].stop()
            _child = pickled, pool.Worker(pickled, timeout)
        child = _child[1]
        child.begin(0, pickle.loads(task), timeout)
        value = pool.PENDING
        while value is pool.PENDING:
            value = child.step(connection.wait(child.handles, max(0.0, child.remaining)))
        return pickle.dumps(value)


def facts_here() -> dict[str, str]:
    """What has to be the same wherever tasks run, as a child process sees it."""
    (facts,) = pool.run_here(_facts, [None], jobs=1, timeout=LOOKING)
    if isinstance(facts, pool.Failure):
        raise ClusterError(facts.reason)
    return facts


def _facts(_: None) -> dict[str, str]:
    """Versions, BLAS and exp of both languages, and this program's code."""
    return {**python_facts(), **r_facts(None), "code": code()}


def code() -> str:
    """A digest of the files that compute."""
    digest = hashlib.sha256()
    for folder in CODE:
        for path in sorted((ROOT / folder).rglob("*")):
            if path.is_file() and path.suffix in (".py", ".R", ".c", ".toml", ".csv", ".txt"):
                digest.update(str(path.relative_to(ROOT)).encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:16]
