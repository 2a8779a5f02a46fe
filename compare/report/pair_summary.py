"""Each pair of runs in one line: its verdict, how far its languages differ, its portable runs."""

from collections.abc import Hashable
from dataclasses import dataclass

import pandas as pd

from ..case.schema import NATIVE
from ..case.setting import SETTING
from ..judge.values import NEEDED_DIGITS
from ..judge.verdicts import rank


@dataclass(frozen=True)
class PairSummary:
    """A pair of runs, all its quantities together.

    Attributes
    ----------
    verdict : str
        Of its worst quantity in any arithmetic.
    native : dict
        Number of quantities by verdict.
    max_abs, max_ulp, min_lre, ratio, digits : float
        Of its native runs: largest differences, fewest digits that agree, the largest difference in
        units of its tolerance, and the fewest digits that rounding leaves alone; nan where nothing
        was compared. What agrees with fewer than six digits is zero up to rounding in both
        languages, and has none to be counted.
    portable : str
        What came out in portable arithmetic, and over how many iterations.
    """

    case: str
    variant: str
    start: str
    verdict: str
    native: dict[str, int]
    max_abs: float
    max_ulp: float
    min_lre: float
    ratio: float
    digits: float
    portable: str


def pair_summaries(agreement: pd.DataFrame) -> list[PairSummary]:
    """One for each pair, in the table's order."""
    return [_summary(key, rows) for key, rows in agreement.groupby(SETTING, sort=False)]


def _summary(key: tuple[Hashable, ...], rows: pd.DataFrame) -> PairSummary:
    case, variant, start = map(str, key)
    native = rows[rows["arithmetic"] == NATIVE]
    is_zero = (native["verdict"] == "agree") & (native["digits"] < NEEDED_DIGITS)
    return PairSummary(
        case,
        variant,
        start,
        max(rows["verdict"], key=rank),
        {str(verdict): int(n) for verdict, n in native["verdict"].value_counts().items()},
        max_abs=float(native["max_abs"].max()),
        max_ulp=float(native["max_ulp"].max()),
        min_lre=float(native["min_lre"].min()),
        ratio=float(native["ratio_to_tolerance"].max()),
        digits=float(native.loc[~is_zero, "digits"].min()),
        portable=_portable(rows[rows["arithmetic"] != NATIVE]),
    )


def _portable(rows: pd.DataFrame) -> str:
    if rows.empty:
        return "no portable runs"
    iterations = str(rows["iterations"].iloc[0])
    span = "all iterations" if iterations == "all" else f"{float(iterations):,.0f} iterations"
    same = (rows["verdict"] == "identical").all()
    return f"identical, {span}" if same else "not identical"
