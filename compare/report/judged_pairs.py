"""The verdicts on somebody's pairs, as every view of a report shows them."""

from dataclasses import dataclass

import pandas as pd

from ..case.schema import NATIVE, NO_VARIANT
from ..case.setting import SETTING, setting_name
from ..judge.verdicts import FAILING, rank

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
        Its rows of ``outputs.csv``, what fails first; the ``name`` of each in words, and the
        ``reason`` why it differs.
    messages : list of (str, str)
        Who said what, in words.
    """

    case: str
    variant: str
    start: str
    verdict: str
    fails: bool
    outputs: pd.DataFrame
    messages: list[tuple[str, str]]

    @property
    def name(self) -> str:
        """Case and inputs, in words."""
        return setting_name(self.case, self.variant, self.start.replace(NO_VARIANT, ""))


def judged_pairs(
    outputs: pd.DataFrame,
    messages: pd.DataFrame,
    explanations: pd.DataFrame,
    published: pd.DataFrame | None = None,
) -> list[JudgedPair]:
    """Every pair at every set of inputs, in the order in which they were named.

    Parameters
    ----------
    published : DataFrame, optional
        Rows of ``published.csv``: a printed number that fails counts for its pair.
    """
    verdicts = []
    failing = _failing_numbers(published)
    for key, rows in outputs.groupby(SETTING, sort=False):
        case, variant, start = map(str, key)
        said = of_pair(messages, (case, variant, start))
        reasons = _reasons(of_pair(explanations, (case, variant, start)))
        printed = failing.get((case, variant, start), [])
        rows = rows.assign(reason=[reasons.get(str(name), "") for name in rows["output"]])
        verdicts.append(
            JudgedPair(
                case,
                variant,
                start,
                max([*map(str, rows["verdict"]), *printed], key=rank),
                bool(printed) or bool(rows["fails"].astype(str).eq("True").any()),
                _named(rows.sort_values("verdict", key=lambda v: -v.map(rank), kind="stable")),
                _in_words(said),
            )
        )
    return verdicts


def _failing_numbers(published: pd.DataFrame | None) -> dict[tuple[str, str, str], list[str]]:
    """The verdicts on printed numbers that fail, by case and inputs."""
    found: dict[tuple[str, str, str], list[str]] = {}
    if published is not None:
        bad = published[published["verdict"].isin(FAILING)]
        for case, variant, start, verdict in bad[[*SETTING, "verdict"]].itertuples(index=False):
            found.setdefault((case, variant, start or NO_VARIANT), []).append(str(verdict))
    return found


def of_pair(table: pd.DataFrame, names: tuple[str, str, str]) -> pd.DataFrame:
    """The rows of a table that are about a case with these inputs."""
    return table[(table[SETTING] == list(names)).all(axis=1)]


def _reasons(explanations: pd.DataFrame) -> dict[str, str]:
    """By output, what explains its difference, a sentence a line; a second reason is as good."""
    reasons: dict[str, list[str]] = {}
    for _, row in explanations.iterrows():
        # what a trial showed is a change that makes both the same, and not a usual cause
        told = "To change" if row["hypothesis"] == "argument" else "Usual cause"
        said = reasons.setdefault(str(row["output"]), [])
        also = "or else " if said else ""
        said.append(f"{also}{row['evidence'] or row['hypothesis']}")
        if row["advice"]:
            said.append(f"{told}: {row['advice']}")
    return {output: "\n".join(texts) for output, texts in reasons.items()}


def _named(rows: pd.DataFrame) -> pd.DataFrame:
    names = [
        output if arithmetic == NATIVE else f"{output} ({arithmetic})"
        for output, arithmetic in zip(rows["output"], rows["arithmetic"], strict=True)
    ]
    return rows.assign(name=names)


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
