"""What several tests share."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from compare import CASES, ROOT, r_session
from compare.case import Case, load_cases
from compare.pool import run_all
from compare.verify import Options, Verification, verify

JOBS = len(os.sched_getaffinity(0))


@pytest.fixture(scope="session")
def cases() -> dict[str, Case]:
    return {case.name: case for case in load_cases(CASES)}


@pytest.fixture(scope="session")
def verification(cases: dict[str, Case]) -> Verification:
    """Everything that `make verify` runs and judges, once."""
    return verify(list(cases.values()), Options(jobs=JOBS))


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


class Copy:
    """A copy of the project in which something can be broken."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        for name in ("python_impl", "r_impl", "compare", "claims"):
            shutil.copytree(
                ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__")
            )

    def replace(self, file: str, old: str, new: str) -> None:
        path = self.folder / file
        text = path.read_text()
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {file}"
        path.write_text(text.replace(old, new))

    def compare(self, *arguments: str, **environment: str) -> "subprocess.CompletedProcess[str]":
        return subprocess.run(
            [sys.executable, "-W", "error", "-m", "compare", *arguments],
            cwd=self.folder,
            env=os.environ | {"COLUMNS": "200"} | environment,
            capture_output=True,
            text=True,
            timeout=300,
            check=False,
        )


@pytest.fixture
def copy(tmp_path: Path) -> Copy:
    return Copy(tmp_path)
