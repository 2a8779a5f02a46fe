"""What README and docs show: each command is run, each block of code, each page made is as made."""

import os
import re
import shlex
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import pytest
from _pytest.mark import ParameterSet

from compare import ROOT
from compare.case.content import Content
from compare.cli import _parser as parser
from compare.explain.catalogue import causes
from compare.run.r_package import installed_library
from tests.somebodys import command_in, run_in
from tools import case_file, why
from tools.atlas import ATLAS, EQUAL, GOOD, judged, verified

PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").rglob("*.md"))]


def _blocks() -> Iterator[ParameterSet]:
    for page in PAGES:
        text = page.read_text(encoding="utf-8")
        for found in re.finditer(r"^```(\w*)\n(.*?)^```$", text, re.M | re.S):
            line = text.count("\n", 0, found.start()) + 1
            if page != why.PAGE:
                yield pytest.param(*found.groups(), id=f"{page.relative_to(ROOT)}:{line}")


BLOCKS = list(_blocks())
OURS = re.compile(r"^(?:\.venv/bin/)?(?:nnmirror|python -m compare) (?=[a-z])", re.M)
PAIR = 'python = "numpy:std"\nr = "stats::sd"\n[inputs]\nx = [1.5, 2.5, 4.0]\n'


def of(*tags: str) -> list[ParameterSet]:
    return [block for block in BLOCKS if block.values[0] in tags]


def lines(body: str) -> list[str]:
    return [line for line in body.split("\n") if OURS.match(line)]


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A folder that has what the commands shown name."""
    for name in ("case.toml", "my.pair.toml", "sd.pair.toml"):
        (tmp_path / name).write_text(PAIR)
    module = "import sys, compare\nsys.modules['nnmirror'] = compare\n"
    (tmp_path / "nnmirror.py").write_text(module)
    return tmp_path


@pytest.mark.parametrize(("page", "made"), [(case_file.PAGE, case_file.page), (why.PAGE, why.page)])
def test_pages_that_are_made_are_as_they_are_made(page: Path, made: object) -> None:
    assert callable(made)
    assert page.read_text(encoding="utf-8") == made(), f"python -m tools.{made.__module__}"


@pytest.mark.parametrize(("tag", "body"), of("toml"))
def test_each_case_file_shown_is_one(tag: str, body: str) -> None:
    Content.model_validate({"python": "a:f", "r": "a::f", **tomllib.loads(body)})


@pytest.mark.slow
@pytest.mark.parametrize(
    ("tag", "body"), [block for block in of("", "sh") if lines(str(block.values[1]))]
)
def test_each_command_shown_runs(tag: str, body: str, place: Path) -> None:
    if "new shares" not in body:
        assert command_in(place, "new", "shares").returncode == 0
    for line in lines(body):
        arguments = shlex.split(OURS.sub("", line))
        short = ["--inputs", "20"] if arguments[0] == "explore" else []
        done = command_in(place, *arguments, *short)
        assert done.returncode in (0, 1), done.stdout + done.stderr
        assert "nnmirror:" not in done.stderr


@pytest.mark.slow
@pytest.mark.parametrize(("tag", "body"), of("python"))
def test_each_block_of_python_runs(tag: str, body: str, place: Path) -> None:
    done = run_in(place, "-W", "error", "-c", f"import numpy as np, nnmirror\n{body}")
    assert (done.returncode, done.stderr) == (0, "") or "ddof=1" in done.stderr, done.stderr


@pytest.mark.slow
@pytest.mark.parametrize(("tag", "body"), of("r"))
def test_each_block_of_r_runs(tag: str, body: str, place: Path) -> None:
    script = place / "block.R"
    script.write_text(f"library(nnmirror)\nlibrary(testthat)\n{body}")
    done = subprocess.run(
        ["Rscript", "block.R"],
        cwd=place,
        env=os.environ
        | {
            "R_LIBS": str(installed_library()),
            "NNMIRROR": str(Path(sys.prefix) / "bin" / "nnmirror"),
        },
        capture_output=True,
        text=True,
        check=False,
    )
    said = done.stdout + done.stderr
    assert done.returncode == 0 or "divided by n in Python" in said, said


def test_commands_and_targets_that_are_named_exist() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    helped = parser().format_help()
    commands = [
        line
        for page in PAGES
        for text in [page.read_text(encoding="utf-8")]
        for quoted in re.findall(r"`([^`\n]+)`", text) + re.findall(r"^[^`\n]+$", text, re.M)
        for line in [quoted.strip()]
    ]
    for line in commands:
        if target := re.match(r"make ([\w-]+)$", line):
            assert re.search(rf"^{target[1]}:", makefile, re.M), line
        arguments = shlex.split(OURS.sub("", line)) if OURS.match(line) else []
        if len(arguments) > 1:
            assert parser().parse_args(arguments).command, line
        if arguments:
            assert re.search(rf"^ +{re.escape(arguments[0])}( |$)", helped, re.M), line


@pytest.mark.slow
def test_each_cause_is_named_where_it_is_one_and_mended_by_what_is_said(tmp_path: Path) -> None:
    documented = tomllib.loads((ATLAS / "documented.toml").read_text(encoding="utf-8"))
    differing = [cause.pair for cause in causes()]
    equal = [n for name in differing if (ATLAS / f"{(n := name + EQUAL)}.pair.toml").exists()]
    outputs, explanations = verified(tmp_path, [*differing, *equal])
    told = {name: judged(name, outputs, explanations, documented) for name in differing}
    assert told == dict.fromkeys(differing, "named")
    mended: pd.Series[str] = outputs.loc[outputs["case"].isin(equal), "verdict"]
    assert set(mended) <= GOOD
