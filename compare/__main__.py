"""python -m compare, or nnmirror"""

import sys

from .run.environment import CHECKOUT, PACKAGE, pin
from .safety.guard import INCOMPLETE, guarded, say


def main() -> int:
    """The program: its exit code."""
    pin()
    return guarded(_main)


def _main() -> int:
    if sys.flags.optimize > 1:
        say("Python drops docstrings here, which Altair needs: unset PYTHONOPTIMIZE, and no -OO")
        return INCOMPLETE
    # imported here: a child process has no use for it, and a signal may come meanwhile; and each
    # command imports what it needs
    try:
        from .cli import run

        return run()
    except ModuleNotFoundError as error:
        if (error.name or "").split(".")[0] in (PACKAGE, "claims", "python_impl"):
            raise
        mend = (
            "use make verify, or .venv/bin/python after make setup"
            if CHECKOUT
            else f"install {PACKAGE} again"
        )
        say(f"{sys.executable} (Python {sys.version.split()[0]}) has no {error.name}: {mend}")
        return INCOMPLETE


if __name__ == "__main__":
    sys.exit(main())
