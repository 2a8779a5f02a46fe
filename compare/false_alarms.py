"""How often would an honest run be called a disagreement?"""

from dataclasses import dataclass
from typing import Any

import pandas as pd
from scipy.stats import binomtest

from compare.runs import Setting
from compare.spread import Spread, member_runs
from compare.verdicts import compare_arrays

RUNS = 300
BATCH = 50
FIRST_SEED = 1001  # not that of the stored spread
CONFIDENCE = 0.95
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
    spread, worst, where, alarms = Spread(setting.case), 0.0, "", 0
    for first in range(0, RUNS, BATCH):
        native, members = member_runs(setting, BATCH, FIRST_SEED + first)
        for i in range(BATCH):
            alarmed = False
            for quantity in setting.case.measured:
                shape = setting.case.shape(quantity)
                moved = spread.of(setting.variant.name, setting.start, quantity)
                found = compare_arrays(native[quantity], members[quantity][i], shape, moved)
                alarmed |= found.verdict == "disagree"
                if found.ratio_to_tolerance > worst:
                    worst, where = found.ratio_to_tolerance, quantity
            alarms += alarmed
    return Alarms(setting, RUNS, alarms, worst, where)


def alarm_table(found: list[Alarms]) -> pd.DataFrame:
    """One row for each setting and one for all: rate of false alarms with its 95 % interval."""
    rows = [
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
    worst = max(found, key=lambda a: a.worst_ratio)
    everywhere = {
        "case": "all",
        "variant": "",
        "start": "",
        **_rate(sum(a.alarms for a in found), sum(a.runs for a in found)),
        "worst_ratio": worst.worst_ratio,
        "where": str(worst.setting),
    }
    rows.append(everywhere)
    return pd.DataFrame(rows)


def _rate(alarms: int, runs: int) -> dict[str, Any]:
    interval = binomtest(alarms, runs).proportion_ci(CONFIDENCE)
    return {
        "runs": runs,
        "false_alarms": alarms,
        "rate": alarms / runs,
        "low": float(interval.low),
        "high": float(interval.high),
    }
