"""The words of verdicts."""

from typing import Literal

PairVerdict = Literal["identical", "agree", "undetermined", "disagree", "not compared"]
PrintedVerdict = Literal[
    "reproduced", "within rounding", "undetermined", "mismatch", "not compared"
]
