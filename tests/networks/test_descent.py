import numpy as np
import pytest

from python_impl import descent

BUCKET = np.array([1.0, 0.0, 0.0])


def test_a_step_goes_down_by_alpha_times_the_slope() -> None:
    curve, x = np.array([0.5, -1.0, 3.0, 2.0]), np.array([[-1.0], [0.0], [2.0]])
    moved = descent.descend(curve, x, alpha=0.1, maxiter=1)
    np.testing.assert_array_equal(moved["slope"], [[1.5 + 2 + 3], [3], [6 - 4 + 3]])
    np.testing.assert_array_equal(moved["x"], x - 0.1 * moved["slope"])
    np.testing.assert_allclose(moved["height"], np.polyval(curve, moved["x"]), rtol=1e-15)
    np.testing.assert_array_equal(moved["mean_height"], np.polyval(curve, x).mean())


@pytest.mark.parametrize(("alpha", "after_3"), [(0.25, 0.125), (1.0, -1.0), (1.5, -8.0)])
def test_a_ball_in_a_bucket_converges_bounces_or_leaves(alpha: float, after_3: float) -> None:
    assert descent.descend(BUCKET, np.array([[1.0]]), alpha, maxiter=3)["x"].item() == after_3


def test_sets_of_balls_go_their_own_ways() -> None:
    x = np.array([[[1.0], [2.0]], [[-3.0], [0.5]]])
    both = descent.descend(BUCKET, x, 0.1, maxiter=5)
    assert both["first_x"].shape == (5, 2)
    for i in range(2):
        alone = descent.descend(BUCKET, x[i], 0.1, maxiter=5)
        np.testing.assert_array_equal(both["x"][i], alone["x"])
        np.testing.assert_array_equal(both["mean_height"][:, i], alone["mean_height"])


def test_a_point_is_no_curve() -> None:
    with pytest.raises(ValueError, match="degree is 0, expected at least 1"):
        descent.descend(np.array([1.0]), np.array([[1.0]]), 0.1)
