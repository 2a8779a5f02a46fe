"""What several tests share."""

import fcntl
import json
import os
import pickle
import shutil
import signal
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import hypothesis
import numpy as np
import pandas as pd
import pytest

from compare import CASES
from compare.case.case import Case
from compare.case.lock import reviewed_cases
from compare.case.setting import Setting, settings
from compare.report.page import build_page
from compare.report.report import write_report
from compare.report.verification import Verification
from compare.run import r_session
from compare.run.environment import cores
from compare.run.pool import Failure, run_all
from compare.run.results import Results
from compare.run.runs import Result, Run, execute
from compare.verify.verify import Options, verify
from tests.copies import Copy
from tests.somebodys import BROUGHT, Verified, bring, verify_in

JOBS = cores()
SHORT = 50
Lie = Callable[[Result], Any]  # what R is said to have returned, by what it did
# a shell starts what runs in the background, or by nohup, with these ignored
signal.signal(signal.SIGINT, signal.default_int_handler)
signal.signal(signal.SIGHUP, signal.SIG_DFL)
# without a limit of time for an example: a machine may be busy
hypothesis.settings.register_profile("any machine", deadline=None)
hypothesis.settings.load_profile("any machine")


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers() -> int:
    """One more than cores: some wait for R, or for what another one makes."""
    return JOBS + 1


@pytest.fixture(scope="session")
def cases() -> dict[str, Case]:
    return {case.name: case for case in reviewed_cases(CASES)}


