"""The folder that a verification leaves: tables, one results file, pages to read."""

import hashlib
import json
import shlex
import subprocess
import sys
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from .. import ROOT
from ..case.case import Case
from ..case.pair import PairCase
from ..evidence.digests import KEPT
from ..run.environment import CHECKOUT, COMMAND, PACKAGE
from ..run.results import FailedRun
from ..safety.errors import ReportError, is_ours
from ..safety.inert import visible
from .destination import check_destination, put_in_place, staged
from .diff import moved
from .evidence_tables import TITLES, without_total
from .files import CASES, DIFF, JUNIT, RESULTS, TABLES
from .inputs import described_inputs
from .junit import junit
from .page import build_page
from .page.failure import Failure
from .page.stored import load_results
from .summary import summarise
from .verdict import verdict_sentence
from .verification import Verification

SCHEMA_VERSION = 2
MOST_INPUTS_DESCRIBED, MOST_SETS = 100, 200
GIT_SECONDS = 60


def write_report(
    verification: Verification, facts: dict[str, str], folder: Path, since: Path | None = None
) -> list[Failure]:
    """Write everything beside ``folder``, then move it there as a whole; returns what went wrong.

    Parameters
    ----------
    since : Path, optional
        A former report, which may stand in ``folder``: what moved since is said in the new one.

    Raises
    ------
    ReportError
        It cannot be written, or may not stand there; what was there before is untouched.
    """
    real = check_destination(folder)
    try:
        with staged(real) as fresh:
            failures = _write(verification, facts, fresh, since)
            put_in_place(fresh, real)
    except OSError as error:
        if is_ours(error):
            raise
        raise ReportError(f"{folder}: no report could be written: {error}") from None
    return failures


def _write(
    verification: Verification, facts: dict[str, str], fresh: Path, since: Path | None
) -> list[Failure]:
    provenance = {
        "written": datetime.now(UTC).isoformat(timespec="seconds"),
        "commit": _commit(),
        "command": visible(f"{COMMAND} {shlex.join(sys.argv[1:])}"),
        **facts,
    }
    stored = verification.evidence
    results = {
        "schema_version": SCHEMA_VERSION,
        "verdict": verdict_sentence(verification),
        **summarise(verification),
        "failed_runs": [_failed(run) for run in verification.failed_runs],
        "problems": verification.problems,
        "digests": hashlib.sha256(KEPT.read_bytes()).hexdigest(),
        "functions": [_of_functions(pair, verification) for pair in verification.pairs],
        "stored_statements": verification.stored_statements,
        "evidence": {
            name: {"command": e.command, "facts": e.facts, "stale": e.stale}
            for name, e in stored.items()
        },
        "since": None if since is None else _former(since),
        "provenance": provenance,
    }
    for name in TABLES:
        _write_table(fresh, name, getattr(verification, name))
    for name in stored.keys() & TITLES:  # the others' tables are found anew, or in part
        _write_table(fresh, name, without_total(stored[name].table))
    _write_json(fresh / CASES, [_described(case) for case in verification.cases])
    (fresh / JUNIT).write_bytes(junit(verification))
    _write_json(fresh / RESULTS, results)
    if since is not None:
        moved(since, fresh).to_csv(fresh / DIFF, index=False)
    return build_page(fresh)


def _former(report: Path) -> dict[str, str]:
    facts = load_results(report).provenance
    return {name: facts.get(name, "unknown") for name in ("written", "commit")}


def _failed(failed: FailedRun) -> dict[str, str]:
    run = failed.run
    names = {"language": run.language, "arithmetic": run.arithmetic}
    return {**run.setting.labels, **names, "reason": failed.reason}


def _write_table(folder: Path, name: str, table: pd.DataFrame) -> None:
    path = folder / f"{name}.csv"
    table.to_csv(path, index=False, float_format="%.17g", errors="backslashreplace")


def _described(case: Case) -> dict[str, Any]:
    """What a reader of the page wants to know of a case; large inputs are left out."""
    named = {"name", "title", "source", "note", "python", "r", "printed_numbers", "figure"}
    named |= {"prediction", "trajectories", "labels"}
    return {
        **case.model_dump(include=named),
        "iterations": None if case.iterations is None else case.total_iterations,
        "starts": {name: start.seed for name, start in case.starts.items()},
        "inputs": {k: v for k, v in case.inputs.items() if np.size(v) <= MOST_INPUTS_DESCRIBED},
    }


def _of_functions(pair: PairCase, verification: Verification) -> dict[str, Any]:
    """What a reader of the page wants to know of somebody's pair."""
    names = ("name", "title", "source", "note", "functions")
    read = [(one.title, one.text) for one in verification.background.get(pair.name, [])]
    inputs = [described_inputs(one) for one in pair.inputs[:MOST_SETS]]
    return {**{name: getattr(pair, name) for name in names}, "background": read, "inputs": inputs}


def _write_json(path: Path, content: Any) -> None:
    path.write_text(json.dumps(content, indent=2) + "\n", encoding="utf-8")


def _commit() -> str:
    """The commit that is checked out, as far as git can say; the version where it is installed."""
    if not CHECKOUT:
        return f"{PACKAGE} {version(PACKAGE)}"
    commit = _git("rev-parse", "HEAD")
    if commit is None:
        return "unknown"
    return commit + (" with local changes" if _git("status", "--porcelain") else "")


def _git(*arguments: str) -> str | None:
    try:
        done = subprocess.run(
            ["git", "-C", str(ROOT), *arguments],
            capture_output=True,
            text=True,
            check=False,
            timeout=GIT_SECONDS,
        )
    except (OSError, ValueError, subprocess.TimeoutExpired):
        return None  # no git on the PATH, or one that does not answer
    return done.stdout.strip() if done.returncode == 0 else None
