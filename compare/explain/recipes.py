"""Definitions with variants: the inputs tell which of them each language computed."""

import math
from collections.abc import Iterator
from dataclasses import replace
from itertools import permutations
from typing import Any

import numpy as np

from ..numbers.measures import Float64s
from .definitions import DEFINITIONS, QUANTILE_METHODS, QUARTILES, Definition
from .hypothesis import HYPOTHESIS_BITS, MOST_BITS, NAMED_FROM, Finding, Hypothesis, Observed

MOST_MOVED = 1e-6  # relative
ACCURACY = 1e-12  # relative, of a definition computed here
CAUSE_OF_QUANTILES = "nine definitions of a sample's quantiles are in use"


def findings(observed: Observed) -> Iterator[Finding]:
    """Each definition of which both languages computed a variant, and not the same.

    They are computed from the inputs as they are: what moved ones do is no reason to differ.
    """
    size = np.maximum(np.abs(observed.python), np.abs(observed.r))
    observed = replace(observed, tolerance=np.minimum(observed.tolerance, MOST_MOVED * size))
    vectors = {name: np.asarray(v, float) for name, v in observed.inputs.items() if _is_vector(v)}
    numbers = {name: np.asarray(v, float) for name, v in observed.inputs.items() if _is_number(v)}
    tables = {name: np.asarray(v, float) for name, v in observed.inputs.items() if _is_table(v)}
    for definition in (*DEFINITIONS, *_quantiles(observed)):
        given = tables if definition.of_tables else vectors
        if definition.n_inputs > 1:
            given = given | numbers
        for names in permutations(given, definition.n_inputs):
            if not definition.of_tables and names[0] not in vectors:
                continue  # numbers alone
            found = _computed(observed, [given[name] for name in names], names, definition)
            if found is not None:
                yield found


def _quantiles(observed: Observed) -> Iterator[Definition]:
    points = [np.atleast_1d(v) for v in observed.inputs.values() if _are_points(v)]
    for p in (QUARTILES, *points):
        variants = {
            f"of type {i}": lambda x, m=method, p=p: np.quantile(x, p, method=m)
            for i, method in enumerate(QUANTILE_METHODS, 1)
        }
        advice = "type = in R's quantile, method = in NumPy's"
        yield Definition("quantiles", variants, CAUSE_OF_QUANTILES, advice)


def _is_vector(value: Any) -> bool:
    if not isinstance(value, np.ndarray) or value.ndim != 1 or value.dtype.kind not in "if":
        return False
    return value.size > 1 and bool(np.isfinite(value).all())


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)


def _is_table(value: Any) -> bool:
    return isinstance(value, np.ndarray) and value.shape == (2, 2) and value.dtype.kind in "if"


def _are_points(value: Any) -> bool:
    if not isinstance(value, float | np.ndarray):
        return False
    points = np.asarray(value)
    if points.dtype.kind != "f" or points.size == 0:
        return False
    return bool(((points >= 0) & (points <= 1)).all())


def _computed(
    observed: Observed, vectors: list[Float64s], names: tuple[str, ...], definition: Definition
) -> Finding | None:
    """The finding that the languages computed two variants; None where either fits none, or two."""
    values = {}
    for label, compute in definition.variants.items():
        try:
            value = np.atleast_1d(np.asarray(compute(*vectors), float)).ravel()
        except (ValueError, TypeError, ArithmeticError, LookupError):  # of inputs that do not fit
            return None
        if value.size == observed.size and len(observed.places) < observed.size:
            value = value[list(observed.places)]
        if value.shape == observed.python.shape:
            values[label] = value
    python, r = (
        [
            label
            for label, value in values.items()
            if _near(value, side, observed, definition.accuracy.get(label, ACCURACY))
        ]
        for side in (observed.python, observed.r)
    )
    if not python or not r or set(python) & set(r):
        return None
    # both languages' values are foretold, and how many each could have been is by its size
    size = sum(
        np.minimum(np.log2(1 + np.abs(side) / _fineness(observed, definition, labels)), MOST_BITS)
        for side, labels in ((observed.python, python), (observed.r, r))
    )
    variants = len(values) ** 2 * math.perm(max(len(observed.inputs), 1), len(names))
    cost = HYPOTHESIS_BITS + math.log2(len(DEFINITIONS) * variants)
    bits = float(np.sum(size, where=observed.differs) - cost)
    if not bits >= NAMED_FROM:
        return None
    of = " and ".join(names)
    hypothesis = Hypothesis(
        "definition",
        f"{definition.name}: {' or '.join(python)}, {' or '.join(r)}",
        values[r[0]],
        cost,
        f"{definition.name} of {of}: {' or '.join(python)} in Python, {' or '.join(r)} in R",
        definition.cause,
        definition.advice,
    )
    return Finding(hypothesis, len(observed.r), len(observed.r), bits)


def _fineness(observed: Observed, definition: Definition, labels: list[str]) -> Float64s:
    coarsest = max(definition.accuracy.get(label, 0.0) for label in labels)
    fineness: Float64s = np.maximum(observed.tolerance, observed.step)
    return np.maximum(fineness, coarsest * np.abs(observed.r))


def _near(value: Float64s, values: Float64s, observed: Observed, accuracy: float) -> bool:
    allowed = 16 * observed.tolerance + accuracy * np.abs(values)
    return bool((np.abs(value - values) <= allowed).all())
