"""Facts about a difference that need no more than the values: where, by how much, of which."""

import math
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..run.leaf import Leaf
from .hypothesis import MOST_EXCEPTIONS, NAMED_FROM, Finding, Hypothesis, Observed

Marks = NDArray[np.bool_]
MOST_NAMED = 5
INDEX_BASE = "if these are places or labels: index_base = { python = 0, r = 1 } in the case file"
FEWEST = 10  # values, of which one may be the exception


def finding(bad: Marks, inputs: dict[str, Any], index: Callable[[int], str]) -> Finding | None:
    """That the values which differ are those of some kind; else that they are a few.

    A kind is named where choosing so many of all values, and just these, takes ten bits more than
    choosing the kind does. That few values differ is a fact, without a cause.

    Parameters
    ----------
    bad : array of bool
        Whether each value of the output differs.
    index : callable
        How a flat index is written.
    """
    n, k = len(bad), int(bad.sum())
    if not 0 < k < n:
        return None
    kinds = list(_kinds(n, inputs))
    bits = math.log2(math.comb(n, k)) - math.log2(len(kinds))
    for kind, marks in kinds if bits >= NAMED_FROM else ():
        if (marks == bad).all():
            fact = f"the {k} of {n} values that differ are exactly those {kind}"
            where = Hypothesis("where", kind, np.empty(0), 0.0, fact)
            return Finding(where, k, n, bits, seen=f"from the values: {fact}")
    if n >= FEWEST and k <= MOST_EXCEPTIONS * n:
        listed = ", ".join(f"[{index(int(i))}]" for i in np.flatnonzero(bad)[:MOST_NAMED])
        more = " and more" if k > MOST_NAMED else ""
        fact = f"{n - k:,} of {n:,} values are the same, those at {listed}{more} are not"
        few = Hypothesis("few values", "", np.empty(0), 0.0, fact)
        return Finding(few, n - k, n, float("nan"), seen=f"from the values: {fact}")
    return None


def constant(observed: Observed) -> Finding | None:
    """That the same whole number is between all values, which need say no more than that."""
    difference = observed.r - observed.python
    offset = float(np.round(difference[0]))
    if offset == 0 or not (np.abs(difference - offset) <= observed.tolerance).all():
        return None
    n = len(difference)
    if n == 1 and abs(offset) > 1:
        return None
    of_all = f", in all {n} values" if n > 1 else ""
    fact = f"R = Python {'+' if offset > 0 else '-'} {abs(offset):g}{of_all}"
    are_places = offset == 1 and (observed.python >= 0).all()
    advice = INDEX_BASE if are_places else ""
    hypothesis = Hypothesis("offset", f"{offset:g}", observed.r, 0.0, fact, "", advice)
    return Finding(hypothesis, n, n, float("nan"), seen=f"from the values: {fact}")


def part(python: Leaf, r: Leaf) -> Finding | None:
    """That one language returns some of the other's values, side by side or here and there."""
    ours, theirs = (leaf.values.ravel(order="C").tolist() for leaf in (python, r))
    names, few, many = ("Python", "R"), ours, theirs
    if len(ours) > len(theirs):
        names, few, many = ("R", "Python"), theirs, ours
    if len(python.shape) > 1 or len(r.shape) > 1 or not few or len(few) == len(many):
        return None
    if many[: len(few)] == few:
        place = "the first of"
    elif many[-len(few) :] == few:
        place = "the last of"
    elif not Counter(few) - Counter(many):
        place = "among"
    else:
        return None
    fact = f"the {len(few)} values of {names[0]} are {place} {names[1]}'s {len(many)}"
    hypothesis = Hypothesis("part", "", np.empty(0), 0.0, fact)
    return Finding(hypothesis, len(few), len(many), float("nan"), seen=f"from the values: {fact}")


def _kinds(n: int, inputs: dict[str, Any]) -> Iterator[tuple[str, Marks]]:
    """What values may be, by their place or by the input of the same length."""
    place = np.arange(n)
    yield "at the beginning", place == 0
    yield "at the end", place == n - 1
    yield "at both ends", (place == 0) | (place == n - 1)
    for name, value in inputs.items():
        if isinstance(value, np.ndarray) and value.dtype.kind in "if" and value.size == n:
            x = value.ravel().astype(float)
            _, group, count = np.unique(x, return_inverse=True, return_counts=True)
            yield f"where {name} is missing", np.isnan(x)
            yield f"where {name} is negative", x < 0
            yield f"where {name} is zero", x == 0
            yield f"where {name} is half way between whole numbers", np.abs(x % 1) == 0.5
            yield f"where {name} is a whole number", x == np.round(x)
            yield f"where {name} is beyond 2^31", np.abs(x) >= 2.0**31
            yield f"where {name} has equal values", count[group] > 1
            yield f"where {name} is largest", x == np.nanmax(x, initial=-np.inf)
            yield f"where {name} is least", x == np.nanmin(x, initial=np.inf)
