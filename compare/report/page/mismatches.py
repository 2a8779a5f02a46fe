"""Printed numbers that are not reproduced, and which side to look at."""

from shlex import quote
from typing import Any

import numpy as np
import pandas as pd

from ...case.setting import SETTING, name_in
from .failure import COMMAND, Failure
from .stored import Stored
from .text import common_digits, decimals_of, meaningful


def mismatches(stored: Stored) -> list[Failure]:
    """One for each quantity of a run."""
    published = stored["published"]
    cards = []
    keys = [*SETTING, "language", "quantity"]
    for _, rows in published[published["verdict"] == "mismatch"].groupby(keys, sort=False):
        row = rows.iloc[0]
        decimals = decimals_of(row["printed"])
        facts = [
            ("number", f"{row['quantity']}[{row['index']}] in {row['language']}; {row['place']}"),
            ("printed", row["printed"]),
            ("here", meaningful(row["recomputed"], row["tolerance"], decimals)),
        ]
        if row["proved"]:
            facts.append(("exactly", row["proved"]))
        if np.isnan(row["recomputed"]):
            facts[-1] = ("why", row["reason"])
        cards.append(
            Failure(
                "mismatch",
                f"A printed number does not come out: {name_in(row)}",
                row["case"],
                facts,
                _blame(row, stored),
                [f"{COMMAND} show {quote(row['case'])}"],
                len(rows),
            )
        )
    return cards


def _blame(row: "pd.Series[Any]", stored: Stored) -> str:
    """Which side to look at: the printed number, one language, or both."""
    pair = stored["agreement"]
    for column in SETTING:
        pair = pair[pair[column] == row[column]]
    if (pair["verdict"] == "disagree").any():
        return "R and Python differ in this run: begin there."
    if np.isnan(row["recomputed"]):
        return ""
    here = meaningful(row["recomputed"], row["tolerance"], decimals_of(row["printed"]))
    if row["proved"] and common_digits(here, row["proved"]) >= row["digits_printed"]:
        return (
            "The value here is proved: from these data and this start nothing else can come out. "
            "So the printed number, or the data and settings in the case file, are not the "
            "source's."
        )
    return (
        "R and Python agree with each other, so it is not the port: compare what both compute, "
        "and the case file, with the source."
    )
