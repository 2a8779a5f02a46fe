"""Every rule by which something passes, turned around once: a named test must kill the mutant.

`rules.toml` names a text of a file and what to put in its place. That is done in a copy of the
project, where the test beside it must fail; it passes where nothing is replaced.
"""

import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple

import pytest

from compare import ROOT
from tests.conftest import JOBS
from tests.copies import Copy

FAILED = 1  # pytest's code for failing tests; it has others for errors of its own


class Mutant(NamedTuple):
    """A text of a file, the text that lets something pass, and the test that must fail for it."""

    file: str
    old: str
    new: str
    killed_by: str


MUTANTS = [
    Mutant(**entry)
    for entry in tomllib.loads(Path(__file__).with_name("rules.toml").read_text())["mutant"]
]


def test_the_thresholds_are_the_agreed_ones() -> None:
    """A threshold that is read where it is asserted could be moved without a test that fails."""
    from compare.explain import formats, hypothesis
    from compare.judge import changes, values
    from compare.numbers import measures
    from compare.run import moved, probe
    from compare.verify import false_positives, run_pair

    assert false_positives.MOST_FALSE_POSITIVES == 0.01
    assert false_positives.CONFIDENCE == 0.95
    assert false_positives.RUNS == 300
    assert measures.TOLERANCE_FACTOR == 4
    assert measures.NO_DIGIT_SHARE == 0.1
    assert (values.NEEDED_DIGITS, values.LOST_DIGITS, values.NEGLIGIBLE) == (6, 3, 1e-12)
    assert (changes.JUMP, changes.NEAR, changes.MOST_KEPT) == (1e-6, 1e-3, 100_000)
    assert (moved.MOVES, probe.MEMBERS, run_pair.BITS[0]) == (16, 32, 320)
    assert (hypothesis.NAMED_FROM, hypothesis.MOST_EXCEPTIONS) == (10, 0.1)
    assert (hypothesis.MOST_BITS, hypothesis.HYPOTHESIS_BITS) == (53, 5)
    assert (formats.LEAST_ROUNDED, formats.LEAST_RESIDUE) == (3, 0.1)
    assert (formats.BITS_OF_SHORT, formats.BITS_OF_STREAM) == (20, 20)


def test_each_mutant_replaces_a_text_that_stands_once_in_its_file() -> None:
    wrong = [
        f"{mutant.file}: {mutant.old!r} stands {count} times"
        for mutant in MUTANTS
        for count in [(ROOT / mutant.file).read_text(encoding="utf-8").count(mutant.old)]
        if count != 1
    ]
    assert wrong == []


def test_each_mutant_names_a_test_that_exists() -> None:
    wrong = []
    for mutant in MUTANTS:
        file, _, name = mutant.killed_by.partition("::")
        if f"def {name}" not in (ROOT / file).read_text(encoding="utf-8"):
            wrong.append(mutant.killed_by)
    assert wrong == []


@pytest.mark.slow
def test_every_mutant_is_killed_by_its_test(tmp_path: Path) -> None:
    def survives(numbered: tuple[int, Mutant]) -> str:
        i, mutant = numbered
        code, said = run_there(tmp_path / str(i), [mutant.killed_by], mutant)
        what = f"{mutant.file}: {mutant.old!r} -> {mutant.new!r}"
        return "" if code == FAILED else f"{what}: pytest's code is {code}: {said}"

    with ThreadPoolExecutor(JOBS) as threads:
        survivors = [what for what in threads.map(survives, enumerate(MUTANTS)) if what]
    assert survivors == []


@pytest.mark.slow
def test_the_tests_that_kill_pass_where_nothing_is_replaced(tmp_path: Path) -> None:
    code, said = run_there(tmp_path, sorted({mutant.killed_by for mutant in MUTANTS}))
    assert code == 0, said


def run_there(folder: Path, tests: Iterable[str], mutant: Mutant | None = None) -> tuple[int, str]:
    """Exit code and last words of these tests in a copy of the project."""
    copy = Copy(folder)
    shutil.copytree(ROOT / "tests", folder / "tests", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", folder)
    if mutant is not None:
        copy.replace(mutant.file, mutant.old, mutant.new)
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-n", "0", "-x", "-q", "-p", "no:cacheprovider", *tests],
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    return done.returncode, done.stdout[-500:] + done.stderr[-500:]
