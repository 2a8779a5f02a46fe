"""A fingerprint of what evidence was made from: the code that computed it, and its inputs."""

import hashlib
import json
import tomllib
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

from .. import CASES, ROOT
from ..case.case import Case
from ..case.files import DATA
from .definitions import definitions
from .source import PACKAGES, modules_of, normalised, r_sources, source

PROVING = (
    "compare.evidence.prove:prove",
    "compare.numbers.balls",
    "compare.evidence.proved_indices",
    "compare.numbers.measures",
)
MEASURING = (
    "compare.evidence.spread:measure",
    "compare.numbers.measures",
    "compare.run.returned",
    "compare.evidence.measured",
)
DIRECTING = ("compare.evidence.directed:directed_spread", "compare.numbers.measures")
ONLY_SHOWN = ("title", "source", "note", "figure", "labels")


def functions_hash(functions: Iterable[str]) -> str:
    """Hash of functions with all that they import, of the networks in R, and of all cases.

    Raises
    ------
    LookupError
        There is no such function.
    """
    modules = modules_of(functions)
    r_files = [*r_sources(modules), *sorted((ROOT / "r_impl" / "R").glob("*.R"))]
    return _digest(
        [
            *((module, normalised(source(module))) for module in modules),
            *_texts(r_files),
            *((name, _asked(text)) for name, text in _texts(sorted(CASES.glob("*.toml")))),
            *_texts(sorted((CASES / DATA).glob("*.*"))),
        ]
    )


def _texts(paths: Iterable[Path]) -> list[tuple[str, str]]:
    """Name and content of each file."""
    return [(path.name, path.read_text(encoding="utf-8")) for path in paths]


@cache
def _asked(text: str) -> str:
    """What a case file asks for: without comments and what is only shown."""
    try:
        content = tomllib.loads(text)
    except (ValueError, RecursionError):
        return text  # said where the case is read
    return json.dumps(
        {key: value for key, value in content.items() if key not in ONLY_SHOWN},
        sort_keys=True,
        default=str,
    )


def proof_hash(case: Case) -> str:
    """Hash of a case's numbers, of its network in Python, and of the functions that prove."""
    return _reference_hash(case, PROVING)


def spread_hash(case: Case) -> str:
    """Hash of a case's numbers, of its network in Python, and of the functions that measure."""
    return _reference_hash(case, MEASURING)


def directed_hash(case: Case) -> str:
    """Hash of a case's numbers, of its network in Python, and of the directed runs.

    Not of the network in R: a fault there has to be a disagreement, and what was measured of R is
    measured again.
    """
    return _reference_hash(case, DIRECTING)


def _reference_hash(case: Case, how: tuple[str, ...]) -> str:
    package = case.python_package
    network = (f"{package}.random_numbers", f"{package}.arithmetic")
    packages = (*PACKAGES, package)
    modules = sorted({*modules_of([case.python], packages), *network})
    numbers: dict[str, Any] = case.model_dump(
        include={"python", "inputs", "grid", "starts", "quantities", "trajectories"}
    )
    function, *others = how
    return _digest(
        [
            *((module, normalised(source(module))) for module in modules),
            (function, definitions(function, others)),
            ("numbers", json.dumps(numbers, sort_keys=True)),
        ]
    )


def _digest(parts: Iterable[tuple[str, str]]) -> str:
    return hashlib.sha256(json.dumps(list(parts)).encode()).hexdigest()[:16]
