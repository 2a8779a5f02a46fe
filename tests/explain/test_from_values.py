"""What is named from values alone, and what is not."""

import math
from typing import Any

import numpy as np
import pytest

from compare.explain.from_values import explain
from compare.explain.hypothesis import content, decimal_step
from tests.explain.made import GENERATOR, MATRIX, X, named, observed


@pytest.mark.parametrize(
    ("r", "parameter"),
    [
        (X * math.sqrt(9 / 8), "sqrt(9/8)"),
        (X * 8 / 9, "8/9"),
        (X / 9, "1/9"),
        (-X, "-1"),
        (X * 100, "100"),
        (X / math.log(2), "1/ln 2"),
        (X * 1.4826, "1.4826"),
        (X * 3600, "3600"),
    ],
)
def test_a_factor_with_a_name_is_named(r: Any, parameter: str) -> None:
    assert named(X, r, x=np.arange(9)) == ("factor", parameter)


@pytest.mark.parametrize(
    ("offset", "parameter"), [(2.0, "2"), (math.log(9), "ln 9"), (-3.0, "-3"), (7200.0, "2 x 3600")]
)
def test_an_offset_with_a_name_is_named(offset: float, parameter: str) -> None:
    assert named(X, X + offset, x=np.arange(9)) == ("offset", parameter)
    assert named(X[0], X[0] + offset, x=np.arange(9)) == ("offset", parameter)


def test_two_causes_that_fit_as_well_as_each_other_are_both_given() -> None:
    causes = [f.hypothesis.cause for f in explain(observed(X, X * 100, x=np.arange(100)))]
    assert causes == ["percent against a share", "a sum against a mean"]
    (found,) = explain(observed(X, X * 100, x=np.arange(9)))
    assert found.hypothesis.cause == "percent against a share"


def test_a_constant_without_a_name_is_a_fact_of_several_values_only() -> None:
    (found,) = explain(observed(X, X * 1.2345))
    assert (found.hypothesis.parameter, found.hypothesis.cause) == ("1.2345", "")
    assert found.hypothesis.fact == "R = Python x 1.2345"
    assert named(X[0], X[0] * 1.2345) is None
    assert named(X, X - 0.77) == ("offset", "-0.77")
    pair = np.array([0.0, 1.2345678912, -1.2345678912])
    assert named(pair, pair * 1.597307426) is None  # of one size, plus and minus


@pytest.mark.parametrize(
    ("python", "r", "name"),
    [
        (np.abs(X), 1 - np.abs(X), "1 - x"),
        (X, 1 / X, "1/x"),
        (X, X**2, "x^2"),
        (np.abs(X), np.sqrt(np.abs(X)), "sqrt(x)"),
        (np.abs(X), np.log10(np.abs(X)), "log10(x)"),
        (X, np.abs(X) * np.where(X < 0, 1, 1), "|x|"),
    ],
)
def test_a_function_of_the_value_is_named(python: Any, r: Any, name: str) -> None:
    if name == "|x|":
        python = python * np.where(np.arange(9) % 2, -1, 1)
    assert named(python, r) == ("function", name)


def test_where_values_stand_is_named() -> None:
    by_column = MATRIX.ravel().reshape(4, 3).T
    assert named(MATRIX, by_column) == ("layout", "by column")
    square = MATRIX[:, :3]
    assert named(square, square.T) == ("layout", "transposed")
    assert named(X, X[::-1]) == ("layout", "reversed")
    long = GENERATOR.normal(size=40)
    assert named(long, np.roll(long, 1)) == ("layout", "shifted by 1")
    assert named(long, np.sort(long)) == ("another order", "")


def test_signs_of_columns_are_named_with_the_columns() -> None:
    assert named(MATRIX, MATRIX * [1, -1, 1, -1]) == ("sign of columns", "2, 4")


