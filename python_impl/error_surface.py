"""The error over all pairs of weights of a network that has two, and the way down."""

import numpy as np

from python_impl import one_layer
from python_impl.arithmetic import Arithmetic, Array, native
from python_impl.checks import check_positive, check_shape


def descend(
    X: Array,
    y: Array,
    synapse_0: Array,
    low: float,
    high: float,
    n_grid: int,
    maxiter: int = 10000,
    arithmetic: Arithmetic = native,
) -> dict[str, Array]:
    """Compute the error surface that Trask's part 2 draws, and the path of the descent over it.

    Parameters
    ----------
    X : (n_obs, 2)
        Inputs, one observation a row.
    y : (n_obs, 1)
        Targets in [0, 1].
    synapse_0 : (..., 2, 1)
        Starting weights; a leading axis descends from several places at once.
    low, high : float
        Range of both weights.
    n_grid : int
        Number of values of each weight, ``low`` and ``high`` included, at least 2.
    maxiter : int
        Number of updates, at least 1.
    arithmetic : Arithmetic
        How to multiply, squash and average.

    Returns
    -------
    dict of arrays
        ``surface`` (n_grid, n_grid): mean absolute error, the first weight down, the second
        across; ``path_0``, ``path_1``, ``error`` (maxiter,): both weights and their error before
        each update; ``synapse_0`` (2, 1): after the last one.
    """
    check_shape("X", X, X.shape[0], 2)
    check_shape("y", y, X.shape[0], 1)
    check_shape("synapse_0", synapse_0, 2, 1)
    n_steps = n_grid - 1
    check_positive("n_grid - 1", n_steps)
    check_positive("maxiter", maxiter)

    members = synapse_0.shape[:-2]
    grid = low + (high - low) * np.arange(n_grid) / n_steps
    pairs = np.stack(np.meshgrid(grid, grid, indexing="ij"), axis=-1)[..., None]
    everywhere = np.broadcast_to(pairs.astype(synapse_0.dtype), (*members, n_grid, n_grid, 2, 1))
    surface = one_layer.train(X, y, everywhere, maxiter=1, arithmetic=arithmetic)["error"][0]

    path_0 = np.empty((maxiter, *members), dtype=synapse_0.dtype)
    path_1 = np.empty_like(path_0)
    error = np.empty_like(path_0)

    for j in range(maxiter):
        # without the dots an array of objects would hold an array
        path_0[j, ...] = synapse_0[..., 0, 0]
        path_1[j, ...] = synapse_0[..., 1, 0]

        fit = one_layer.train(X, y, synapse_0, maxiter=1, arithmetic=arithmetic)
        error[j] = fit["error"][0]

        synapse_0 = fit["synapse_0"]

    return {
        "surface": surface,
        "path_0": path_0,
        "path_1": path_1,
        "error": error,
        "synapse_0": synapse_0,
    }
