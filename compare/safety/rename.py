"""Two folders change places in one step, so that neither is missing at any moment."""

import ctypes
import errno
import os
import sys
from pathlib import Path

AT_FDCWD, RENAME_EXCHANGE, RENAME_SWAP = -100, 2, 2
NOT_OFFERED = {errno.ENOSYS, errno.EINVAL, errno.ENOTSUP, errno.EOPNOTSUPP}


def exchange(one: Path, other: Path) -> None:
    """Exchange two folders of one file system."""
    try:
        _at_once(os.fsencode(one), os.fsencode(other))
    except OSError as error:
        if error.errno not in NOT_OFFERED:
            raise
        _one_after_the_other(one, other)


def _at_once(one: bytes, other: bytes) -> None:
    library = ctypes.CDLL(None, use_errno=True)
    if sys.platform == "darwin":
        failed = library.renamex_np(one, other, ctypes.c_uint(RENAME_SWAP))
    elif hasattr(library, "renameat2"):
        failed = library.renameat2(AT_FDCWD, one, AT_FDCWD, other, ctypes.c_uint(RENAME_EXCHANGE))
    else:
        raise OSError(errno.ENOSYS, "no exchange in this C library")
    if failed:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number), os.fsdecode(other))


def _one_after_the_other(one: Path, other: Path) -> None:
    """Where the file system cannot do it at once; both are whole at any moment, under some name.

    The name in between is one that nobody deletes.
    """
    between = other.with_name(f"{other.name}-{os.getpid()}")
    other.rename(between)
    try:
        one.rename(other)
    except BaseException:
        between.rename(other)
        raise
    between.rename(one)
