"""Compiles loops.c, once for each version of it, and loads it."""

import ctypes
import hashlib
import os
import shlex
import subprocess
import tempfile
from functools import cache
from pathlib import Path

from compare.run.environment import writable
from compare.safety.errors import ForeseenError

SOURCE = Path(__file__).with_name("loops.c")
# No contraction to fused operations, which round once where two operations round twice. Not to trap
# lets comparisons become selections, and changes no value.
STRICT = (
    "-O3",
    "-std=gnu11",
    "-ffp-contract=off",
    "-fno-trapping-math",
    "-fno-math-errno",
)
MOST_LANES = 8  # networks side by side: as many doubles as the widest registers hold


class CompileError(ForeseenError):
    """No compiler, or it could not compile."""


@cache
def loops(*flags: str) -> ctypes.CDLL:
    """The compiled loops; compiled now where they are not yet.

    Parameters
    ----------
    flags
        Further ones, for a processor or without optimisation.

    Raises
    ------
    CompileError
        There is no C compiler, or it failed; the message says what to do.
    """
    compiler = shlex.split(os.environ.get("CC", "cc"))
    command = [*compiler, *STRICT, f"-DMOST_LANES={MOST_LANES}", *flags]
    made_from = SOURCE.read_bytes() + "\0".join(command).encode()
    library = writable() / ".compiled" / f"{hashlib.sha256(made_from).hexdigest()[:16]}.so"
    if not library.exists():
        _compile(command, library)
    return ctypes.CDLL(str(library))


def _compile(command: list[str], library: Path) -> None:
    try:
        library.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=library.parent) as folder:
            made = Path(folder) / library.name
            done = subprocess.run(
                [*command, "-shared", "-fPIC", "-o", str(made), str(SOURCE), "-lm"],
                capture_output=True,
                text=True,
                check=False,
            )
            if done.returncode != 0:
                raise CompileError(f"{command[0]} cannot compile {SOURCE.name}: {done.stderr}")
            made.replace(library)  # two processes may compile at once
    except FileNotFoundError:
        raise CompileError(
            f"there is no C compiler called {command[0]}: install gcc, or set CC"
        ) from None
    except OSError as error:
        raise CompileError(f"cannot write {library.parent.name}: {error.strerror}") from None
