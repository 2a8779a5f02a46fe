"""The workflows that docs/ci.md offers are ones that GitHub and GitLab take."""

import subprocess
import sys
from pathlib import Path

import pytest

from compare import ROOT
from compare.report.files import JUNIT, MARKDOWN

SCHEMAS = {"github.yml": "vendor.github-workflows", "gitlab.yml": "vendor.gitlab-ci"}


def check(schema: str, path: Path) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-m", "check_jsonschema", "--builtin-schema", schema, str(path)],
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize("name", SCHEMAS)
def test_each_is_valid(name: str) -> None:
    assert {path.name for path in (ROOT / "docs" / "ci").iterdir()} == set(SCHEMAS)
    done = check(SCHEMAS[name], ROOT / "docs" / "ci" / name)
    assert done.returncode == 0, done.stdout


def test_what_is_not_valid_is_found(tmp_path: Path) -> None:
    broken = tmp_path / "github.yml"
    text = (ROOT / "docs" / "ci" / "github.yml").read_text()
    broken.write_text(text.replace("runs-on:", "runs_on:"))
    assert check(SCHEMAS["github.yml"], broken).returncode == 1


def test_the_files_that_they_keep_are_those_of_a_report() -> None:
    github, gitlab = ((ROOT / "docs" / "ci" / name).read_text() for name in SCHEMAS)
    assert f"report/{MARKDOWN}" in github
    assert f"report/{JUNIT}" in gitlab
    for text in (github, gitlab):
        assert "nnmirror verify pairs --out report" in text
        assert "r-cran-nnet" in text
