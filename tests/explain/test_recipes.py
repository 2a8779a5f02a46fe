"""Two variants of one definition, computed from the inputs."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from scipy import stats

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
