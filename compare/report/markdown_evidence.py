"""Stored evidence as sections of the report's page."""

from ..evidence.tables import load
from ..safety.inert import as_code, in_markdown
from .evidence_tables import TITLES, shown
from .markdown_table import markdown_table


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
            + markdown_table(shown(name, stored.table))
        )
    return "\n\n".join(sections)
