"""How much could still change and pass: the worst of each setting, for a reader."""

import pandas as pd

from ..case.setting import SETTING

WHOLE_RUN = "whole run"


def worst_of_each_setting(table: pd.DataFrame) -> pd.DataFrame:
    """One row for each setting: the largest change that passes in its windows and over its run.

    The settings that let pass most over their whole run come first.
    """
    rows = []
    for key, of_setting in table.groupby(SETTING, sort=False):
        whole = of_setting["where"] == WHOLE_RUN
        cells = {
            "in windows": _worst(of_setting[~whole]),
            "over the whole run": _worst(of_setting[whole]),
        }
        passing = float(of_setting.loc[whole, "largest_passing"].max())
        rows.append((passing, dict(zip(SETTING, map(str, key), strict=True)) | cells))
    rows.sort(key=lambda row: -row[0])
    return pd.DataFrame(
        [row for _, row in rows], columns=[*SETTING, "in windows", "over the whole run"]
    )


def _worst(changes: pd.DataFrame) -> str:
    if changes.empty:
        return "-"
    row = changes.iloc[int(changes["largest_passing"].to_numpy(float).argmax())]
    place = "" if row["where"] == WHOLE_RUN else f", {row['where']}"
    return f"{row['largest_passing']:.1e} ({row['quantity']}{place})"
