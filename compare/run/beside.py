"""What lies beside a case's functions in their packages: arithmetics and random numbers.

A Python function's package has modules ``arithmetic`` and ``random_numbers``, an R function's
exports what is in them by the names ``arithmetic_...`` and ``random_numbers_...``.
"""

from importlib import import_module
from typing import Any

from ..case.case import Case
from ..numbers.measures import Float64s
from . import r_session


def arithmetic_in_python(case: Case, name: str) -> Any:
    """An arithmetic, or what makes one."""
    return getattr(import_module(f"{case.python_package}.arithmetic"), name)


def arithmetic_in_r(case: Case, name: str) -> Any:
    """An arithmetic as an R list of functions."""
    return r_session.get(f"{case.r_package}::arithmetic_{name}")


def mixed_in_python(case: Case, kinds: dict[str, str]) -> Any:
    """An arithmetic whose operations, the keys, are those of other arithmetics, the values."""
    operations = {op: getattr(arithmetic_in_python(case, k), op) for op, k in kinds.items()}
    return arithmetic_in_python(case, "Arithmetic")(**operations)


def mixed_in_r(case: Case, kinds: dict[str, str]) -> Any:
    """The same as `mixed_in_python`, as an R list of functions."""
    return r_session.named_list({op: arithmetic_in_r(case, k).rx2(op) for op, k in kinds.items()})


def uniform_in_python(case: Case, generator: str, seed: int, n: int) -> Float64s:
    """The first n uniform numbers of a generator, by Python's code."""
    module = import_module(f"{case.python_package}.random_numbers")
    numbers: Float64s = getattr(module, f"{generator}_uniform")(seed, n)
    return numbers


def uniform_in_r(case: Case, generator: str, seed: int, n: int) -> Float64s:
    """The first n uniform numbers of a generator, by R's code."""
    function = f"{case.r_package}::random_numbers_{generator}_uniform"
    numbers: Float64s = r_session.call(function, {"seed": seed, "n": n})
    return numbers
