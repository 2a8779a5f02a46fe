"""A deep network with biases, trained on one observation after the other."""

from itertools import pairwise

import numpy as np

from python_impl.arithmetic import Arithmetic, Array, native
from python_impl.checks import check_positive, check_shape


def predict(
    data: Array,
    layers: Array,
    weights: Array,
    c: float,
    arithmetic: Arithmetic = native,
) -> Array:
    """Output of the practice page's network.

    Parameters
    ----------
    data : (n_obs, n_in)
        Inputs, one observation a row.
    layers : (n_layers,)
        Number of neurons of each layer, input and output included, without biases.
    weights : (..., n_weights)
        Of one layer after the other, (neurons in next layer, neurons in current layer + 1), row
        by row; the last column is the bias.
    c : float
        The sigmoid is that of c times its argument.
    arithmetic : Arithmetic
        How to multiply and squash.

    Returns
    -------
    (..., n_obs, n_out)
    """
    matrices = _unpacked(layers, weights)
    check_shape("data", data, data.shape[0], _sizes(layers)[0])
    output = [_forward(row[:, None], matrices, c, arithmetic)[-1][..., 0] for row in data]
    return np.stack(output, axis=-2)


def train(
    data: Array,
    y_true: Array,
    layers: Array,
    weights: Array,
    maxiter: int = 1000,
    learning_rate: float = 0.01,
    c: float = 1.0,
    arithmetic: Arithmetic = native,
) -> dict[str, Array]:
    """Train the practice page's network; each observation updates the weights.

    The factor c belongs into the derivative of the sigmoid too. The page leaves it out on
    purpose, for the learning rate to absorb.

    Parameters
    ----------
    data, layers, weights, c
        As for `predict`; a leading axis of the weights trains several networks at once.
    y_true : (n_obs, n_out)
        Targets in [0, 1].
    maxiter : int
        How often to go through all observations, at least 1.
    learning_rate : float
        Step size.
    arithmetic : Arithmetic
        How to multiply and squash.

    Returns
    -------
    dict of arrays
        ``error`` (maxiter,): the sum of squared errors over all observations, each before its
        update; ``gradients`` (n_weights,): of the last observation, before the last update;
        ``weights`` (n_weights,): after it; ``output`` (n_obs, n_out): with those weights.
    """
    matrices = _unpacked(layers, weights)
    n_obs = data.shape[0]
    sizes = _sizes(layers)
    check_shape("data", data, n_obs, sizes[0])
    check_shape("y_true", y_true, n_obs, sizes[-1])
    check_positive("maxiter", maxiter)

    matmul = arithmetic.matmul
    error = np.zeros((maxiter, *weights.shape[:-1]), dtype=weights.dtype)

    for j in range(maxiter):
        for i in range(n_obs):
            x_s = _forward(data[i][:, None], matrices, c, arithmetic)

            missed = y_true[i][:, None] - x_s[-1]  # (n_out, 1)
            error[j] += matmul(missed.mT, missed)[..., 0, 0]

            psi = -2 * missed * (x_s[-1] * (1 - x_s[-1]))  # (n_out, 1)
            gradients = [psi * x_s[-2].mT]  # (n_out, n_last + 1)
            for layer in range(len(matrices) - 1, 0, -1):
                w = matrices[layer][..., :-1]  # (n_next, n_current)
                x = x_s[layer][..., :-1, :].mT  # (1, n_current)
                term = w * x * (1 - x)  # (n_next, n_current)
                psi = matmul(term.mT, psi)  # (n_current, 1)
                gradients.append(psi * x_s[layer - 1].mT)  # (n_current, n_previous + 1)

            for layer in range(len(matrices)):
                matrices[layer] = matrices[layer] - learning_rate * gradients[-(layer + 1)]

    weights = _packed(matrices)
    return {
        "error": error,
        "gradients": _packed(gradients[::-1]),
        "weights": weights,
        "output": predict(data, layers, weights, c, arithmetic),
    }


def train_and_test(
    data: Array,
    y_true: Array,
    new_data: Array,
    new_y_true: Array,
    layers: Array,
    weights: Array,
    maxiter: int,
    learning_rate: float,
    c: float,
    arithmetic: Arithmetic = native,
) -> dict[str, Array]:
    """Train a classifier, and try it on observations that it has not seen.

    Parameters
    ----------
    data, y_true, layers, weights, maxiter, learning_rate, c, arithmetic
        As for `train`; ``y_true`` has a 1 in the column of the class, 0 elsewhere.
    new_data, new_y_true : (n_new, n_in), (n_new, n_out)
        What the network has not seen.

    Returns
    -------
    dict of arrays
        ``error``, ``weights`` as from `train`; ``output`` (n_new, n_out) for the new data;
        ``accuracy`` (): the share of them whose largest output is that of their class.
    """
    check_shape("new_y_true", new_y_true, new_data.shape[0], _sizes(layers)[-1])
    fit = train(data, y_true, layers, weights, maxiter, learning_rate, c, arithmetic)
    output = predict(new_data, layers, fit["weights"], c, arithmetic)
    right = output.argmax(axis=-1) == new_y_true.argmax(axis=1)
    return {
        "error": fit["error"],
        "weights": fit["weights"],
        "output": output,
        "accuracy": np.asarray(right.mean(axis=-1)),
    }


def _forward(x: Array, matrices: list[Array], c: float, arithmetic: Arithmetic) -> list[Array]:
    """Each layer as a column, all but the last with the bias's 1 below it."""
    x_s = [x]
    for w in matrices:
        x_s[-1] = np.concatenate([x_s[-1], np.ones_like(x_s[-1][..., :1, :])], axis=-2)
        z = arithmetic.matmul(w, x_s[-1])  # (n_next, 1)
        x_s.append(arithmetic.sigmoid(c * z))
    return x_s


def _sizes(layers: Array) -> list[int]:
    return [int(float(n)) for n in layers]  # float: where the training is proved these are balls


def _unpacked(layers: Array, weights: Array) -> list[Array]:
    """The matrix of each layer, (..., n_next, n_current + 1)."""
    shapes = [(n_next, n + 1) for n, n_next in pairwise(_sizes(layers))]
    n_weights = sum(rows * columns for rows, columns in shapes)
    n_given = weights.shape[-1]
    if n_given != n_weights:
        raise ValueError(f"weights has length {n_given}, expected {n_weights}")
    matrices, used = [], 0
    for rows, columns in shapes:
        of_layer = weights[..., used : used + rows * columns]
        matrices.append(of_layer.reshape(*weights.shape[:-1], rows, columns))
        used += rows * columns
    return matrices


def _packed(matrices: list[Array]) -> Array:
    flat = [m.reshape(*m.shape[:-2], m.shape[-2] * m.shape[-1]) for m in matrices]
    return np.concatenate(flat, axis=-1)
