"""Programs that play another machine, for the tests of the scripts that install what is missing."""

import shutil
import subprocess
import sys
from pathlib import Path

from compare import ROOT

TOOLS = ROOT / "tools"
NEEDED = "mktemp rm sed cat grep head dirname id env sh cksum uname"
REAL = sys._base_executable  # type: ignore[attr-defined]
# a Python of which something is changed before it runs what it is given
PLAYED = """import os, sys, sysconfig
program = sys.argv.pop(1)
{change}
exec(program)
"""
GOOD = "sys._base_executable = {me!r}"
LACKS = {
    "is Python 3.10": "sys.version_info = (3, 10, 4)",
    "is Python 3.15": "sys.version_info = (3, 15, 0)",
    "cannot make a venv": "sys.modules['ensurepip'] = None",
    "has no Python.h": "sysconfig.get_path = lambda _: '/nowhere'",
    "is not the usual Python": "sysconfig.get_config_var = lambda _: 1",
}


def program(file: Path, text: str) -> None:
    file.parent.mkdir(exist_ok=True)
    file.write_text(text)
    file.chmod(0o755)


def python(file: Path, change: str = GOOD) -> None:
    played = file.with_name(f"{file.name}-played.py")
    program(file, f'#!/bin/sh\nexec {REAL} {played} "$2" "$3"\n')
    played.write_text(PLAYED.format(change=change.format(me=str(file))))


def tools_only(folder: Path) -> Path:
    """A folder for the PATH with the few programs that the scripts call."""
    folder = folder / "tools-only"
    folder.mkdir()
    for name in NEEDED.split():
        found = shutil.which(name)
        assert found, name
        (folder / name).symlink_to(found)
    return folder


def run(script: str, *folders: Path, arguments: tuple[str, ...] = (), **variables: str) -> "subprocess.CompletedProcess[str]":  # fmt: skip  # noqa: E501
    return subprocess.run(
        [TOOLS / script, *arguments],
        env={"PATH": ":".join(map(str, folders)), "HOME": "/nowhere", **variables},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
