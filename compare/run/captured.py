"""What code of somebody's prints, kept apart from what the program says."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Thread

MOST_KEPT = 20_000  # bytes; what is printed beyond is read and counted


class Printed:
    """What was printed, as far as it is kept."""

    def __init__(self) -> None:
        self._kept = bytearray()
        self.size = 0

    def add(self, data: bytes) -> None:
        """Keep the first bytes, count all."""
        self.size += len(data)
        self._kept += data[: MOST_KEPT - len(self._kept)]

    @property
    def text(self) -> str:
        """What was kept, and how much was not."""
        text = self._kept.decode("utf-8", "replace")
        beyond = self.size - len(self._kept)
        return f"{text}\n... and {beyond:,} bytes more" if beyond else text


@contextmanager
def printing() -> Iterator[Printed]:
    """Whatever writes to stdout or stderr meanwhile, in this process or one that it starts."""
    printed = Printed()
    _flush()
    reading, writing = os.pipe()
    before = {descriptor: os.dup(descriptor) for descriptor in (1, 2)}
    for descriptor in before:
        os.dup2(writing, descriptor)
    os.close(writing)
    reader = Thread(target=_drain, args=(reading, printed), daemon=True)
    reader.start()
    try:
        yield printed
    finally:
        _flush()
        for descriptor, old in before.items():
            os.dup2(old, descriptor)
            os.close(old)
        reader.join(1.0)  # a process that was left behind may hold the pipe open


def _drain(reading: int, printed: Printed) -> None:
    with os.fdopen(reading, "rb", buffering=0) as pipe:
        while data := pipe.read(65536):
            printed.add(data)


def _flush() -> None:
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except (OSError, ValueError, AttributeError):
            continue
