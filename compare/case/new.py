"""A pair to begin with: two functions, a case, and a test, in a folder of its own."""

import os
import re
import shutil
from pathlib import Path

from ..safety.errors import CaseError
from .schema import one_line

PACKAGE = __name__.split(".")[0]  # compare, or nnmirror where it is installed
NAME = r"[A-Za-z0-9][\w.-]{0,63}"
FILES = {
    "pair.py": '''"""The Python side."""


def f(x):
    """Shares that numbers have in their sum."""
    return x / x.sum()
''',
    "pair.R": """# The R side: shares that numbers have in their sum.

f <- function(x) x / sum(x)
""",
    "case.toml": """python = "pair.py:f"
r = "pair.R:f"

[inputs]
x = [2.5, 3.25, 4.75, 1.5, 9.0]
""",
    "test_pair.py": '''"""Both languages agree: what `nnmirror verify` says of this folder."""

import subprocess
import sys
from pathlib import Path


def test_both_languages_agree(tmp_path):
    here, report = Path(__file__).parent, tmp_path / "report"
    command = [sys.executable, "-m", "PACKAGE", "verify", here, "--out", report]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
''',
}


def write_pair(folder: Path) -> None:
    """Write a pair into a new folder, as a whole or not at all.

    Raises
    ------
    CaseError
        The folder is there already, has no name for a case, or cannot be written.
    """
    if not re.fullmatch(NAME, folder.name, re.ASCII):
        said = one_line(repr(folder.name))
        raise CaseError(f"{said} is no name for a case: letters, digits, '.', '_', '-' only")
    if folder.exists():
        raise CaseError(f"{one_line(str(folder))}: is there already")
    fresh = folder.with_name(f"{folder.name}.{os.getpid()}.new")
    try:
        fresh.mkdir(parents=True)
        for name, text in FILES.items():
            written = text.replace("PACKAGE", PACKAGE)
            (fresh / name).write_text(written, encoding="utf-8", newline="\n")
        fresh.rename(folder)
    except OSError as error:
        shutil.rmtree(fresh, ignore_errors=True)
        raise CaseError(f"{one_line(str(folder))}: {error.strerror}") from None
