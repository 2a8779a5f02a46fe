"""A mutant, ready to be called."""

import tempfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from types import ModuleType
from typing import Any

import python_impl.arithmetic
from compare.case.schema import Language
from compare.run import r_session
from compare.run.runs import Result, Run, call_r, python_function
from selftest.mutant import Mutant

Train = Callable[[Run, dict[str, Any]], Result]


def module(mutant: Mutant) -> ModuleType:
    """The mutated Python module."""
    made = ModuleType(f"python_impl.{mutant.stem}")
    exec(compile(mutant.source, f"{mutant.stem}.py", "exec"), made.__dict__)
    return made


def sourced(mutant: Mutant) -> Callable[[str], Any]:
    """Look-up of the functions of the mutated R file, above the good package."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"{mutant.stem}.R"
        path.write_text(mutant.source, encoding="utf-8")
        return r_session.sourced(path, package="nnmirror")


def other(language: str) -> Language:
    """The language that has the good code."""
    return "r" if language == "python" else "python"


def train(mutant: Mutant) -> Train:
    """Train by the mutated code, in a run's arithmetic."""
    if mutant.language == "python":
        made = module(mutant)

        def in_python(run: Run, given: dict[str, Any]) -> Result:
            home = made if mutant.stem == "arithmetic" else python_impl.arithmetic
            name = run.case.python.split(":")[1]
            here = run.case.python.startswith(f"python_impl.{mutant.stem}:")
            function = getattr(made, name) if here else python_function(run.case.python)
            result: Result = function(**given, arithmetic=getattr(home, run.arithmetic))
            return result

        return in_python
    inside = sourced(mutant)

    def in_r(run: Run, given: dict[str, Any]) -> Result:
        arithmetic = inside(f"arithmetic_{run.arithmetic}")
        case = run.case.model_copy(update={"r": inside(run.case.r.split("::")[1])})
        return call_r(case, given, arithmetic)

    return in_r


def good(run: Run, given: dict[str, Any]) -> Result:
    """Train with the good code of a run's language."""
    if run.language == "python":
        arithmetic = getattr(python_impl.arithmetic, run.arithmetic)
        return python_function(run.case.python)(**given, arithmetic=arithmetic)
    return call_r(run.case, given, r_session.get(f"nnmirror::arithmetic_{run.arithmetic}"))


def in_language(run: Run, language: str) -> Run:
    """The same run in this language."""
    return replace(run, language="r" if language == "r" else "python")
