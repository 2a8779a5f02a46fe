"""Sigmoid of a linear predictor, trained by gradient descent."""

import numpy as np

from python_impl.arithmetic import Arithmetic, Array, native
from python_impl.checks import check_positive, check_shape


def train(
    X: Array,
    y: Array,
    synapse_0: Array,
    maxiter: int = 10000,
    arithmetic: Arithmetic = native,
) -> dict[str, Array]:
    """Train the network of Example 1 of Clark's chapter on neural networks.

    Parameters
    ----------
    X : (n_obs, n_in)
        Inputs, one observation a row.
    y : (n_obs, 1)
        Targets in [0, 1].
    synapse_0 : (..., n_in, 1)
        Starting weights; a leading axis trains several networks at once.
    maxiter : int
        Number of updates, at least 1.
    arithmetic : Arithmetic
        How to multiply, squash and average.

    Returns
    -------
    dict of arrays, in the order in which an iteration makes them
        ``layer_1``, ``layer_1_error``, ``layer_1_delta`` (n_obs, 1): before the last update;
        ``synapse_0`` (n_in, 1): after it;
        ``error`` (maxiter,): mean absolute error before each update.
    """
    n_obs, n_in = X.shape
    check_shape("y", y, n_obs, 1)
    check_shape("synapse_0", synapse_0, n_in, 1)
    check_positive("maxiter", maxiter)

    matmul, sigmoid, mean = arithmetic.matmul, arithmetic.sigmoid, arithmetic.mean
    error = np.empty((maxiter, *synapse_0.shape[:-2]), dtype=synapse_0.dtype)

    for j in range(maxiter):
        layer_1 = sigmoid(matmul(X, synapse_0))  # (n_obs, 1)

        layer_1_error = y - layer_1  # (n_obs, 1)
        error[j] = mean(abs(layer_1_error))

        layer_1_delta = layer_1_error * (layer_1 * (1 - layer_1))  # (n_obs, 1)

        synapse_0 = synapse_0 + matmul(X.mT, layer_1_delta)  # (n_in, 1)

    return {
        "layer_1": layer_1,
        "layer_1_error": layer_1_error,
        "error": error,
        "layer_1_delta": layer_1_delta,
        "synapse_0": synapse_0,
    }
