"""What the command finds of a case file, and how a failing output is told."""

import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from ..run.environment import PACKAGE

GOOD = ("identical", "agree", "missing")
OF_THE_PROGRAM = 70


class NotComparedError(RuntimeError):
    """The functions could not be compared: the message says what was in the way."""


@dataclass(frozen=True)
class Outcome:
    """What the command found of one case file.

    Attributes
    ----------
    exit_code : int
        0 everything holds, 1 a disagreement, 2 not everything was compared.
    said : str
        What the command printed.
    outputs, values, explanations : DataFrame
        As `outputs.csv`, `values.csv` and `explanations.csv` of the report, as texts.
    """

    exit_code: int
    said: str
    outputs: pd.DataFrame
    values: pd.DataFrame
    explanations: pd.DataFrame


def run_command(
    path: Path, report: Path, timeout: int | None = None, replay: bool = False
) -> Outcome:
    """Verify a case file in a process of its own; with ``replay`` by recorded values of R.

    Raises
    ------
    NotComparedError
        There is no report: the case file cannot be used, or R is not there.
    """
    command = [sys.executable, "-P", "-m", PACKAGE, "verify", str(path), "--out", str(report)]
    if timeout is not None:
        command += ["--timeout", str(timeout)]
    if replay:
        command += ["--replay"]
    done = subprocess.run(
        command, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False
    )
    if done.returncode >= OF_THE_PROGRAM or not (report / "outputs.csv").is_file():
        raise NotComparedError(done.stderr.strip() or done.stdout.strip())
    said = done.stdout + done.stderr
    names = ("outputs", "values", "explanations")
    return Outcome(done.returncode, said, *(_table(report / f"{name}.csv") for name in names))


def failure(outcome: Outcome, output: "pd.Series[Any]") -> str:
    """Why an output does not hold: a value on both sides, the reason, what to change."""
    keys = ["case", "variant", "start", "output"]
    where = " ".join(part for part in (output["variant"], output["start"]) if part != "-")
    lines = [f"{output['output']}{f' ({where})' if where else ''}: {output['verdict']}"]
    values = _of(outcome.values, output, [*keys, "arithmetic"])
    bad = values[~values["verdict"].isin(GOOD)]
    for _, value in bad.head(1).iterrows():
        index = f"[{value['index']}]" if value["index"] else "the value"
        lines += [
            f"  {index}: {value['python']} in Python, {value['r']} in R",
            f"  {_apart(value)}, tolerance {value['tolerance'] or 'none'}",
        ]
    if len(bad) > 1:
        lines.append(f"  and {len(bad) - 1} more of {len(values)} values")
    if output["note"]:
        lines.append(f"  note: {output['note']}")
    for _, found in _of(outcome.explanations, output, keys).iterrows():
        lines += [f"  why: {found['evidence'] or found['hypothesis']}"]
        if found["advice"]:
            lines.append(f"  what to change: {found['advice']}")
    return "\n".join(lines)


def _apart(value: "pd.Series[Any]") -> str:
    """How far two values are from each other; a distance across 0 says nothing."""
    if not value["ulp"]:
        return "no distance"
    if float(value["python"]) * float(value["r"]) < 0:
        return "of opposite signs"
    return f"{value['ulp']} ULP apart"


def _of(table: pd.DataFrame, output: "pd.Series[Any]", keys: list[str]) -> pd.DataFrame:
    return table[(table[keys] == output[keys]).all(axis=1)]


def _table(path: Path) -> pd.DataFrame:
    return pd.read_csv(path, dtype=str, keep_default_na=False)
