"""The sources' training loops with nothing recorded."""

import numpy as np

from compare.numbers.measures import Float64s


def sigmoid(x: Float64s) -> Float64s:
    """Elementwise, as the sources write it."""
    output: Float64s = 1 / (1 + np.exp(-x))
    return output


@np.errstate(over="ignore")  # as in the networks
def one_layer(X: Float64s, y: Float64s, synapse_0: Float64s, maxiter: int) -> Float64s:
    """Final weights (n_in, 1)."""
    for _ in range(maxiter):
        layer_1 = sigmoid(X @ synapse_0)
        layer_1_delta = (y - layer_1) * (layer_1 * (1 - layer_1))
        synapse_0 = synapse_0 + X.T @ layer_1_delta
    return synapse_0


@np.errstate(over="ignore")
def two_layer(
    X: Float64s,
    y: Float64s,
    synapse_0: Float64s,
    synapse_1: Float64s,
    alpha: float,
    maxiter: int,
) -> Float64s:
    """Final weights of the hidden layer, (n_in, hidden_size)."""
    for _ in range(maxiter):
        layer_1 = sigmoid(X @ synapse_0)
        layer_2 = sigmoid(layer_1 @ synapse_1)
        layer_2_delta = (y - layer_2) * (layer_2 * (1 - layer_2))
        layer_1_delta = (layer_2_delta @ synapse_1.T) * (layer_1 * (1 - layer_1))
        synapse_1 = synapse_1 + alpha * (layer_1.T @ layer_2_delta)
        synapse_0 = synapse_0 + alpha * (X.T @ layer_1_delta)
    return synapse_0
