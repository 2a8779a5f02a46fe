"""Two variants of one definition, computed from the inputs."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from scipy import interpolate, stats

from compare.explain.definitions import QUARTILES
from compare.explain.from_values import explain
from tests.explain.made import GENERATOR, X, named, observed


@pytest.mark.parametrize(
    ("python", "r", "parameter"),
    [
        (np.std(X), np.std(X, ddof=1), "standard deviation: divided by n, divided by n - 1"),
        (np.var(X), np.var(X, ddof=1), "variance: divided by n, divided by n - 1"),
        (stats.skew(X), stats.skew(X, bias=False), "skewness: g1 = m3 / m2^1.5, G1, corrected"),
        (
            stats.skew(X),
            stats.skew(X) * (8 / 9) ** 1.5,
            "skewness: g1 = m3 / m2^1.5, b1 = m3 / s^3",
        ),
        (stats.kurtosis(X), stats.kurtosis(X, fisher=False), "kurtosis: g2 = m4 / m2^2, less 3, "),
    ],
)
def test_two_variants_of_a_definition_are_named(python: Any, r: Any, parameter: str) -> None:
    found = named(python, r, x=X)
    assert found is not None
    assert found[0] == "definition"
    assert found[1].startswith(parameter)


def test_the_types_of_quantiles_are_named() -> None:
    x, p = GENERATOR.normal(size=11), np.array([0.1, 0.33, 0.85])
    found = named(np.quantile(x, p), np.quantile(x, p, method="weibull"), x=x, p=p)
    assert found == ("definition", "quantiles: of type 7, of type 6")
    of_none = named(np.quantile(x, QUARTILES), np.quantile(x, QUARTILES, method="hazen"), x=x)
    assert of_none == ("definition", "quantiles: of type 7, of type 5")


def test_ranks_of_ties_and_remainders_are_named() -> None:
    tied = np.array([3.0, 1.0, 3.0, 3.0, 2.0, 2.0, 7.0, 7.0, 7.0, 7.0, 2.0, 1.0])
    found = named(stats.rankdata(tied), stats.rankdata(tied, "min"), x=tied)
    assert found == ("definition", "ranks: average of ties, min of ties")
    a, b = np.array([7.3, -7.1, -0.55, 4.7]), np.array([3.1, 3.7, 2.9, -1.3])
    assert named(np.fmod(a, b), np.mod(a, b), a=a, b=b) == (
        "definition",
        "remainder: with the sign of the dividend, with the sign of the divisor",
    )


def test_a_variant_that_both_languages_computed_explains_nothing() -> None:
    sd = float(np.std(X))
    assert named(sd, sd * (1 + 5e-13), x=X) is None


def test_a_definition_is_found_in_the_values_that_both_languages_have() -> None:
    scores = [(X - X.mean()) / np.std(X, ddof=d) for d in (0, 1)]
    there = [0, 2, 3, 5, 8]
    whole = observed(*scores, x=X)
    part = replace(
        whole,
        python=whole.python[there],
        r=whole.r[there],
        tolerance=whole.tolerance[there],
        shape=(5,),
        places=there,
    )
    (found,) = explain(part)
    assert found.hypothesis.parameter == "standard scores: divided by n, divided by n - 1"


# what R 4.2 returns
NUMBERS = np.array([9.90005, 84.83245, 0.15, 2.675, 1.225, 10.8685, 5.015, 2.5, 55.55, 7.1e-05])
DECIMALS = np.array([4, 4, 1, 2, 2, 3, 2, 0, 1, 5])
ROUNDED_BY_R = [9.9, 84.8324, 0.1, 2.67, 1.23, 10.868, 5.02, 2.0, 55.5, 7e-05]
CURVE = (np.array([0, 1, 2.5, 3, 4.5, 6]), np.array([1, 2.5, 0.5, 1.5, 3, 2]))
BETWEEN = np.array([0.4, 1.7, 2.8, 3.9, 5.5])
SPLINEFUN = [
    *(2.3837024013024015, 1.1735956104252405, 1.039628164428164),
    *(2.7804791208791206, 2.5802943969610634),
]


def test_rounding_is_named_although_moved_inputs_make_it_jump() -> None:
    python = [float(np.round(a, int(d))) for a, d in zip(NUMBERS, DECIMALS, strict=True)]
    found = named(python, ROUNDED_BY_R, spread=0.1, v=NUMBERS, d=DECIMALS)
    assert found == (
        "definition",
        "rounding to decimals: x 10^d, half even, / 10^d, the nearer of two short numbers",
    )


def test_a_spline_of_r_goes_through_four_points_at_its_ends() -> None:
    x, y = CURVE
    python = interpolate.CubicSpline(x, y)(BETWEEN)
    assert named(python, SPLINEFUN, x=x, y=y, at=BETWEEN) == (
        "definition",
        "cubic spline: not-a-knot, cubics through four points",
    )


def test_an_estimate_that_an_iteration_left_says_as_much_as_it_is_exact() -> None:
    table = np.array([[7, 3], [2, 9]])
    (found,) = explain(observed(10.5, 9.1429449789019568, table=table))
    assert found.hypothesis.parameter.startswith("odds ratio: of the sample")
    assert 40 < found.bits < 60  # two doubles would be a hundred
