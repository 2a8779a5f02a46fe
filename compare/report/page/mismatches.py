"""Printed numbers that are not reproduced, and which side to look at."""

from shlex import quote
from typing import Any

import numpy as np
import pandas as pd

from ...case.schema import LANGUAGE_NAMES
from ...case.setting import SETTING, name_in
from ...run.environment import COMMAND
from .failure import Failure
from .stored import Stored
from .text import common_digits, decimals_of, meaningful

NOT_THE_PORT = (
    "R and Python agree with each other, so it is not the port: compare what both compute, "
    "and the case file, with the source."
)


def mismatches(stored: Stored) -> list[Failure]:
    """One for each quantity of a run."""
    published = stored["published"]
    cards = []
    keys = [*SETTING, "language", "quantity"]
    for _, rows in published[published["verdict"] == "mismatch"].groupby(keys, sort=False):
        row = rows.iloc[0]
        decimals = decimals_of(row["printed"])
        at = f"[{row['index']}]" if row["index"] else ""  # a scalar has no places
        number = f"{row['quantity']}{at} in {LANGUAGE_NAMES[row['language']]}"
        is_built_in = any(case.name == row["case"] for case in stored.cases)
        facts = [
            ("number", "; ".join(filter(None, [number, row["place"]]))),
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
                f"A printed number is not reproduced: {name_in(row)}",
                row["case"],
                facts,
                _blame(row, stored) if is_built_in else _blame_in_pair(row, stored),
                [f"{COMMAND} show {quote(row['case'])}"] if is_built_in else [],
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
            "The value here is proved: nothing else follows from these data and this start. "
            "So the printed number, or the data and settings in the case file, are not the "
            "source's."
        )
    return NOT_THE_PORT


def _blame_in_pair(row: "pd.Series[Any]", stored: Stored) -> str:
    """Which side to look at, where both languages returned what somebody printed."""
    outputs = stored["outputs"]
    for column, name in (("case", "case"), ("variant", "variant"), ("output", "quantity")):
        outputs = outputs[outputs[column] == row[name]]
    if outputs.empty:
        return ""
    differs = (outputs["fails"] == "True").any()
    return "R and Python differ in this output: begin there." if differs else NOT_THE_PORT
