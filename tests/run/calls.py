"""Functions of somebody's as a test writes them, and calls of them."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from compare.case.schema import Language
from compare.run.leaf import Leaf
from compare.run.probe import PLAIN, Answer, Call, probe

SUFFIX = {"python": "py", "r": "R"}
ANY_MEMORY = 2.0**20  # gigabytes
InR = Callable[..., Answer]


def call_of(
    folder: Path,
    language: Language,
    code: str,
    how: str = PLAIN,
    seed: int | None = None,
    **inputs: Any,
) -> Call:
    """A call of the function f that this code defines, in a file of its own."""
    folder.mkdir(exist_ok=True)
    name = f"m{len(list(folder.iterdir()))}.{SUFFIX[language]}"
    (folder / name).write_text(code)
    return Call(language, f"{name}:f", folder, inputs, seed, ANY_MEMORY, how)


def in_python(folder: Path, code: str, **more: Any) -> Answer:
    """What came of a Python function, called in this process."""
    return probe(call_of(folder, "python", code, **more))


def plain(leaf: Leaf) -> Any:
    """Values as nested lists, None where one is missing."""
    values = leaf.values.astype(object)
    values[leaf.missing != 0] = None
    return values.tolist()
