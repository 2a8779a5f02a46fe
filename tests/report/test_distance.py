import numpy as np
import pytest

from compare.numbers.measures import ulp_distance
from compare.report.distance import BEYOND_SIZE, between, in_ulp


@pytest.mark.parametrize(
    ("ulp", "said"),
    [
        ("", ""),
        ("0", "0 ULP"),
        ("12345", "12,345 ULP"),
        (12345.0, "12,345 ULP"),
        (float("nan"), ""),
        ("1125899906842623", "1.1e+15 ULP"),
        ("9214364837600034815", "no digit agrees"),
        (9.2e18, "no digit agrees"),
    ],
)
def test_a_distance_is_said_so_that_it_can_be_read(ulp: object, said: str) -> None:
    assert in_ulp(ulp) == said


def test_values_of_one_sign_and_a_common_size_are_nearer_than_the_bound() -> None:
    near = np.array([1.0, 1e-3, 3.0, 1e300])
    far = np.array([2.0, 1e3, 3e15, 1e-7])
    assert (ulp_distance(near, far) < BEYOND_SIZE).all()
    assert (ulp_distance(near[2:], -far[2:]) >= BEYOND_SIZE).all()


@pytest.mark.parametrize(
    ("python", "r", "ulp", "said"),
    [
        ("1.5", "-1.5", "9218868437227405311", "opposite signs"),
        ("-1e-300", "1e-300", "12", "opposite signs"),
        ("-0", "0", "0", "0"),
        ("0", "-3", "4613937818241073152", "no digit agrees"),
        ("2", "2.0000000000000004", "1", "1"),
        ("abc", "-x", "", ""),
        ("NA", "-1", "", ""),
    ],
)
def test_opposite_signs_are_called_so(python: str, r: str, ulp: str, said: str) -> None:
    assert between(python, r, ulp) == said
