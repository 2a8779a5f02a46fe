"""The reviewed lock of the built-in cases: what each of them asks for, and a hash of it all."""

import hashlib
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any

from pydantic import BaseModel, Field, model_validator

from ..safety.errors import CaseError
from ..safety.whole import written_whole
from .case import Case, load_cases
from .files import read_toml
from .names import Name
from .schema import Record, one_line, problems

LOCK = "cases.lock"
RENEW = "python -m compare lock"
HEADER = f"""\
# What each built-in case asks for. `verify` runs these cases, all of them, and none that differs.
# `{RENEW}` writes this file; every line of it that changes wants a review.
#
# printed_checks counts a printed number once for each language that must print it; settings are
# variants times starts; settings_to_prove is 0 where the case says why none is proved; pairs are
# settings times arithmetics; native and portable count the quantities compared there; iterations
# is 1 for a function without any; portable_iterations is the fewest that a portable run has, 0
# where there is none. sha256 covers everything in the case file, its words included, and the
# tables that it reads; comments and layout are free.
"""


class Entry(Record):
    """What the lock says of one case."""

    printed_numbers: int
    printed_checks: int
    settings: int
    settings_to_prove: int
    arithmetics: list[str]
    pairs: int
    iterations: int
    trajectories: list[str]
    native: int
    portable: int
    portable_iterations: int
    portable_completely: list[str]
    sha256: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]


class Total(Record):
    """Sums over all cases, so that a case cannot leave the lock without a second line."""

    cases: int
    printed_numbers: int
    printed_checks: int
    settings: int
    settings_to_prove: int
    pairs: int


class Lock(Record):
    """A lock file."""

    total: Total
    cases: dict[Name, Entry]

    @model_validator(mode="after")
    def _adds_up(self) -> "Lock":
        if self.total != total(self.cases):
            raise ValueError("total: it is not the sum of the cases")
        return self


def total(cases: dict[str, Entry]) -> Total:
    """Sums over all cases."""
    summed = [key for key in Total.model_fields if key != "cases"]
    sums = {key: sum(getattr(said, key) for said in cases.values()) for key in summed}
    return Total(cases=len(cases), **sums)


def entry(case: Case) -> Entry:
    """What the lock has to say of a case."""
    n_settings = len(case.variants()) * len(case.starts)
    return Entry(
        printed_numbers=case.printed_numbers,
        printed_checks=sum(len(printed.checked_in) for printed in case.printed_list()),
        settings=n_settings,
        settings_to_prove=0 if case.unproved else n_settings,
        arithmetics=[str(name) for name in case.arithmetics],
        pairs=n_settings * len(case.arithmetics),
        iterations=case.total_iterations,
        trajectories=case.trajectories,
        native=len(case.measured),
        portable=len(case.quantities) if "portable" in case.arithmetics else 0,
        portable_iterations=case.least_portable_iterations if "portable" in case.arithmetics else 0,
        portable_completely=case.portable_completely,
        sha256=content_hash(case),
    )


def content_hash(case: Case) -> str:
    """SHA-256 of everything that a case says, the values of its tables included.

    The order of the keys of a record is free; that of inputs, grid, starts and quantities is not.
    A key without a value is left out, so that a key which comes to be known changes no hash.
    """
    return hashlib.sha256(json.dumps(_canonical(case), allow_nan=False).encode()).hexdigest()


def _canonical(value: Any) -> Any:
    if isinstance(value, BaseModel):
        fields = {key: getattr(value, key) for key in sorted(type(value).model_fields)}
        return {key: _canonical(v) for key, v in fields.items() if v is not None and v != []}
    if isinstance(value, dict):
        return [[key, _canonical(inner)] for key, inner in value.items()]
    if isinstance(value, list):
        return [_canonical(inner) for inner in value]
    return value


def reviewed_cases(folder: Path, names: Sequence[str] = ()) -> list[Case]:
    """The named cases of a folder, or all that its lock names.

    Raises
    ------
    CaseError
        As `load_cases`; or any case of the folder, named or not, is not what the lock says.
    """
    chosen = load_cases(folder, names) if names else []
    cases = {case.name: case for case in load_cases(folder)}
    locked = read_lock(folder)
    if changes := differences(locked, {name: entry(case) for name, case in cases.items()}):
        raise CaseError(f"{'; '.join(changes)}: review it, then {RENEW}")
    return chosen or [cases[name] for name in locked]


def read_lock(folder: Path) -> dict[str, Entry]:
    """What the lock of a folder says.

    Raises
    ------
    CaseError
        There is none, or it cannot be read.
    """
    try:
        return Lock.model_validate(read_toml(folder / LOCK)).cases
    except FileNotFoundError:
        raise CaseError(f"{LOCK} is missing: review the cases, then {RENEW}") from None
    except (OSError, ValueError) as error:
        raise CaseError(f"{LOCK}: {problems(error)}: review the cases, then {RENEW}") from None


def write_lock(folder: Path) -> list[str]:
    """Write the lock of a folder anew; one line for each case that differs from the old one.

    Raises
    ------
    CaseError
        A case of the folder cannot be used, or the lock cannot be written.
    """
    entries = {case.name: entry(case) for case in load_cases(folder)}
    try:
        changed = differences(read_lock(folder), entries)
    except CaseError as error:
        changed = [str(error).removesuffix(f": review the cases, then {RENEW}")]
    records = {"total": total(entries), **{f"cases.{name}": said for name, said in entries.items()}}
    text = "\n\n".join([HEADER.rstrip(), *(_table(*record) for record in records.items())])
    try:
        with written_whole(folder / LOCK) as fresh:
            fresh.write_text(text + "\n", encoding="utf-8")
    except OSError as error:
        raise CaseError(f"{LOCK} cannot be written: {one_line(str(error))}") from None
    return changed


def _table(name: str, record: Record) -> str:
    lines = [f"{key} = {json.dumps(value)}" for key, value in record.model_dump().items()]
    return "\n".join([f"[{name}]", *lines])


def differences(locked: dict[str, Entry], current: dict[str, Entry]) -> list[str]:
    """Where cases are not what the lock says, one sentence for each case."""
    sentences = []
    for name in sorted(locked.keys() | current.keys()):
        if name not in current:
            sentences.append(f"{name} is in {LOCK}, but {name}.toml is missing")
        elif name not in locked:
            sentences.append(f"{name}.toml is not in {LOCK}")
        elif keys := _different(locked[name], current[name]):
            sentences.append(f"{name} differs from {LOCK} in {', '.join(keys)}")
    return sentences


def _different(locked: Entry, current: Entry) -> list[str]:
    before, now = locked.model_dump(), current.model_dump()
    words = [
        f"{key} ({json.dumps(before[key])} -> {json.dumps(now[key])})"
        for key in now
        if key != "sha256" and now[key] != before[key]
    ]
    return words or (["its content (sha256)"] if now != before else [])
