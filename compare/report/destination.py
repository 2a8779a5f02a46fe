"""The folder that a report replaces: only an empty one, or one that the program wrote.

A report is written into a folder beside it, which then takes its place in one step. So whenever
the program is stopped, either the old report or the new one stands there, whole.
"""

import fcntl
import os
import shutil
import stat
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ..safety.errors import ReportError
from ..safety.inert import one_line
from ..safety.rename import exchange
from .files import MARKER, MARKER_TEXT, bears_the_marker, delete, foreign

STAGING = ".nnmirror-"
ROOM = 32 * 2**20  # bytes; a report of all cases has 11 MB, and may stand beside an old one
MOUNTS = Path("/proc/self/mountinfo")


def check_destination(folder: Path) -> Path:
    """Refuse, before anything runs, a place where a report cannot stand or would destroy something.

    A link is followed: the folder that it leads to is checked, and replaced, and the link stays.

    Returns
    -------
    Path
        The folder itself, without links.

    Raises
    ------
    ReportError
        Names the folder and the reason.
    """
    try:
        real = Path(os.path.realpath(folder))
        with _only_one_at_a_time(real.parent):
            if problem := _objection(real) or _unwritable(real):
                raise ReportError(f"{folder} {problem}")
            _clear_leftovers(real.parent)
    except (OSError, ValueError) as error:
        raise ReportError(f"{folder}: {_reason(error)}") from None
    return real


def _objection(real: Path) -> str:
    """Why what is at a path must stay as it is; empty where it may be replaced."""
    try:
        mode = real.lstat().st_mode
    except FileNotFoundError:
        return ""
    except NotADirectoryError:
        return "lies below a file"
    if stat.S_ISLNK(mode):
        return "is a link that leads in a circle"
    if not stat.S_ISDIR(mode):
        return "is a file, not a folder"
    if _is_mounted(real):
        return "is a mount point, which cannot be replaced; name a folder below it"
    if not any(real.iterdir()):
        return ""
    strange = foreign(real)
    if not bears_the_marker(real):
        what = strange or next(real.iterdir()).name
        return f"is not a report of this program: it holds {one_line(what)}, and no {MARKER}"
    return f"holds {one_line(strange)}, which this program did not write" if strange else ""


def _is_mounted(real: Path) -> bool:
    """Whether something is mounted there, or below; a bind mount is seen in ``/proc`` only."""
    if os.path.ismount(real):
        return True
    try:
        lines = MOUNTS.read_text(errors="surrogateescape").splitlines()
    except OSError:
        return False
    points = [Path(os.fsdecode(_unescaped(line.split()[4]))) for line in lines]
    return any(point.is_relative_to(real) for point in points)


def _unescaped(octal: str) -> bytes:
    raw = os.fsencode(octal)
    for character in (b" ", b"\t", b"\n", b"\\"):
        raw = raw.replace(b"\\%03o" % ord(character), character)
    return raw


def _unwritable(real: Path) -> str:
    """Why no report could be put there; empty where one can."""
    parent = real.parent
    if not parent.is_dir():
        return f"cannot be made: {parent} is not a folder"
    if real.exists() and not os.access(real, os.R_OK | os.W_OK | os.X_OK):
        return "cannot be replaced: there is no permission to change it"
    sticky = parent.stat().st_mode & stat.S_ISVTX
    if real.exists() and sticky:
        owners = (0, real.stat().st_uid, parent.stat().st_uid)
        if os.geteuid() not in owners:
            return f"cannot be replaced: it is somebody else's in {parent}"
    Path(tempfile.mkdtemp(prefix=STAGING, dir=parent)).rmdir()
    free = shutil.disk_usage(parent).free
    if free < ROOM:
        return f"cannot be written: {free / 2**20:.1f} MB are free, a report needs {ROOM >> 20}"
    return ""


@contextmanager
def staged(real: Path) -> Iterator[Path]:
    """A folder to write a report into, beside the one that it is to replace; deleted in the end."""
    with _only_one_at_a_time(real.parent):
        _clear_leftovers(real.parent)
        fresh = Path(tempfile.mkdtemp(prefix=STAGING, dir=real.parent))
        (fresh / MARKER).write_text(MARKER_TEXT, encoding="utf-8")
        in_use = os.open(fresh / MARKER, os.O_RDONLY)
        fcntl.flock(in_use, fcntl.LOCK_EX)
    try:
        yield fresh
    finally:
        try:
            _delete_if_there(fresh)
        except BaseException:  # stopped by a signal while deleting
            _delete_if_there(fresh)
            raise
        finally:
            os.close(in_use)


def _delete_if_there(folder: Path) -> None:
    if folder.is_dir():
        delete(folder)


def put_in_place(fresh: Path, real: Path) -> None:
    """Let a whole report take its place in one step; what it replaces is then deleted.

    Raises
    ------
    ReportError
        Something that the program did not write has come there since it was checked. It stays,
        and the report stands beside it.
    """
    fresh.chmod(0o755)
    with _only_one_at_a_time(real.parent):
        try:
            fresh.rename(real)  # nothing is there, or an empty folder
            return
        except OSError:
            problem = _objection(real)
        if not problem:
            exchange(fresh, real)
            problem = _objection(fresh)  # came there between the two
            if not problem:
                _delete_replaced(fresh, real)
                return
            exchange(fresh, real)
        beside = _free_name(real)
        fresh.rename(beside)
    raise ReportError(f"{real} {problem}; it stays, and the new report is {beside}")


def _delete_replaced(old: Path, real: Path) -> None:
    if delete(old) or not foreign(old):
        return  # what could not be deleted now, the next run clears away
    beside = _free_name(real)
    old.rename(beside)
    raise ReportError(
        f"{real} is the new report; {beside} keeps what was put into the old one meanwhile"
    )


def _free_name(real: Path) -> Path:
    n = 1
    while (beside := real.with_name(f"{real.name}-{n}")) and os.path.lexists(beside):
        n += 1
    return beside


@contextmanager
def _only_one_at_a_time(parent: Path) -> Iterator[None]:
    """Let no other run exchange or clear away folders here at the same time."""
    descriptor = None
    try:
        descriptor = os.open(parent, os.O_RDONLY)
        fcntl.flock(descriptor, fcntl.LOCK_EX)
    except OSError:
        pass  # a file system without locks: each step is whole without them, too
    try:
        yield
    finally:
        if descriptor is not None:
            os.close(descriptor)


def _clear_leftovers(parent: Path) -> None:
    """Delete what runs that were killed have left here; not what a run is writing."""
    for leftover in parent.glob(f"{STAGING}*"):
        if leftover.is_symlink() or not leftover.is_dir() or not os.access(leftover, os.W_OK):
            continue
        if not _is_in_use(leftover):
            delete(leftover)


def _is_in_use(folder: Path) -> bool:
    try:
        descriptor = os.open(folder / MARKER, os.O_RDONLY | os.O_NOFOLLOW)
    except FileNotFoundError:
        return False
    except OSError:
        return True
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return True
    finally:
        os.close(descriptor)
    return False


def _reason(error: Exception) -> str:
    return getattr(error, "strerror", None) or str(error)
