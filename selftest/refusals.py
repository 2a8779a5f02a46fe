"""Faults in what a network refuses, and in its default arguments."""

import inspect
from collections.abc import Iterator
from importlib import import_module
from typing import Any

import numpy as np

import python_impl.arithmetic
from compare.run import r_session
from compare.run.runs import Run
from selftest import mutated
from selftest.batches import first_probes
from selftest.mutant import Mutant
from selftest.probes import Probe


def disagreement_in_refusals(mutant: Mutant) -> str:
    """Wrong arguments must be refused with the words of the good code of the same language."""
    train = mutated.train(mutant)
    for probe in first_probes(mutant.stem).values():
        run = mutated.in_language(probe.run, mutant.language)
        for what, given in _wrong_arguments(probe):
            expected = _refusal(mutated.good, run, given)
            if expected and _refusal(train, run, given) != expected:
                return f"{run}, {what}: not refused as it should be"
    return ""


def _wrong_arguments(probe: Probe) -> Iterator[tuple[str, dict[str, Any]]]:
    given = probe.arguments()
    for name, value in given.items():
        if isinstance(value, np.ndarray):
            yield f"{name} without its last row", given | {name: value[:-1].copy()}
            yield f"{name} without all but its first", given | {name: value[:1].copy()}
            yield f"{name} in one row", given | {name: value.ravel()}
            if value.ndim == 2:
                yield f"{name} with a column more", given | {name: np.hstack([value, value[:, :1]])}
                yield f"{name} transposed", given | {name: value.T.copy()}
        elif isinstance(value, int) and not isinstance(value, bool):
            for wrong in (0, 1):
                yield f"{name} = {wrong}", given | {name: wrong}


def _refusal(train: mutated.Train, run: Run, given: dict[str, Any]) -> str:
    """What the error says; empty where there is none."""
    try:
        train(run, given)
    except Exception as error:
        return str(error)
    return ""


def disagreement_in_defaults(mutant: Mutant) -> str:
    """The default arguments of the two languages, of every function that both have."""
    good = import_module(f"python_impl.{mutant.stem}")
    python = mutated.module(mutant) if mutant.language == "python" else good
    inside = mutated.sourced(mutant) if mutant.language == "r" else None
    for name, function in inspect.getmembers(good, inspect.isfunction):
        if name.startswith("_") or function.__module__ != good.__name__:
            continue
        r_name = f"{mutant.stem}_{name}"
        in_r = inside(r_name) if inside else r_session.get(f"nnmirror::{r_name}")
        found, expected = _python_defaults(getattr(python, name)), _r_defaults(in_r)
        if found != expected:
            return f"default arguments of {name}"
    return ""


def _python_defaults(function: Any) -> dict[str, str]:
    return {
        name: _as_r_writes(parameter.default)
        for name, parameter in inspect.signature(function).parameters.items()
    }


def _as_r_writes(default: Any) -> str:
    if default is inspect.Parameter.empty:
        return ""
    if default is None:
        return "NULL"
    if isinstance(default, bool):
        return str(default).upper()
    if isinstance(default, int | float):
        return repr(float(default))
    return "arithmetic_native" if default is python_impl.arithmetic.native else "another"


def _r_defaults(function: Any) -> dict[str, str]:
    formals, deparse = (r_session.get(f"base::{name}") for name in ("formals", "deparse"))
    texts = r_session.get("base::sapply")(formals(function), deparse)
    return {str(name): _number(str(text)) for name, text in zip(texts.names, texts, strict=True)}


def _number(text: str) -> str:
    try:
        return repr(float(text))
    except ValueError:
        return text
