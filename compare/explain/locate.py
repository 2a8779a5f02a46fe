"""Where R and Python part, how the difference grows from there, and what causes it."""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations
from typing import Any

import numpy as np
import pandas as pd

from ..case.case import Case
from ..case.setting import Setting
from ..numbers.measures import ulp_distance
from ..run import beside
from ..run.pool import Failure, run_all
from ..run.returned import misshapen
from ..run.runs import Result, Run, arguments, call_r, execute, python_function
from ..safety.errors import ForeseenError
from .cause import OPERATIONS, FirstDifference, cause_of

SCANNED = 2000
GROWTH = (1e-12, 1e-6, 1e-3)


class LocateError(ForeseenError):
    """A run that was needed failed."""


@dataclass(frozen=True)
class Location:
    """What `locate` found: the first difference of the native runs, its growth and its cause.

    Attributes
    ----------
    first_differences : list of FirstDifference
        The native one first, then one for each set of portable operations.
    passes : dict
        Iteration at which the trajectories' difference first passes 1e-12, 1e-6, 1e-3.
    doubling : float or None
        Iterations in which the difference doubles between the first two of these.
    cause : str
        In a sentence.
    """

    setting: Setting
    first_differences: list[FirstDifference]
    passes: dict[float, int | None]
    doubling: float | None
    cause: str

    @property
    def reported(self) -> FirstDifference:
        """The first difference that is no rounding, where there is one; else the native one."""
        return (
            self.first_differences[-1]
            if self.first_differences[-1].iteration is not None
            else self.first_differences[0]
        )

    def table(self) -> pd.DataFrame:
        """One row for each set of portable operations."""
        return pd.DataFrame(
            [
                {
                    "portable": " + ".join(p.portable) or "none (native)",
                    "iteration": "none" if p.iteration is None else str(p.iteration),
                    "of": p.scanned,
                    "quantity": p.quantity,
                    "index": ",".join(map(str, p.index)),
                    "python": "" if p.iteration is None else f"{p.python:.17g}",
                    "r": "" if p.iteration is None else f"{p.r:.17g}",
                    "python_hex": "" if p.iteration is None else p.python.hex(),
                    "r_hex": "" if p.iteration is None else p.r.hex(),
                    "ulps": p.ulps,
                }
                for p in self.first_differences
            ]
        )


def locate(setting: Setting, jobs: int, timeout: float) -> Location:
    """Find the first difference of a pair of native runs, and exchange what may cause it.

    Raises
    ------
    LocateError
        A run failed; the message is its reason.
    """
    case = setting.case
    subsets = (
        [s for n in range(4) for s in combinations(OPERATIONS, n)] if _has_portable(case) else [()]
    )
    runs = [Run(setting, language, "native") for language in ("python", "r")]
    first_differences = run_all(_first_difference, [(setting, s) for s in subsets], jobs, timeout)
    python, r = run_all(execute, runs, jobs, timeout)
    for result in [*first_differences, python, r]:
        if isinstance(result, Failure):
            result.raise_if_ours()
            raise LocateError(result.reason)
    good = [p for p in first_differences if isinstance(p, FirstDifference)]
    difference = _difference(case, python, r)
    passes = {level: _first_above(difference, level) for level in GROWTH}
    return Location(setting, good, passes, _doubling(passes), cause_of(case, good))


def _has_portable(case: Case) -> bool:
    return case.iterations is not None and "portable" in case.arithmetics


def _first_difference(task: tuple[Setting, tuple[str, ...]]) -> FirstDifference:
    """Go on side by side, one iteration at a time, as long as both have the same weights."""
    setting, portable = task
    case = setting.case
    scanned = 0
    limit = case.total_iterations if not portable else min(SCANNED, case.total_iterations)
    for python, r in _side_by_side(setting, portable):
        for quantity in case.quantities:
            shape = case.shape(quantity, 1)
            for language, result in (("python", python), ("r", r)):
                if problem := misshapen(result.get(quantity), shape):
                    raise LocateError(f"{quantity}: {language} {problem}")
            a, b = np.asarray(python[quantity]), np.asarray(r[quantity])
            different = np.flatnonzero(ulp_distance(a, b).ravel())
            if different.size:
                index = tuple(int(i) for i in np.unravel_index(different[0], a.shape))
                iteration, index = (scanned, index) if case.iterations else (index[0], index[1:])
                x, y = a.ravel()[different[0]], b.ravel()[different[0]]
                ulps = int(ulp_distance(x, y))
                return FirstDifference(
                    portable, scanned + 1, iteration, quantity, index, float(x), float(y), ulps
                )
        scanned += 1
        if scanned >= limit:
            break
    return FirstDifference(portable, scanned)


def _side_by_side(setting: Setting, portable: tuple[str, ...]) -> Iterator[tuple[Result, Result]]:
    case = setting.case
    run = Run(setting, "python", "native", 1)
    train = python_function(case.python)
    mixed = {name: "portable" if name in portable else "native" for name in OPERATIONS}
    in_python = beside.mixed_in_python(case.python_package, mixed)
    in_r = beside.mixed_in_r(case.r_package, mixed)
    weights = run.starting_weights()
    while True:
        inputs = arguments(run, weights)
        python = train(**inputs, arithmetic=in_python)
        r = call_r(case, inputs, in_r)
        yield python, r
        if case.iterations is None:
            return
        weights = {name: python[name] for name in weights}


def _difference(case: Case, python: Any, r: Any) -> Any:
    name = case.trajectories[0]
    return np.abs(np.asarray(python[name]) - np.asarray(r[name]))


def _first_above(difference: Any, level: float) -> int | None:
    above = np.flatnonzero(difference > level)
    return int(above[0]) if above.size else None


def _doubling(passes: dict[float, int | None]) -> float | None:
    low, high = GROWTH[:2]
    first, second = passes[low], passes[high]
    if first is None or second is None or second <= first:
        return None
    return (second - first) / math.log2(high / low)
