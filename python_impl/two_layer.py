"""One hidden layer of sigmoid units, no biases, trained by gradient descent with step alpha."""

import numpy as np

from python_impl.arithmetic import Arithmetic, Array, native
from python_impl.checks import check_positive, check_shape


def train(
    X: Array,
    y: Array,
    synapse_0: Array,
    synapse_1: Array,
    alpha: float = 1.0,
    maxiter: int = 30000,
    count_direction_changes: bool = False,
    arithmetic: Arithmetic = native,
) -> dict[str, Array]:
    """Train the network of Examples 2 and 3 of Clark's chapter, and of Trask's part 2.

    Example 2 has no step size, which is alpha = 1. Example 3 and part of Trask's code write the
    error as ``layer_2 - y`` and subtract the update; negation is exact, so all give the same bits.

    Parameters
    ----------
    X : (n_obs, n_in)
        Inputs, one observation a row.
    y : (n_obs, 1)
        Targets in [0, 1].
    synapse_0 : (..., n_in, hidden_size)
        Starting weights of the hidden layer; a leading axis trains several networks at once.
    synapse_1 : (..., hidden_size, 1)
        Starting weights of the output, with the same leading axis.
    alpha : float
        Step size; (..., 1, 1) with that leading axis gives each network its own.
    maxiter : int
        Number of updates, at least 1.
    count_direction_changes : bool
        Count how often each weight's update changed direction: how often the test
        ``update > 0`` came out otherwise than one iteration before.
    arithmetic : Arithmetic
        How to multiply, squash and average.

    Returns
    -------
    dict of arrays, in the order in which an iteration makes them
        ``layer_1`` (n_obs, hidden_size), ``layer_2``, ``layer_2_error``, ``layer_2_delta``
        (n_obs, 1), ``layer_1_error``, ``layer_1_delta`` (n_obs, hidden_size): before the last
        update; ``synapse_1`` (hidden_size, 1), ``synapse_0`` (n_in, hidden_size): after it;
        ``error`` (maxiter,): mean absolute error before each update; where asked for, the counts
        ``synapse_1_direction_count`` and ``synapse_0_direction_count``, shaped as the weights.
    """
    n_obs, n_in = X.shape
    hidden_size = synapse_0.shape[-1]
    check_shape("y", y, n_obs, 1)
    check_shape("synapse_0", synapse_0, n_in, hidden_size)
    check_shape("synapse_1", synapse_1, hidden_size, 1)
    check_positive("maxiter", maxiter)

    matmul, sigmoid, mean = arithmetic.matmul, arithmetic.sigmoid, arithmetic.mean
    error = np.empty((maxiter, *synapse_0.shape[:-2]), dtype=synapse_0.dtype)
    prev_synapse_1_update = np.zeros_like(synapse_1)
    prev_synapse_0_update = np.zeros_like(synapse_0)
    synapse_1_direction_count = np.zeros_like(synapse_1)
    synapse_0_direction_count = np.zeros_like(synapse_0)

    for j in range(maxiter):
        layer_1 = sigmoid(matmul(X, synapse_0))  # (n_obs, hidden_size)
        layer_2 = sigmoid(matmul(layer_1, synapse_1))  # (n_obs, 1)

        layer_2_error = y - layer_2  # (n_obs, 1)
        error[j] = mean(abs(layer_2_error))

        layer_2_delta = layer_2_error * (layer_2 * (1 - layer_2))  # (n_obs, 1)
        layer_1_error = matmul(layer_2_delta, synapse_1.mT)  # (n_obs, hidden_size)
        layer_1_delta = layer_1_error * (layer_1 * (1 - layer_1))  # (n_obs, hidden_size)

        synapse_1_update = matmul(layer_1.mT, layer_2_delta)  # (hidden_size, 1)
        synapse_0_update = matmul(X.mT, layer_1_delta)  # (n_in, hidden_size)

        if count_direction_changes and j > 0:
            synapse_1_direction_count += (synapse_1_update > 0) != (prev_synapse_1_update > 0)
            synapse_0_direction_count += (synapse_0_update > 0) != (prev_synapse_0_update > 0)
        prev_synapse_1_update = synapse_1_update
        prev_synapse_0_update = synapse_0_update

        synapse_1 = synapse_1 + alpha * synapse_1_update
        synapse_0 = synapse_0 + alpha * synapse_0_update

    fit = {
        "layer_1": layer_1,
        "layer_2": layer_2,
        "layer_2_error": layer_2_error,
        "error": error,
        "layer_2_delta": layer_2_delta,
        "layer_1_error": layer_1_error,
        "layer_1_delta": layer_1_delta,
        "synapse_1": synapse_1,
        "synapse_0": synapse_0,
    }
    if count_direction_changes:
        fit["synapse_1_direction_count"] = synapse_1_direction_count
        fit["synapse_0_direction_count"] = synapse_0_direction_count
    return fit
