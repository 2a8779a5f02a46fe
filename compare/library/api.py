"""What a program calls: compare a Python function with an R function, as the command does.

The functions run in child processes of the command, never in the program that calls: its
environment stays as it is, and it needs no ``if __name__ == "__main__"``.
"""

import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from ..case.written import written
from .handed_over import Function, input_of_case, python_reference, r_reference
from .outcome import NotComparedError, Outcome, failure, run_command

NOT_COMPARED = "not compared"
NUMBERS = ("python", "r", "ulp", "tolerance", "python_digits", "r_digits")


class DisagreementError(AssertionError):
    """An output does not hold: the message names it, a value on both sides, and the reason."""


def compare(
    *,
    python: Function | str,
    r: str,
    inputs: Mapping[str, Any],
    case: Mapping[str, Any] | None = None,
    report: str | Path | None = None,
    timeout: int | None = None,
) -> pd.DataFrame:
    """Run a Python function and an R function on the same inputs, and judge each value.

    Parameters
    ----------
    python : callable or str
        Any function, a lambda or a closure too; or ``"module:function"``, ``"file.py:function"``.
    r : str
        ``"package::function"``, ``"file.R:function"``, or the source of a function:
        ``"function(x) sum(x^2)"``.
    inputs : dict
        Each argument by name: a number, a text, a truth value, an array, a list or a dict.
    case : dict, optional
        What else a case file may say: ``{"outputs": {"vectors": {"compare": "up to order"}}}``.
    report : path, optional
        Folder for the report; without it there is none.
    timeout : int, optional
        Most seconds that one call may take (60).

    Returns
    -------
    DataFrame
        One row for each value, with the columns of ``values.csv``: output, index, both values,
        their distance in ULP, the tolerance, determined digits, the verdict. ``attrs`` has the
        tables ``outputs`` and ``explanations``, and the command's ``exit_code``.

    Raises
    ------
    NotComparedError
        An input has no type that both languages share, a function failed, or R is not there.
        A value that differs raises nothing.

    Examples
    --------
    >>> compare(python=np.std, r="stats::sd", inputs={"x": [1.5, 2.5, 4.0]})  # doctest: +SKIP
    """
    outcome = _compared(python, r, inputs, case or {}, report, timeout)
    return _with_tables(outcome)


def assert_agrees(
    *,
    python: Function | str,
    r: str,
    inputs: Mapping[str, Any],
    case: Mapping[str, Any] | None = None,
    report: str | Path | None = None,
    timeout: int | None = None,
) -> pd.DataFrame:
    """The same as `compare`, for a test.

    Raises
    ------
    DisagreementError
        An output does not hold; it is an AssertionError.
    NotComparedError
        As `compare`; also where one output of several was not compared.
    """
    outcome = _compared(python, r, inputs, case or {}, report, timeout)
    failing = outcome.outputs[outcome.outputs["fails"] == "True"]
    if len(failing):
        told = [failure(outcome, row) for _, row in failing.iterrows()]
        raise DisagreementError("\n".join(told))
    if outcome.exit_code:
        raise NotComparedError(outcome.said)
    return _with_tables(outcome)


def _with_tables(outcome: Outcome) -> pd.DataFrame:
    table = outcome.values.copy()
    for column in NUMBERS:
        table[column] = _numbers(table[column])
    table.attrs["outputs"] = outcome.outputs.to_dict("records")
    table.attrs["explanations"] = outcome.explanations.to_dict("records")
    table.attrs["exit_code"] = outcome.exit_code
    return table


def _numbers(column: "pd.Series[Any]") -> "pd.Series[Any]":
    """Texts as numbers, to the last digit; as they are where one of them is no number."""
    try:
        return column.map(lambda text: float(text or "nan"))
    except ValueError:
        return column


def _compared(
    python: Function | str,
    r: str,
    inputs: Mapping[str, Any],
    case: Mapping[str, Any],
    report: str | Path | None,
    timeout: int | None,
) -> Outcome:
    with tempfile.TemporaryDirectory(prefix="nnmirror-") as name:
        folder = Path(name)
        values = {k: input_of_case(folder, k, v) for k, v in inputs.items()}
        content = {"python": python_reference(folder, python), "r": r_reference(folder, r), **case}
        text = f"{written(content)}[inputs]\n{written(values)}"
        path = folder / "pair.pair.toml"
        path.write_text(text, encoding="utf-8")
        out = folder / "report" if report is None else Path(report).resolve()
        try:
            outcome = run_command(path, out, timeout)
        except NotComparedError as error:  # of a file that nobody wrote
            told = str(error).removeprefix(f"nnmirror: {path}: ")
            raise NotComparedError(told) from None
    compared = outcome.outputs[outcome.outputs["verdict"] != NOT_COMPARED]
    if not len(compared):
        raise NotComparedError("; ".join(outcome.outputs["note"]) or outcome.said)
    return outcome
