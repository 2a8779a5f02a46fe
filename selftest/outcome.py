"""What became of a fault."""

from dataclasses import dataclass

import pandas as pd

CAUGHT, STOPPED, SURVIVED = "caught", "stopped", "survived"
EQUIVALENT, EXPLAINED = "equivalent", "explained"


@dataclass(frozen=True)
class Outcome:
    """What became of a fault.

    Attributes
    ----------
    outcome : str
        ``caught`` by comparing values; ``stopped`` by an error before there were values;
        ``equivalent``, it cannot change a value, and did not; ``explained``, it could, but for
        the reason given no run shows it; ``survived``, which is a failure of the checker.
    """

    language: str
    kind: str
    what: str
    outcome: str
    how: str


def outcome_table(outcomes: list[Outcome]) -> pd.DataFrame:
    """One row for each language and kind: how many faults, and what became of them."""
    table = pd.DataFrame([vars(outcome) for outcome in outcomes])
    counts = table.pivot_table(
        index=["language", "kind"], columns="outcome", values="what", aggfunc="count", fill_value=0
    )
    kinds = [CAUGHT, STOPPED, EQUIVALENT, EXPLAINED, SURVIVED]
    counts = counts.reindex(columns=kinds, fill_value=0)
    counts.insert(0, "faults", counts.sum(axis=1))
    return counts.reset_index()
