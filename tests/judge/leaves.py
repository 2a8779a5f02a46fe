"""Values of pairs as a test writes them."""

from typing import Any

import numpy as np

from compare.judge.changes import Side
from compare.run.leaf import NA, Labels, Leaf, numbers, texts


def number(*values: Any, labels: Labels = (), family: str = "real number") -> Leaf:
    """A vector of numbers; None is NA."""
    filled = [0.0 if v is None else v for v in values]
    return numbers("float64", family, np.array(filled), [v is None for v in values], labels)


def text(*values: str | None, labels: Labels = ()) -> Leaf:
    """A vector of texts; None is NA."""
    return texts("str", list(values), labels)


def side(
    *values: Any,
    spread: Any = 0.0,
    jumps: bool = False,
    second: Any = None,
    missing: Any = None,
    measured: bool = True,
) -> Side:
    """Values of one language: what rounding does to them, and what came the second time."""
    array = np.array([np.nan if v is None else v for v in values], float)
    marks = np.array([NA if v is None else 0 for v in values], np.uint8)
    if missing is not None:
        marks = np.array(missing, np.uint8)
    again = array if second is None else np.array(second, float)
    return Side(
        array,
        marks,
        np.broadcast_to(np.array(spread, float), array.shape).copy(),
        np.full(array.shape, jumps),
        again,
        (again == array) | (np.isnan(again) & np.isnan(array)),
        measured,
    )


def text_side(*values: str | None, second: Any = None) -> Side:
    """Texts of one language."""
    array = np.empty(len(values), object)
    array[:] = values
    again = array if second is None else np.array(second, object)
    marks = np.array([NA if v is None else 0 for v in values], np.uint8)
    zeros = np.zeros(len(values))
    return Side(array, marks, zeros, zeros.astype(bool), again, again == array)


def kept(side: Side) -> list[Any]:
    """What the second call returned."""
    assert side.second is not None
    return list(side.second.tolist())
