"""What must be set before NumPy or R loads."""

import os
from pathlib import Path

THREAD_VARIABLES = ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS")


def pin() -> None:
    """One BLAS thread on both sides, and the reference BLAS for R where Debian has several.

    The loader reads LD_LIBRARY_PATH when a process starts, so this reaches the child processes
    in which R runs, not this one. NumPy carries a BLAS of its own and does not notice.
    """
    for variable in THREAD_VARIABLES:
        os.environ[variable] = "1"
    folders = [str(path.parent) for path in Path("/usr/lib").glob("*/blas/libblas.so.3")]
    others = [p for p in os.environ.get("LD_LIBRARY_PATH", "").split(":") if p not in folders]
    if folders:
        os.environ["LD_LIBRARY_PATH"] = ":".join(p for p in [*folders, *others] if p)
