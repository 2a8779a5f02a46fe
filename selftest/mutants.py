"""The code with a fault, ready to be called."""

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
from selftest.fault import Fault

Train = Callable[[Run, dict[str, Any]], Result]


def module(fault: Fault) -> ModuleType:
    """The Python module with the fault."""
    made = ModuleType(f"python_impl.{fault.stem}")
    exec(compile(fault.source, f"{fault.stem}.py", "exec"), made.__dict__)
    return made


def sourced(fault: Fault) -> Callable[[str], Any]:
    """Look-up of the functions of the R file with the fault, above the good package."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"{fault.stem}.R"
        path.write_text(fault.source, encoding="utf-8")
        return r_session.sourced(path, package="nnmirror")


def other(language: str) -> Language:
    """The language that has the good code."""
    return "r" if language == "python" else "python"


def with_fault(fault: Fault) -> Train:
    """Train with the fault, in a run's arithmetic."""
    if fault.language == "python":
        made = module(fault)

        def in_python(run: Run, given: dict[str, Any]) -> Result:
            home = made if fault.stem == "arithmetic" else python_impl.arithmetic
            name = run.case.python.split(":")[1]
            here = run.case.python.startswith(f"python_impl.{fault.stem}:")
            train = getattr(made, name) if here else python_function(run.case.python)
            result: Result = train(**given, arithmetic=getattr(home, run.arithmetic))
            return result

        return in_python
    inside = sourced(fault)

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
