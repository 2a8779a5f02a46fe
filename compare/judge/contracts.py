"""Values as a contract wants them compared: in another order, sign, base, or with an offset."""

from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from ..case.contract import Contract, IndexBase, KnownDifference
from ..run.leaf import NA, PRESENT
from ..safety.errors import ForeseenError
from .changes import Side, turned_columns


class UnfittingError(ForeseenError):
    """A contract that does not fit what was returned."""


@dataclass(frozen=True)
class Applied:
    """Both sides as they are to be compared.

    ``notes`` is what was found on the way, ``declared`` what the contract said would be done.
    """

    python: Side
    r: Side
    notes: list[str] = field(default_factory=list)
    declared: list[str] = field(default_factory=list)


def applied(
    python: Side,
    r: Side,
    shape: tuple[int, ...],
    contract: Contract,
    other_part: tuple[Side, Side] | None = None,
) -> Applied:
    """Make of both sides what the contract says is to be equal.

    Parameters
    ----------
    other_part : (Side, Side), optional
        Of complex values, where these are the real parts, the imaginary ones, and the other way
        round: a column has one sign.

    Raises
    ------
    UnfittingError
        The contract does not fit them.
    """
    notes: list[str] = []
    declared: list[str] = []
    numeric = python.values.dtype.kind == "f" and r.values.dtype.kind == "f"
    if contract.index_base is not None:
        if not numeric:
            raise UnfittingError("index_base is for numbers")
        python, r = _counted_alike(python, r, contract.index_base)
        declared.append("positions counted alike, as declared")
    if contract.known_difference is not None:
        if not numeric:
            raise UnfittingError("known_difference is for numbers")
        _check_known(contract.known_difference, python.values.size)
        python = _moved(python, contract.known_difference)
        declared.append(f"known difference: {contract.known_difference.reason}")
    if contract.compare == "up to sign of columns":
        if not numeric:
            raise UnfittingError("columns of texts have no sign")
        r, notes = _signs(python, r, shape, other_part)
    elif contract.compare == "up to order":
        python, r = _ordered(python, shape), _ordered(r, shape)
        declared.append("compared up to order")
    elif contract.compare == "as partition":
        python, r = _groups(python), _groups(r)
        declared.append("compared as partition: groups, not their labels")
    return Applied(python, r, notes, declared)


def _counted_alike(python: Side, r: Side, base: IndexBase) -> tuple[Side, Side]:
    """R's positions as Python counts them; the codes for 'none' as missing values."""
    sides = {"python": python, "r": r}
    for language, code in base.missing.items():
        side = sides[language]
        none = (side.missing == PRESENT) & (side.values == code)
        sides[language] = replace(side, missing=np.where(none, NA, side.missing))
    values: Any = sides["r"].values
    return sides["python"], replace(sides["r"], values=values - base.r + base.python)


def _check_known(known: KnownDifference, n: int) -> None:
    for key, numbers in (("offset", known.offset), ("factor", known.factor)):
        if isinstance(numbers, list) and len(numbers) != n:
            raise UnfittingError(
                f"known_difference.{key} has {len(numbers)} numbers, the output {n} values"
            )


def _moved(side: Side, known: KnownDifference) -> Side:
    """Python's values as R has them."""
    factor = np.asarray(1.0 if known.factor is None else known.factor)
    offset = np.asarray(0.0 if known.offset is None else known.offset)
    values: Any = side.values
    return replace(side, values=values * factor + offset, spread=side.spread * np.abs(factor))


def _signs(
    python: Side, r: Side, shape: tuple[int, ...], other_part: tuple[Side, Side] | None
) -> tuple[Side, list[str]]:
    """R's columns with the sign that brings each nearest to Python's."""
    n_columns = shape[-1] if len(shape) > 1 else 1
    parts = [(python, r), *([other_part] if other_part else [])]
    p: Any = np.vstack([one.values.reshape(-1, n_columns) for one, _ in parts])
    q: Any = np.vstack([other.values.reshape(-1, n_columns) for _, other in parts])
    turned = turned_columns(p, q)
    q = r.values.reshape(-1, n_columns)
    notes = []
    if turned.any():
        columns = ", ".join(str(j + 1) for j in np.flatnonzero(turned))
        notes.append(f"sign of column {columns} turned" if n_columns > 1 else "sign turned")
    return replace(r, values=np.where(turned, -q, q).ravel()), notes


def _ordered(side: Side, shape: tuple[int, ...]) -> Side:
    """Values in ascending order, the missing ones last; the rows of a matrix by their columns."""
    shape = shape if len(shape) == 2 else (side.values.size, 1)
    gone, sortable = (side.missing != PRESENT).reshape(shape), _sortable(side).reshape(shape)
    # np.lexsort begins with the last key
    keys = [key for j in range(shape[1])[::-1] for key in (sortable[:, j], gone[:, j])]
    rows = np.lexsort(keys)
    return side.take(np.arange(sortable.size).reshape(shape)[rows].ravel())


def _sortable(side: Side) -> Any:
    if side.values.dtype.kind == "f":
        return np.where(side.missing == PRESENT, side.values, np.inf)
    return np.array([f"{v}" for v in side.values])


def _groups(side: Side) -> Side:
    """The number of each value's group, in the order in which groups appear."""
    numbers: dict[Any, int] = {}
    there = side.missing == PRESENT
    codes = [
        float(numbers.setdefault(v, len(numbers) + 1)) if there[i] else np.nan
        for i, v in enumerate(side.values.tolist())
    ]
    values = np.array(codes)
    zeros = np.zeros(values.shape)
    return replace(side, values=values, spread=zeros, second=values)
