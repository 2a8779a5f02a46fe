import numpy as np
import pytest

from python_impl import error_surface, one_layer

Array = np.ndarray
X = np.array([[0.0, 1], [0, 1], [1, 0], [1, 0]])
y = np.array([[0.0], [0], [1], [1]])
START = np.array([[-0.5], [0.25]])


def test_the_surface_is_the_error_of_each_pair_of_weights() -> None:
    found = error_surface.descend(X, y, START, low=-2, high=4, n_grid=4, maxiter=1)["surface"]
    weights = np.array([-2.0, 0, 2, 4])
    for i, first in enumerate(weights):
        for k, second in enumerate(weights):
            output = 1 / (1 + np.exp(-(X @ np.array([[first], [second]]))))
            assert found[i, k] == pytest.approx(np.abs(y - output).mean(), rel=1e-14)


def test_the_path_is_that_of_the_network_with_two_weights() -> None:
    down = error_surface.descend(X, y, START, -1, 1, 2, maxiter=50)
    fit = one_layer.train(X, y, START, maxiter=50)
    np.testing.assert_array_equal(down["error"], fit["error"])
    np.testing.assert_array_equal(down["synapse_0"], fit["synapse_0"])
    assert (down["path_0"][0], down["path_1"][0]) == (-0.5, 0.25)


def test_a_leading_axis_descends_from_several_places() -> None:
    starts = np.stack([START, -START])
    both = error_surface.descend(X, y, starts, -1, 1, 3, maxiter=5)
    assert both["surface"].shape == (2, 3, 3)
    for i in range(2):
        alone = error_surface.descend(X, y, starts[i], -1, 1, 3, maxiter=5)
        np.testing.assert_allclose(both["path_1"][:, i], alone["path_1"], rtol=1e-14)


def test_three_weights_have_no_surface() -> None:
    with pytest.raises(ValueError, match=r"X has shape \(4, 3\), expected 4 x 2"):
        error_surface.descend(np.ones((4, 3)), y, START, -1, 1, 3)
