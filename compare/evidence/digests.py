"""SHA-256 of what portable runs give, the same on every machine; kept in one text file.

The file is the R package's, which checks itself by it too: one digest in each line, `FIELDS` with
blanks between them. Bytes are those of little-endian doubles, row by row.
"""

import hashlib
from dataclasses import astuple, dataclass
from pathlib import Path
from typing import Any

import numpy as np

from .. import ROOT
from ..case.case import Case
from ..case.setting import Setting
from ..safety.errors import CaseError

KEPT = ROOT / "r_impl" / "inst" / "digests.txt"
FIELDS = ("case", "variant", "start", "quantity", "iteration", "sha256")
PLACES = (10, 100, 1000, 10_000)  # of a trajectory, besides the ends of runs


@dataclass(frozen=True, order=True)
class Digest:
    """Of a trajectory's first iterations, or of a final array of a run of so many."""

    case: str
    variant: str
    start: str
    quantity: str
    iteration: int
    sha256: str

    def __str__(self) -> str:
        return " ".join(map(str, astuple(self)))


def sha256(values: Any) -> str:
    """Of the bytes of little-endian doubles, row by row."""
    return hashlib.sha256(np.ascontiguousarray(values, dtype="<f8").tobytes()).hexdigest()


def places(case: Case, quantity: str) -> list[int]:
    """The iterations at which a quantity has a digest."""
    ends = {case.least_portable_iterations, case.total_iterations}
    if quantity in case.trajectories:
        ends.update(place for place in PLACES if place < case.total_iterations)
    return sorted(ends)


def digests(setting: Setting, result: dict[str, Any], iterations: int | None) -> list[Digest]:
    """What a portable run of so many iterations (None: all) says of the places that it reaches."""
    case = setting.case
    length = case.total_iterations if iterations is None else iterations
    found = []
    for quantity in case.quantities:
        every = quantity in case.trajectories
        for place in places(case, quantity):
            if place == length or (every and place < length):
                values = result[quantity][:place] if every else result[quantity]
                at = setting.labels
                found.append(
                    Digest(at["case"], at["variant"], at["start"], quantity, place, sha256(values))
                )
    return found


def read_digests(path: Path = KEPT) -> list[Digest]:
    """What is kept.

    Raises
    ------
    CaseError
        The file cannot be read, or a line has not six fields.
    """
    try:
        parts = [line.split(" ") for line in path.read_text(encoding="utf-8").splitlines()]
        return [
            Digest(case, variant, start, quantity, int(iteration), digest)
            for case, variant, start, quantity, iteration, digest in parts
        ]
    except OSError as error:
        raise CaseError(f"{path.name}: {error.strerror}") from None
    except ValueError:
        raise CaseError(f"{path.name}: each line has to be: {' '.join(FIELDS)}") from None
