"""How the wheel is built: one package, nnmirror, with what stands beside compare/ inside of it."""

import re
from pathlib import Path

from setuptools.command.build_py import build_py

MOVED = ("python_impl", "compiled", "oracles", "claims", "selftest")


class BuildPy(build_py):  # type: ignore[misc]
    """Copies the folders that pyproject.toml maps, then names modules as they are imported there.

    ``compare`` imports its own modules relatively and needs no change; what stands beside it in a
    checkout imports ``compare`` and its neighbours by their names there.
    """

    def run(self) -> None:
        super().run()
        for name in MOVED:
            for path in (Path(self.build_lib) / "nnmirror" / name).glob("*.py"):
                path.write_text(as_installed(path.read_text(encoding="utf-8")), encoding="utf-8")


def as_installed(text: str) -> str:
    """Source text whose imports name modules of the wheel."""
    inside = "|".join(MOVED)
    text = re.sub(r"^(\s*(?:from|import) )compare\b", r"\1nnmirror", text, flags=re.M)
    return re.sub(rf"^(\s*(?:from|import) )({inside})\b", r"\1nnmirror.\2", text, flags=re.M)
