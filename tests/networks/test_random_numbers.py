from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from python_impl.random_numbers import numpy_uniform, r_state, r_uniform, r_uniform_from

R_SEEDS = [0, 1, 2, 2**31 - 1, -1, -(2**31 - 1), 20150727, -4711]
NUMPY_SEEDS = [0, 1, 2, 2**31 - 1, 2**31, 2**32 - 1, 20150727]
MORE_THAN_ONE_STATE = 700
InR = Callable[[str, list[dict[str, Any]]], list[Any]]


def test_rs_numbers_in_python_are_rs_own(in_r: InR) -> None:
    asked = [{"seed": seed, "n": MORE_THAN_ONE_STATE} for seed in R_SEEDS]
    for seed, expected in zip(
        R_SEEDS, in_r("nnmirror::random_numbers_r_uniform", asked), strict=True
    ):
        np.testing.assert_array_equal(r_uniform(seed, MORE_THAN_ONE_STATE), expected)


def test_numpys_numbers_in_r_are_numpys_own(in_r: InR) -> None:
    asked = [{"seed": seed, "n": MORE_THAN_ONE_STATE} for seed in NUMPY_SEEDS]
    for seed, found in zip(
        NUMPY_SEEDS, in_r("nnmirror::random_numbers_numpy_uniform", asked), strict=True
    ):
        np.testing.assert_array_equal(found, numpy_uniform(seed, MORE_THAN_ONE_STATE))


def test_rs_state_in_python_is_rs_own(in_r: InR) -> None:
    asked = [{"seed": seed, "skip": skip} for seed in R_SEEDS for skip in (0, 24, 1000)]
    for arguments, expected in zip(
        asked, in_r("nnmirror::random_numbers_r_state", asked), strict=True
    ):
        found = r_state(**arguments)
        assert found.dtype == np.int32
        np.testing.assert_array_equal(found, expected)


@pytest.mark.parametrize("seed", NUMPY_SEEDS)
def test_numpys_numbers_are_those_of_its_seeded_generator(seed: int) -> None:
    np.testing.assert_array_equal(
        numpy_uniform(seed, 3), np.random.RandomState(seed).random_sample(3)
    )


def test_a_state_continues_the_stream() -> None:
    np.testing.assert_array_equal(r_uniform_from(r_state(1, 24), 3), r_uniform(1, 27)[24:])
