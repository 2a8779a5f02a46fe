"""What became of a mutant."""

from dataclasses import dataclass

import pandas as pd

KILLED, KILLED_BY_ERROR, SURVIVED = "killed", "killed_by_error", "survived"
EQUIVALENT, EXPLAINED = "equivalent", "explained"


@dataclass(frozen=True)
class Outcome:
    """What became of a mutant.

    Attributes
    ----------
    outcome : str
        ``killed`` by comparing values; ``killed_by_error`` by an error before there were values;
        ``equivalent``, it cannot change a value, and did not; ``explained``, it could, but for
        the reason given no run shows it; ``survived``, which is a failure of the checker.
    """

    language: str
    kind: str
    what: str
    outcome: str
    how: str


def explained_table(outcomes: list[Outcome]) -> pd.DataFrame:
    """The mutants that could change a value, and that no run shows, each with the reason."""
    rows = [(o.language, o.what, o.how) for o in outcomes if o.outcome == EXPLAINED]
    return pd.DataFrame(rows, columns=["language", "mutant", "reason"])


def outcome_table(outcomes: list[Outcome]) -> pd.DataFrame:
    """One row for each language and kind: how many mutants, and what became of them."""
    table = pd.DataFrame([vars(outcome) for outcome in outcomes])
    counts = table.pivot_table(
        index=["language", "kind"], columns="outcome", values="what", aggfunc="count", fill_value=0
    )
    kinds = [KILLED, KILLED_BY_ERROR, EQUIVALENT, EXPLAINED, SURVIVED]
    counts = counts.reindex(columns=kinds, fill_value=0)
    counts.insert(0, "mutants", counts.sum(axis=1))
    return counts.reset_index()
