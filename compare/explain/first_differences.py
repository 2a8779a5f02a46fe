"""Where each pair of native runs parts: stored, and found anew where a pair disagrees."""

from typing import Any

import pandas as pd

from ..case.case import Case
from ..case.setting import SETTING, Setting, settings
from ..evidence import tables as stored_tables
from .locate import LocateError, Location, locate
from .statements import statements

STORED = "first_differences"
MOST_LOCATED = 3
STATEMENTS = ["python_statements", "r_statements"]  # found anew, never stored
STORED_COLUMNS = [
    *SETTING,
    *("iteration", "quantity", "index", "python", "r", "ulps", "doubling", "cause"),
]
COLUMNS = [*STORED_COLUMNS, "located", *STATEMENTS]
NOW, BEFORE, STALE = "in this run", "before", "before the code changed"


def first_difference_row(location: Location) -> dict[str, Any]:
    """One row for a located pair; ``iteration`` is empty where nothing differs."""
    at = location.reported
    differs = at.iteration is not None
    return {
        **location.setting.labels,
        "iteration": str(at.iteration) if differs else "",
        "quantity": at.quantity,
        "index": ",".join(map(str, at.index)),
        "python": f"{at.python:.17g}" if differs else "",
        "r": f"{at.r:.17g}" if differs else "",
        "ulps": str(at.ulps),
        "doubling": f"{location.doubling:.1f}" if location.doubling else "",
        "cause": location.cause,
    }


def first_differences(
    cases: list[Case], agreement: pd.DataFrame, jobs: int, timeout: float
) -> pd.DataFrame:
    """One row for each pair: the first few that disagree are located now.

    The others are as they were stored; a pair that was never located has no row.
    """
    grid = [setting for case in cases for setting in settings(case)]
    if not grid:
        return pd.DataFrame(columns=list(COLUMNS))
    disagreeing = agreement[agreement["verdict"] == "disagree"]
    disagree = set(disagreeing[SETTING].itertuples(index=False, name=None))
    now = [s for s in grid if tuple(s.labels.values()) in disagree][:MOST_LOCATED]
    rows: dict[Setting, dict[str, Any]] = {s: _locate(s, jobs, timeout) for s in now}
    stored = stored_tables.load(STORED)
    if stored is not None:
        age = STALE if stored.stale else BEFORE
        by_setting = stored.table.assign(located=age).set_index(SETTING, drop=False)
        for setting in grid:
            names = tuple(setting.labels.values())
            if names in by_setting.index and names not in disagree:
                rows[setting] = dict.fromkeys(STATEMENTS, "") | dict(
                    by_setting.loc[[names]].iloc[0]
                )
    return pd.DataFrame([rows[s] for s in grid if s in rows], columns=COLUMNS)


def _locate(setting: Setting, jobs: int, timeout: float) -> dict[str, Any]:
    try:
        row = first_difference_row(locate(setting, jobs, timeout))
    except LocateError as error:
        row = {**setting.labels, "cause": f"could not be located: {error}"}
    case, quantity = setting.case, str(row.get("quantity", ""))
    written = [
        "\n".join(statements(function, quantity, case.quantities)) if quantity else ""
        for function in (case.python, case.r)
    ]
    return {**row, "located": NOW, **dict(zip(STATEMENTS, written, strict=True))}
