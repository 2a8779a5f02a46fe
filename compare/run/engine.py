"""Who runs tasks, where it is not this machine's own child processes."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, Protocol


class Engine(Protocol):
    """Runs tasks as `compare.run.pool.run_all` does."""

    def run_all(
        self,
        function: Callable[[Any], Any],
        tasks: Sequence[Any],
        timeout: float,
        on_done: Callable[[], None],
        on_value: Callable[[int, Any], None],
    ) -> list[Any]: ...


_current: Engine | None = None


def current() -> Engine | None:
    """The engine in use; None for this machine's child processes."""
    return _current


@contextmanager
def using(other: Engine) -> Iterator[None]:
    """Let another engine run what `run_all` is given."""
    global _current
    before, _current = _current, other
    try:
        yield
    finally:
        _current = before
