"""`python_impl.one_layer` in portable arithmetic, compiled."""

import numpy as np

from compiled.lanes import Block, Float64s, call, of_one_or_many
from compiled.library import loops
from python_impl.checks import check_positive, check_shape


def train(
    X: Float64s,
    y: Float64s,
    synapse_0: Float64s,
    maxiter: int = 10000,
    threads: int = 1,
) -> Block:
    """Train as `python_impl.one_layer.train` does, to the bit.

    Parameters
    ----------
    X, y, synapse_0, maxiter
        As there; at most one leading axis.
    threads : int
        Threads on which networks run.

    Returns
    -------
    dict of arrays
        As there.
    """
    n_obs, n_in = X.shape
    check_shape("y", y, n_obs, 1)
    check_shape("synapse_0", synapse_0, n_in, 1)
    check_positive("maxiter", maxiter)
    X, y = (np.ascontiguousarray(a, np.float64) for a in (X, y))

    def run(given: Block) -> Block:
        lanes = given["synapse_0"].shape[-1]
        fit = {
            "layer_1": np.empty((n_obs, 1, lanes)),
            "layer_1_error": np.empty((n_obs, 1, lanes)),
            "error": np.empty((maxiter, lanes)),
            "layer_1_delta": np.empty((n_obs, 1, lanes)),
            "synapse_0": given["synapse_0"],
        }
        call(
            loops().one_layer_train,
            [lanes, n_obs, n_in, maxiter],
            [
                *(X, y, fit["synapse_0"], fit["error"]),
                *(fit["layer_1"], fit["layer_1_error"], fit["layer_1_delta"]),
                np.empty_like(fit["synapse_0"]),  # updates
            ],
        )
        return fit

    return of_one_or_many({"synapse_0": synapse_0}, run, threads)
