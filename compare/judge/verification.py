"""What a verification ends in: everything that was run and found."""

from dataclasses import dataclass, field

import pandas as pd

from ..case.case import Case
from ..safety.guard import CRASHED
from . import claims


@dataclass(frozen=True)
class Verification:
    """Everything that was run and found.

    Attributes
    ----------
    cases : list of Case
    published, agreement, predictions, trajectories, accuracy, references, final_values : DataFrame
        See `compare.verify.tables` and `compare.verify.truth`.
    windows, sensitivity : DataFrame
        See `compare.verify.window_tables` and `compare.verify.sensitivity`.
    first_differences : DataFrame
        See `compare.explain.first_differences`.
    oracles : DataFrame
        See `compare.verify.oracles`.
    claims, differences : DataFrame
        See `compare.judge.claims`.
    problems : list of str
        What could not be compared, and why.
    crashes : list of (str, str)
        Errors of the program itself: what each said, and its traceback.
    """

    cases: list[Case]
    published: pd.DataFrame
    agreement: pd.DataFrame
    predictions: pd.DataFrame
    trajectories: pd.DataFrame
    windows: pd.DataFrame
    sensitivity: pd.DataFrame
    accuracy: pd.DataFrame
    references: pd.DataFrame
    final_values: pd.DataFrame
    first_differences: pd.DataFrame
    oracles: pd.DataFrame
    claims: pd.DataFrame
    differences: pd.DataFrame
    problems: list[str]
    crashes: list[tuple[str, str]] = field(default_factory=list)

    @property
    def exit_code(self) -> int:
        """0 all holds, 1 mismatch or disagreement, 2 not everything compared, 70 a crash."""
        if self.crashes:
            return CRASHED
        tables = (
            *(self.published, self.agreement, self.windows, self.accuracy),
            *(self.references, self.oracles),
            *(claims.reviewed(table) for table in (self.claims, self.differences)),
        )
        verdicts = {verdict for table in tables for verdict in table["verdict"]}
        if self.problems or "not compared" in verdicts:
            return 2
        return 1 if {"mismatch", "disagree", "contradicted", claims.CHANGED} & verdicts else 0
