"""Tables that take too long for every run: stored with what made them, shown in every report."""

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from compare import REFERENCE, ROOT
from compare.code_hash import normalised

COMMENT = "# "
KEPT_FACTS = ("Python", "numpy", "scipy", "NumPy BLAS", "NumPy exp", "libm", "CPU", "R", "nnet")


@dataclass(frozen=True)
class Evidence:
    """A stored table, the command that renews it, and the facts of the machine that made it."""

    table: pd.DataFrame
    command: str
    facts: dict[str, str]
    stale: bool


def save(name: str, table: pd.DataFrame, command: str, facts: dict[str, str]) -> None:
    """Write a table as a whole: a line of provenance, then CSV."""
    kept = {name: fact for name, fact in facts.items() if name in KEPT_FACTS}
    header = json.dumps({"hash": code_hash(name), "command": command, "facts": kept})
    path = _path(name)
    fresh = path.with_suffix(".new")
    text = table.to_csv(index=False, float_format="%.17g", lineterminator="\n")
    fresh.write_text(f"{COMMENT}{header}\n{text}", encoding="utf-8")
    fresh.replace(path)


def load(name: str) -> Evidence | None:
    """The stored table; None where there is none."""
    try:
        with _path(name).open(encoding="utf-8") as file:
            header = json.loads(file.readline().removeprefix(COMMENT))
            table = pd.read_csv(file, dtype=str, keep_default_na=False)
    except OSError:
        return None
    return Evidence(table, header["command"], header["facts"], header["hash"] != code_hash(name))


def code_hash(name: str) -> str:
    """Hash of both halves' code, and of the package that makes the table where it has one."""
    digest = hashlib.sha256()
    for folder in ("python_impl", name):
        for path in sorted((ROOT / folder).glob("*.py")):
            digest.update(normalised(path.read_text(encoding="utf-8")).encode())
    for path in sorted((ROOT / "r_impl" / "R").glob("*.R")):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def _path(name: str) -> Path:
    return REFERENCE / f"{name}.csv"
