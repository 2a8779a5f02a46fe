"""The R half of the project, installed into a library inside the checkout, or the user's cache."""

import hashlib
import re
import shutil
import subprocess
import tempfile
from pathlib import Path

from .. import ROOT
from .environment import r_of_its_own, r_on_path, writable

SOURCE = ROOT / "r_impl"
LIBRARIES = writable() / ".r-library"
PART_OF_R = {"base", "graphics", "grDevices", "methods", "stats", "utils"}


def required_packages() -> list[str]:
    """The R packages that ``r_impl`` imports and that do not come with R itself."""
    description = (SOURCE / "DESCRIPTION").read_text(encoding="utf-8")
    (imports,) = re.findall(r"^Imports:((?:.|\n )*)", description, re.M)
    return [name for name in re.findall(r"[A-Za-z][\w.]*", imports) if name not in PART_OF_R]


def installed_library() -> Path:
    """The library that holds ``r_impl`` as it stands; installed now where it is not yet.

    One library for each content and R, so a change can never meet an old installation, an R never
    what another R installed, and two processes may install at once.

    Raises
    ------
    RuntimeError
        ``R CMD INSTALL`` failed; the message holds its output.
    """
    library = LIBRARIES / _hash()
    if not library.exists():
        try:
            LIBRARIES.mkdir(parents=True, exist_ok=True)
            fresh = Path(tempfile.mkdtemp(dir=LIBRARIES))
        except OSError as error:
            raise RuntimeError(f"cannot write: {error}") from None
        command = ["R", "CMD", "INSTALL", "--no-test-load", f"--library={fresh}", str(SOURCE)]
        done = subprocess.run(
            command, capture_output=True, text=True, env=r_of_its_own(), check=False
        )
        if done.returncode != 0:
            shutil.rmtree(fresh)
            raise RuntimeError(f"R CMD INSTALL r_impl failed:\n{done.stderr}")
        try:
            fresh.rename(library)
        except OSError:
            shutil.rmtree(fresh)  # another process was faster
    return library


def _hash() -> str:
    digest = hashlib.sha256(r_on_path().encode())
    for path in sorted(SOURCE.rglob("*")):
        if path.is_file():
            digest.update(str(path.relative_to(SOURCE)).encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:16]
