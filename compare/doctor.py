"""What this machine computes with, what is wrong with it, and the command that mends it."""

import hashlib
import math
import os
import platform
import re
import shutil
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

import numpy as np
from threadpoolctl import threadpool_info

from compare import r_session
from compare.environment import THREAD_VARIABLES
from compare.pool import Failure, run_all

RPY2_PARTS = ("rpy2", "rpy2-rinterface", "rpy2-robjects")
REINSTALL = "make clean setup"
CPU_FLAGS = ("sse4_2", "avx2", "fma", "avx512f")
PROBE_SECONDS = 120


@dataclass(frozen=True)
class Problem:
    """Something without which R and Python cannot be compared here."""

    what: str
    mend: str

    def __str__(self) -> str:
        return f"{self.what}; mend it with: {self.mend}"


@dataclass(frozen=True)
class Diagnosis:
    """Facts of both sides by name, problems that prevent a comparison, and remarks."""

    facts: dict[str, str]
    problems: list[Problem]
    remarks: list[str]


def diagnose() -> Diagnosis:
    """Look at both sides; R in a child process, since a wrong rpy2 may take its process down."""
    facts = python_facts()
    if shutil.which("R") is None:
        problem = Problem(
            "R is not installed: there is no R on the PATH",
            "apt-get install r-base-core r-cran-nnet",
        )
        return Diagnosis(facts, [problem], [])
    (r_facts,) = run_all(_r_facts, [None], jobs=1, timeout=PROBE_SECONDS)
    if isinstance(r_facts, Failure):
        return Diagnosis(facts, [explain(r_facts.reason)], [])
    facts |= r_facts
    problems, remarks = [], []
    if facts["nnet"] == "missing":
        problems.append(Problem("R's package nnet is not installed", "apt-get install r-cran-nnet"))
    if facts["rpy2 mode"] != "API (compiled)":
        remarks.append(
            "rpy2 fell back to its slower ABI mode: R's link libraries were missing when it was "
            f"installed; mend it with: {REINSTALL}"
        )
    if "/blas/" not in facts["R BLAS"]:
        remarks.append(
            "R does not use the reference BLAS: its last digits may differ from the published "
            "ones; mend it with: apt-get install libblas3"
        )
    return Diagnosis(facts, problems, remarks)


def explain(reason: str) -> Problem:
    """The sentence for a probe of R that failed."""
    parts = ", ".join(f"{name} {_version(name)}" for name in RPY2_PARTS)
    if re.search(r"\bnnet\W+is not available", reason):
        return Problem("R's package nnet is not installed", "apt-get install r-cran-nnet")
    if "R CMD INSTALL" in reason:
        return Problem(" ".join(reason.split()), "mend r_impl")
    if "No module named 'rpy2" in reason:
        return Problem(f"rpy2 is not installed ({reason})", REINSTALL)
    return Problem(
        f"rpy2 does not work with this R ({parts}): {' '.join(reason.split())}", REINSTALL
    )


def python_facts() -> dict[str, str]:
    """Versions, BLAS and the path that exp takes, on the Python side."""
    blas = [lib for lib in threadpool_info() if lib["user_api"] == "blas"]
    return {
        "Python": platform.python_version(),
        **{name: _version(name) for name in ("numpy", "scipy", "pandas", *RPY2_PARTS)},
        "NumPy BLAS": ", ".join(_blas(lib) for lib in blas) or "none found",
        "BLAS threads": ", ".join(f"{name}={os.environ[name]}" for name in THREAD_VARIABLES),
        "NumPy exp": _exp_path(),
        "libm exp": _libm_fingerprint(),
        "libm": os.confstr("CS_GNU_LIBC_VERSION") or "unknown",
        "CPU": ", ".join(_cpu_flags()) or platform.machine(),
    }


def _blas(lib: dict[str, Any]) -> str:
    return f"{lib['internal_api']} {lib['version']} {lib.get('architecture', '')}, " + (
        f"{lib['num_threads']} thread" + ("s" if lib["num_threads"] > 1 else "")
    )


def _exp_path() -> str:
    x = np.linspace(-5, 5, 10_000)
    libm = np.array([math.exp(v) for v in x])
    share = float(np.mean(np.exp(x) != libm))
    target = np.lib.introspect.opt_func_info("^exp$", "float64")["exp"]["dd"]["current"]
    return f"{target}; differs from libm's in {share:.1%} of values"


def _libm_fingerprint() -> str:
    """Which exp the C library chose for this processor: equal fingerprints, equal bits."""
    values = np.array([math.exp(x / 997) for x in range(-20_000, 20_000)])
    return hashlib.sha256(values.tobytes()).hexdigest()[:8]


def _cpu_flags() -> list[str]:
    try:
        present = set(Path("/proc/cpuinfo").read_text().split())
    except OSError:
        return []
    return [flag for flag in CPU_FLAGS if flag in present]


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "missing"


def _r_facts(_: None) -> dict[str, str]:
    return r_session.facts()
