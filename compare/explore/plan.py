"""Which networks of one case a sweep trains: every seed at every combination of settings.

They stand in a fixed order, cut into parts. A part is a task of its own, so that a sweep can be
stopped and go on; its rows do not depend on how many processes run it.
"""

import inspect
import re
from dataclasses import asdict, dataclass
from importlib import import_module
from itertools import product
from typing import Any

import numpy as np

from ..case.case import Case
from ..case.schema import MOST_SEED
from ..run.environment import importable
from ..run.runs import python_function
from ..safety.errors import CaseError
from ..safety.inert import one_line

MOST_NETWORKS = 10_000_000
MOST_AT_ONCE, MOST_DOUBLES = 256, 4_000_000  # of a part: networks, and errors in memory


@dataclass(frozen=True)
class Plan:
    """What is asked for.

    Attributes
    ----------
    values : dict
        By the name of each setting, in this order, what it is set to.
    below : float
        A network has learned where its last error is smaller.
    """

    case: Case
    start: str
    seeds: tuple[int, ...]
    values: dict[str, tuple[float, ...]]
    iterations: int
    below: float

    def parts(self) -> list["Part"]:
        """Its networks in parts, in each of which all have the same shapes."""
        shaped = [name for name in self.values if name in sizes_of(self.case)]
        others = [name for name in self.values if name not in shaped]
        parts = []
        for sizes in product(*(self.values[name] for name in shaped)):
            networks = list(product(*(self.values[name] for name in others), self.seeds))
            at_once = max(1, min(MOST_AT_ONCE, MOST_DOUBLES // self.iterations))
            for i in range(0, len(networks), at_once):
                chosen = networks[i : i + at_once]
                settings = [dict(zip(others, network, strict=False)) for network in chosen]
                seeds = [int(network[-1]) for network in chosen]
                parts.append(Part(self, dict(zip(shaped, sizes, strict=True)), settings, seeds))
        return parts

    def identity(self) -> dict[str, Any]:
        """Equal for two plans with the same networks, cut in the same way."""
        plain = {name: value for name, value in asdict(self).items() if name != "case"}
        at_once = {"most_at_once": MOST_AT_ONCE, "most_doubles": MOST_DOUBLES}
        return {"case": self.case.model_dump(mode="json"), **plain, **at_once}


@dataclass(frozen=True)
class Part:
    """Some networks of a plan: the extents of their weights, and each one's settings and seed."""

    plan: Plan
    sizes: dict[str, float]
    settings: list[dict[str, float]]
    seeds: list[int]


def plan(
    case: Case,
    start: str | None,
    seeds: str,
    given: list[str],
    iterations: int | None,
    below: float,
) -> Plan:
    """A plan as a command line asks for it.

    Parameters
    ----------
    seeds : str
        Such as ``1:100`` or ``1,5,7``.
    given : list of str
        Each ``name=values``, values as seeds are.

    Raises
    ------
    CaseError
        The case is not compiled, or something of it cannot be understood; says which and why.
    """
    name = one_line(case.name)
    if case.compiled is None:
        raise CaseError(f"{name}: only a case with a compiled function can be swept")
    start = start or next(iter(case.starts))
    if start not in case.starts:
        raise CaseError(f"--start {one_line(start)}: {name} has {', '.join(case.starts)}")
    wanted = _numbers("--seeds", seeds)
    if any(not 0 <= seed <= MOST_SEED or seed != int(seed) for seed in wanted):
        raise CaseError(f"--seeds {one_line(seeds)}: seeds are whole numbers from 0 to {MOST_SEED}")
    if not below > 0:
        raise CaseError(f"--below {below:g}: has to be above 0")
    sizes, known = sizes_of(case), [*_settings_of(case), *sizes_of(case)]
    values = {}
    for text in given:
        setting, equals, numbers = text.partition("=")
        if setting not in known or not equals:
            names = (
                f"has to be NAME=VALUES, of {', '.join(known)}" if known else "nothing can be set"
            )
            raise CaseError(f"--set {one_line(text)}: {names}")
        if setting in values:
            raise CaseError(f"--set {setting}: set twice")
        values[setting] = _numbers(f"--set {setting}", numbers)
        if setting in sizes and any(v < 1 or v != int(v) for v in values[setting]):
            raise CaseError(f"--set {setting}: sizes are whole numbers from 1")
    values = {**{grid: tuple(v) for grid, v in case.grid.items() if grid not in values}, **values}
    asked = Plan(
        case, start, tuple(map(int, wanted)), values, iterations or case.total_iterations, below
    )
    n = len(wanted) * int(np.prod([len(v) for v in values.values()], dtype=np.int64))
    if n > MOST_NETWORKS:
        raise CaseError(f"{n:,} networks are more than {MOST_NETWORKS:,}")
    return asked


def sizes_of(case: Case) -> dict[str, dict[str, int]]:
    """By the name of a size, which axis of which starting weights has it."""
    module = import_module(importable(str(case.compiled).split(":")[0]))
    sizes: dict[str, dict[str, int]] = getattr(module, "SIZES", {})
    return sizes


def _settings_of(case: Case) -> list[str]:
    """What may differ between networks that run side by side: the numbers that are no sizes."""
    parameters = inspect.signature(python_function(str(case.compiled))).parameters
    return [name for name, p in parameters.items() if isinstance(p.default, float)]


def _numbers(what: str, text: str) -> tuple[float, ...]:
    """``1,2.5`` or ``1:4``, which is 1, 2, 3 and 4, or both."""
    found: list[float] = []
    for piece in text.split(","):
        try:
            if span := re.fullmatch(r"(\d{1,10}):(\d{1,10})", piece):
                low, high = int(span[1]), int(span[2])
                if high - low >= MOST_NETWORKS:
                    raise CaseError(f"{what}: {one_line(piece)} is too many")
                found += range(low, high + 1)
            else:
                found.append(float(piece))
        except ValueError:
            raise CaseError(
                f"{what}: {one_line(piece)!r} is no number, and no span as 1:10"
            ) from None
    if not found or not np.isfinite(found).all():
        raise CaseError(f"{what}: has to be numbers as 1,2.5 or a span as 1:10")
    if len(set(found)) < len(found):
        raise CaseError(f"{what}: a value stands twice")
    return tuple(found)
