"""A data frame as a table of Markdown."""

from typing import Any

import pandas as pd

from ..safety.inert import as_code, in_markdown


class Code(str):
    """A cell that is shown as code; other cells are text, in which Markdown finds no markup."""


class Strong(str):
    """A cell that is shown in bold."""


def markdown_table(table: pd.DataFrame) -> str:
    """The table, every cell as text."""
    return table.map(_cell).to_markdown(
        index=False, disable_numparse=True, headers=[in_markdown(name) for name in table.columns]
    )


def _cell(value: Any) -> str:
    if isinstance(value, Code):
        return as_code(value)
    return f"**{in_markdown(value)}**" if isinstance(value, Strong) else in_markdown(value)
