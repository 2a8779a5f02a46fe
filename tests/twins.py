"""The same mistake in both languages, read from `twins.toml`."""

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

Edit = tuple[str, str]


@dataclass(frozen=True)
class Twin:
    """A mutant in both languages (what to replace by what), and the oracle that must kill it."""

    what: str
    stem: str
    python: Edit
    r: Edit
    function: str = "train"
    oracle: str = "check"

    def __str__(self) -> str:
        return f"{self.stem}: {self.what}"


def _read(entry: dict[str, Any]) -> Twin:
    edits: dict[str, Any] = {side: tuple(entry.pop(side)) for side in ("python", "r")}
    return Twin(**entry, **edits)


TWINS = [
    _read(entry) for entry in tomllib.loads(Path(__file__).with_suffix(".toml").read_text())["twin"]
]
