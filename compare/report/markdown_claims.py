"""What the sources say in words, as sections of the report's page."""

import pandas as pd

from ..evidence import tables as stored_tables
from ..safety.inert import in_markdown
from .markdown_table import Strong, markdown_table
from .summary import claim_sentence
from .verification import Verification


def claim_sections(verification: Verification) -> str:
    """The claims and the known differences, each with what was measured."""
    sections = []
    if not verification.claims.empty:
        table = pd.DataFrame(
            {
                "where": verification.claims["source"],
                "claim": verification.claims["claim"],
                "verdict": [Strong(v) for v in verification.claims["verdict"]],
                "evidence": _marked(
                    verification.claims, "evidence", verification.stored_statements
                ),
            },
            dtype=object,  # a column of texts would forget how they are shown
        )
        sections.append(
            "## What the sources claim\n\n"
            f"{in_markdown(claim_sentence(verification))}. {_origin()}\n\n" + markdown_table(table)
        )
    if not verification.differences.empty:
        table = pd.DataFrame(
            {
                "Python": verification.differences["python"],
                "R": verification.differences["r"],
                "consequence": verification.differences["consequence"],
                "verdict": [Strong(v) for v in verification.differences["verdict"]],
                "evidence": _marked(
                    verification.differences, "evidence", verification.stored_statements
                ),
            },
            dtype=object,
        )
        sections.append(
            "## Where the chapter's own R and Python code differ\n\n" + markdown_table(table)
        )
    return "\n\n".join(sections)


def _marked(table: pd.DataFrame, column: str, stored: list[str]) -> list[str]:
    return [
        text + (" †" if name in stored else "")
        for name, text in zip(table["id"], table[column], strict=True)
    ]


def _origin() -> str:
    stored = stored_tables.load("claims")
    if stored is None:
        return ""
    age = " **The code has changed since.**" if stored.stale else ""
    return (
        "What is not marked was decided by this run's own results; what is marked † takes too "
        f"long for that, and is kept from `{stored.command}`, on a machine with "
        f"{in_markdown(stored.facts.get('NumPy BLAS', ''))}; CPU with "
        f"{in_markdown(stored.facts.get('CPU', ''))}.{age}"
    )
