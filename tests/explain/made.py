"""Outputs as they are observed, made from two arrays."""

from typing import Any

import numpy as np

from compare.explain.from_values import explain
from compare.explain.hypothesis import Observed

GENERATOR = np.random.default_rng(1)
X = GENERATOR.normal(3.0, 2.0, 9)
MATRIX = GENERATOR.normal(size=(3, 4))


def observed(python: Any, r: Any, spread: float = 0.0, **inputs: Any) -> Observed:
    p, q = np.asarray(python, float), np.asarray(r, float)
    size = np.maximum(np.abs(p), np.abs(q)).ravel()
    lengths = {n for v in inputs.values() for n in np.shape(v)} - {1}
    return Observed(
        p.ravel(),
        q.ravel(),
        4 * np.maximum(np.spacing(size), spread),
        p.shape,
        range(p.size),
        p.size,
        tuple(sorted(lengths)),
        inputs,
        frozenset({"python", "r"}),
        frozenset({"python", "r"}),
    )


def named(python: Any, r: Any, **more: Any) -> tuple[str, str] | None:
    found = explain(observed(python, r, **more))
    return (found[0].hypothesis.name, found[0].hypothesis.parameter) if found else None
