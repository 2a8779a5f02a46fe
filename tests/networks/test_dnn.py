import numpy as np
import pytest

from python_impl import dnn

Array = np.ndarray
LAYERS = np.array([2.0, 3, 2])
DATA = np.array([[0.2, 0.3], [0.9, 0.1]])
Y_TRUE = np.array([[0.3, 0.67], [0.5, 0.1]])
WEIGHTS = np.random.RandomState(1).random_sample(3 * 3 + 2 * 4)


def test_a_prediction_is_the_one_worked_with_matrices() -> None:
    hidden = 1 / (1 + np.exp(-(np.c_[DATA, np.ones(2)] @ WEIGHTS[:9].reshape(3, 3).T)))
    output = 1 / (1 + np.exp(-(np.c_[hidden, np.ones(2)] @ WEIGHTS[9:].reshape(2, 4).T)))
    np.testing.assert_allclose(dnn.predict(DATA, LAYERS, WEIGHTS, 1.0), output, rtol=1e-14)


def test_c_scales_what_the_sigmoid_is_given() -> None:
    flat = dnn.predict(DATA, LAYERS, WEIGHTS, c=1e-9)
    np.testing.assert_allclose(flat, 0.5, atol=1e-8)


@pytest.mark.parametrize("layers", [[2, 2], [2, 3, 2], [2, 3, 4, 2]])
def test_the_gradients_are_the_derivatives_of_the_squared_error(layers: list[int]) -> None:
    sizes = np.array(layers, dtype=float)
    n_weights = int(((sizes[:-1] + 1) * sizes[1:]).sum())
    weights = np.random.RandomState(2).random_sample(n_weights)
    gradients = dnn.train(DATA[:1], Y_TRUE[:1], sizes, weights, maxiter=1)["gradients"]
    for i in range(n_weights):
        moved = weights.astype(complex)
        moved[i] += 1e-30j
        missed = Y_TRUE[:1] - dnn.predict(DATA[:1], sizes, moved, 1.0)
        assert gradients[i] == pytest.approx((missed**2).sum().imag / 1e-30, rel=1e-12)


def test_an_update_goes_down_by_the_learning_rate_times_the_gradient() -> None:
    fit = dnn.train(DATA[:1], Y_TRUE[:1], LAYERS, WEIGHTS, maxiter=1, learning_rate=0.5)
    np.testing.assert_array_equal(fit["weights"], WEIGHTS - 0.5 * fit["gradients"])
    missed = Y_TRUE[:1] - dnn.predict(DATA[:1], LAYERS, WEIGHTS, 1.0)
    assert fit["error"][0] == pytest.approx((missed**2).sum(), rel=1e-14)


def test_many_observations_are_taken_one_after_the_other() -> None:
    both = dnn.train(DATA, Y_TRUE, LAYERS, WEIGHTS, maxiter=1)
    first = dnn.train(DATA[:1], Y_TRUE[:1], LAYERS, WEIGHTS, maxiter=1)
    second = dnn.train(DATA[1:], Y_TRUE[1:], LAYERS, first["weights"], maxiter=1)
    np.testing.assert_array_equal(both["weights"], second["weights"])
    assert both["error"][0] == first["error"][0] + second["error"][0]


def test_a_leading_axis_trains_several_networks_at_once() -> None:
    weights = np.stack([WEIGHTS, -WEIGHTS, WEIGHTS / 2])
    batch = dnn.train(DATA, Y_TRUE, LAYERS, weights, maxiter=10)
    assert batch["error"].shape == (10, 3)
    for i in range(3):
        alone = dnn.train(DATA, Y_TRUE, LAYERS, weights[i], maxiter=10)
        np.testing.assert_allclose(batch["weights"][i], alone["weights"], rtol=1e-12)
        np.testing.assert_allclose(batch["output"][i], alone["output"], rtol=1e-12)


def test_accuracy_is_the_share_of_new_observations_that_are_named_right() -> None:
    new = np.array([[0.1, 0.9], [0.9, 0.1], [0.5, 0.5]])
    settings = (LAYERS, WEIGHTS, 1, 0.01, 1.0)
    output = dnn.train_and_test(DATA, Y_TRUE, new, np.eye(2)[[0, 0, 0]], *settings)["output"]
    right = np.eye(2)[output.argmax(axis=1)]
    wrong_once = right.copy()
    wrong_once[1] = 1 - right[1]
    for classes, share in ((right, 1.0), (wrong_once, 2 / 3)):
        assert dnn.train_and_test(DATA, Y_TRUE, new, classes, *settings)["accuracy"] == share


def test_weights_that_do_not_fit_the_layers_are_refused() -> None:
    with pytest.raises(ValueError, match="weights has length 16, expected 17"):
        dnn.predict(DATA, LAYERS, WEIGHTS[:-1], 1.0)
