"""Somebody's pairs of functions in Markdown."""

import pandas as pd

from ..safety.inert import in_markdown
from .distance import in_ulp
from .judged_pairs import JudgedPair, judged_pairs
from .markdown_table import markdown_table
from .verification import Verification

MOST_PAIRS, MOST_OUTPUTS, MOST_SAID = 40, 15, 4


def pair_sections(verification: Verification) -> str:
    """Each pair with its outputs, what fails first; empty where there is none."""
    pairs = judged_pairs(verification.outputs, verification.messages, verification.explanations)
    if not pairs:
        return ""
    shown = sorted(pairs, key=lambda pair: not pair.fails)[:MOST_PAIRS]
    more = f"\n\nAnd {len(pairs) - MOST_PAIRS} more." if len(pairs) > MOST_PAIRS else ""
    return (
        "## Pairs of functions\n\nThe tolerance of a value is four times the largest change that "
        "rounding was measured to make in either language. `values.csv` has every value.\n\n"
        + "\n\n".join(map(_section, shown))
        + more
    )


def _section(pair: JudgedPair) -> str:
    outputs = pair.outputs.head(MOST_OUTPUTS)
    table = pd.DataFrame(
        {
            "output": outputs["name"],
            "verdict": outputs["verdict"],
            "values": outputs["n_values"],
            "distance": [in_ulp(ulp) for ulp in outputs["max_ulp"]],
            "digits in Python": outputs["python_digits"],
            "in R": outputs["r_digits"],
            "note": [
                "; ".join(filter(None, map(str, texts)))
                for texts in zip(
                    outputs["note"],
                    outputs["declared"],
                    outputs["reason"].str.replace("\n", ". "),
                    strict=True,
                )
            ],
        }
    )
    lines = [f"### {in_markdown(pair.name)}: {pair.verdict}", markdown_table(table)]
    if len(pair.outputs) > MOST_OUTPUTS:
        lines.append(f"And {len(pair.outputs) - MOST_OUTPUTS} more outputs.")
    said = [f"- {who}: {in_markdown(text[:300])}" for who, text in pair.messages[:MOST_SAID]]
    return "\n\n".join([*lines, "\n".join(said)] if said else lines)
