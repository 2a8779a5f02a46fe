"""Values of pairs as a test writes them."""

from typing import Any

import numpy as np

from compare.case.contract import Contract
from compare.judge.changes import Changes, Side
from compare.judge.values import ORDER, judge_numbers
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


def found(plain: Leaf, *members: Leaf | None, second: Leaf | None = None) -> Side:
    """What is found out about a result, from what other calls returned."""
    changes = Changes(plain)
    changes.again(plain if second is None else second)
    for member in members:
        changes.add(member)
    return changes.side()


def verdicts(python: Side, r: Side, scale: float = 1.0, **contract: Any) -> list[str]:
    """The verdict on each value."""
    judged = judge_numbers(python, r, Contract.model_validate(contract), scale)
    return [ORDER[code] for code in judged.verdicts]


def notes(python: Side, r: Side, scale: float = 1.0, **contract: Any) -> list[str]:
    """What is said of each value."""
    judged = judge_numbers(python, r, Contract.model_validate(contract), scale)
    return ["; ".join(judged.note(i)) for i in range(len(judged.verdicts))]


def matrix(*rows: list[float], labels: tuple[tuple[str, ...] | None, ...] = ()) -> Leaf:
    """A matrix of numbers, by rows."""
    return numbers("float64", "real number", np.array(rows), labels=labels)
