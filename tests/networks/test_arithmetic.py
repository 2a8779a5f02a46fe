import numpy as np
import pytest

from python_impl.arithmetic import native, noisy, portable

RNG = np.random.default_rng(0)


@pytest.mark.parametrize(
    ("n", "k", "m"), [(4, 3, 32), (4, 32, 1), (32, 4, 1), (4, 1, 4), (1, 7, 1)]
)
def test_the_portable_product_adds_from_left_to_right(n: int, k: int, m: int) -> None:
    a, b = RNG.normal(size=(n, k)), RNG.normal(size=(m, k)).T
    by_hand = np.zeros((n, m))
    for i in range(n):
        for j in range(m):
            total = a[i, 0] * b[0, j]
            for q in range(1, k):
                total += a[i, q] * b[q, j]
            by_hand[i, j] = total
    np.testing.assert_array_equal(portable.matmul(a, b), by_hand)
    np.testing.assert_allclose(native.matmul(a, b), by_hand, rtol=0, atol=1e-12)


def test_the_portable_mean_adds_column_by_column() -> None:
    x = np.array([[1.0, 1e-16], [1e-16, 1e-16]])
    assert portable.mean(x) == 0.25
    assert portable.mean(np.array([[1e16, 1.0], [-1e16, 1.0]])) == 0.5


def test_a_leading_axis_is_a_batch_of_the_same_results() -> None:
    a, b = RNG.normal(size=(5, 4, 3)), RNG.normal(size=(5, 3, 2))
    for arithmetic in (native, portable):
        for i in range(5):
            np.testing.assert_array_equal(arithmetic.matmul(a, b)[i], arithmetic.matmul(a[i], b[i]))
            np.testing.assert_array_equal(arithmetic.mean(a)[i], arithmetic.mean(a[i]))


@pytest.mark.parametrize("arithmetic", [native, portable], ids=["native", "portable"])
def test_the_sigmoid_reaches_its_limits_without_a_warning(arithmetic) -> None:  # type: ignore[no-untyped-def]
    np.testing.assert_array_equal(
        arithmetic.sigmoid(np.array([-1e4, 0.0, 1e4])), np.array([0.0, 0.5, 1.0])
    )


def test_noise_is_at_most_one_rounding_error_and_reaches_most_values() -> None:
    a, b = RNG.normal(size=(50, 3)), RNG.normal(size=(3, 50))
    noise = noisy(1)
    off = np.abs(noise.matmul(a, b) / native.matmul(a, b) - 1)
    assert off.max() <= 2 * 2.0**-52
    assert np.mean(off > 0) > 0.5
    assert not np.array_equal(noise.matmul(a, b), noise.matmul(a, b))


def test_equal_seeds_make_equal_noise() -> None:
    x = RNG.normal(size=(4, 4))
    np.testing.assert_array_equal(noisy(3).sigmoid(x), noisy(3).sigmoid(x))
    assert not np.array_equal(noisy(3).sigmoid(x), noisy(4).sigmoid(x))
