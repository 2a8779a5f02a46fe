"""The verdicts on somebody's pairs, as every view of a report shows them."""

from dataclasses import dataclass

import pandas as pd

from ..case.schema import NO_VARIANT
from ..judge.verdicts import rank

SHOWN_KINDS = (
    "error",
    "second call",
    "changes its input",
    "warning",
    "left out",
    "message",
    "prints",
)


@dataclass(frozen=True)
class JudgedPair:
    """One pair at one set of inputs.

    Attributes
    ----------
    outputs : DataFrame
        Its rows of ``outputs.csv``, what fails first.
    messages : list of (str, str)
        Who said what, in words.
    """

    case: str
    variant: str
    verdict: str
    fails: bool
    outputs: pd.DataFrame
    messages: list[tuple[str, str]]

    @property
    def name(self) -> str:
        """Case and inputs, in words."""
        return self.case if self.variant == NO_VARIANT else f"{self.case} {self.variant}"


def judged_pairs(outputs: pd.DataFrame, messages: pd.DataFrame) -> list[JudgedPair]:
    """Every pair at every set of inputs, in the order in which they were named."""
    verdicts = []
    for key, rows in outputs.groupby(["case", "variant"], sort=False):
        case, variant = map(str, key)
        said = messages[(messages["case"] == case) & (messages["variant"] == variant)]
        verdicts.append(
            JudgedPair(
                case,
                variant,
                max(map(str, rows["verdict"]), key=rank),
                bool(rows["fails"].astype(str).eq("True").any()),
                rows.sort_values("verdict", key=lambda v: -v.map(rank), kind="stable"),
                _in_words(said),
            )
        )
    return verdicts


def _in_words(messages: pd.DataFrame) -> list[tuple[str, str]]:
    ordered = messages.sort_values("kind", key=lambda kinds: kinds.map(_place), kind="stable")
    return [
        (f"{row['language']} {_verb(str(row['kind']))}", str(row["text"]))
        for _, row in ordered.iterrows()
    ]


def _place(kind: str) -> int:
    return [*SHOWN_KINDS, kind].index(kind)


def _verb(kind: str) -> str:
    return {
        "error": "stops",
        "second call": "fails when called again",
        "warning": "warns",
        "left out": "was not measured with",
        "message": "says",
    }.get(kind, kind)
