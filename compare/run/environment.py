"""What must be set before NumPy or R loads, and what this machine offers."""

import os
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parents[1]
PACKAGE = __name__.split(".")[0]
CHECKOUT = PACKAGE == "compare"  # and not installed, as nnmirror
COMMAND = "python -m compare" if CHECKOUT else "nnmirror"
ROOT = HERE.parent if CHECKOUT else HERE  # where r_impl, python_impl and the like are
THREAD_VARIABLES = (
    "OPENBLAS_NUM_THREADS",
    "GOTO_NUM_THREADS",
    "OMP_NUM_THREADS",
    "MKL_NUM_THREADS",
    "BLIS_NUM_THREADS",
    "VECLIB_MAXIMUM_THREADS",
)
# For R: the folder of a BLAS below /usr/lib/*/ (default: blas, the reference), and how R
# multiplies matrices (its option matprod).
R_BLAS, R_MATPROD = "NNMIRROR_R_BLAS", "NNMIRROR_R_MATPROD"
# R reads no profile and no environment file where these are empty; ~/.Rprofile may stop, or change
# how R multiplies. No library but R's own and the site's: NULL is the name for that.
R_WITHOUT_PROFILES = {
    "R_PROFILE": "",
    "R_PROFILE_USER": "",
    "R_ENVIRON": "",
    "R_ENVIRON_USER": "",
    "R_LIBS_USER": "NULL",
}
# What else tells R, or rpy2, where things are and how to start.
R_PREFIXES = ("R_", "_R_", "RPY2_")
# How R is started inside Python. --vanilla is also: no workspace read, none written.
R_OPTIONS = ("rpy2", "--quiet", "--vanilla")


def pin() -> None:
    """One BLAS thread on both sides, the reference BLAS for R where Debian has several, a plain R.

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
    for variable in [name for name in os.environ if name.startswith(R_PREFIXES)]:
        del os.environ[variable]
    os.environ.update(R_WITHOUT_PROFILES)
    os.environ["LANGUAGE"] = "en"  # R's messages are read: compare/run/doctor.py
    own_packages_first()


def own_packages_first() -> None:
    """Look into the folders of PYTHONPATH last: this Python's own packages are those compared."""
    folders = {
        os.path.realpath(folder)
        for folder in os.environ.get("PYTHONPATH", "").split(os.pathsep)
        if folder
    } - {os.path.realpath(ROOT)}
    late = [entry for entry in sys.path if os.path.realpath(entry or ".") in folders]
    sys.path[:] = [entry for entry in sys.path if entry not in late] + late


def importable(module: str) -> str:
    """A module of this project, by the name that it has in a checkout, as it is imported here."""
    return module if CHECKOUT else f"{PACKAGE}.{module}"


def writable() -> Path:
    """The folder for what is made once for this machine."""
    if CHECKOUT:
        return ROOT
    from platformdirs import user_cache_path  # a Python without it is told so in one line

    return user_cache_path("nnmirror")


def cores() -> int:
    """How many processes can run at once; not every system can say which cores are allowed."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def r_of_its_own() -> dict[str, str]:
    """The environment of an R beside this process.

    Inside a process in which R runs, R has set variables of its own, which would lead another R
    astray.
    """
    plain = {k: v for k, v in os.environ.items() if not k.startswith(R_PREFIXES)}
    return plain | R_WITHOUT_PROFILES


def r_on_path() -> str:
    """Where R on the PATH is, and its version, in a line each; empty where there is none.

    The same text as `tools/set-up.sh` keeps of the R that rpy2 was compiled for.
    """
    told = []
    for question in (["R", "RHOME"], ["R", "--version"]):
        try:
            done = subprocess.run(
                question, env=r_of_its_own(), capture_output=True, text=True, check=True
            )
        except (OSError, subprocess.CalledProcessError):
            return ""
        told.append(done.stdout.split("\n")[0])
    return "\n".join(told)
