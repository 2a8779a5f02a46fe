"""Proved values: stored, read again, never only believed."""

import csv
import io
import re
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from .. import CASES
from ..case.setting import Setting
from ..numbers.balls import WANTED_BITS
from ..numbers.digits import Interval
from ..safety.errors import ForeseenError
from ..safety.inside import inside
from . import store as evidence
from .code_hash import proof_hash
from .proved_indices import proved_indices
from .store import Header, MissingEvidenceError, UnusableEvidenceError

MADE_BY = "compare.evidence.prove:prove"
COLUMNS = ["quantity", "index", "midpoint", "radius"]
# Arb counts correct bits to within two. A midpoint of zero leaves no radius but zero: a ball
# around zero has no correct digit, so that nobody could say what it proves.
LARGEST_RADIUS = Decimal(2) ** (2 - WANTED_BITS)  # of the midpoint
PLAIN = re.compile(r"-?[0-9]+(\.[0-9]+)?(e[+-]?[0-9]{1,4})?")
INDEX = re.compile(r"0|[1-9][0-9]{0,8}")


@dataclass(frozen=True)
class Proof:
    """Enclosures of the exact results of one setting.

    Attributes
    ----------
    values : dict
        For each quantity, midpoint and radius (decimal strings that contain the exact value) by
        flat index.
    reason : str
        Why there is no proof; empty where there is one.
    made_by : dict
        Bits, seconds, versions.
    stale : bool
        It was made from other code or numbers.
    """

    values: dict[str, dict[int, Interval]]
    reason: str
    made_by: dict[str, str]
    stale: bool = False


class MissingProofError(ForeseenError):
    """No proof is stored, or it cannot be used; the message says what to do."""


def path_of(setting: Setting) -> Path:
    """Where the proof of a setting is kept."""
    name = f"{setting.variant.name}.{setting.start}.csv".removeprefix("-.")
    return inside(CASES, f"{setting.case.name}.proof", name)


def save(setting: Setting, proof: Proof) -> None:
    """Write a proof: one line for each value."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    for quantity, values in proof.values.items():
        writer.writerows([quantity, i, *enclosure] for i, enclosure in values.items())
    header = Header(
        functions=[MADE_BY],
        hash=proof_hash(setting.case),
        command=command(setting),
        notes={"reason": proof.reason, **proof.made_by},
    )
    evidence.write(path_of(setting), header, text.getvalue())


def load(setting: Setting) -> Proof:
    """Read a stored proof, and check that it holds what a proof of this case must hold.

    Raises
    ------
    MissingProofError
        There is none, or it cannot be used.
    """
    try:
        stored = evidence.read(path_of(setting), proof_hash(setting.case), command(setting))
    except MissingEvidenceError:
        raise MissingProofError(f"{setting}: never proved: {command(setting)}") from None
    except UnusableEvidenceError as error:
        raise MissingProofError(f"{setting}: its proof cannot be used: {error}") from None
    made_by = dict(stored.header.notes)
    reason = made_by.pop("reason", "")
    try:
        values = _parsed(stored.body)
        _check(setting, values, reason)
    except ValueError as error:
        state = "stale" if stored.stale else "damaged"
        text = f"{setting}: its proof is {state} ({error}): {command(setting)}"
        raise MissingProofError(text) from None
    return Proof(values, reason, made_by, stored.stale)


def _parsed(body: str) -> dict[str, dict[int, Interval]]:
    header, *rows = list(csv.reader(io.StringIO(body))) or [[]]
    if header != COLUMNS:
        raise ValueError(f"its columns are {', '.join(header)}")
    values: dict[str, dict[int, Interval]] = {}
    for row in rows:
        if len(row) != len(COLUMNS):
            raise ValueError(f"a row has {len(row)} entries: {','.join(row)}")
        quantity, index, midpoint, radius = row
        place = f"{quantity}[{index}]"
        if not INDEX.fullmatch(index):
            raise ValueError(f"{index!r} is no index")
        if not PLAIN.fullmatch(midpoint) or not PLAIN.fullmatch(radius):
            raise ValueError(f"{place}: {midpoint} +/- {radius} are not plain decimal numbers")
        if not 0 <= Decimal(radius) <= abs(Decimal(midpoint)) * LARGEST_RADIUS:
            raise ValueError(f"{place}: a radius of {radius} is none of {WANTED_BITS} bits")
        if int(index) in values.setdefault(quantity, {}):
            raise ValueError(f"{place} stands there twice")
        values[quantity][int(index)] = midpoint, radius
    return values


def _check(setting: Setting, values: dict[str, dict[int, Interval]], reason: str) -> None:
    """Refuse a reason that the case does not give, and values too few or too many."""
    reasons = (setting.case.unproved, setting.case.undecided)
    if reason and reason not in reasons:
        raise ValueError(f"the case does not say, in unproved or undecided: {reason}")
    indices = {} if reason else proved_indices(setting.case)
    for quantity in sorted({*indices, *values}):
        wanted, there = set(indices.get(quantity, ())), set(values.get(quantity, ()))
        for index in sorted(wanted ^ there)[:1]:
            which = "no value" if index in wanted else "a value too many"
            raise ValueError(f"{which}: {quantity}[{index}]")


def command(setting: Setting) -> str:
    """What proves a setting."""
    return f"python -m compare prove {setting.case.name}"


def is_proved(setting: Setting) -> bool:
    """Whether a proof is stored that fits the code as it stands."""
    try:
        return not load(setting).stale
    except MissingProofError:
        return False
