"""The same cases in every arithmetic environment that this machine can offer."""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from .. import HERE
from ..numbers.digits import lre_of_proved
from ..run.environment import PACKAGE

KERNELS = ("Nehalem", "Sandybridge", "Haswell", "Zen", "SkylakeX", "Cooperlake")
DEFAULT = "default"


@dataclass(frozen=True)
class Environment:
    """Variables for a process of its own, and the fact by which it proves that they took effect.

    Attributes
    ----------
    proof : dict
        What facts must hold: text that the fact contains, or None where it must merely differ
        from the default environment's.
    """

    name: str
    variables: dict[str, str] = field(default_factory=dict)
    proof: dict[str, str | None] = field(default_factory=dict)

    def __add__(self, other: "Environment") -> "Environment":
        return Environment(
            f"{self.name}, {other.name}",
            self.variables | other.variables,
            self.proof | other.proof,
        )


@dataclass(frozen=True)
class Profile:
    """What `verify` found in an environment, or why the environment is not applicable."""

    environment: Environment
    not_applicable: str
    results: dict[str, Any]
    published: pd.DataFrame


def environments() -> list[Environment]:
    """All that may be worth trying; which take effect is seen when they run."""
    kernels = [
        Environment(f"OpenBLAS {k}", {"OPENBLAS_CORETYPE": k}, {"NumPy BLAS": f" {k}"})
        for k in KERNELS
    ]
    scalar = Environment(
        "NumPy exp from libm",
        {"NPY_DISABLE_CPU_FEATURES": " ".join(_exp_targets())},
        {"NumPy exp": "0.0% of values"},
    )
    no_fma = Environment(
        "glibc without FMA",
        {"GLIBC_TUNABLES": "glibc.cpu.hwcaps=-AVX2,-FMA,-FMA4"},
        {"libm exp": None},
    )
    internal = Environment(
        "R matprod internal", {"NNMIRROR_R_MATPROD": "internal"}, {"R matprod": "internal"}
    )
    openblas = Environment(
        "R with OpenBLAS", {"NNMIRROR_R_BLAS": "openblas-pthread"}, {"R BLAS": "openblas"}
    )
    haswell = kernels[KERNELS.index("Haswell")]
    return [
        Environment(DEFAULT),
        *kernels,
        scalar,
        haswell + scalar,
        no_fma,
        no_fma + scalar,
        internal,
        openblas,
        openblas + haswell + scalar,
    ]


def _exp_targets() -> list[str]:
    """The ways in which NumPy may compute exp with this processor, without its baseline."""
    info = np.lib.introspect.opt_func_info("^exp$", "float64")
    available = info.get("exp", {}).get("dd", {}).get("available", "")
    return [target for target in available.split() if not target.startswith("baseline")]


def no_effect(chosen: list[Environment]) -> dict[str, str]:
    """By name: why an environment does not take effect on this machine; empty where it does."""
    default = _facts(Environment(DEFAULT))
    return {e.name: _no_effect(e, _facts(e), default) for e in chosen}


def run_profiles(
    cases: list[str],
    jobs: int,
    progress: Callable[[str, int], Callable[[], None]] = lambda title, total: lambda: None,
) -> list[Profile]:
    """Verify the cases in each environment, one after the other."""
    profiles: list[Profile] = []
    on_done = progress("environments", len(environments()))
    for environment in environments():
        default = profiles[0].results["provenance"] if profiles else {}
        profiles.append(_run(environment, cases, jobs, default))
        on_done()
    return profiles


def _run(environment: Environment, cases: list[str], jobs: int, default: dict[str, str]) -> Profile:
    if reason := _no_effect(environment, _facts(environment), default):
        return Profile(environment, reason, {}, pd.DataFrame())
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report"
        command = ["verify", *cases, "--out", str(report), "--jobs", str(jobs)]
        done = _python(["-m", PACKAGE, *command], environment)
        if not (report / "results.json").exists():
            reason = (done.stderr or done.stdout).strip().split("\n")[-1]
            return Profile(environment, f"did not run: {reason}", {}, pd.DataFrame())
        results = json.loads((report / "results.json").read_text())
        published = pd.read_csv(
            report / "published.csv",
            dtype={"printed": str, "proved": str, "index": str},
            keep_default_na=False,
        )
    return Profile(
        environment, _no_effect(environment, results["provenance"], default), results, published
    )


def _facts(environment: Environment) -> dict[str, str]:
    """What a process in the environment says of itself."""
    told = "print(json.dumps(diagnose().facts))"
    code = f"import json; from {PACKAGE}.run.doctor import diagnose; {told}"
    done = _python(["-c", f"if __name__ == '__main__': {code}"], environment)
    facts: dict[str, str] = json.loads(done.stdout or "{}")
    return facts


def _python(arguments: list[str], environment: Environment) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=HERE.parent,
        env=os.environ | environment.variables,
        capture_output=True,
        text=True,
        check=False,
    )


def _no_effect(environment: Environment, facts: dict[str, str], default: dict[str, str]) -> str:
    """Which fact shows that the environment did not take effect; empty where it did."""
    for name, wanted in environment.proof.items():
        fact = facts.get(name, "unknown")
        if fact == default.get(name) if wanted is None else wanted not in fact:
            return f"no effect: {name} is {fact}"
    return ""


def profile_table(profiles: list[Profile]) -> pd.DataFrame:
    """One row for each environment: what the printed numbers and the pairs came to."""
    return pd.DataFrame([_profile_row(p) for p in profiles])


def _profile_row(profile: Profile) -> dict[str, Any]:
    row: dict[str, Any] = {
        "environment": profile.environment.name,
        "not applicable": profile.not_applicable,
    }
    if profile.not_applicable:
        return row
    printed = profile.results["printed_checks"]
    pairs = profile.results["pairs"]
    native, portable = pairs["native"], pairs.get("portable", {})
    return row | {
        "reproduced": printed["reproduced"],
        "within rounding": printed["within rounding"],
        "undetermined": printed["undetermined"],
        "mismatch": printed["mismatch"],
        "identical": native["identical"],
        "agree": native["agree"],
        "undetermined pairs": native["undetermined"],
        "disagree": native["disagree"] + portable.get("disagree", 0),
        "portable identical": portable.get("identical", 0),
        "worst ratio": profile.results["worst"]["ratio"],
        "exit code": profile.results["exit_code"],
    }


def differing_numbers(profiles: list[Profile]) -> pd.DataFrame:
    """The printed numbers that not every environment reproduces, in each environment."""
    tables = []
    for profile in profiles:
        if not profile.not_applicable:
            tables.append(profile.published.assign(environment=profile.environment.name))
    everything = pd.concat(tables, ignore_index=True)
    keys = ["case", "variant", "language", "start", "quantity", "index", "printed"]
    differs = everything.groupby(keys)["verdict"].transform(lambda v: (v != "reproduced").any())
    rows = everything[differs].reset_index(drop=True)
    proved = [(text or "nan", "0") for text in rows["proved"]]
    known = np.array([text != "" for text in rows["proved"]], dtype=bool)
    digits = np.full(len(rows), np.nan)
    values = rows["recomputed"].to_numpy(float)
    digits[known] = lre_of_proved(
        values[known], [p for p, k in zip(proved, known, strict=True) if k]
    )
    return pd.DataFrame(
        {
            **{key: rows[key] for key in keys},
            "environment": rows["environment"],
            "value": values,
            "lre_proved": digits,
            "verdict": rows["verdict"],
        }
    ).sort_values(keys, kind="stable", ignore_index=True)
