import numpy as np
import pytest

from python_impl import two_layer

Array = np.ndarray


def test_the_first_iteration_from_zero_weights_is_the_one_worked_by_hand(
    truth_table: tuple[Array, Array],
) -> None:
    X, _ = truth_table
    y = np.array([[0.0], [1.0], [1.0], [1.0]])
    fit = two_layer.train(X, y, np.zeros((3, 2)), np.zeros((2, 1)), alpha=2, maxiter=1)
    np.testing.assert_array_equal(fit["layer_2_delta"], np.array([[-1], [1], [1], [1]]) / 8)
    np.testing.assert_array_equal(fit["synapse_1"], [[0.25], [0.25]])
    np.testing.assert_array_equal(fit["synapse_0"], np.zeros((3, 2)))


@pytest.mark.parametrize("alpha", [0.5, 10.0])
def test_an_update_is_alpha_times_the_negative_gradient_of_half_the_squared_error(
    alpha: float,
) -> None:
    rng = np.random.default_rng(2)
    X, y = rng.normal(size=(5, 3)), rng.uniform(size=(5, 1))
    weights = [rng.normal(size=(3, 4)), rng.normal(size=(4, 1))]
    fit = two_layer.train(X, y, weights[0], weights[1], alpha, maxiter=1)
    for i, name in enumerate(["synapse_0", "synapse_1"]):
        step = fit[name] - weights[i]
        expected = -alpha * complex_step_gradient(X, y, weights, i)
        np.testing.assert_allclose(step, expected, rtol=1e-12, atol=1e-15)


def complex_step_gradient(X: Array, y: Array, weights: list[Array], which: int) -> Array:
    h = 1e-30
    gradient = np.empty_like(weights[which])
    for i in range(gradient.size):
        moved = [w.astype(complex) for w in weights]
        moved[which].flat[i] += 1j * h
        hidden = 1 / (1 + np.exp(-np.einsum("ij,jk->ik", X, moved[0])))
        output = 1 / (1 + np.exp(-np.einsum("ij,jk->ik", hidden, moved[1])))
        gradient.flat[i] = (0.5 * ((y - output) ** 2).sum()).imag / h
    return gradient


def test_example_3s_subtracted_updates_give_the_same_bits(
    truth_table: tuple[Array, Array],
) -> None:
    X, y = truth_table
    rng = np.random.RandomState(1)
    synapse_0, synapse_1 = 2 * rng.random_sample((3, 32)) - 1, 2 * rng.random_sample((32, 1)) - 1
    fit = two_layer.train(X, y, synapse_0, synapse_1, alpha=10, maxiter=200)
    for _ in range(200):
        layer_1 = 1 / (1 + np.exp(-(X @ synapse_0)))
        layer_2 = 1 / (1 + np.exp(-(layer_1 @ synapse_1)))
        layer_2_delta = (layer_2 - y) * (layer_2 * (1 - layer_2))
        layer_1_delta = layer_2_delta.dot(synapse_1.T) * (layer_1 * (1 - layer_1))
        synapse_1 = synapse_1 - 10 * layer_1.T.dot(layer_2_delta)
        synapse_0 = synapse_0 - 10 * X.T.dot(layer_1_delta)
    np.testing.assert_array_equal(fit["synapse_0"], synapse_0)
    np.testing.assert_array_equal(fit["synapse_1"], synapse_1)


def test_a_leading_axis_trains_several_networks_at_once(truth_table: tuple[Array, Array]) -> None:
    X, y = truth_table
    rng = np.random.default_rng(3)
    synapse_0, synapse_1 = rng.normal(size=(6, 3, 4)), rng.normal(size=(6, 4, 1))
    batch = two_layer.train(X, y, synapse_0, synapse_1, maxiter=50)
    assert batch["error"].shape == (50, 6)
    for i in range(6):
        one = two_layer.train(X, y, synapse_0[i], synapse_1[i], maxiter=50)
        np.testing.assert_allclose(batch["error"][:, i], one["error"], rtol=1e-12)
        np.testing.assert_allclose(batch["synapse_0"][i], one["synapse_0"], rtol=1e-12)


def test_direction_changes_are_counted_where_the_sign_test_differs_from_the_one_before(
    truth_table: tuple[Array, Array],
) -> None:
    X, y = truth_table
    rng = np.random.RandomState(1)
    weights = 2 * rng.random_sample((3, 4)) - 1, 2 * rng.random_sample((4, 1)) - 1
    counted = two_layer.train(X, y, *weights, 10.0, 300, count_direction_changes=True)
    for start, name in zip(weights, ("synapse_0", "synapse_1"), strict=True):
        path = [start]
        for maxiter in range(1, 301):
            path.append(two_layer.train(X, y, *weights, 10.0, maxiter)[name])
        rises = np.diff(path, axis=0) > 0
        expected = (rises[1:] != rises[:-1]).sum(axis=0)
        np.testing.assert_array_equal(counted[f"{name}_direction_count"], expected)
        assert expected.sum() > 0


def test_counts_come_only_where_they_are_asked_for(truth_table: tuple[Array, Array]) -> None:
    fit = two_layer.train(*truth_table, np.ones((3, 2)), np.ones((2, 1)), maxiter=2)
    assert not any("count" in name for name in fit)


def test_an_update_of_exactly_0_does_not_rise(truth_table: tuple[Array, Array]) -> None:
    X, _ = truth_table
    y = np.array([[0.0], [1.0], [1.0], [1.0]])
    start = np.zeros((3, 2)), np.zeros((2, 1))
    fit = two_layer.train(X, y, *start, maxiter=2, count_direction_changes=True)
    np.testing.assert_array_equal(fit["synapse_0_direction_count"], np.ones((3, 2)))
    np.testing.assert_array_equal(fit["synapse_1_direction_count"], np.zeros((2, 1)))
