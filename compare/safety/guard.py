"""How every command ends: its exit code, and one line where it cannot do what it was asked.

0: everything expected was compared and holds. 1: something disagrees. 2: not
everything could be compared or understood. 70: an error of the program itself. 128 + n: signal n
stopped it, 141 for an output that nobody reads any more.
"""

import os
import signal
import sys
import tempfile
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

from .errors import CrashError, ForeseenError, described, is_ours
from .inert import one_line

INCOMPLETE, CRASHED, OF_A_SIGNAL = 2, 70, 128
STOPPING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class StoppedError(KeyboardInterrupt):
    """A signal that asks the program to end."""

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.number = number


class OutputError(ForeseenError):
    """Where the program should print, nothing can be written."""


def guarded(command: Callable[[], int]) -> int:
    """The exit code of a command, and at most one line on stderr about why it did not work."""
    _open_what_is_closed()
    with _stopped_by_signals():
        try:
            try:
                return command()
            finally:
                _flush()
        except KeyboardInterrupt as stopped:
            say("interrupted; what was written before is untouched")
            return OF_A_SIGNAL + getattr(stopped, "number", signal.SIGINT)
        except BrokenPipeError:
            _silence()
            return OF_A_SIGNAL + signal.SIGPIPE
        except OutputError as error:
            _silence()
            say(str(error))
            return INCOMPLETE
        except CrashError as error:
            return crashed(str(error), error.traceback)
        except Exception as error:
            if is_ours(error):
                return crashed(described(error), traceback.format_exc())
            say(str(error) if isinstance(error, ForeseenError) else described(error))
            return INCOMPLETE


def crashed(reason: str, text: str) -> int:
    """Keep the traceback of an error of the program itself in a file, and name both in a line."""
    try:
        descriptor, path = tempfile.mkstemp(prefix="nnmirror-", suffix=".traceback")
        os.close(descriptor)
        Path(path).write_text(text, encoding="utf-8", errors="backslashreplace")
        where = f"its traceback is in {path}"
    except OSError as error:
        where = f"its traceback could not be written ({error.strerror})"
    say(f"an error of the program itself: {reason}; {where}")
    return CRASHED


def say(text: str) -> None:
    """One line on stderr, red on a terminal."""
    line = one_line(f"nnmirror: {text}")
    try:
        red = sys.stderr.isatty() and "NO_COLOR" not in os.environ
        print(f"\x1b[31m{line}\x1b[0m" if red else line, file=sys.stderr, flush=True)
    except (OSError, ValueError, AttributeError):
        return  # there is no stderr; the exit code says it


@contextmanager
def _stopped_by_signals() -> Iterator[None]:
    """Let a signal end the command as an exception does, so that nothing is left behind."""

    def stop(number: int, _: FrameType | None) -> None:
        for each in STOPPING:
            signal.signal(each, signal.SIG_IGN)  # what is being cleared away is cleared to the end
        raise StoppedError(number)

    before = {}
    try:
        for number in STOPPING:
            if signal.getsignal(number) is not signal.SIG_IGN:  # as nohup leaves it
                before[number] = signal.signal(number, stop)
    except ValueError:
        before = {}  # only a main thread may; another one is not asked by signals
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


@contextmanager
def output() -> Iterator[None]:
    """Whatever prints in here says so where it cannot."""
    try:
        yield
    except BrokenPipeError:
        raise
    except OSError as error:
        raise OutputError(f"the output cannot be written: {error.strerror}") from None


def _flush() -> None:
    if sys.stdout is not None:
        with output():
            sys.stdout.flush()


def _silence() -> None:
    """Let what is still in the buffer of stdout go nowhere, or Python would complain at its end."""
    try:
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
        os.close(nowhere)
        sys.stdout.flush()
    except (OSError, ValueError, AttributeError):
        return


def _open_what_is_closed() -> None:
    """Open stdin, stdout and stderr where they are closed, or other files would take their place.

    What a text holds that the output's encoding has not is written as its code.
    """
    for descriptor in (0, 1, 2):
        try:
            os.fstat(descriptor)
        except OSError:
            os.open(os.devnull, os.O_RDWR)
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="backslashreplace")
