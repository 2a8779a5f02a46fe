"""Stored evidence as sections of the report's page."""

import pandas as pd

from ..evidence.tables import load
from ..safety.inert import as_code, in_markdown
from .evidence_tables import BY_NUMBER, TITLES, shown
from .markdown_table import markdown_table

SHOWN_NUMBERS = 20


def evidence_sections() -> str:
    """Tables that are made by commands of their own and stored."""
    sections = []
    for name, title in TITLES.items():
        stored = load(name)
        if stored is None:
            continue
        age = " **The code has changed since.**" if stored.stale else ""
        machine = in_markdown(
            stored.facts.get("NumPy BLAS", "") + "; CPU with " + stored.facts.get("CPU", "")
        )
        sections.append(
            f"## {title}\n\nBy {as_code(stored.command)}, on a machine with {machine}.{age}\n\n"
            + _table(name, shown(name, stored.table))
        )
    return "\n\n".join(sections)


def _table(name: str, table: pd.DataFrame) -> str:
    """All rows; of printed numbers that move only those with the fewest correct digits."""
    if name != BY_NUMBER or len(table) <= SHOWN_NUMBERS:
        return markdown_table(table)
    fewest = table["correct digits"].str.split(" ").str[0].replace("-", "nan").astype(float)
    first = table.loc[fewest.sort_values(kind="stable").index[:SHOWN_NUMBERS]]
    rest = f"{len(table) - SHOWN_NUMBERS} more, with more correct digits, stand in `{name}.csv`."
    return f"{markdown_table(first)}\n\n{rest}"
