"""What sources say in words: what does not hold first, long lists of counts as tables."""

import re
from dataclasses import dataclass

from ...judge.decisions import FAILS, HOLDS
from .stored import Stored

FEWEST_ROWS = 3
_CELL = re.compile(r"([\w.]+): (.*?)(?=, [\w.]+: |$)")


@dataclass(frozen=True)
class Claim:
    """A claim, its verdict, and its evidence; ``columns`` and ``rows`` where that is a table."""

    id: str
    source: str
    claim: str
    verdict: str
    evidence: str
    said: str
    columns: list[str]
    rows: list[list[str]]


def claims(stored: Stored) -> list[Claim]:
    """Every claim: what does not hold first, then what holds under a condition."""
    shown = [
        Claim(row["id"], row["source"], row["claim"], row["verdict"], row["evidence"], *parts)
        for row in stored["claims"].to_dict("records")
        for parts in [_as_table(row["evidence"])]
    ]
    return sorted(shown, key=lambda claim: {FAILS: 0, HOLDS: 2}.get(claim.verdict, 1))


def _as_table(evidence: str) -> tuple[str, list[str], list[list[str]]]:
    """What is said of a list ``A, x: 1, y: 2; B, x: 3, y: 4; ...``, its columns and its rows.

    The whole sentence, and no row, where it is no such list.
    """
    said, _, listed = evidence.partition(": ")
    rows = [(label, _CELL.findall(cells)) for label, _, cells in map(_parted, listed.split("; "))]
    names = [[name for name, _ in cells] for _, cells in rows]
    if len(rows) < FEWEST_ROWS or not names[0] or any(other != names[0] for other in names):
        return evidence, [], []
    return said, ["", *names[0]], [[label, *(value for _, value in cells)] for label, cells in rows]


def _parted(text: str) -> tuple[str, str, str]:
    return text.partition(", ")
