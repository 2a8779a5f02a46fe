"""python -m compare"""

import sys

try:
    from compare.cli import main
except ModuleNotFoundError as error:
    if (error.name or "").split(".")[0] in ("compare", "claims", "python_impl"):
        raise
    print(
        f"nnmirror: {sys.executable} (Python {sys.version.split()[0]}) has no {error.name}: "
        "use make verify, or .venv/bin/python after make setup",
        file=sys.stderr,
    )
    sys.exit(2)

if __name__ == "__main__":
    sys.exit(main())
