"""The project in another folder."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from compare import ROOT
from compare.case.lock import write_lock
from compare.run.r_package import LIBRARIES, installed_library


class Copy:
    """A copy of the project in which something can be broken; with what was compiled of it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        for name in ("python_impl", "compiled", "r_impl", "compare", "oracles", "claims"):
            shutil.copytree(ROOT / name, folder / name)
        library = installed_library()  # another one is made where R's half is changed
        shutil.copytree(library, folder / library.relative_to(ROOT))

    def without_library(self) -> "Copy":
        """The same, with R's half not installed."""
        shutil.rmtree(self.folder / LIBRARIES.name)
        return self

    def replace(self, file: str, old: str, new: str) -> None:
        path = self.folder / file
        text = path.read_text()
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {file}"
        path.write_text(text.replace(old, new))
        if path.parent.name == "cases":
            write_lock(path.parent)  # or nothing would be run: what is planted has been reviewed

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
