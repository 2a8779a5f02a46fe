"""The words of verdicts, which of them fail, and the exit code that they come to."""

from collections.abc import Iterable
from typing import Literal

from ..safety.guard import CRASHED

PairVerdict = Literal["identical", "agree", "undetermined", "disagree", "not compared"]
ValueVerdict = Literal[
    "identical",
    "agree",
    "missing",
    "undetermined",
    "disagree",
    "not comparable",
    "not compared",
]
PrintedVerdict = Literal[
    "reproduced", "within rounding", "undetermined", "mismatch", "not compared"
]
# of what is stored, beside what is made now
ReferenceVerdict = Literal["holds", "contradicted", "unproved", "not compared"]
REVIEWED, CHANGED = "as reviewed", "changed"  # of a claim's verdict, beside the reviewed one
NOT_COMPARED, NOT_COMPARABLE = "not compared", "not comparable"
# every verdict, from the best to the worst, and how a view marks it
MARKS: dict[str, Literal["good", "warn", "bad"]] = {
    "reproduced": "good",
    "within rounding": "warn",
    "identical": "good",
    "agree": "good",
    "holds": "good",
    REVIEWED: "good",
    "missing": "warn",  # on both sides
    "undetermined": "warn",
    "unproved": "warn",
    "contradicted": "bad",
    CHANGED: "bad",
    "mismatch": "bad",
    "disagree": "bad",
    NOT_COMPARABLE: "bad",
    NOT_COMPARED: "bad",
}
DISAGREEING = ("mismatch", "disagree", "contradicted", CHANGED)
INCOMPLETE = (NOT_COMPARABLE, NOT_COMPARED)
FAILING = (*DISAGREEING, *INCOMPLETE)
MEANING = {
    0: "everything expected was compared and holds",
    1: "a printed number is a mismatch, or R and Python disagree",
    2: "not everything could be compared",
    CRASHED: "an error of the program itself came between",
}


def rank(verdict: str) -> int:
    """How bad a verdict is, from 0 on; what is none is worst."""
    return [*MARKS, verdict].index(verdict)


def exit_code(verdicts: Iterable[str], problems: bool, crashed: bool) -> int:
    """0 all holds, 1 a mismatch or disagreement, 2 not everything compared, 70 a crash."""
    said = set(verdicts)
    if crashed:
        return CRASHED
    if problems or said.intersection(INCOMPLETE):
        return 2
    return 1 if said.intersection(DISAGREEING) else 0
