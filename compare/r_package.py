"""The R half of the project, installed into a library inside the repository."""

import hashlib
import os
import shutil
import subprocess
import tempfile
from pathlib import Path

from compare import ROOT

SOURCE = ROOT / "r_impl"
LIBRARIES = ROOT / ".r-library"


def installed_library() -> Path:
    """The library that holds ``r_impl`` as it stands; installed now where it is not yet.

    One library for each content, so a change can never meet an old installation, and two
    processes may install at once.

    Raises
    ------
    RuntimeError
        ``R CMD INSTALL`` failed; the message holds its output.
    """
    library = LIBRARIES / _content_hash()
    if not library.exists():
        LIBRARIES.mkdir(exist_ok=True)
        fresh = Path(tempfile.mkdtemp(dir=LIBRARIES))
        command = ["R", "CMD", "INSTALL", "--no-test-load", f"--library={fresh}", str(SOURCE)]
        # inside R, an environment variable of R's own would lead the new R astray
        environment = {k: v for k, v in os.environ.items() if k != "R_HOME"}
        done = subprocess.run(command, capture_output=True, text=True, env=environment, check=False)
        if done.returncode != 0:
            shutil.rmtree(fresh)
            raise RuntimeError(f"R CMD INSTALL r_impl failed:\n{done.stderr}")
        try:
            fresh.rename(library)
        except OSError:
            shutil.rmtree(fresh)  # another process was faster
    return library


def _content_hash() -> str:
    digest = hashlib.sha256()
    for path in sorted(SOURCE.rglob("*")):
        if path.is_file():
            digest.update(str(path.relative_to(SOURCE)).encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:16]
