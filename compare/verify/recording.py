"""What R returned for a pair, in a file beside its case, from which it is compared without R."""

import hashlib
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any, Literal

import numpy as np
from pydantic import Field, model_validator

from ..case.content import in_file
from ..case.input_sets import Inputs
from ..case.pair import PairCase
from ..case.schema import Record, problems
from ..run.environment import COMMAND
from ..run.recorded import RecordedAnswer
from ..safety.errors import CaseError
from ..safety.inert import one_line
from ..safety.whole import written_whole

SUFFIX = ".recorded.json"
Sha256 = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]


class RecordedCalls(Record):
    """All calls with one set of inputs; ``inputs`` is the hash of what R was asked."""

    variant: str
    start: str
    inputs: Sha256
    plain: RecordedAnswer
    second: RecordedAnswer
    portable: RecordedAnswer | None = None
    spread: dict[str, RecordedAnswer] = Field(default={})

    @model_validator(mode="after")
    def _fits(self) -> "RecordedCalls":
        plain = {name: one.leaf() for name, one in (self.plain.leaves or {}).items()}
        for how, answer in {"second": self.second, **self.spread}.items():
            if unknown := set(answer.ulps or {}) - set(plain):
                raise ValueError(f"{how}.ulps.{min(unknown)}: is not among the plain values")
            answer.answer(plain)
        return self


class Recording(Record):
    """A file of recorded values, by which R they were made, and of what they are."""

    format: Literal[1]
    r: str
    recorded: str
    made_by: dict[str, str]
    code: dict[str, Sha256]
    calls: list[RecordedCalls]

    @property
    def remark(self) -> str:
        """What is said beside each verdict that rests on it."""
        return f"R as recorded on {self.recorded}, not run: {self.made_by.get('R', 'unknown')}"

    @property
    def origin(self) -> str:
        """The day, and all that is known of the R."""
        facts = [f"{name} {value}" for name, value in self.made_by.items() if name != "R"]
        return ", ".join([f"{self.recorded}, by {self.made_by.get('R', 'an unknown R')}", *facts])

    def stale(self, pair: PairCase) -> str:
        """Why it is not of this pair's R code; empty where it is."""
        if self.r != pair.functions["r"]:
            return f"is of {self.r}, and the case names {pair.functions['r']}"
        now = r_code(pair)
        changed = [name for name in {**self.code, **now} if self.code.get(name) != now.get(name)]
        has = "has" if len(changed) == 1 else "have"
        return f"{', '.join(changed)} {has} changed since" if changed else ""


def recording_path(pair: PairCase) -> Path:
    """Where the recording of a pair lies: beside its case file."""
    name = pair.path.name.removesuffix(".toml").removesuffix(".pair")
    return pair.path.with_name(name + SUFFIX)


def read_recording(pair: PairCase) -> Recording:
    """What was recorded of a pair.

    Raises
    ------
    CaseError
        There is none, or it cannot be read.
    """
    path = recording_path(pair)
    try:
        return Recording.model_validate_json(path.read_bytes())
    except FileNotFoundError:
        again = f"{COMMAND} record {pair.path}"
        raise CaseError(one_line(f"{path}: there is no recording; {again} makes it")) from None
    except (OSError, ValueError, OverflowError, RecursionError) as error:
        raise CaseError(one_line(f"{path}: {problems(error)}")) from None


def write_recording(pair: PairCase, recording: Recording) -> Path:
    """Write it as a whole, in place of an older one; returns where it is.

    Raises
    ------
    CaseError
        Something else lies there, or it cannot be written.
    """
    path = recording_path(pair)
    if path.exists():
        read_recording(pair)  # what this program did not write stays
    try:
        with written_whole(path) as fresh:
            fresh.write_text("".join(_lines(recording.model_dump(exclude_defaults=True))))
    except OSError as error:
        raise CaseError(one_line(f"{path}: {error.strerror}")) from None
    return path


def r_code(pair: PairCase) -> dict[str, str]:
    """SHA-256 of each file that R reads: the function's, and those that such a file names.

    A name counts where it stands in the text in one piece, as in ``source("helper.R")``.
    """
    named = in_file("r", pair.functions["r"])
    hashes: dict[str, str] = {}
    todo = [named[0]] if named else []
    while todo:
        name = todo.pop()
        path = pair.folder / name
        if name in hashes or name.startswith("/") or not path.is_file():
            continue
        content = path.read_bytes()
        hashes[name] = hashlib.sha256(content).hexdigest()
        if path.suffix.lower() == ".r":
            todo += re.findall(r"""["']([^"'\n]+)["']""", content.decode("utf-8", "replace"))
    return hashes


def asked(reference: str, seed: int | None, arithmetic: bool, inputs: dict[str, Any]) -> str:
    """SHA-256 of what a function is called with."""
    hashed = hashlib.sha256(json.dumps([reference, seed, arithmetic]).encode())
    for part in _parts(inputs):
        hashed.update(part)
    return hashed.hexdigest()


def asked_of(pair: PairCase, inputs: Inputs) -> str:
    """SHA-256 of what R is called with for some inputs of a pair."""
    return asked(pair.functions["r"], pair.seed, pair.arithmetic, inputs.values)


def _parts(value: Any) -> Iterator[bytes]:
    """Type, extent and bits of a value and of all that is in it."""
    if isinstance(value, dict | list):
        yield f"{type(value).__name__} {len(value)};".encode()
        for key, inner in value.items() if isinstance(value, dict) else enumerate(value):
            yield f"{key!r}:".encode()
            yield from _parts(inner)
    elif isinstance(value, np.ndarray):
        little = value.astype(value.dtype.newbyteorder("<"))
        yield f"array {value.dtype.kind} {value.shape};".encode() + little.tobytes()
    else:
        yield f"{type(value).__name__} {value!r};".encode()


def _lines(value: Any, margin: str = "") -> Iterator[str]:
    """JSON with a line for each key, and each list of plain values on one."""
    inner = value.values() if isinstance(value, dict) else value
    if not isinstance(value, dict | list) or not any(isinstance(v, dict | list) for v in inner):
        yield json.dumps(value)
    else:
        opening, closing, keys = "[", "]", [""] * len(value)
        if isinstance(value, dict):
            opening, closing, keys = "{", "}", [f"{json.dumps(key)}: " for key in value]
        for i, (key, v) in enumerate(zip(keys, inner, strict=True)):
            yield f"{',' if i else opening}\n{margin} {key}"
            yield from _lines(v, margin + " ")
        yield f"\n{margin}{closing}"
    if not margin:
        yield "\n"
