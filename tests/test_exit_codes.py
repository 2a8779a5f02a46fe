"""Exit codes of whole runs: a wrong shape is no wrong number, and our own error is neither."""

import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from compare import CASES
from compare.case.case import Case, load_case
from compare.case.schema import LANGUAGES
from compare.case.setting import settings
from compare.cli import main
from compare.evidence.tables import KINDS, STORED, table_problems
from compare.judge.claims import Decision, decide_all
from compare.judge.verification import Verification
from compare.report import report
from compare.report.evidence_tables import TITLES
from compare.report.files import FILES, STORED_TABLES
from compare.report.report import write_report
from compare.run.pool import Failure
from compare.run.results import Results
from compare.run.runs import Run, python_function
from compare.safety.errors import CaseError, ForeseenError, ReportError
from tests.conftest import Copy


def test_70_outranks_2_and_2_outranks_1(small: Verification) -> None:
    wrong = replace(small, agreement=small.agreement.assign(verdict="disagree"))
    open_question = replace(wrong, problems=["not run"])
    crashed = replace(open_question, crashes=[("KeyError: 'x'", "Traceback")])
    codes = [found.exit_code for found in (small, wrong, open_question, crashed)]
    assert codes == [0, 1, 2, 70]


def test_a_wrong_shape_type_or_message_is_code_2_and_has_a_report(
    copy: Copy,
) -> None:
    fault = (
        "  if (alpha == 1) stop('no [/usr/lib] \\x1b[31m luck')\n"
        "  if (alpha == 0.1) first_x <- first_x[-1]\n"
        "  if (alpha == 0.001) first_x <- first_x > 0\n"
    )
    copy.replace("r_impl/R/descent.R", "  list(\n", f"{fault}  list(\n")
    whole = "first_x = np.empty((maxiter, *x.shape[:-2]), dtype=x.dtype)"
    other = f"{whole} if alpha != 1.1 else np.zeros(3 * maxiter, dtype=int)"
    copy.replace("python_impl/descent.py", whole, other)
    done = copy.compare("verify", "descent-bucket", "--accept-stale")
    assert done.returncode == 2, done.stdout + done.stderr
    assert "no [/usr/lib] " in done.stdout
    assert "r returned shape (99,), expected (100,)" in done.stdout
    assert "python returned int64, not float64" in done.stdout
    assert "r returned bool, not float64" in done.stdout
    assert "Traceback" not in done.stderr
    assert "\x1b" not in done.stdout
    results = json.loads((copy.folder / "report" / "results.json").read_text())
    assert results["exit_code"] == 2


def test_our_own_error_in_a_task_is_code_70_and_has_a_report(copy: Copy) -> None:
    copy.replace(
        "compare/evidence/spread.py",
        "def spread_again(what: Setting) -> dict[str, Float64s]:\n",
        "def spread_again(what: Setting) -> dict[str, Float64s]:\n    if 1: return {}['nothing']\n",
    )
    done = copy.compare("verify", "descent-bucket", "--accept-stale", TMPDIR=str(copy.folder))
    assert done.returncode == 70, done.stdout + done.stderr
    assert "exit code 70: an error of the program itself came between" in done.stdout
    last = done.stderr.splitlines()[-1]
    assert last.startswith("nnmirror: an error of the program itself: KeyError: 'nothing'; ")
    (path,) = re.findall(r"its traceback is in (\S+)", last)
    assert "in spread_again" in Path(path).read_text()
    results = json.loads((copy.folder / "report" / "results.json").read_text())
    assert results["exit_code"] == 70
    assert copy.compare("report", "report").returncode == 0


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM])
def test_a_run_that_is_stopped_while_r_runs_leaves_nothing(
    copy: Copy, number: signal.Signals, tmp_path: Path
) -> None:
    seconds = 3 * 10**6 + os.getpid()
    path = copy.folder / "r_impl/R/one_layer.R"
    sleep = f'  system("sleep {seconds} & sleep {seconds}")\n  for (j in'
    path.write_text(path.read_text().replace("  for (j in", sleep, 1))
    out = tmp_path / "out"
    out.mkdir()
    process = subprocess.Popen(
        [sys.executable, "-m", "compare", "verify", "clark-example-1", "--out", str(out / "r")],
        cwd=copy.folder,
        stderr=subprocess.DEVNULL,
    )
    wait_until(lambda: bool(sleeping(seconds)))
    process.send_signal(number)
    assert process.wait() == (-number if number == signal.SIGKILL else 128 + number)
    wait_until(lambda: not sleeping(seconds))
    assert list(out.iterdir()) == []


def sleeping(seconds: int) -> list[str]:
    found = []
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            if str(seconds).encode() in path.read_bytes():
                found.append(path.parent.name)
        except OSError:
            continue
    return found


def wait_until(true: Callable[[], bool], seconds: float = 120) -> None:
    deadline = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < deadline
        time.sleep(0.05)


def test_a_claim_whose_function_crashes_takes_nothing_else_with_it(
    cases: dict[str, Case], monkeypatch: pytest.MonkeyPatch
) -> None:
    case, results = cases["descent-bucket"], Results()
    for setting in settings(case):
        for language in LANGUAGES:
            run = Run(case, setting.variant, setting.start, language, "native")
            results.add(run, {q: np.ones(case.shape(q)) for q in case.quantities})
    monkeypatch.setattr("claims.post.bucket", lambda _: dict[str, Decision]()["nothing"])
    claims, _, undecided = decide_all([case], results)
    assert claims.empty
    (failure,) = undecided
    assert failure == Failure("claim post-bucket: KeyError: 'nothing'")
    assert failure.ours


