import numpy as np

from python_impl import one_layer

Array = np.ndarray


def test_the_first_iteration_from_zero_weights_is_the_one_worked_by_hand(
    truth_table: tuple[Array, Array],
) -> None:
    X, _ = truth_table
    y = np.array([[0.0], [0.0], [1.0], [1.0]])
    fit = one_layer.train(X, y, np.zeros((3, 1)), maxiter=1)
    np.testing.assert_array_equal(fit["layer_1"], np.full((4, 1), 0.5))
    np.testing.assert_array_equal(fit["error"], [0.5])
    np.testing.assert_array_equal(fit["layer_1_delta"], np.array([[-1], [-1], [1], [1]]) / 8)
    np.testing.assert_array_equal(fit["synapse_0"], [[0.25], [0.0], [0.0]])


def test_an_update_is_the_negative_gradient_of_half_the_squared_error() -> None:
    rng = np.random.default_rng(1)
    X, y, synapse_0 = rng.normal(size=(5, 3)), rng.uniform(size=(5, 1)), rng.normal(size=(3, 1))
    step = one_layer.train(X, y, synapse_0, maxiter=1)["synapse_0"] - synapse_0
    np.testing.assert_allclose(step, -complex_step_gradient(X, y, synapse_0), rtol=1e-13)


def complex_step_gradient(X: Array, y: Array, synapse_0: Array) -> Array:
    h = 1e-30
    gradient = np.empty_like(synapse_0)
    for i in range(synapse_0.size):
        moved = synapse_0.astype(complex)
        moved.flat[i] += 1j * h
        output = 1 / (1 + np.exp(-np.einsum("ij,jk->ik", X, moved)))
        gradient.flat[i] = (0.5 * ((y - output) ** 2).sum()).imag / h
    return gradient
