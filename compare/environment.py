"""What must be set before NumPy or R loads."""

import os
from pathlib import Path

THREAD_VARIABLES = ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS")
# For R: the folder of a BLAS below /usr/lib/*/ (default: blas, the reference), and how R
# multiplies matrices (its option matprod).
R_BLAS, R_MATPROD = "NNMIRROR_R_BLAS", "NNMIRROR_R_MATPROD"


def pin() -> None:
    """One BLAS thread on both sides, and the reference BLAS for R where Debian has several.

    The loader reads LD_LIBRARY_PATH when a process starts, so this reaches the child processes
    in which R runs, not this one. NumPy carries a BLAS of its own and does not notice.
    """
    for variable in THREAD_VARIABLES:
        os.environ[variable] = "1"
    chosen = os.environ.get(R_BLAS, "blas")
    folders = [str(path.parent) for path in Path("/usr/lib").glob(f"*/{chosen}/libblas.so.3")]
    others = [p for p in os.environ.get("LD_LIBRARY_PATH", "").split(":") if p not in folders]
    if folders:
        os.environ["LD_LIBRARY_PATH"] = ":".join(p for p in [*folders, *others] if p)
