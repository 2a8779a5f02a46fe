"""Evidence files: CSV under one line that says what made them, with a hash of their own content.

Tables, proofs and spreads are all written and read here. The hash of the content tells a slip (an
edited number, a lost row, a merge gone wrong) and not a forger, who would write a new hash as well.
"""

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import Field

from ..case.schema import Record, problems
from ..run.r_package import required_packages
from ..safety.errors import CaseError
from ..safety.whole import written_whole

COMMENT = "# "
KEPT_FACTS = ("Python", "numpy", "scipy", "NumPy BLAS", "NumPy exp", "libm", "CPU", "R")


class Header(Record):
    """What made an evidence file.

    Attributes
    ----------
    functions : list of str
        What computed it, each as ``module:function``.
    hash : str
        Of the code and the inputs that it was computed from.
    command : str
        What renews it.
    facts : dict
        The machine that made it.
    notes : dict
        What this kind of evidence has to say besides: the bits of a proof, the seed of a spread.
    """

    functions: list[str]
    hash: str
    command: str
    facts: dict[str, str] = Field(default={})
    notes: dict[str, str] = Field(default={})


@dataclass(frozen=True)
class Stored:
    """An evidence file as it was written; ``body`` is CSV, ``stale``: made from other code."""

    header: Header
    body: str
    stale: bool


class UnusableEvidenceError(CaseError):
    """An evidence file that cannot be used: one line with the reason and what renews it."""

    def __init__(self, reason: str, command: str) -> None:
        super().__init__(f"{reason}: {command}")


class MissingEvidenceError(UnusableEvidenceError):
    """An evidence file that was never made."""


def kept_facts(facts: dict[str, str]) -> dict[str, str]:
    """Those facts of a machine on which a number may hang."""
    wanted = {*KEPT_FACTS, *required_packages()}
    return {name: fact for name, fact in facts.items() if name in wanted}


def write(path: Path, header: Header, body: str) -> None:
    """Write an evidence file as a whole, or leave what was there."""
    line = json.dumps({"content": _content_hash(header, body), **header.model_dump()})
    path.parent.mkdir(parents=True, exist_ok=True)
    with written_whole(path) as fresh:
        fresh.write_text(f"{COMMENT}{line}\n{body}", encoding="utf-8", newline="\n")


def read(path: Path, expected_hash: str, command: str) -> Stored:
    """Read an evidence file, and check that it is what was written.

    Parameters
    ----------
    expected_hash : str
        Of the code and the inputs as they stand; another one makes the evidence stale.
    command : str
        What renews it.

    Raises
    ------
    MissingEvidenceError
        There is no such file.
    UnusableEvidenceError
        It cannot be read, or is not what was written.
    """
    name = f"{path.parent.name}/{path.name}"
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise MissingEvidenceError(f"{name} was never made", command) from None
    except (OSError, ValueError) as error:
        raise UnusableEvidenceError(f"{name} cannot be read ({error})", command) from None
    line, _, body = text.partition("\n")
    try:
        content: Any = json.loads(line.removeprefix(COMMENT))
        content_hash = content.pop("content")
        header = Header.model_validate(content)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        reason = problems(error).splitlines()[0] if isinstance(error, ValueError) else "no header"
        raise UnusableEvidenceError(f"{name} is damaged ({reason})", command) from None
    if content_hash != _content_hash(header, body):
        raise UnusableEvidenceError(f"{name} is damaged: its content was changed by hand", command)
    return Stored(header, body, header.hash != expected_hash)


def _content_hash(header: Header, body: str) -> str:
    """SHA-256 of all that an evidence file says."""
    said = json.dumps(header.model_dump(), sort_keys=True)
    return hashlib.sha256(f"{said}\n{body}".encode()).hexdigest()
