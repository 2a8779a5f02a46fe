"""`python_impl.two_layer` in portable arithmetic, compiled."""

import numpy as np

from compiled.lanes import Block, Float64s, call, of_one_or_many
from compiled.library import loops
from python_impl.checks import check_positive, check_shape

# what changes the starting weights' shapes: which axis of which
SIZES = {"hidden_size": {"synapse_0": 1, "synapse_1": 0}}


def train(
    X: Float64s,
    y: Float64s,
    synapse_0: Float64s,
    synapse_1: Float64s,
    alpha: float | Float64s = 1.0,
    maxiter: int = 30000,
    count_direction_changes: bool = False,
    threads: int = 1,
) -> Block:
    """Train as `python_impl.two_layer.train` does, to the bit.

    Parameters
    ----------
    X, y, synapse_0, synapse_1, alpha, maxiter, count_direction_changes
        As there; at most one leading axis.
    threads : int
        Threads on which networks run.

    Returns
    -------
    dict of arrays
        As there.
    """
    n_obs, n_in = X.shape
    hidden_size = synapse_0.shape[-1]
    check_shape("y", y, n_obs, 1)
    check_shape("synapse_0", synapse_0, n_in, hidden_size)
    check_shape("synapse_1", synapse_1, hidden_size, 1)
    check_positive("maxiter", maxiter)
    X, y = (np.ascontiguousarray(a, np.float64) for a in (X, y))

    def run(given: Block) -> Block:
        weights_0, weights_1 = given["synapse_0"], given["synapse_1"]
        lanes = weights_0.shape[-1]
        by_unit = (n_obs, hidden_size, lanes)
        by_row = (n_obs, 1, lanes)
        fit = {
            "layer_1": np.empty(by_unit),
            "layer_2": np.empty(by_row),
            "layer_2_error": np.empty(by_row),
            "error": np.empty((maxiter, lanes)),
            "layer_2_delta": np.empty(by_row),
            "layer_1_error": np.empty(by_unit),
            "layer_1_delta": np.empty(by_unit),
            "synapse_1": weights_1,
            "synapse_0": weights_0,
        }
        counts = {
            "synapse_1_direction_count": np.zeros_like(weights_1),
            "synapse_0_direction_count": np.zeros_like(weights_0),
        }
        call(
            loops().two_layer_train,
            [lanes, int(count_direction_changes), n_obs, n_in, hidden_size, maxiter],
            [
                *(X, y, weights_0, weights_1, given["alpha"]),
                *(fit["error"], fit["layer_1"], fit["layer_2"], fit["layer_2_error"]),
                *(fit["layer_2_delta"], fit["layer_1_error"], fit["layer_1_delta"]),
                *(
                    np.empty_like(w) for w in 2 * (weights_0, weights_1)
                ),  # updates, and those before
                *(counts["synapse_0_direction_count"], counts["synapse_1_direction_count"]),
            ],
        )
        return fit | counts if count_direction_changes else fit

    steps = np.broadcast_to(alpha, (*synapse_0.shape[:-2], 1, 1))
    given = {"synapse_0": synapse_0, "synapse_1": synapse_1, "alpha": steps}
    return of_one_or_many(given, run, threads)