def test_formats_are_named_with_the_language_that_has_them() -> None:
    single = X.astype(np.float32).astype(float)
    assert named(X, single) == ("single precision", "")
    (found,) = explain(observed(single, X))
    assert found.hypothesis.fact == "Python = R's value rounded to single precision"
    assert named(X, np.round(X, 3)) == ("rounded", "rounded half even to 3 decimals")
    assert named(X, np.trunc(X * 1e3) / 1e3) == ("rounded", "truncated to 3 decimals")
    assert named(X * 1e4, np.array([float(f"{v:.5g}") for v in X * 1e4]))[0] == "rounded"  # type: ignore[index]
    large = np.array([3e9, 5e9 + 7, 7e9 + 123])
    wrapped = (large + 2**31) % 2**32 - 2**31
    assert named(large, wrapped) == ("32-bit overflow", "")


def test_two_streams_of_random_numbers_are_told_apart() -> None:
    numpy = np.random.RandomState(1).random_sample(6)
    r = np.floor(np.random.RandomState(2).random_sample(6) * 2**32) / 2**32
    assert named(numpy, r) == ("another stream", "")
    assert named(numpy, np.random.RandomState(2).random_sample(6)) is None


@pytest.mark.parametrize(
    ("python", "r"),
    [
        (1.0, 2.0),
        (0.0, 1.0),
        ([0.0, 2.0, 5.0], [1.0, 3.0, 6.0]),
        ([1.0, 2.0, 3.0], [2.0, 4.0, 6.0]),
        (0.5, 3.0),
        (2.7, 3.0),
        (1e9, 0.0),
    ],
)
def test_small_and_short_numbers_are_never_explained(python: Any, r: Any) -> None:
    assert named(python, r) is None


def test_what_has_nothing_to_do_with_each_other_is_not_explained() -> None:
    generator = np.random.default_rng(7)
    for n in (1, 2, 3, 5, 10, 40):
        for _ in range(40):
            python, r, x = generator.normal(size=(3, n))
            assert named(python, r, x=x) is None


def test_a_wide_tolerance_is_no_evidence() -> None:
    assert named(X, X * 2, spread=1.0) is None


def test_exceptions_are_few_and_listed() -> None:
    python = GENERATOR.normal(size=30)
    r = python * 2
    r[4] += 1.0
    (found,) = explain(observed(python, r))
    assert (found.hypothesis.parameter, found.fits, found.total) == ("2", 29, 30)
    assert found.exceptions == (4,)
    r[:4] += 1.0
    assert named(python, r) is None


def test_digits_of_a_number_are_worth_bits() -> None:
    assert content(0.0) == 0
    assert content(-200.0) == pytest.approx(math.log2(10))
    assert content(0.125) == pytest.approx(3 * math.log2(10))
    assert content(1 / 3) == pytest.approx(53, abs=0.2)


def test_the_coarsest_decimal_step_is_found() -> None:
    assert decimal_step(np.array([1.0, -5.0, 0.0])) == 1.0
    assert decimal_step(np.array([1.25, 0.5])) == pytest.approx(0.01)
    assert decimal_step(np.array([1 / 3])) == 0.0


def test_two_rounded_values_are_no_pattern_and_three_are() -> None:
    full = np.array([2.718281828, 3.141592654, 1.414213562])
    short = np.array([2.71828, 3.14159, 1.41421])
    assert named(full[:2], short[:2]) is None
    assert named(full, short) == ("rounded", "rounded half even to 5 decimals")


def test_values_that_lost_digits_beside_exact_ones_are_not_rounded() -> None:
    exact = np.array([123456.0, 654321.0, 314159.0, 271828.0])
    assert named(exact, exact * (1 + 1e-9)) == ("factor", "1.000000001")
    lost = exact + np.array([1e-4, -2e-4, 3e-4, -1e-4])
    assert named(exact, lost) is None
    assert named(lost, exact) is None


def test_numbers_of_forty_bits_are_not_of_rs_generator() -> None:
    numpy, other = np.random.RandomState(1).random_sample((2, 6))
    assert named(numpy, np.floor(other * 2**40) / 2**40) is None


def test_a_column_of_zeros_has_no_sign() -> None:
    matrix = MATRIX * [1, 0, 1, 1]
    assert named(matrix, matrix * [1, 1, 1, -1]) == ("sign of columns", "4")
