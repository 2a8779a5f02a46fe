"""What each language draws for the other, to the bit."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from python_impl.random_draws import (
    _normal_quantile,
    numpy_normal,
    numpy_permutation,
    r_normal,
    r_sample,
)

R_SEEDS = [0, 1, 2**31 - 1, -(2**31 - 1), 20150727]
NUMPY_SEEDS = [0, 1, 2**31, 2**32 - 1, 20150727]
MORE_THAN_ONE_STATE = 700
InR = Callable[[str, list[dict[str, Any]]], list[Any]]


def test_normal_numbers_in_python_are_rs_own(in_r: InR) -> None:
    asked = [{"seed": seed, "n": MORE_THAN_ONE_STATE} for seed in R_SEEDS]
    for arguments, expected in zip(
        asked, in_r("nnmirror::random_draws_r_normal", asked), strict=True
    ):
        np.testing.assert_array_equal(r_normal(**arguments), expected)


def test_the_tails_of_the_normal_quantile_are_rs_own(in_r: InR) -> None:
    tail = [2.0**-k for k in range(1, 60)] + [1 - 2.0**-k for k in range(2, 54)]
    ps = [*np.linspace(0.001, 0.999, 997), *tail]
    (expected,) = in_r("stats::qnorm", [{"p": np.array(ps)}])
    np.testing.assert_array_equal([_normal_quantile(p) for p in ps], expected)


def test_normal_numbers_in_r_are_numpys_own(in_r: InR) -> None:
    asked = [{"seed": seed, "n": n} for seed in NUMPY_SEEDS for n in (1, 2, 701)]
    for arguments, found in zip(
        asked, in_r("nnmirror::random_draws_numpy_normal", asked), strict=True
    ):
        expected = np.random.RandomState(arguments["seed"]).standard_normal(arguments["n"])
        np.testing.assert_array_equal(found, expected)
        np.testing.assert_array_equal(numpy_normal(**arguments), expected)


def test_permutations_in_r_are_numpys_own(in_r: InR) -> None:
    asked = [{"seed": seed, "n": n} for seed in NUMPY_SEEDS for n in (1, 2, 5, 64, 1025)]
    for arguments, found in zip(
        asked, in_r("nnmirror::random_draws_numpy_permutation", asked), strict=True
    ):
        expected = np.random.RandomState(arguments["seed"]).permutation(arguments["n"])
        np.testing.assert_array_equal(found, expected)
        np.testing.assert_array_equal(numpy_permutation(**arguments), expected)


@pytest.mark.parametrize("rounding", [False, True])
@pytest.mark.parametrize("replace", [False, True])
def test_samples_in_python_are_rs_own(in_r: InR, rounding: bool, replace: bool) -> None:
    asked: list[dict[str, Any]] = [
        {"seed": seed, "n": n, "size": min(n, 40), "replace": replace, "rounding": rounding}
        for seed in R_SEEDS
        for n in (1, 2, 3, 64, 65, 40_000, 2**16, 70_000, 10**7)
    ]
    for arguments, expected in zip(
        asked, in_r("nnmirror::random_draws_r_sample", asked), strict=True
    ):
        np.testing.assert_array_equal(r_sample(**arguments), expected)


def test_a_long_sample_goes_on_where_the_first_numbers_end(in_r: InR) -> None:
    asked: dict[str, Any] = {"seed": 1, "n": 10, "size": 5000, "replace": True}
    (expected,) = in_r("nnmirror::random_draws_r_sample", [asked])
    np.testing.assert_array_equal(r_sample(**asked), expected)


def test_a_sample_of_everything_and_of_nothing(in_r: InR) -> None:
    (full,) = in_r("nnmirror::random_draws_r_sample", [{"seed": 1, "n": 9, "size": 9}])
    np.testing.assert_array_equal(r_sample(1, 9, 9), full)
    assert sorted(full) == list(range(1, 10))
    assert len(r_sample(1, 9, 0)) == 0


@pytest.mark.parametrize(
    ("n", "size", "replace"), [(0, 0, False), (3, 4, False), (3, -1, True), (10**7 + 1, 1, False)]
)
def test_what_cannot_be_drawn_is_refused(in_r: InR, n: int, size: int, replace: bool) -> None:
    with pytest.raises(ValueError, match=f"cannot draw {size} of {n} numbers"):
        r_sample(1, n, size, replace)
    asked = {"seed": 1, "n": n, "size": size, "replace": replace}
    (failed,) = in_r("nnmirror::random_draws_r_sample", [asked])
    assert f"cannot draw {size} of" in failed.reason
