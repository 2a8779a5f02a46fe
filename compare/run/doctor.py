"""What this machine computes with, what is wrong with it, and the command that mends it."""

import hashlib
import math
import os
import platform
import re
import shutil
import sys
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

import numpy as np
from threadpoolctl import threadpool_info

from . import r_session
from .environment import CHECKOUT, THREAD_VARIABLES, r_on_path
from .pool import Failure, run_here
from .r_package import required_packages

RPY2_PARTS = ("rpy2", "rpy2-rinterface", "rpy2-robjects")
SET_UP = "{set_up}"
OTHER_LIBRARY = f"{SET_UP}, and unset LD_LIBRARY_PATH where it leads to another R"
# the newest rpy2-rinterface for R below 4.5, and from there on: docs/decisions/0001-rpy2-parts.md
RINTERFACE_BELOW_4_5, RINTERFACE = "3.6.5", "3.6.7"
NOT_INSTALLED = "R's package {package} is not installed"
INSTALL = "apt-get install r-cran-{package}, or in R: install.packages('{package}', lib = .Library)"
# what tools/set-up.sh keeps of the R that rpy2 was compiled for
COMPILED_FOR = Path(sys.prefix) / ".rpy2"
# A part of a message, what it means, and what helps; the first that fits.
KNOWN_REASONS = (
    (r"\b(?P<package>[\w.]+)\W+is not available", NOT_INSTALLED, INSTALL),
    (r"no package called .(?P<package>[\w.]+)", NOT_INSTALLED, INSTALL),
    (
        r"cannot write|Permission denied|not writable|Read-only file system",
        "R's half of the project cannot be installed ({reason})",
        "make this folder writable, .r-library in it too",
    ),
    (
        r"No space left on device|cannot create .R_TempDir",
        "there is no room, or no folder for temporary files ({reason})",
        "free some room, and unset TMPDIR where that folder does not exist",
    ),
    (
        r"R CMD INSTALL",
        "R's half of the project, r_impl, cannot be installed ({reason})",
        "git status r_impl, where it was changed",
    ),
    (r"No module named '", "rpy2 is not installed ({reason})", SET_UP),
    (
        r"libR\.so|libR\.dylib|undefined symbol",
        "rpy2 does not work with this R ({parts}): {reason}",
        OTHER_LIBRARY,
    ),
    (r"still running", "R does not start ({reason})", "R --vanilla, to see what it waits for"),
)
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


def diagnose(replay: bool = False) -> Diagnosis:
    """Look at both sides; R in a child process, since a wrong rpy2 may take its process down.

    Where R's values are replayed, R is neither needed nor looked at.
    """
    facts = python_facts()
    if replay:
        return Diagnosis(facts | {"R": "not run: its values are recorded ones"}, [], [])
    if shutil.which("R") is None:
        debian = " ".join(f"r-cran-{name.lower()}" for name in required_packages())
        mend = f"apt-get install r-base-core {debian}, or put the folder of R on the PATH"
        problem = Problem("R is not installed: there is no R on the PATH", mend)
        return Diagnosis(facts, [problem], [])
    if other := other_r(COMPILED_FOR, r_on_path()):
        return Diagnosis(facts, [other], [])
    (of_r,) = run_here(r_facts, [None], jobs=1, timeout=PROBE_SECONDS)
    if isinstance(of_r, Failure):
        return Diagnosis(facts, [explain(of_r.reason)], [])
    facts |= of_r
    problems = [
        Problem(NOT_INSTALLED.format(package=name), INSTALL.format(package=name.lower()))
        for name in required_packages()
        if facts[name] == r_session.MISSING
    ]
    remarks = []
    if facts["R"] not in (now := r_on_path()):
        what = f"the R inside Python is {facts['R']}, and on the PATH is {told(now)}"
        problems.append(Problem(what, OTHER_LIBRARY.format(set_up=set_up())))
    if facts["rpy2 mode"] != "API (compiled)":
        remarks.append(
            "rpy2 fell back to its slower ABI mode: R's link libraries were missing when it was "
            f"installed; mend it with: {set_up()}"
        )
    if "/blas/" not in facts["R BLAS"]:
        remarks.append(
            "R does not use the reference BLAS: its last digits may differ from the published "
            "ones; mend it with: apt-get install libblas3"
        )
    return Diagnosis(facts, problems, remarks)


def other_r(compiled_for: Path, now: str) -> Problem | None:
    """Say where rpy2 was compiled for another R than `r_on_path` tells of."""
    if not compiled_for.is_file() or (then := compiled_for.read_text().strip()) == now:
        return None
    return Problem(
        f"rpy2 was compiled for {told(then)}, and on the PATH is {told(now)}",
        f"{set_up()}, which compiles it for that R, or put the other first on the PATH",
    )


def told(r: str) -> str:
    """What `r_on_path` tells of an R, in one line."""
    return " in ".join(reversed(r.split("\n")))


def explain(reason: str) -> Problem:
    """The sentence for a probe of R that failed."""
    parts = ", ".join(f"{name} {_version(name)}" for name in RPY2_PARTS)
    text = " ".join(reason.split())
    for pattern, what, mend in KNOWN_REASONS:
        if known := re.search(pattern, text):
            named = known.groupdict() | {"reason": text, "parts": parts, "set_up": set_up()}
            return Problem(what.format(**named), mend.format(**named))
    begin_anew = "make clean setup" if CHECKOUT else set_up()
    return Problem(f"rpy2 does not work with this R ({parts}): {text}", begin_anew)


def set_up() -> str:
    """The command that installs what binds Python to the R on the PATH."""
    if CHECKOUT:
        return "make setup"
    found = re.search(r"R version (\d+)\.(\d+)", r_on_path())
    is_below = found is not None and (int(found[1]), int(found[2])) < (4, 5)
    version_needed = RINTERFACE_BELOW_4_5 if is_below else RINTERFACE
    return (
        "pip install --force-reinstall --no-deps --no-cache-dir --no-binary rpy2-rinterface "
        f"rpy2-rinterface=={version_needed}"
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
        "libm": _libm(),
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
    info = np.lib.introspect.opt_func_info("^exp$", "float64")  # not everywhere is there a choice
    target = info.get("exp", {}).get("dd", {}).get("current", "the only one")
    return f"{target}; differs from libm's in {share:.1%} of values"


def _libm_fingerprint() -> str:
    """Which exp the C library chose for this processor: equal fingerprints, equal bits."""
    values = np.array([math.exp(x / 997) for x in range(-20_000, 20_000)])
    return hashlib.sha256(values.tobytes()).hexdigest()[:8]


def _libm() -> str:
    name = "CS_GNU_LIBC_VERSION"
    known = name in getattr(os, "confstr_names", {})
    return (os.confstr(name) if known else None) or platform.platform(terse=True)


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


def r_facts(_: None) -> dict[str, str]:
    """Versions and BLAS on R's side; in a child process."""
    return r_session.facts()
