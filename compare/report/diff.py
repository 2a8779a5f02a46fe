"""What moved from one report to another: verdicts, digits and bits."""

import argparse
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from ..case.setting import SETTING
from ..safety.whole import written_whole
from .console import err, out
from .files import DIFF
from .page.columns import DIFF_COLUMNS, read_texts
from .page.stored import load

SHOWN = 8
PRESENT, ABSENT = "present", "absent"
_RUN = [*SETTING, "arithmetic"]
# of each table: what tells its rows apart, and what of them may move
_LOOKED_AT: dict[str, tuple[list[str], list[str]]] = {
    "published": (
        [*SETTING, "language", "quantity", "index", "printed"],
        ["verdict", "recomputed", "digits_correct"],
    ),
    "agreement": ([*_RUN, "quantity"], ["verdict", "digits", "max_ulp"]),
    "outputs": ([*_RUN, "output"], ["verdict", "max_ulp", "python_digits", "r_digits"]),
    "windows": ([*_RUN, "quantity"], ["verdict"]),
    "accuracy": ([*SETTING, "language", "quantity"], ["verdict", "min_lre"]),
    "references": ([*SETTING, "kind"], ["verdict"]),
    "oracles": (["case", "language", "arithmetic", "what"], ["verdict"]),
    "claims": (["id"], ["verdict"]),
    "differences": (["id"], ["verdict"]),
    "first_differences": (SETTING, ["iteration", "quantity", "index"]),
    "final_values": ([*SETTING, "quantity", "index"], ["python", "r"]),
    "trajectories": ([*_RUN, "quantity", "iteration"], ["python", "r"]),
    "values": ([*_RUN, "output", "index"], ["verdict", "python", "r"]),
}


def show_diff(options: argparse.Namespace) -> int:
    """Write ``diff.csv`` into the current folder, and say what is in it; 1 where something is."""
    table = diff(options.old, options.new)
    try:
        with written_whole(Path(DIFF)) as fresh:
            table.to_csv(fresh, index=False)
    except OSError as error:
        err.print(f"nnmirror: {DIFF} cannot be written: {error.strerror}", soft_wrap=True)
        return 2
    print_diff(table)
    return 0 if table.empty else 1


def print_diff(table: pd.DataFrame) -> None:
    """Say what is in such a table."""
    if table.empty:
        out.print("Nothing moved: the same verdicts, digits and bits.", soft_wrap=True)
    for (name, column), rows in table.groupby(["table", "column"], sort=False):
        out.print(f"{name}, {column}: {len(rows):,} moved", style="bold", soft_wrap=True)
        for row in rows.head(SHOWN).itertuples(index=False):
            change = f"{row.old} -> {row.new}" if column != "row" else _whose(str(row.new))
            out.print(f"  {row.key}: {change}", soft_wrap=True, markup=False)
        if len(rows) > SHOWN:
            out.print(f"  and {len(rows) - SHOWN:,} more, in {DIFF}", soft_wrap=True)


def _whose(in_new: str) -> str:
    return "only in the new one" if in_new == PRESENT else "only in the old one"


def diff(old: Path, new: Path) -> pd.DataFrame:
    """One row for each cell that is not the same in both: verdicts first, bits last.

    Parameters
    ----------
    old, new : Path
        Folders of reports.

    Returns
    -------
    DataFrame
        ``table``, ``key`` (case, variant and what else tells its rows apart), ``column``, ``old``,
        ``new``; a row that only one report has is ``present`` in it and ``absent`` in the other.

    Raises
    ------
    ReportError
        One of them is no report that can be read.
    """
    for folder in (old, new):
        load(folder)  # says what is wrong with it
    return moved(old, new)


def moved(old: Path, new: Path) -> pd.DataFrame:
    """The same of folders that hold the tables of a report."""
    parts = [_diff_of(name, *_LOOKED_AT[name], old, new) for name in _LOOKED_AT]
    table = pd.concat(parts, ignore_index=True)
    return table.sort_values("column", key=_by_weight, kind="stable", ignore_index=True)


def _by_weight(columns: "pd.Series[str]") -> "pd.Series[int]":
    """Rows that come or go, then verdicts, then digits, then values."""
    order = ["row", "verdict", "digits", "digits_correct", "python_digits", "r_digits", "min_lre"]
    return columns.map({name: i for i, name in enumerate(order)}).fillna(len(order)).astype(int)


def _diff_of(name: str, keys: list[str], columns: list[str], old: Path, new: Path) -> pd.DataFrame:
    before, after = (_keyed(folder / f"{name}.csv", keys, columns) for folder in (old, new))
    sides = before.merge(
        after, on=["key", "nth"], how="outer", suffixes=(" old", " new"), indicator="side"
    )
    both = sides[sides["side"] == "both"]
    rows = [
        _changes(sides.loc[sides["side"] == "left_only", "key"], "row", PRESENT, ABSENT),
        _changes(sides.loc[sides["side"] == "right_only", "key"], "row", ABSENT, PRESENT),
    ]
    for column in columns:
        was, now = both[f"{column} old"], both[f"{column} new"]
        rows.append(_changes(both["key"], column, was, now)[was != now])
    return pd.concat(rows).assign(table=name)[DIFF_COLUMNS]


def _changes(keys: "pd.Series[str]", column: str, old: Any, new: Any) -> pd.DataFrame:
    return pd.DataFrame({"key": keys, "column": column, "old": old, "new": new})


def _keyed(path: Path, keys: list[str], columns: list[str]) -> pd.DataFrame:
    """Each row's key in one text, which of those with the same key it is, and its columns."""
    table = read_texts(path, [*keys, *columns])
    texts = [table[key].to_numpy(object) for key in keys]
    table["key"] = [" ".join(t for t in row if t) for row in np.column_stack(texts)]
    table["nth"] = table.groupby("key").cumcount()
    return table[["key", "nth", *columns]]
