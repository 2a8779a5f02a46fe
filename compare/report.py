"""The folder that a verification leaves: tables, one results file, pages to read."""

import json
import shlex
import shutil
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ET
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from compare import ROOT, claims, partings
from compare.case import Case
from compare.evidence_tables import TITLES
from compare.markdown import markdown
from compare.page import build_page
from compare.page.pictures import write_pictures
from compare.page.stored import MARK, ReportError
from compare.stored_tables import load
from compare.summary import FAILING, NOT_CHECKED, judged, summarise, verdict_sentence, where
from compare.verify import Verification

SCHEMA_VERSION = 1
MOST_INPUTS_DESCRIBED = 100
TABLES = (
    "published",
    "agreement",
    "predictions",
    "trajectories",
    "windows",
    "sensitivity",
    "accuracy",
    "references",
    "finals",
    "partings",
    "oracles",
    "claims",
    "differences",
)


def check_destination(folder: Path) -> None:
    """Refuse, before anything runs, a place where a report would destroy something else."""
    if folder.exists() and not (folder / MARK).is_file() and any(folder.iterdir()):
        raise ReportError(f"{folder} exists and is not a report: it holds no {MARK}")
    if not folder.resolve().parent.is_dir():
        raise ReportError(f"{folder.parent} is not a folder")


def write_report(found: Verification, facts: dict[str, str], folder: Path) -> None:
    """Write everything beside ``folder``, then move it there as a whole."""
    folder = folder.resolve()
    fresh = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
    try:
        provenance = {
            "written": datetime.now(UTC).isoformat(timespec="seconds"),
            "commit": _commit(),
            "command": shlex.join(["python", "-m", "compare", *sys.argv[1:]]),
            **facts,
        }
        names = [*TITLES, partings.STORED, claims.STORED]
        kept = {name: e for name in names if (e := load(name)) is not None}
        results = {
            "schema_version": SCHEMA_VERSION,
            "verdict": verdict_sentence(found),
            **summarise(found),
            "problems": found.problems,
            "stored_statements": [s.id for s in claims.load_ledger().statements if s.stored],
            "evidence": {
                name: {"command": e.command, "facts": e.facts, "stale": e.stale}
                for name, e in kept.items()
            },
            "provenance": provenance,
        }
        for name in TABLES:
            table: pd.DataFrame = getattr(found, name)
            table.to_csv(fresh / f"{name}.csv", index=False, float_format="%.17g")
        for name in kept.keys() & TITLES:  # the others' tables are found anew, or in part
            kept[name].table.to_csv(fresh / f"{name}.csv", index=False)
        _write_json(fresh / "cases.json", [_described(case) for case in found.cases])
        (fresh / "junit.xml").write_bytes(_junit(found))
        _write_json(fresh / MARK, results)
        pictures = write_pictures(*build_page(fresh), fresh)
        text = markdown(found, provenance, pictures)
        (fresh / "report.md").write_text(text, encoding="utf-8")
        fresh.chmod(0o755)
        _exchange(fresh, folder)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)


def _described(case: Case) -> dict[str, Any]:
    """What a reader of the page wants to know of a case; large inputs are left out."""
    named = {"name", "title", "source", "note", "python", "r", "printed_numbers", "figure"}
    named |= {"prediction", "trajectories"}
    return {
        **case.model_dump(include=named),
        "iterations": case.total_iterations,
        "starts": {name: start.seed for name, start in case.starts.items()},
        "inputs": {k: v for k, v in case.inputs.items() if np.size(v) <= MOST_INPUTS_DESCRIBED},
    }


def _write_json(path: Path, content: Any) -> None:
    path.write_text(json.dumps(content, indent=2) + "\n", encoding="utf-8")


def _exchange(fresh: Path, folder: Path) -> None:
    if not folder.exists():
        fresh.rename(folder)
        return
    old = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
    folder.replace(old)
    fresh.replace(folder)
    shutil.rmtree(old)


def _commit() -> str:
    git = ["git", "-C", str(ROOT)]
    commit = subprocess.run(
        [*git, "rev-parse", "HEAD"], capture_output=True, text=True, check=False
    )
    if commit.returncode != 0:
        return "unknown"
    changed = subprocess.run(
        [*git, "status", "--porcelain"], capture_output=True, text=True, check=False
    )
    return commit.stdout.strip() + (" with local changes" if changed.stdout else "")


def _junit(found: Verification) -> bytes:
    suites = ET.Element("testsuites", name="nnmirror")
    for table, detail in judged(found):
        for case, rows in table.groupby("case", sort=False):
            suite = ET.SubElement(suites, "testsuite", name=f"{case} ({detail})")
            for _, row in rows.iterrows():
                _junit_test(suite, row, f"{where(row)} [{row[detail]}]")
            suite.set("tests", str(len(rows)))
            suite.set("errors", str(int((rows["verdict"] == NOT_CHECKED).sum())))
            failures = rows["verdict"].isin(FAILING) & (rows["verdict"] != NOT_CHECKED)
            suite.set("failures", str(int(failures.sum())))
    for problem in found.problems:
        suite = ET.SubElement(suites, "testsuite", name="problems", tests="1", errors="1")
        test = ET.SubElement(suite, "testcase", name=_printable(problem))
        ET.SubElement(test, "error", message=_printable(problem))
    return bytes(ET.tostring(suites, encoding="utf-8", xml_declaration=True))


def _junit_test(suite: ET.Element, row: "pd.Series[Any]", name: str) -> None:
    test = ET.SubElement(suite, "testcase", classname=row["case"], name=_printable(name))
    if row["verdict"] in FAILING:
        tag = "error" if row["verdict"] == NOT_CHECKED else "failure"
        message = f"{row['verdict']}: {row['reason']}"
        ET.SubElement(test, tag, message=_printable(message))


def _printable(text: str) -> str:
    """XML has no place for control characters, and R's messages may hold some."""
    return "".join(c if c.isprintable() else " " for c in text)
