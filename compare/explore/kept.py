"""Inputs that were found, added to a case file as examples."""

import os
from pathlib import Path
from typing import Any

from ..case.files import read_toml
from ..case.input_sets import Inputs
from ..case.pair import PairCase, load_pair
from ..case.written import written
from ..safety.errors import CaseError

GIVEN, FOUND = "given", "found"


def keep(pair: PairCase, found: list[Inputs]) -> list[str]:
    """Add inputs to a case file as examples; their names.

    Without an example before, the inputs as they are given become one, so that they stay.

    Raises
    ------
    CaseError
        The file cannot be written, or would not be understood any more; it is as it was, then.
    """
    path = pair.path
    try:
        before = path.read_text(encoding="utf-8")
        content = read_toml(path)
        examples = content.get("example", [])
        taken = {example.get("name") for example in examples}
        added = "" if examples else f'\n[[example]]\nname = "{GIVEN}"\ninputs = {{}}\n'
        names: list[str] = []
        for inputs in found:
            names.append(next(n for n in _names() if n not in {*taken, *names}))
            drawn = {k: v for k, v in inputs.values.items() if k not in pair.varied}
            added += f'\n[[example]]\nname = "{names[-1]}"\n[example.inputs]\n{written(drawn)}'
        _replace(path, before.rstrip("\n") + "\n" + added)
    except (OSError, ValueError) as error:
        raise CaseError(f"{path}: the inputs cannot be added: {error}") from None
    return names


def _check(path: Path) -> None:
    try:
        load_pair(path)
    except CaseError as error:
        raise ValueError(str(error).removeprefix(f"{path}: ")) from None


def _names() -> Any:
    number = 1
    while True:
        yield f"{FOUND}-{number}"
        number += 1


def _replace(path: Path, text: str) -> None:
    """Write a case file as a whole, if it can be read."""
    fresh = path.with_name(f"nnmirror-{os.getpid()}.pair.toml")
    try:
        fresh.write_text(text, encoding="utf-8", newline="\n")
        _check(fresh)
        fresh.replace(path)
    finally:
        fresh.unlink(missing_ok=True)
