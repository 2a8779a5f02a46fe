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

import numpy as np
import pytest

from compare.case.case import Case
from compare.case.schema import LANGUAGES
from compare.case.setting import settings
from compare.judge.decisions import Decision
from compare.report import report
from compare.report.verification import Verification
from compare.run.pool import Failure
from compare.run.results import Results
from compare.run.runs import Run, python_function
from compare.safety.errors import CaseError
from compare.verify.claims import decide_all, load_ledger
from tests.copies import Copy


def test_70_outranks_2_and_2_outranks_1(small: Verification) -> None:
    wrong = replace(small, agreement=small.agreement.assign(verdict="disagree"))
    open_question = replace(wrong, problems=["not run"])
    crashed = replace(open_question, crashes=[("KeyError: 'x'", "Traceback")])
    codes = [found.exit_code for found in (small, wrong, open_question, crashed)]
    assert codes == [0, 1, 2, 70]


@pytest.mark.slow
def test_a_wrong_shape_type_or_message_is_code_2_and_has_a_report(
    copy: Copy,
) -> None:
    fault = (
        "  if (alpha == 1) stop('no [/usr/lib] \\x1b[31m luck')\n"
        "  if (alpha == 0.1) first_x <- first_x[-1]\n"
        "  if (alpha == 0.001) first_x <- first_x > 0\n"
    )
    copy.replace("r_impl/R/descent.R", "  as_fit(list(\n", f"{fault}  as_fit(list(\n")
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
            run = Run(setting, language, "native")
            results.add(run, {q: np.ones(case.shape(q)) for q in case.quantities})
    monkeypatch.setattr("claims.post.bucket", lambda _: dict[str, Decision]()["nothing"])
    claims, _, undecided = decide_all(load_ledger(), [case], results)
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


def test_without_git_the_commit_is_unknown(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert report._commit() == "unknown"
