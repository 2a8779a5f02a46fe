"""Stored evidence as sections of the report's page."""

import pandas as pd

from compare.evidence import load
from compare.markdown_table import markdown_table
from compare.summary import where

BY_NUMBER = "profile_numbers"
EVIDENCE = {
    "selftest": "The checker, checked: deliberate faults and what became of them",
    "false_alarms": "False alarms: honest runs that would be called a disagreement",
    "profiles": "The same in other arithmetic environments",
    BY_NUMBER: "Printed numbers that move between environments",
}


def evidence_sections() -> str:
    """Tables that are made by commands of their own and stored."""
    sections = []
    for name, title in EVIDENCE.items():
        stored = load(name)
        if stored is None:
            continue
        age = " **The code has changed since.**" if stored.stale else ""
        machine = stored.facts.get("NumPy BLAS", "") + "; CPU with " + stored.facts.get("CPU", "")
        sections.append(
            f"## {title}\n\nBy `{stored.command}`, on a machine with {machine}.{age}\n\n"
            + markdown_table(
                _by_number(stored.table) if name == BY_NUMBER else stored.table.map(_shorter)
            )
        )
    return "\n\n".join(sections)


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
                "printed": f"`{number['printed']}`",
                "reproduced in": f"{len(good)} of {len(found)}: " + "; ".join(good),
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
