"""Say in one line why rpy2 cannot be used with the R on the PATH, with exit code 1; else nothing.

Run by `tools/set-up.sh` with the Python of .venv, each time: it takes half a second.
"""

import logging
import subprocess
import sys
from importlib import import_module
from typing import Any


def main() -> int:
    """0 where rpy2 is compiled (API mode), starts R, and that R is the one on the PATH."""
    logging.disable()  # rpy2 logs what is said below in one line
    try:
        embedded: Any = import_module("rpy2.rinterface_lib.embedded")
        embedded.set_initoptions(("rpy2", "--quiet", "--vanilla"))
        robjects = import_module("rpy2.robjects")
    except Exception as error:  # of any kind: an import runs compiled code
        return _no(f"rpy2 does not import: {' '.join(str(error).split())}")
    if embedded.openrlib.cffi_mode.name != "API":
        return _no("rpy2 is in its slower ABI mode, since it could not be compiled against R")
    inside = str(robjects.baseenv["R.version.string"][0])
    first = subprocess.run(["R", "--version"], capture_output=True, text=True, check=True).stdout
    if not first.startswith(inside):
        return _no(f"rpy2 was built for {inside}, and on the PATH is {first.splitlines()[0]}")
    return 0


def _no(reason: str) -> int:
    print(reason)
    return 1


if __name__ == "__main__":
    sys.exit(main())
