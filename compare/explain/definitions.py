"""Definitions of one thing in several ways, each with the usual reason to differ."""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from scipy import interpolate, stats

from ..numbers.measures import Float64s
from .constants import BY_DDOF

Compute = Callable[..., Any]


@dataclass(frozen=True)
class Definition:
    """Something that is defined in more than one way.

    Attributes
    ----------
    variants : dict
        By what each is called: a function of so many inputs.
    accuracy : dict
        By variant, the relative error that an iteration leaves in it.
    of_tables : bool
        Its inputs are tables of 2 x 2, not vectors and numbers.
    """

    name: str
    variants: Mapping[str, Compute]
    cause: str
    advice: str
    n_inputs: int = 1
    accuracy: Mapping[str, float] = field(default_factory=dict)
    of_tables: bool = False


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


def _interpolated(kind: Any) -> Compute:
    """A cubic spline through (x, y) at other points, by its conditions at both ends."""

    def compute(x: Float64s, y: Float64s, at: Float64s) -> Any:
        if not (len(x) == len(y) > 3 and (np.diff(x) > 0).all()):
            raise ValueError("no points of a curve")
        if kind != "cubics through four points":
            return interpolate.CubicSpline(x, y, bc_type=kind)(at)
        ends = [_third_derivative(x[part], y[part]) for part in (slice(4), slice(-4, None))]
        conditions: Any = ([(3, ends[0])], [(3, ends[1])])
        return interpolate.make_interp_spline(x, y, 3, bc_type=conditions)(at)

    return compute


def _third_derivative(x: Float64s, y: Float64s) -> Any:
    return np.polyfit(x - x[0], y, 3)[0] * 6


def _rounded(one: Callable[[float, int], float]) -> Compute:
    """Numbers rounded to so many decimals each, one by one."""

    def compute(x: Float64s, decimals: Float64s) -> Any:
        if (decimals != np.round(decimals)).any() or np.abs(decimals).max() > 15:
            raise ValueError("no numbers of decimals")
        x, decimals = np.broadcast_arrays(x, decimals)
        return [one(float(a), int(d)) for a, d in zip(x.flat, decimals.flat, strict=True)]

    return compute


def _nearer_candidate(x: float, decimals: int) -> float:
    """As R does since 4.0: the nearer of the two short numbers, the even one of two as near."""
    scale = 10.0**decimals
    low, high = math.floor(x * scale), math.ceil(x * scale)
    down, up = low / scale, high / scale
    ahead = (up - x) - (x - down)
    return up if ahead < 0 or (ahead == 0 and low % 2) else down


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
        n_inputs=2,
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
        n_inputs=2,
    ),
    Definition(
        "rounding to decimals",
        {
            "x 10^d, half even, / 10^d": _rounded(lambda x, d: float(np.round(x, d))),
            "of the exact binary value": _rounded(round),
            "the nearer of two short numbers": _rounded(_nearer_candidate),
            "half up": _rounded(lambda x, d: math.floor(x * 10.0**d + 0.5) / 10.0**d),
            "half away from 0": _rounded(
                lambda x, d: math.copysign(math.floor(abs(x) * 10.0**d + 0.5) / 10.0**d, x)
            ),
        },
        "NumPy scales before it rounds, Python's round takes the exact value, R the nearer number",
        "compare before rounding, or use Python's round on each value",
        n_inputs=2,
    ),
    Definition(
        "odds ratio",
        {
            "of the sample, ad / bc": lambda t: t[0, 0] * t[1, 1] / (t[0, 1] * t[1, 0]),
            "conditional maximum likelihood": lambda t: (
                stats.contingency.odds_ratio(t.astype(int)).statistic
            ),
        },
        "SciPy's fisher_exact gives the ratio of the sample, R's fisher.test the conditional "
        "maximum likelihood estimate",
        "scipy.stats.contingency.odds_ratio(table) gives R's",
        accuracy={"conditional maximum likelihood": 5e-4},  # R stops uniroot at its default
        of_tables=True,
    ),
    Definition(
        "cubic spline",
        {
            kind: _interpolated(kind)
            for kind in ("not-a-knot", "natural", "clamped", "cubics through four points")
        },
        "a cubic spline needs two conditions at its ends: SciPy's default is not-a-knot, that of "
        "R's splinefun goes through four points",
        "bc_type='natural' in SciPy and method = \"natural\" in R are the same",
        n_inputs=3,
    ),
)
