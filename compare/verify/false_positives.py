"""The rate of false positives: how often a correct run would be called a disagreement."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from ..case.setting import Setting, where
from ..evidence.directed_spread import Directed
from ..evidence.proof import load
from ..evidence.spread import Spread, member_runs, noisy_members
from ..evidence.windows import Opened, has_windows, open_window, states
from ..judge.pairs import compare_arrays, judge_window
from ..judge.proved import check_proved
from ..judge.undetermined import judge_together
from ..run.runs import Result
from ..safety.errors import CaseError
from .window_tables import widest_tolerances

RUNS = 300
BATCH = 50
FIRST_SEED = 1001  # not that of the stored spread
CONFIDENCE = 0.95
EVERYWHERE = "all"
MOST_FALSE_POSITIVES = 0.01


@dataclass(frozen=True)
class FalsePositives:
    """False positives among the correct runs of a setting, and which value came nearest to one."""

    setting: Setting
    runs: int
    count: int
    worst_ratio: float
    where: str


def count_false_positives(setting: Setting) -> FalsePositives:
    """Judge noisy runs as if they were R's: each is correct, so each `disagree` is false.

    A run counts once, whether it is its whole, one of its windows, or its distance from the
    proved values that is called a disagreement.
    """
    rules, worst, place, count = _Rules(setting), 0.0, "", 0
    for first in range(0, RUNS, BATCH):
        seed = FIRST_SEED + first
        native, members = member_runs(setting, BATCH, seed)
        in_windows = [
            noisy_members(setting.case, w.inputs, w.state, BATCH, seed + place)
            for place, w in enumerate(rules.windows)
        ]
        for i in range(BATCH):
            run = {name: values[i] for name, values in members.items()}
            windows = [{name: v[i] for name, v in window.items()} for window in in_windows]
            ratios = rules.ratios(native, run, windows)
            count += any(disagrees for _, _, disagrees in ratios)
            nearest, ratio, _ = max(ratios, key=lambda judged: judged[1])
            if ratio > worst:
                worst, place = ratio, nearest
    return FalsePositives(setting, RUNS, count, worst, place)


class _Rules:
    """Everything by which a native run of a setting is judged."""

    def __init__(self, setting: Setting) -> None:
        self._setting, self._spread = setting, Spread(setting.case)
        self._proved, self._directed = load(setting).values, Directed(setting.case)
        reached = states(setting) if has_windows(setting.case, setting.start) else {}
        self.windows = [open_window(setting, place, state) for place, state in reached.items()]
        self._ranges: dict[str, float] = {}
        for window in self.windows:
            for name, widest in widest_tolerances(window.native, window.spread).items():
                self._ranges[name] = max(self._ranges.get(name, 0.0), widest)

    def ratios(
        self, native: Result, run: Result, windows: list[Result]
    ) -> list[tuple[str, float, bool]]:
        """Where, the ratio to the tolerance there, and whether that is a disagreement."""
        return [
            *self._whole(native, run),
            *(
                judged
                for w, r in zip(self.windows, windows, strict=True)
                for judged in _window(w, r)
            ),
            *self._proofs(run),
        ]

    def _whole(self, native: Result, run: Result) -> Iterator[tuple[str, float, bool]]:
        case = self._setting.case
        comparisons = {
            name: compare_arrays(
                native[name], run[name], case.shape(name), self._spread.of(self._setting, name)
            )
            for name in case.measured
        }
        weights = self._setting.weight_names
        judged = judge_together(comparisons, weights, self._ranges, case.trajectories)
        for name, c in judged.items():
            yield name, c.ratio_to_tolerance, c.fails

    def _proofs(self, run: Result) -> Iterator[tuple[str, float, bool]]:
        case = self._setting.case
        weights_undetermined = self._spread.leaves_weights_undetermined(self._setting, run)
        for name, proved in self._proved.items():
            directed = self._directed.of(self._setting, "python", name)
            noisy = self._spread.of(self._setting, name)
            if noisy is None:
                raise CaseError(f"{self._setting}: {name}: its rounding spread was not measured")
            values, spread = np.ravel(run[name]), np.ravel(noisy)
            check = check_proved(
                values, proved, directed, spread, weights_undetermined, name in case.trajectories
            )
            yield f"{name}, proved", check.ratio_to_tolerance, check.verdict != "agree"


def _window(opened: Opened, run: Result) -> Iterator[tuple[str, float, bool]]:
    for name, spread in opened.spread.items():
        comparison = judge_window(
            opened.native[name], run[name], np.shape(opened.native[name]), spread
        )
        where = f"{name}, window {opened.place}"
        yield where, comparison.ratio_to_tolerance, comparison.fails


def false_positive_table(
    counted: list[FalsePositives], earlier: pd.DataFrame | None = None
) -> pd.DataFrame:
    """One row for each setting and one for all: rate of false positives with its 95 % interval.

    Parameters
    ----------
    kept : DataFrame, optional
        An earlier table, whose other cases stay.
    """
    fresh = pd.DataFrame(
        [
            {
                **a.setting.labels,
                **_rate(a.count, a.runs),
                "worst_ratio": a.worst_ratio,
                "where": a.where,
            }
            for a in counted
        ]
    )
    if earlier is not None:
        others = earlier[~earlier["case"].isin([*fresh["case"], EVERYWHERE])]
        numbers = fresh.select_dtypes("number").columns
        others = others.astype({name: fresh[name].dtype for name in numbers})
        fresh = pd.concat([others, fresh]).sort_values("case", kind="stable", ignore_index=True)
    worst = fresh.iloc[int(fresh["worst_ratio"].argmax())]
    everywhere = {
        "case": EVERYWHERE,
        "variant": "",
        "start": "",
        **_rate(int(fresh["false_positives"].sum()), int(fresh["runs"].sum())),
        "worst_ratio": worst["worst_ratio"],
        "where": where(worst.rename({"where": "quantity"})),
    }
    return pd.concat([fresh, pd.DataFrame([everywhere])], ignore_index=True)


def _rate(count: int, runs: int) -> dict[str, Any]:
    from scipy.stats import binomtest  # a second of import that no other command needs

    interval = binomtest(count, runs).proportion_ci(CONFIDENCE)
    return {
        "runs": runs,
        "false_positives": count,
        "rate": count / runs,
        "low": float(interval.low),
        "high": float(interval.high),
    }