@pytest.mark.parametrize(
    "reference", ["no.such:train", "compare.run.runs:no_such", "json:__name__"]
)
def test_a_function_that_does_not_exist_is_foreseen(reference: str) -> None:
    with pytest.raises(CaseError, match=f"^python: {reference} "):
        python_function(reference)


@pytest.mark.parametrize(
    "content",
    [
        b"a = " + b"[" * 3000 + b"]" * 3000,
        b"maxiter = " + b"9" * 400,
        b"maxiter = " + b"9" * 5000,
        b"\xff\xfe",
        b"\x00",
        b"",
        b"[inputs]\nmaxiter = 1e400",
        b"inputs = 3",
    ],
)
def test_a_case_file_that_cannot_be_understood_is_foreseen(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "case.toml"
    path.write_bytes(content)
    with pytest.raises(ForeseenError, match=r"^case\.toml: ") as refused:
        load_case(path)
    assert str(refused.value).isprintable()


@pytest.mark.parametrize("key", ["maxiter", "seed"])
@pytest.mark.parametrize("number", ["9" * 400, "-1", "1e400", "1e308", "[]", '"x"', "nan"])
def test_a_number_that_is_none_for_its_key_is_foreseen(
    key: str, number: str, tmp_path: Path
) -> None:
    path = tmp_path / "clark-example-2.toml"
    text = (CASES / path.name).read_text()
    changed = re.sub(rf"(?m)^{key} = .*$", f"{key} = {number}", text)
    assert changed != text
    path.write_text(changed)
    with pytest.raises(ForeseenError, match=r"^clark-example-2\.toml: "):
        load_case(path)


DAMAGES: dict[str, Callable[[bytes], bytes]] = {
    "empty": lambda data: b"",
    "truncated": lambda data: data[: len(data) // 2].rpartition(b",")[0],
    "no rows": lambda data: data.split(b"\n", 1)[0] + b"\n",
    "binary": lambda data: bytes(range(256)) * 4,
    "no text": lambda data: data.replace(b",", b"\xff,", 5),
    "other columns": lambda data: data.split(b"\n", 1)[0] + b"\na,b\n1,2\n",
    "another header": lambda data: b"# []\n" + data.split(b"\n", 1)[1],
    "deep": lambda data: b"# " + b"[" * 5000 + b"\n",
}


@pytest.mark.parametrize("damage", DAMAGES)
@pytest.mark.parametrize("name", [*KINDS])
def test_a_damaged_table_is_a_problem_and_no_traceback(
    name: str, damage: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = (STORED / f"{name}.csv").read_bytes()
    (tmp_path / f"{name}.csv").write_bytes(DAMAGES[damage](data))
    monkeypatch.setattr("compare.evidence.tables.STORED", tmp_path)
    assert [p for p in table_problems() if f"{name}.csv" in p and "was never made" not in p]


def test_the_tables_that_stand_there_are_not_refused() -> None:
    assert table_problems() == []
    assert set(STORED_TABLES) == set(TITLES)


def test_without_git_the_commit_is_unknown(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert report._commit() == "unknown"


CELLS = ["", "nan", "inf", "1e400", "9" * 400, "-1", "x", "[/usr]", "0,99999999999", "\x1b", '"']
VALUES: list[Any] = [
    None,
    10**400,
    -1,
    1e308,
    "",
    [],
    {},
    [[]],
    True,
    {"a": 1},
    "\x1b[31m",
    [1, "a"],
]


@pytest.mark.parametrize("how", ["missing", "empty", "truncated", "binary", "folder", "cells"])
def test_a_damaged_report_is_code_2_and_one_line_or_has_a_page(
    small: Verification, how: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "report"
    write_report(small, {}, folder)
    for path in sorted(folder.iterdir()):
        if path.suffix not in (".csv", ".json"):
            continue
        data = path.read_bytes()
        for broken in damaged(path, how):
            path.unlink()
            if broken is None and how == "folder":
                path.mkdir()
            elif broken is not None:
                path.write_bytes(broken)
            code = main(["report", str(folder)])
            text = capsys.readouterr().err
            assert (code, text.count("\n")) in [(0, 0), (2, 1)], (path.name, broken, text)
            if path.is_dir():
                path.rmdir()
            path.write_bytes(data)
    assert {p.name for p in folder.iterdir()} <= FILES | {"pictures"}


def damaged(path: Path, how: str) -> list[bytes | None]:
    data = path.read_bytes()
    if how in ("missing", "folder"):
        return [None]
    if how == "empty":
        return [b""]
    if how == "truncated":
        return [data[: len(data) * 2 // 3]]
    if how == "binary":
        return [data[:20] + bytes(range(256)) + data[20:]]
    if path.suffix == ".json":
        content = json.loads(data)
        first = content[0] if isinstance(content, list) else content
        spoilt: list[bytes | None] = []
        for i, key in enumerate(list(first)):
            kept, first[key] = first[key], VALUES[i % len(VALUES)]
            spoilt.append(json.dumps(content).encode())
            first[key] = kept
        return spoilt
    if path.stem not in ("agreement", "trajectories", "finals", "partings", "selftest"):
        return []
    table = pd.read_csv(path, dtype=str, keep_default_na=False)
    return [
        table.assign(**{c: CELLS[i % len(CELLS)]}).to_csv(index=False).encode()
        for i, c in enumerate(table.columns)
        if i % 2
    ]


def test_a_folder_that_is_no_report_is_code_2(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for folder in (tmp_path, tmp_path / "[/nowhere]", Path("/dev/null")):
        assert main(["report", str(folder)]) == 2
        assert capsys.readouterr().err.count("\n") == 1
    assert issubclass(ReportError, ForeseenError)
