"""Definitions with variants: the inputs tell which of them each language computed."""

import math
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import permutations
from typing import Any

import numpy as np
from scipy import stats

from ..numbers.measures import Float64s
from .constants import BY_DDOF
from .hypothesis import HYPOTHESIS_BITS, MOST_BITS, NAMED_FROM, Finding, Hypothesis, Observed

Compute = Callable[..., Any]


@dataclass(frozen=True)
class Definition:
    """Something that is defined in more than one way.

    Attributes
    ----------
    variants : dict
        By what each is called: a function of so many vectors.
    """

    name: str
    variants: Mapping[str, Compute]
    cause: str
    advice: str
    n_vectors: int = 1


def _by_ddof(compute: Callable[[Float64s, int], Any]) -> dict[str, Compute]:
    return {
        "divided by n": lambda x: compute(x, 0),
        "divided by n - 1": lambda x: compute(x, 1),
    }


def _kurtosis() -> dict[str, Compute]:
    def small(x: Float64s) -> Any:
        return stats.kurtosis(x, fisher=False) * (1 - 1 / len(x)) ** 2

    plain: dict[str, Compute] = {
        "g2 = m4 / m2^2": lambda x: stats.kurtosis(x, fisher=False),
        "G2, corrected for bias": lambda x: stats.kurtosis(x, bias=False) + 3,
        "b2 = m4 / s^4": small,
    }
    excess = {f"{name}, less 3": lambda x, f=f: f(x) - 3 for name, f in plain.items()}
    return plain | excess


RANKS = ("average", "min", "max", "ordinal", "dense")
QUANTILE_METHODS = (
    *("inverted_cdf", "averaged_inverted_cdf", "closest_observation", "interpolated_inverted_cdf"),
    *("hazen", "weibull", "linear", "median_unbiased", "normal_unbiased"),
)
QUARTILES = np.array([0.0, 0.25, 0.5, 0.75, 1.0])
WITH_DDOF = "ddof=1 in NumPy divides as R does"
DEFINITIONS = (
    Definition("variance", _by_ddof(lambda x, d: np.var(x, ddof=d)), BY_DDOF, WITH_DDOF),
    Definition("standard deviation", _by_ddof(lambda x, d: np.std(x, ddof=d)), BY_DDOF, WITH_DDOF),
    Definition(
        "standard scores",
        _by_ddof(lambda x, d: (x - x.mean()) / np.std(x, ddof=d)),
        BY_DDOF,
        WITH_DDOF,
    ),
    Definition(
        "standard error",
        _by_ddof(lambda x, d: np.std(x, ddof=d) / np.sqrt(len(x))),
        BY_DDOF,
        WITH_DDOF,
    ),
    Definition(
        "covariance",
        {
            "divided by n": lambda x, y: np.cov(x, y, ddof=0)[0, 1],
            "divided by n - 1": lambda x, y: np.cov(x, y, ddof=1)[0, 1],
        },
        BY_DDOF,
        WITH_DDOF,
        n_vectors=2,
    ),
    Definition(
        "absolute deviation",
        {
            "median": stats.median_abs_deviation,
            "median x 1.4826": lambda x: 1.4826 * stats.median_abs_deviation(x),
            "median, scaled to normal": lambda x: stats.median_abs_deviation(x, scale="normal"),
            "mean": lambda x: np.mean(np.abs(x - x.mean())),
        },
        "R's mad is scaled to be a standard deviation of normal data",
        "mad(x, constant = 1) in R is unscaled",
    ),
    Definition(
        "skewness",
        {
            "g1 = m3 / m2^1.5": stats.skew,
            "G1, corrected for bias": lambda x: stats.skew(x, bias=False),
            "b1 = m3 / s^3": lambda x: stats.skew(x) * (1 - 1 / len(x)) ** 1.5,
        },
        "three definitions of a sample's skewness are in use",
        "bias=False in SciPy, and pandas, correct for bias",
    ),
    Definition(
        "kurtosis",
        _kurtosis(),
        "several definitions of a sample's kurtosis are in use, with and without 3 taken off",
        "fisher=False in SciPy keeps the 3",
    ),
    Definition(
        "ranks",
        {f"{how} of ties": lambda x, how=how: stats.rankdata(x, how) for how in RANKS},
        "ties have their average, lowest or highest rank, or one each",
        "ties.method in R's rank, method in SciPy's rankdata",
    ),
    Definition(
        "remainder",
        {
            "with the sign of the divisor": np.mod,
            "with the sign of the dividend": np.fmod,
            "nearest to 0": lambda x, y: x - y * np.rint(x / y),
        },
        "a remainder of negative numbers has the sign of one or of the other",
        "% in Python and NumPy's mod have the sign of the divisor, as R's %% has",
        n_vectors=2,
    ),
)
CAUSE_OF_QUANTILES = "nine definitions of a sample's quantiles are in use"


def findings(observed: Observed) -> Iterator[Finding]:
    """Each definition of which both languages computed a variant, and not the same."""
    vectors = {name: np.asarray(v, float) for name, v in observed.inputs.items() if _is_vector(v)}
    definitions = (*DEFINITIONS, *_quantiles(observed))
    for definition in definitions:
        for names in permutations(vectors, definition.n_vectors):
            found = _computed(observed, [vectors[name] for name in names], names, definition)
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
        except ValueError:  # of vectors whose lengths do not fit
            return None
        if value.size == observed.size and len(observed.places) < observed.size:
            value = value[list(observed.places)]
        if value.shape == observed.python.shape:
            values[label] = value
    python = [label for label, v in values.items() if _near(v, observed.python, observed)]
    r = [label for label, v in values.items() if _near(v, observed.r, observed)]
    if not python or not r or set(python) & set(r):
        return None
    # both languages' values are foretold, and how many each could have been is by its size
    fineness = np.maximum(observed.tolerance, observed.step)
    size = sum(
        np.minimum(np.log2(1 + np.abs(side) / fineness), MOST_BITS)
        for side in (observed.python, observed.r)
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


def _near(value: Float64s, values: Float64s, observed: Observed) -> bool:
    allowed = 16 * observed.tolerance + 1e-12 * np.abs(values)
    return bool((np.abs(value - values) <= allowed).all())
