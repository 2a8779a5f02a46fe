"""Whose error it is: of what the program was given, or of the program itself."""

import errno
from collections.abc import Callable
from functools import wraps
from typing import Any

from .inert import storable

BLAMED = "_nnmirror_blamed_on_the_case"
# what a machine, not a program, does to the reading and writing of files
OF_THE_MACHINE = {
    *(errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EROFS, errno.EIO, errno.EBUSY, errno.ESTALE),
    *(errno.EACCES, errno.EPERM, errno.ENAMETOOLONG, errno.ELOOP, errno.EMFILE, errno.ENFILE),
    *(errno.ENOMEM, errno.EAGAIN, errno.ENXIO, errno.ENODEV),
}


class ForeseenError(Exception):
    """Something that the program was given and cannot work with; the message says what."""


class ReportError(ForeseenError):
    """A folder that is no report, or cannot become one, or a file in it that cannot be used."""


class CrashError(Exception):
    """An error of the program itself in a child process; ``traceback`` is the child's."""

    def __init__(self, reason: str, traceback: str) -> None:
        super().__init__(reason)
        self.traceback = traceback


def is_ours(error: BaseException) -> bool:
    """Whether nobody foresaw this error: neither case, nor R, nor machine are to blame."""
    if isinstance(error, ForeseenError | MemoryError) or getattr(error, BLAMED, False):
        return False
    return not (isinstance(error, OSError) and error.errno in OF_THE_MACHINE)


def blamed_on_the_case(function: Callable[..., Any]) -> Callable[..., Any]:
    """The same function; whatever it raises is marked as an error of the case that names it."""

    @wraps(function)
    def called(*args: Any, **kwargs: Any) -> Any:
        try:
            return function(*args, **kwargs)
        except BaseException as error:
            mark_as_the_cases(error)
            raise

    return called


def mark_as_the_cases(error: BaseException) -> None:
    """Remember that what a case names raised this error."""
    try:
        setattr(error, BLAMED, True)
    except Exception:
        error.__dict__[BLAMED] = True  # a class that lets nobody set anything


def described(error: BaseException) -> str:
    """An error by its type and message, also where its message cannot be had."""
    try:
        message = str(error)
    except Exception as unspeakable:
        message = f"its message raises {type(unspeakable).__name__}"
    return storable(f"{type(error).__name__}: {message}")


class CaseError(ForeseenError):
    """A case file or ledger that cannot be used; the message names file, key and reason."""
