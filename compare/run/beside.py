"""What lies beside the functions of a case in their packages: arithmetics and random numbers.

A Python package has modules ``arithmetic``, ``random_numbers`` and ``random_draws``; an R package
exports what is in them by names that begin with theirs.
"""

from importlib import import_module
from typing import Any

from ..case.schema import Distribution
from ..numbers.measures import Float64s
from . import r_session
from .environment import importable

# whose arithmetics and generators a function gets that knows of no package
PYTHON_PACKAGE, R_PACKAGE = "python_impl", "nnmirror"
_MODULES: dict[Distribution, str] = {"uniform": "random_numbers", "normal": "random_draws"}


def arithmetic_in_python(package: str, name: str) -> Any:
    """An arithmetic, or what makes one."""
    return getattr(import_module(importable(f"{package}.arithmetic")), name)


def arithmetic_in_r(package: str, name: str) -> Any:
    """An arithmetic as an R list of functions."""
    return r_session.get(f"{package}::arithmetic_{name}")


def mixed_in_python(package: str, kinds: dict[str, str]) -> Any:
    """An arithmetic made of others: ``kinds`` has the arithmetic of each operation."""
    operations = {op: getattr(arithmetic_in_python(package, k), op) for op, k in kinds.items()}
    return arithmetic_in_python(package, "Arithmetic")(**operations)


def mixed_in_r(package: str, kinds: dict[str, str]) -> Any:
    """The same as `mixed_in_python`, as an R list of functions."""
    operations = {op: arithmetic_in_r(package, k).rx2(op) for op, k in kinds.items()}
    return r_session.named_list(operations)


def drawn_in_python(
    package: str, generator: str, distribution: Distribution, seed: int, n: int
) -> Float64s:
    """The first n numbers of a generator, by Python's code."""
    module = import_module(importable(f"{package}.{_MODULES[distribution]}"))
    numbers: Float64s = getattr(module, f"{generator}_{distribution}")(seed, n)
    return numbers


def drawn_in_r(
    package: str, generator: str, distribution: Distribution, seed: int, n: int
) -> Float64s:
    """The first n numbers of a generator, by R's code."""
    function = f"{package}::{_MODULES[distribution]}_{generator}_{distribution}"
    numbers: Float64s = r_session.call(function, {"seed": seed, "n": n})
    return numbers
