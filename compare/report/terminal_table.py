"""Tables in a terminal, of which nothing is cut off."""

import math
from collections.abc import Sequence

import pandas as pd
from rich.console import Console
from rich.table import Table

from ..safety.inert import one_line

GAP = 2
MOST_RECORDS = 8


def print_table(console: Console, frame: pd.DataFrame) -> None:
    """A table as it is, numbers to six digits."""
    rows = [[_cell(value) for value in row] for row in frame.itertuples(index=False)]
    print_rows(console, [str(column) for column in frame.columns], rows)


def print_rows(console: Console, columns: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """A table; a few rows that are wider than the terminal in lines of their own.

    Many such rows stand in long lines, which the terminal breaks.
    """
    widths = [max(map(len, cells)) for cells in zip(columns, *rows, strict=True)]
    wide = sum(widths) + GAP * len(widths) > console.width
    if wide and len(rows) > MOST_RECORDS:
        for cells in (columns, *rows):
            line = "".join(f"{c:<{w + GAP}}" for c, w in zip(cells, widths, strict=True))
            console.print(line.rstrip(), soft_wrap=True, markup=False, highlight=False)
        return
    if not wide:
        table = Table(box=None, header_style="bold")
        for column in columns:
            table.add_column(column)
        for row in rows:
            table.add_row(*row)
        console.print(table)
        return
    name_width = max(map(len, columns))
    for row in rows:
        console.print()
        for name, cell in zip(columns, row, strict=True):
            if cell:
                line = f"  {name:<{name_width}}  {cell}"
                console.print(line, soft_wrap=True, markup=False, highlight=False)


def _cell(value: object) -> str:
    if not isinstance(value, float):
        return one_line(value)
    return "" if math.isnan(value) else f"{value:.6g}"
