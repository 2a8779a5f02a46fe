"""Rows of pairs of runs, and what the networks predict in the end."""

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from ...case.setting import setting_name
from ...explain.cause import NAMES
from ...judge.verdicts import FAILING
from ..distance import in_ulp, share
from ..pair_summary import pair_summaries
from .stored import Stored
from .text import aligned, count, small

MOST_ROWS = 20


@dataclass(frozen=True)
class PairRow:
    """A pair of runs: how far it is apart, where it first differs, and why, short and whole."""

    case: str
    where: str
    verdict: str
    largest: str
    ratio: str
    digits: str
    portable: str
    short_cause: str
    facts: list[tuple[str, str]]


def pairs(stored: Stored) -> list[PairRow]:
    """One row for each pair; the verdict of its worst quantity."""
    differences = stored["first_differences"]
    names = zip(differences["case"], differences["variant"], differences["start"], strict=True)
    known: dict[Any, dict[Any, Any]] = dict(zip(names, differences.to_dict("records"), strict=True))
    rows = []
    for pair in pair_summaries(stored["agreement"]):
        at = known.get((pair.case, pair.variant, pair.start))
        rows.append(
            PairRow(
                pair.case,
                setting_name("", pair.variant, pair.start).lstrip(", "),
                pair.verdict,
                small(pair.max_abs),
                share(pair.ratio),
                "-" if math.isnan(pair.digits) else f"{pair.digits:.1f}",
                pair.portable,
                "not located" if at is None else _short(at["cause"]),
                [
                    ("first difference", _first(at)),
                    ("cause", "not located" if at is None else at["cause"]),
                    ("largest distance", in_ulp(pair.max_ulp)),
                ],
            )
        )
    return sorted(rows, key=lambda row: row.verdict not in FAILING)


def _short(cause: str) -> str:
    """The operation that a cause names; the sentence itself where it names none."""
    if cause.startswith("Nothing differs"):
        return "-"
    if cause.startswith("The first value that differs") and cause.count(". ") == 0:
        return "not located: it has no portable form"
    named = [*NAMES.values(), "not rounding", "More than one operation"]
    return next((name for name in named if name in cause), cause)


def _first(at: dict[Any, Any] | None) -> str:
    if at is None:
        return "-"
    if not at["iteration"]:
        return "none"
    return f"iteration {count(float(at['iteration']))}, {at['quantity']}"


COLUMN_NAMES = {
    "python": "Python",
    "r": "R",
    "alternative_r": "alternative in R",
    "alternative_python": "alternative in Python",
}


@dataclass(frozen=True)
class Prediction:
    """Final predictions of one setting, a row for each observation."""

    case: str
    where: str
    columns: list[str]
    rows: list[list[str]]


def predictions(stored: Stored) -> list[Prediction]:
    """Python, R, the alternative model in both, and the proved values, side by side.

    An alternative that has nothing to do with what varies stands beside the first variant only.
    """
    names = ["case", "variant", "start"]
    predicted = {(case.name, case.prediction) for case in stored.cases}
    final_values = stored["final_values"]
    keys = zip(final_values["case"], final_values["quantity"], strict=True)
    chosen = final_values[np.array([key in predicted for key in keys], dtype=bool)]
    proved = dict(list(chosen.groupby(names, sort=False)))
    shown, alternatives = list[Prediction](), set[tuple[str, ...]]()
    for key, rows in stored["predictions"].groupby(names, sort=False):
        if len(rows) > MOST_ROWS:
            continue
        others = rows.filter(like="alternative_")
        told = (str(key[0]), others.to_csv(index=False))
        if told in alternatives:
            rows = rows.drop(columns=others.columns)
        alternatives.add(told)
        exact = proved.get(key, final_values.head(0))
        shown.append(_prediction(tuple(map(str, key)), rows, exact))
    return shown


def _prediction(key: tuple[str, ...], rows: pd.DataFrame, final_values: pd.DataFrame) -> Prediction:
    shown = {"target": [f"{x:g}" for x in rows["target"]]}
    exact = _exact_predictions(final_values)
    decimals = _common_decimals([rows["python"], rows["r"], *([exact] if exact.size else [])])
    for name in COLUMN_NAMES:
        if name in rows and rows[name].notna().any():
            shown[name] = aligned([f"{v:.{decimals}f}" for v in rows[name]])
    if exact.size:
        shown["exactly"] = aligned([f"{v:.{decimals}f}" for v in exact])
    by_row = [list(cells) for cells in zip(*shown.values(), strict=True)]
    columns = [COLUMN_NAMES.get(name, name) for name in shown]
    where = setting_name("", *key[1:]).lstrip(", ")
    return Prediction(key[0], where, columns, by_row)


def _common_decimals(columns: list[Any]) -> int:
    """As many decimals as all columns have in common, and one more; between 3 and 9."""
    apart = float(np.ptp(np.column_stack(columns), axis=1).max())
    return 9 if not apart > 0 else min(9, max(3, 1 - math.ceil(math.log10(apart))))


def _exact_predictions(final_values: pd.DataFrame) -> Any:
    """The proved values of the predictions; none where one is not proved."""
    proved = final_values["proved"]
    return np.array([]) if (proved == "").any() else proved.astype(float).to_numpy()
