"""Proved values: stored, read again, never only believed."""

import csv
import io
import json
from dataclasses import dataclass
from pathlib import Path

from compare import REFERENCE
from compare.code_hash import reference_hash
from compare.runs import Setting

Interval = tuple[str, str]
COMMENT = "# "


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


class MissingProofError(Exception):
    """No proof is stored, or it cannot be read; the message says what to do."""


def path_of(setting: Setting) -> Path:
    """Where the proof of a setting is kept."""
    name = f"{setting.variant.name}.{setting.start}.csv".removeprefix("-.")
    return REFERENCE / f"{setting.case.name}.proof" / name


def save(setting: Setting, proof: Proof) -> None:
    """Write a proof as a whole: a line of provenance, then one line for each value."""
    header = {"hash": reference_hash(setting.case), "reason": proof.reason, **proof.made_by}
    text = io.StringIO()
    text.write(COMMENT + json.dumps(header) + "\n")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(["quantity", "index", "midpoint", "radius"])
    for quantity, values in proof.values.items():
        writer.writerows([quantity, i, *enclosure] for i, enclosure in values.items())
    path = path_of(setting)
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_suffix(".new")
    fresh.write_text(text.getvalue(), encoding="utf-8")
    fresh.replace(path)


def load(setting: Setting) -> Proof:
    """Read a stored proof.

    Raises
    ------
    MissingProofError
        There is none, or it cannot be read.
    """
    try:
        with path_of(setting).open(encoding="utf-8") as file:
            header = json.loads(file.readline().removeprefix(COMMENT))
            values: dict[str, dict[int, Interval]] = {}
            for row in csv.DictReader(file):
                enclosure = row["midpoint"], row["radius"]
                values.setdefault(row["quantity"], {})[int(row["index"])] = enclosure
        stale = header.pop("hash") != reference_hash(setting.case)
        return Proof(values, header.pop("reason"), header, stale)
    except OSError:
        raise MissingProofError(f"{setting}: never proved: {command(setting)}") from None
    except (ValueError, KeyError, TypeError) as error:
        reason = f"its proof is damaged ({error})"
        raise MissingProofError(f"{setting}: {reason}: {command(setting)}") from None


def command(setting: Setting) -> str:
    """What proves a setting."""
    return f"python -m compare prove {setting.case.name}"


def is_proved(setting: Setting) -> bool:
    """Is a proof stored that fits the code as it stands?"""
    try:
        return not load(setting).stale
    except MissingProofError:
        return False
