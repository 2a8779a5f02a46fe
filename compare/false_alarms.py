"""How often would an honest run be called a disagreement?"""

from dataclasses import dataclass
from typing import Any

import pandas as pd

from compare.runs import Setting
from compare.spread import Spread, member_runs
from compare.summary import where
from compare.verdicts import compare_arrays, judge_together

RUNS = 300
BATCH = 50
FIRST_SEED = 1001  # not that of the stored spread
CONFIDENCE = 0.95
EVERYWHERE = "all"
MOST_FALSE_ALARMS = 0.01


@dataclass(frozen=True)
class Alarms:
    """False alarms among the honest runs of one setting, by quantity where there are any."""

    setting: Setting
    runs: int
    alarms: int
    worst_ratio: float
    where: str


def count_alarms(setting: Setting) -> Alarms:
    """Judge noisy runs as if they were R's: each is honest, so each `disagree` is false."""
    spread, worst, place, alarms = Spread(setting.case), 0.0, "", 0
    weights = setting.weight_names
    for first in range(0, RUNS, BATCH):
        native, members = member_runs(setting, BATCH, FIRST_SEED + first)
        for i in range(BATCH):
            found = {}
            for quantity in setting.case.measured:
                shape = setting.case.shape(quantity)
                moved = spread.of(setting.variant.name, setting.start, quantity)
                member = members[quantity][i]
                found[quantity] = compare_arrays(native[quantity], member, shape, moved)
            judged = judge_together(found, weights)
            alarms += any(comparison.verdict == "disagree" for comparison in judged.values())
            for quantity, comparison in judged.items():
                if comparison.ratio_to_tolerance > worst:
                    worst, place = comparison.ratio_to_tolerance, quantity
    return Alarms(setting, RUNS, alarms, worst, place)


def alarm_table(found: list[Alarms], kept: pd.DataFrame | None = None) -> pd.DataFrame:
    """One row for each setting and one for all: rate of false alarms with its 95 % interval.

    Parameters
    ----------
    kept : DataFrame, optional
        An earlier table, whose other cases stay.
    """
    fresh = pd.DataFrame(
        [
            {
                "case": a.setting.case.name,
                "variant": a.setting.variant.name,
                "start": a.setting.start,
                **_rate(a.alarms, a.runs),
                "worst_ratio": a.worst_ratio,
                "where": a.where,
            }
            for a in found
        ]
    )
    if kept is not None:
        others = kept[~kept["case"].isin([*fresh["case"], EVERYWHERE])]
        numbers = fresh.select_dtypes("number").columns
        others = others.astype({name: fresh[name].dtype for name in numbers})
        fresh = pd.concat([others, fresh]).sort_values("case", kind="stable", ignore_index=True)
    worst = fresh.iloc[int(fresh["worst_ratio"].argmax())]
    everywhere = {
        "case": EVERYWHERE,
        "variant": "",
        "start": "",
        **_rate(int(fresh["false_alarms"].sum()), int(fresh["runs"].sum())),
        "worst_ratio": worst["worst_ratio"],
        "where": where(worst.rename({"where": "quantity"})),
    }
    return pd.concat([fresh, pd.DataFrame([everywhere])], ignore_index=True)


def _rate(alarms: int, runs: int) -> dict[str, Any]:
    from scipy.stats import binomtest  # a second of import that no other command needs

    interval = binomtest(alarms, runs).proportion_ci(CONFIDENCE)
    return {
        "runs": runs,
        "false_alarms": alarms,
        "rate": alarms / runs,
        "low": float(interval.low),
        "high": float(interval.high),
    }
