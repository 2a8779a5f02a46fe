"""The largest change that would still pass, in each window and over whole runs."""

import numpy as np
import pandas as pd

from compare.case import Case
from compare.pool import Failure
from compare.results import Results
from compare.runs import Setting, settings
from compare.schema import LANGUAGES
from compare.window_tables import Windows, widest_tolerances
from compare.windows import Window

KEY = ["case", "variant", "start"]
COLUMNS = [*KEY, "quantity", "where", "largest_passing", "relative_to"]
WHOLE_RUN = "whole run"


def sensitivity(
    cases: list[Case], results: Results, windows: Windows, agreement: pd.DataFrame
) -> pd.DataFrame:
    """The largest change that would still pass, in each window and over whole native runs.

    ``largest_passing`` is in units of ``relative_to``, the largest value of the quantity that the
    run and its windows end with, or have in any iteration of a trajectory.
    """
    rows = []
    whole = agreement[agreement["arithmetic"] == "native"].set_index(
        ["case", "variant", "start", "quantity"]
    )["tolerance"]
    for setting in (s for case in cases for s in settings(case)):
        found = windows.get(str(setting), [])
        good = [] if isinstance(found, Failure) else found
        largest = _largest(setting, results, good)
        names = setting.case.name, setting.variant.name, setting.start
        for quantity in setting.case.quantities:
            at = largest.get(quantity, 0.0)
            passing = {f"window {w.place}": _in_window(w, quantity) for w in good}
            passing[WHOLE_RUN] = whole.get((*names, quantity), 0.0)
            for where, absolute in passing.items():
                relative = absolute / at if at else 0.0
                rows.append((*names, quantity, where, relative, at))
    return pd.DataFrame(rows, columns=COLUMNS)


def _in_window(window: Window, quantity: str) -> float:
    widest = widest_tolerances(window.results["python", "native"], window.spread)
    return widest.get(quantity, 0.0)


def _largest(setting: Setting, results: Results, windows: list[Window]) -> dict[str, float]:
    case, (language, *_) = setting.case, LANGUAGES
    run = results.get(case, setting.variant.name, setting.start, language)
    seen = [w.results[language, "native"] for w in windows]
    seen += [] if isinstance(run, Failure) else [run]
    return {
        quantity: max(float(np.abs(result[quantity]).max()) for result in seen)
        for quantity in case.quantities
        if seen and all(np.size(result.get(quantity, [])) for result in seen)
    }


def worst_of_each_setting(table: pd.DataFrame) -> pd.DataFrame:
    """One row for each setting: the largest change that passes in its windows and over its run.

    The settings that let pass most over their whole run come first.
    """
    rows = []
    for key, found in table.groupby(KEY, sort=False):
        whole = found["where"] == WHOLE_RUN
        cells = {"in windows": _worst(found[~whole]), "over the whole run": _worst(found[whole])}
        passing = float(found.loc[whole, "largest_passing"].max())
        rows.append((passing, dict(zip(KEY, map(str, key), strict=True)) | cells))
    rows.sort(key=lambda row: -row[0])
    return pd.DataFrame(
        [row for _, row in rows], columns=[*KEY, "in windows", "over the whole run"]
    )


def _worst(found: pd.DataFrame) -> str:
    if found.empty:
        return "-"
    row = found.iloc[int(found["largest_passing"].to_numpy(float).argmax())]
    place = "" if row["where"] == WHOLE_RUN else f", {row['where']}"
    return f"{row['largest_passing']:.1e} ({row['quantity']}{place})"
