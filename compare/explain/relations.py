"""Hypotheses about values alone: a factor, an offset, a sign, a function, another place."""

import math
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from ..numbers.measures import Float64s
from .constants import Constant, factors, offsets
from .hypothesis import MOST_BITS, Hypothesis, Observed

FUNCTIONS: tuple[tuple[str, Callable[[Any], Any], str], ...] = (
    ("1 - x", lambda x: 1 - x, "the other tail, or the other class"),
    ("1/x", lambda x: 1 / x, "a rate against a scale, a variance against a precision"),
    ("x^2", lambda x: x**2, "a variance against a standard deviation"),
    ("sqrt(x)", np.sqrt, "a standard deviation against a variance"),
    ("log(x)", np.log, "a value against its logarithm"),
    ("exp(x)", np.exp, "a logarithm against its value"),
    ("log10(x)", np.log10, "a value against its common logarithm"),
    ("log2(x)", np.log2, "a value against its logarithm to the base 2"),
    ("|x|", np.abs, "a value against its size"),
    ("logit(x)", lambda x: np.log(x / (1 - x)), "a probability against the linear predictor"),
    (
        "1/(1 + exp(-x))",
        lambda x: 1 / (1 + np.exp(-x)),
        "a linear predictor against its probability",
    ),
)
MOST_SHIFTED = 3
STEP = 1e-6  # relative, by which the slope of a function is taken


def hypotheses(observed: Observed) -> Iterator[Hypothesis]:
    """All of them, the simplest first."""
    named = list(factors(observed.lengths)), list(offsets(observed.lengths))
    yield from _constants(observed, "factor", named[0], np.multiply, np.divide)
    yield from _constants(observed, "offset", named[1], np.add, np.subtract)
    yield from _signs_of_columns(observed)
    yield from _functions(observed)
    yield from _places(observed)


def _constants(
    observed: Observed, name: str, named: list[Constant], combined: Any, between: Any
) -> Iterator[Hypothesis]:
    """R's values as Python's and a constant, one that has a name or any."""
    sign = {"factor": "x", "offset": "+"}[name]
    sizes = np.abs(observed.python) if name == "factor" else observed.python
    # values of one size, plus and minus, are one
    unnamed = _typical(between(observed.r, observed.python)) if len(np.unique(sizes)) > 2 else []
    for constant in (*named, *unnamed):
        yield Hypothesis(
            name,
            constant.formula,
            combined(observed.python, constant.value),
            math.log2(len(named)) if constant.cause else MOST_BITS,
            f"R = Python {sign} {constant.formula}".replace("+ -", "- "),
            constant.cause,
            constant.advice,
            slope=constant.value if name == "factor" else 1.0,
        )


def _typical(between: Float64s) -> list[Constant]:
    """What lies between most values, as a constant without a cause; none of a single value."""
    there = between[np.isfinite(between)]
    if len(there) < 2:
        return []
    median = float(np.median(there))
    return [Constant(f"{median:.10g}", median, "")]


def _signs_of_columns(observed: Observed) -> Iterator[Hypothesis]:
    shape = observed.shape
    if len(shape) != 2 or shape[1] < 2:
        return
    p, q = observed.python.reshape(shape), observed.r.reshape(shape)
    turned = (p * q).sum(axis=0) < 0
    columns = [int(j) + 1 for j in np.flatnonzero(turned)]
    if not columns or len(columns) == shape[1]:
        return
    listed = ", ".join(map(str, columns))
    yield Hypothesis(
        "sign of columns",
        listed,
        (p * np.where(turned, -1.0, 1.0)).ravel(),
        float(shape[1]),
        f"R = -Python in column {listed}",
        "an eigenvector times -1 is the same solution: its sign is the library's choice",
        'compare = "up to sign of columns"',
    )


def _functions(observed: Observed) -> Iterator[Hypothesis]:
    x = observed.python
    for name, function, cause in FUNCTIONS:
        expected = np.asarray(function(x), float)
        moved = np.asarray(function(x * (1 + STEP)), float)
        slope = np.abs(moved - expected) / (STEP * np.abs(x))
        yield Hypothesis(
            "function",
            name,
            np.where(np.isfinite(expected), expected, np.nan),
            math.log2(len(FUNCTIONS)),
            f"R = {name} of x = Python",
            cause,
            slope=slope,
        )


def _places(observed: Observed) -> Iterator[Hypothesis]:
    python, n = observed.python, len(observed.python)
    if n < 2:
        return
    variants: list[tuple[str, Float64s, str, str]] = []
    shape = observed.shape
    if len(shape) == 2 and min(shape) > 1:
        filled = "NumPy fills a matrix row by row, R column by column"
        unfolded = "NumPy unfolds a matrix row by row, R column by column"
        by_column = python.reshape(shape[::-1]).T.ravel()
        in_columns = python.reshape(shape).ravel(order="F")
        variants = [
            ("by column", by_column, filled, "order='F' in NumPy, or byrow = TRUE in R"),
            ("flattened by column", in_columns, unfolded, "order='F' in NumPy, or t() in R"),
        ]
        if shape[0] == shape[1]:
            variants.insert(0, ("transposed", by_column, "a matrix against its transpose", ""))
    variants.append(("reversed", python[::-1], "one language begins at the other end", ""))
    for k in range(1, min(MOST_SHIFTED, n - 1) + 1):
        for step in (k, -k):
            cause = "one language begins a place earlier: an index from 0 or from 1, or a lag"
            variants.append((f"shifted by {step}", np.roll(python, step), cause, ""))
    for name, expected, cause, advice in variants:
        yield Hypothesis(
            "layout",
            name,
            expected,
            math.log2(len(variants)),
            f"R has Python's values {name}",
            cause,
            advice,
        )
    order = np.empty(n, int)
    order[np.argsort(observed.r, kind="stable")] = np.argsort(python, kind="stable")
    yield Hypothesis(
        "another order",
        "",
        python[order],
        math.lgamma(n + 1) / math.log(2),
        "R has Python's values in another order",
        "both find the same values, and neither promises their order",
        'sort both, or compare = "up to order"',
    )
