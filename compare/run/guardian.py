"""A process around each worker: whatever a worker starts, ends with it.

R and a case's functions may start processes of their own, which outlive a worker that is killed.
So the process that is spawned does no work: it forks the worker before anything is loaded, adopts
(on Linux) each descendant whose parent ends, and waits. When the worker ends, or when the program
ends in whatever way, it ends all that is left, and takes the worker's temporary folder with it.
"""

import ctypes
import os
import resource
import shutil
import signal
import sys
import tempfile
import time
from multiprocessing.connection import Connection
from pathlib import Path
from threading import Thread

PR_SET_PDEATHSIG, PR_SET_CHILD_SUBREAPER = 1, 36
PATIENCE = 5.0  # seconds for processes that were killed to be gone


def stand_guard(lifeline: "Connection[None, None]") -> None:
    """Return in a new process, which is to work; stay behind in this one to guard it.

    Parameters
    ----------
    lifeline : Connection
        Reading end of a pipe whose other end only the program holds: it ends with the program.
    """
    os.setsid()  # an interrupt at the terminal is the program's to decide about
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _close_on_exec()
    if sys.platform == "linux":
        _prctl(PR_SET_CHILD_SUBREAPER, 1)
    scratch = _temporary_folder()
    guardian = os.getpid()
    worker = os.fork()
    if worker == 0:
        _become_the_worker(lifeline, guardian, scratch)
        return
    signal.signal(signal.SIGTERM, lambda *_: os.kill(worker, signal.SIGKILL))
    Thread(target=_end_with_the_program, args=(lifeline, worker), daemon=True).start()
    status = _wait(worker)
    _end_family(worker)
    if scratch:
        shutil.rmtree(scratch, ignore_errors=True)
    _end_like(status)


def _become_the_worker(
    lifeline: "Connection[None, None]", guardian: int, scratch: str | None
) -> None:
    os.setsid()
    lifeline.close()
    if sys.platform == "linux":
        _prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
        if os.getppid() != guardian:
            os._exit(1)  # it ended before that took effect
    if scratch:
        os.environ["TMPDIR"] = tempfile.tempdir = scratch


def _temporary_folder() -> str | None:
    try:
        return tempfile.mkdtemp(prefix="nnmirror-")
    except OSError:
        return None  # R says so when it needs one


def _close_on_exec() -> None:
    """Let no program that R starts hold a pipe open by which the program sees an end."""
    for descriptor in range(3, 256):
        try:
            os.set_inheritable(descriptor, False)
        except OSError:
            continue  # not open


def _prctl(option: int, value: int) -> None:
    ctypes.CDLL(None).prctl(option, ctypes.c_ulong(value), 0, 0, 0)


def _end_with_the_program(lifeline: "Connection[None, None]", worker: int) -> None:
    try:
        lifeline.recv_bytes()
    except (EOFError, OSError):
        os.kill(worker, signal.SIGKILL)


def _wait(worker: int) -> int:
    while True:
        ended, status = os.waitpid(-1, 0)  # an adopted one, too
        if ended == worker:
            return status


def _end_family(worker: int) -> None:
    """Kill what the worker left, until nothing is left or it cannot be killed."""
    if not Path("/proc/self/stat").exists():
        try:
            os.killpg(worker, signal.SIGKILL)
        except (ProcessLookupError, PermissionError):
            return
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        try:
            ended, _ = os.waitpid(-1, os.WNOHANG)
        except ChildProcessError:
            return
        if ended:
            continue
        for pid in _descendants(os.getpid()):
            try:
                os.kill(pid, signal.SIGKILL)
            except (ProcessLookupError, PermissionError):
                continue
        time.sleep(0.002)


def _descendants(ancestor: int) -> list[int]:
    """All processes below one, as ``/proc`` has them; none where there is no such folder."""
    children: dict[int, list[int]] = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            text = stat.read_text(errors="replace")
        except OSError:
            continue  # it has ended since
        parent = int(text.rpartition(")")[2].split()[1])
        children.setdefault(parent, []).append(int(stat.parent.name))
    descendants, todo = list[int](), [ancestor]
    while todo:
        below = children.get(todo.pop(), [])
        descendants += below
        todo += below
    return descendants


def _end_like(status: int) -> None:
    """End as the worker did, so that the program sees its status or signal."""
    code = os.waitstatus_to_exitcode(status)
    if code < 0:
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))  # the worker's core is the one of use
        if -code not in (signal.SIGKILL, signal.SIGSTOP):
            signal.signal(-code, signal.SIG_DFL)
        os.kill(os.getpid(), -code)
    os._exit(code if code >= 0 else 1)
