"""The numbers of a printed table, one by one, and whether they can have been printed."""

from collections.abc import Iterable, Iterator
from typing import Any

import numpy as np

from ..numbers.formats import PrintFormat
from .schema import PrintedTable

Entry = tuple[tuple[int, ...], str]


def entries(key: str, table: PrintedTable, shape: tuple[int, ...]) -> Iterator[Entry]:
    """Index and text of each number of a table.

    Raises
    ------
    ValueError
        The table does not fit the quantity's shape, or its format prints no number so.
    """
    if len({len(row) for row in table.values if isinstance(row, list)}) > 1:
        raise ValueError(f"{key}.values: rows of different lengths")
    values = np.array(table.values, dtype=object)
    write = PrintFormat.parse(table.format)
    for text in values.ravel():
        if write(float(text)) != text:
            raise ValueError(f"{key}.values: {table.format} prints no number as {text}")
    if table.index is not None:
        if len(shape) != 1 or values.shape != (len(table.index),):
            raise ValueError(f"{key}.index: needs one number for each value of a trajectory")
        if max(table.index) >= shape[0]:
            raise ValueError(f"{key}.index: {max(table.index)} is past the last, {shape[0] - 1}")
        return (((i,), text) for i, text in zip(table.index, values.tolist(), strict=True))
    if values.shape != (shape or (1,)):
        raise ValueError(f"{key}.values: shape {values.shape}, but {table.quantity} has {shape}")
    return zip(np.ndindex(shape), values.ravel().tolist(), strict=True)


def refuse_contradictions(numbers: Iterable[tuple[Any, PrintFormat, str, str]]) -> None:
    """Raises ValueError where one number is listed twice, or as two that no double is both.

    Parameters
    ----------
    numbers : (which number, format, text, place)
    """
    seen: dict[Any, list[tuple[PrintFormat, str, str]]] = {}
    for which, write, text, place in numbers:
        for other, other_text, other_place in seen.setdefault(which, []):
            name = " ".join(map(str, which))
            if (other.text, other_place) == (write.text, place):
                raise ValueError(f"printed: {name} is listed twice from the same place")
            both = write.nearest(float(other_text), text)
            if both is None or other(both) != other_text:
                raise ValueError(
                    f"printed: {name} is {other_text} in one place and {text} in another, "
                    "which no double is both"
                )
        seen[which].append((write, text, place))
