"""Stored evidence as it is shown: fewer rows, fewer digits."""

import pandas as pd

from ..case.setting import where

BY_NUMBER, BY_CASE = "profile_numbers", "false_alarms"
SHOWN_ENVIRONMENTS = 3
TITLES = {
    "selftest": "The checker, checked: deliberate faults and what became of them",
    BY_CASE: "False alarms: honest runs that would be called a disagreement",
    "profiles": "The same in other arithmetic environments",
    BY_NUMBER: "Printed numbers that move between environments",
}


def shown(name: str, table: pd.DataFrame) -> pd.DataFrame:
    """The table in few rows and digits."""
    if name == BY_NUMBER:
        return _by_number(table)
    return _by_case(table) if name == BY_CASE else table.map(_shorter)


def _by_case(alarms: pd.DataFrame) -> pd.DataFrame:
    """One row for each case and one for all: how many runs, and which came nearest."""
    rows = []
    for case, found in alarms.groupby("case", sort=False):
        worst = found.iloc[int(found["worst_ratio"].astype(float).argmax())]
        rows.append(
            {
                "case": case,
                "honest runs": found["runs"].astype(int).sum(),
                "false alarms": found["false_alarms"].astype(int).sum(),
                "worst ratio to tolerance": f"{float(worst['worst_ratio']):.2f}",
                "there": f"{worst['variant']} {worst['start']} {worst['where']}".strip(),
            }
        )
    rate = alarms.iloc[-1]
    rows[-1]["false alarms"] = f"{rate['false_alarms']}, at most {float(rate['high']):.2%}"
    return pd.DataFrame(rows)


def _by_number(moved: pd.DataFrame) -> pd.DataFrame:
    """One row for each printed number: where it is reproduced, and how true it is elsewhere."""
    rows = []
    keys = ["case", "variant", "start", "quantity", "index", "printed"]
    for key, found in moved.groupby(keys, sort=False):
        number = pd.Series(dict(zip(keys, key, strict=True)))
        good = found.loc[found["verdict"] == "reproduced", "environment"]
        digits = found["lre_proved"].replace("", "nan").astype(float)
        span = f"{digits.min():.1f} to {digits.max():.1f}" if digits.notna().any() else "-"
        rows.append(
            {
                "number": f"{where(number)}[{number['index']}]",
                "printed": number["printed"],
                "reproduced in": f"{len(good)} of {len(found)}"
                + (": " + "; ".join(good) if 0 < len(good) <= SHOWN_ENVIRONMENTS else ""),
                "true digits": span,
            }
        )
    return pd.DataFrame(rows)


def _shorter(text: str) -> str:
    """A number of a stored table, without digits that mean nothing here."""
    try:
        return f"{float(text):.6g}" if "." in text and not text.startswith("0.00") else text
    except ValueError:
        return text