@pytest.fixture(scope="session")
def made_once(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str, Callable[[], Any]], Any]:
    """What costs much is made by the process that asks first; the others of this run read it."""
    in_parallel = "PYTEST_XDIST_WORKER" in os.environ
    own = tmp_path_factory.getbasetemp()
    folder = own.parent if in_parallel else own

    def once(name: str, make: Callable[[], Any]) -> Any:
        kept = folder / f"{name}.pickle"
        with kept.with_suffix(".lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not kept.exists():
                kept.write_bytes(pickle.dumps(make()))
            return pickle.loads(kept.read_bytes())

    return once


@pytest.fixture(scope="session")
def verification(cases: dict[str, Case], made_once: Callable[..., Any]) -> Any:
    """Everything that `make verify` runs and judges, once."""
    return made_once("verification", lambda: verify(list(cases.values()), Options(jobs=JOBS)))


@pytest.fixture(scope="session")
def report(
    request: pytest.FixtureRequest,
    tmp_path_factory: pytest.TempPathFactory,
    made_once: Callable[..., Any],
) -> Any:
    """What `make verify` leaves; not to be changed, since all processes read the same."""

    def make() -> Path:
        folder = tmp_path_factory.mktemp("reports") / "report"
        write_report(request.getfixturevalue("verification"), {"R": "4.2.2 | <b>"}, folder)
        return folder

    return made_once("report", make)


@pytest.fixture(scope="session")
def small(cases: dict[str, Case]) -> Verification:
    """A verification of one case without printed numbers."""
    return verify([cases["descent-bucket"]], Options(jobs=1))


@pytest.fixture(scope="session")
def example(cases: dict[str, Case]) -> Case:
    return cases["clark-example-1"]


@pytest.fixture(scope="session")
def by_run(example: Case) -> dict[tuple[str, str], Result]:
    return {
        (s.start, arithmetic): execute(Run(s, "python", arithmetic))
        for s in settings(example)
        for arithmetic in example.arithmetics
    }


@pytest.fixture
def results(example: Case, by_run: dict[tuple[str, str], Result]) -> Callable[..., Results]:
    """The results with a lie in what R gave in one arithmetic, or with short portable runs."""

    def make(lie: Lie | None = None, arithmetic: str = "native", short: bool = False) -> Results:
        made = Results()
        for (start, its), result in by_run.items():
            length = SHORT if short and its == "portable" else None
            for language in ("python", "r"):
                wrong = lie is not None and (language, its) == ("r", arithmetic)
                given: Any = lie(result) if lie and wrong else result
                if length and not isinstance(given, Failure):
                    given = given | {"error": given["error"][:length]}
                run = Run(Setting(example, example.variants()[0], start), language, its, length)
                made.add(run, given)
        return made

    return make


NASTY = [
    "<svg onload=alert(1)>",
    "\"'><script>alert(1)</script>",
    "]]></script><img src=x onerror=alert(1)>",
    "{{ 7 * 7 }} {% raw %}",
    "\u202eright to left\u202c \u200f",
    "\x00\x1b[31m red",
    "long " * 2000,
    "l" * 10_000,
]


@pytest.fixture(scope="session")
def poisoned_report(report: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The report of an incomplete run with such texts in place of cases, messages and facts."""
    folder = tmp_path_factory.mktemp("poisoned") / "report"
    shutil.copytree(report, folder)
    cases = json.loads((folder / "cases.json").read_text())
    renamed = {case["name"]: text for case, text in zip(cases, NASTY, strict=False)}
    for case, text in zip(cases, NASTY, strict=False):
        case |= dict.fromkeys(("name", "title", "source", "note", "python", "r"), text)
    (folder / "cases.json").write_text(json.dumps(cases))
    results = json.loads((folder / "results.json").read_text())
    results |= {"exit_code": 2, "verdict": " ".join(NASTY), "problems": NASTY}
    results["provenance"] |= {text: text for text in NASTY} | {"command": NASTY[0]}
    (folder / "results.json").write_text(json.dumps(results))
    for path in folder.glob("*.csv"):
        table = pd.read_csv(path, dtype=str, keep_default_na=False)
        if "case" in table:
            table["case"] = table["case"].replace(renamed)
        texts = {"reason", "evidence", "claim", "cause"}
        if path.stem == "published":  # elsewhere a place is a number
            texts.add("place")
        for column in texts & set(table):
            table.loc[: len(NASTY) - 1, column] = NASTY[: len(table)]
        if path.stem == "published":
            table.loc[: len(NASTY) - 1, "printed"] = NASTY
            table.loc[:1, "verdict"] = ["mismatch", NASTY[0]]
        if path.stem == "agreement":
            table.loc[:1, "verdict"] = "disagree"
        table.to_csv(path, index=False)
    build_page(folder)
    return folder


@pytest.fixture(scope="session")
def in_r() -> Callable[[str, list[dict[str, Any]]], list[Any]]:
    """Call an R function with each of several sets of arguments, in a child process."""

    def call(reference: str, arguments: list[dict[str, Any]]) -> list[Any]:
        return run_all(partial(r_session.call, reference), arguments, jobs=1, timeout=300)

    return call


@pytest.fixture
def truth_table() -> tuple[np.ndarray, np.ndarray]:
    """Inputs and targets of exclusive or, as the sources have them."""
    X = np.array([[0, 0, 1], [0, 1, 1], [1, 0, 1], [1, 1, 1]], dtype=float)
    return X, np.array([[0], [1], [1], [0]], dtype=float)


@pytest.fixture
def copy(tmp_path: Path) -> Copy:
    return Copy(tmp_path)


BROKEN = {
    "mismatch": ("compare/cases/clark-example-1.toml", '"0.00966449"', '"0.00966549"'),
    "disagreement": (
        "r_impl/R/one_layer.R",
        "layer_1_error * (layer_1 * (1 - layer_1))",
        "layer_1_error * (layer_1 * (1 + layer_1))",
    ),
    "crash": (
        "r_impl/R/one_layer.R",
        "    error[j] <- mean(abs(layer_1_error))",
        "    if (j == 50) tools::pskill(Sys.getpid(), 9)\n    error[j] <- mean(abs(layer_1_error))",
    ),
}


@pytest.fixture(scope="session")
def failing_report(
    tmp_path_factory: pytest.TempPathFactory, made_once: Callable[..., Any]
) -> Callable[[str], Any]:
    """The report of a run in which something broke, each made once."""

    def make(what: str) -> Path:
        copy = Copy(tmp_path_factory.mktemp(what))
        copy.replace(*BROKEN[what])
        done = copy.compare("verify", "clark-example-1")
        assert done.returncode == (2 if what == "crash" else 1), done.stderr
        return copy.folder / "report"

    return lambda what: made_once(what, lambda: make(what))


@pytest.fixture(scope="session")
def verified(
    tmp_path_factory: pytest.TempPathFactory, made_once: Callable[..., Any]
) -> Callable[[str], Any]:
    """The report on pairs that hold, on pairs that differ, and on broken ones beside a good one."""

    def make(what: str) -> Verified:
        folder = bring(tmp_path_factory.mktemp(what), BROUGHT[what])
        return verify_in(folder, ".", "--timeout", "8", "--memory", "3")

    return lambda what: made_once(f"pairs-{what}", lambda: make(what))
