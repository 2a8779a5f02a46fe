"""Stored evidence as it is shown: fewer rows, fewer digits."""

import pandas as pd

from compare.errors import described
from compare.schema import CaseError
from compare.stored_tables import Evidence, load
from compare.summary import where

BY_NUMBER, BY_CASE = "profile_numbers", "false_alarms"
SHOWN_ENVIRONMENTS = 3
TITLES = {
    "selftest": "The checker, checked: deliberate faults and what became of them",
    BY_CASE: "False alarms: honest runs that would be called a disagreement",
    "profiles": "The same in other arithmetic environments",
    BY_NUMBER: "Printed numbers that move between environments",
}

DAMAGED = (ArithmeticError, AttributeError, LookupError, TypeError, ValueError)
COLUMNS = {  # by which the tables are used; more may be in them
    "selftest": ["faults", "caught", "stopped", "equivalent", "explained", "survived"],
    BY_CASE: ["case", "variant", "start", "runs", "false_alarms", "worst_ratio", "where", "high"],
    "profiles": ["environment", "dropped"],
    BY_NUMBER: [
        *("case", "variant", "start", "quantity", "index", "printed"),
        *("environment", "verdict", "lre_proved"),
    ],
    "partings": [
        *("case", "variant", "start", "iteration", "quantity", "index", "python", "r", "ulps"),
        *("doubling", "cause"),
    ],
    "claims": ["id", "verdict", "evidence"],
}


def check_stored_tables() -> None:
    """Refuse stored tables that cannot be used, before anything runs.

    Raises
    ------
    CaseError
        Names the file and the reason.
    """
    for name in COLUMNS:
        try:
            stored = load(name)
            if stored is not None:
                _check(name, stored)
        except CaseError:
            raise
        except (OSError, RecursionError, *DAMAGED) as error:
            raise CaseError(f"{name}.csv is damaged ({described(error)})") from None


def _check(name: str, stored: Evidence) -> None:
    missing = [column for column in COLUMNS[name] if column not in stored.table]
    if missing:
        raise CaseError(f"{name}.csv: no column {missing[0]!r}; renew it with: {stored.command}")
    if name in TITLES:
        shown(name, stored.table)


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
