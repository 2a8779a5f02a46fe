"""What holds a function independently of it: values that follow from its inputs in another way.

Two languages that make the same mistake agree. An *oracle* is a function that a case names. It
calls the case's function in one language and arithmetic on inputs of its own, and says for each
returned value what it must be and how far rounding may move it.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from importlib import import_module
from typing import Any, Literal

import pandas as pd

from ..case.case import Case
from ..case.schema import LANGUAGES, Language
from ..judge.expected import Expected, check_expected
from ..run import beside, r_session
from ..run.environment import importable
from ..run.pool import Failure
from ..run.runs import Result, python_function

ARITHMETIC = "oracles.arithmetic:check"  # holds what every network computes with
COLUMNS = [
    *("case", "language", "arithmetic", "what", "n_values", "ratio_to_tolerance"),
    *("verdict", "reason"),
]
Verdict = Literal["agree", "disagree", "not compared"]


@dataclass(frozen=True)
class Subject:
    """What an oracle holds: a function in one language and arithmetic.

    Attributes
    ----------
    run : (**inputs) -> dict of arrays
        Calls the function that the case names.
    operate : (name, *arrays) -> array
        An operation of the arithmetic: matmul, sigmoid or mean.
    """

    run: Callable[..., Result]
    operate: Callable[..., Any]


Oracle = Callable[[Subject], Iterator[Expected]]


@dataclass(frozen=True)
class Task:
    """An oracle, and the functions of both languages that it holds, or their packages."""

    oracle: str
    python: str
    r: str
    arithmetics: tuple[str, ...]


def oracle_tasks(cases: list[Case]) -> list[Task]:
    """What has to be held: each oracle once, however many cases name it."""
    return list(dict.fromkeys(task for case in cases for task in _tasks(case)))


def oracle_table(cases: list[Case], held: dict[Task, pd.DataFrame | Failure]) -> pd.DataFrame:
    """What the oracles say of each case.

    Parameters
    ----------
    held : dict
        What `hold` returned for each of the tasks.

    Returns
    -------
    DataFrame
        case, language, arithmetic; ``what`` is held, in how many values, the largest difference
        in units of its tolerance; ``verdict`` (agree, disagree, not compared) and its reason.
    """
    rows = [row for c in cases for task in _tasks(c) for row in _rows(c, task, held[task])]
    return pd.DataFrame(rows, columns=COLUMNS)


def _tasks(case: Case) -> list[Task]:
    arithmetics = tuple(case.arithmetics)
    packages = case.python_package, case.r_package
    tasks = [Task(ARITHMETIC, *packages, (arithmetic,)) for arithmetic in arithmetics]
    if case.oracle is not None:
        tasks.append(Task(case.oracle, case.python, case.r, arithmetics))
    return tasks


def _rows(case: Case, task: Task, held: pd.DataFrame | Failure) -> list[dict[str, Any]]:
    """What an oracle found, as rows of one case; a quantity of which it says nothing is one too."""
    if isinstance(held, Failure):
        return [{"case": case.name, **_not_compared("both", "-", "-", held.reason)}]
    rows: list[dict[str, Any]] = [
        {"case": case.name, **{str(k): v for k, v in row.items()}}
        for row in held.to_dict("records")
    ]
    if task.oracle == ARITHMETIC:
        return rows
    for (language, arithmetic), part in held.groupby(["language", "arithmetic"], sort=False):
        if not (part["verdict"] == "not compared").any():
            rows += [
                {"case": case.name, **_not_compared(str(language), str(arithmetic), name, why)}
                for name in case.quantities.keys() - set(part["what"])
                for why in [f"{task.oracle} says nothing of it"]
            ]
    return rows


def hold(task: Task) -> pd.DataFrame:
    """Ask an oracle of both languages, in a child process."""
    module, name = task.oracle.split(":")
    oracle: Oracle = getattr(import_module(importable(module)), name)
    rows = [
        {"language": language, "arithmetic": arithmetic, **row}
        for arithmetic in task.arithmetics
        for language in LANGUAGES
        for row in judge(oracle, partial(_subject, task, language, arithmetic))
    ]
    return pd.DataFrame(rows)


def _subject(task: Task, language: Language, arithmetic: str) -> Subject:
    if language == "python":
        chosen = beside.arithmetic_in_python(task.python.split(".")[0], arithmetic)
        return Subject(
            lambda **inputs: python_function(task.python)(**inputs, arithmetic=chosen),
            lambda name, *arrays: getattr(chosen, name)(*arrays),
        )
    in_r = beside.arithmetic_in_r(task.r.split("::")[0], arithmetic)
    return Subject(
        lambda **inputs: r_session.call(task.r, inputs | {"arithmetic": in_r}),
        lambda name, *arrays: r_session.call(in_r.rx2(name), {}, *arrays),
    )


def judge(oracle: Oracle, subject: Callable[[], Subject]) -> list[dict[str, Any]]:
    """One row for each thing that the oracle holds; one only where it could not be asked."""
    checks: dict[str, list[tuple[int, float, str]]] = {}
    try:
        for expected in oracle(subject()):
            checks.setdefault(expected.what, []).append(check_expected(expected))
    except Exception as error:
        return [_row("-", 0, float("nan"), "not compared", f"{type(error).__name__}: {error}")]
    if not checks:
        return [_row("-", 0, float("nan"), "not compared", "the oracle holds nothing")]
    rows = []
    for what, parts in checks.items():
        n_values, ratio = sum(n for n, _, _ in parts), max(ratio for _, ratio, _ in parts)
        reason = next((reason for _, _, reason in parts if reason), "")
        rows.append(_row(what, n_values, ratio, "disagree" if reason else "agree", reason))
    return rows


def _row(what: str, n_values: int, ratio: float, verdict: Verdict, reason: str) -> dict[str, Any]:
    return {
        "what": what,
        "n_values": n_values,
        "ratio_to_tolerance": ratio,
        "verdict": verdict,
        "reason": reason,
    }


def _not_compared(language: str, arithmetic: str, what: str, reason: str) -> dict[str, Any]:
    row = _row(what, 0, float("nan"), "not compared", reason)
    return {"language": language, "arithmetic": arithmetic, **row}
