"""A data frame as a table of Markdown."""

from typing import Any

import pandas as pd


def one_line(text: Any) -> str:
    """Text that stays within one cell."""
    return " ".join(str(text).split()).replace("|", "\\|")


def markdown_table(table: pd.DataFrame) -> str:
    """The table, every cell as text."""
    return table.map(one_line).to_markdown(index=False, disable_numparse=True)
