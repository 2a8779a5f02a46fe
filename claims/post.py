"""What Trask's post on gradient descent claims."""

import numpy as np

from claims.training import OTHER_SEEDS, case_of, given, trained
from compare.claims import FAILS, HOLDS, Decision, Runs
from compare.schema import Float64s
from python_impl import two_layer

AT_10_000, AT_50_000, LAST = 10_000, 50_000, -1
LEARNT = 0.01  # mean absolute error
NEAR = 1e-3


def alpha_1_is_no_alpha() -> Decision:
    """Does the loop without alpha give the same bits as with alpha = 1?"""
    start = given("trask-alphas")
    X, y, synapse_0, synapse_1 = (start[k] for k in ("X", "y", "synapse_0", "synapse_1"))
    with_alpha = two_layer.train(X, y, synapse_0, synapse_1, alpha=1.0, maxiter=60_000)
    for _ in range(60_000):
        layer_1 = 1 / (1 + np.exp(-(X @ synapse_0)))
        layer_2 = 1 / (1 + np.exp(-(layer_1 @ synapse_1)))
        layer_2_delta = (layer_2 - y) * (layer_2 * (1 - layer_2))
        layer_1_delta = layer_2_delta.dot(synapse_1.T) * (layer_1 * (1 - layer_1))
        synapse_1 = synapse_1 - layer_1.T.dot(layer_2_delta)
        synapse_0 = synapse_0 - X.T.dot(layer_1_delta)
    same = (with_alpha["synapse_0"] == synapse_0).all()
    same &= (with_alpha["synapse_1"] == synapse_1).all()
    return Decision(
        HOLDS if same else FAILS,
        "after 60,000 iterations the loop without alpha has "
        + ("the same bits in every weight" if same else "other weights"),
    )


def alpha_0001_hardly_converges(runs: Runs) -> Decision:
    """How far does it come?"""
    error = runs.get("trask-alphas", "alpha=0.001")["error"]
    lost = 1 - error[LAST] / error[0]
    return Decision(
        HOLDS if lost < 0.1 else FAILS,
        f"60,000 iterations take the error from {error[0]:.4f} to {error[LAST]:.4f}, by {lost:.1%}",
    )


def alpha_001_smooth_not_far(runs: Runs) -> Decision:
    """Does the error only fall, and how far?"""
    errors = runs.variants("trask-alphas", "error")
    rises = int((np.diff(errors[0.01]) > 0).sum())
    further = [alpha for alpha in errors if errors[alpha][LAST] < errors[0.01][LAST]]
    return Decision(
        HOLDS if rises == 0 and further else FAILS,
        f"the error rises in {rises} of 60,000 iterations and ends at {errors[0.01][LAST]:.4f}; "
        f"alpha = {', '.join(f'{alpha:g}' for alpha in further)} end lower",
    )


def alpha_10_best(runs: Runs) -> Decision:
    """Is it best after 10,000 iterations, and better than the others ever are?"""
    errors = runs.variants("trask-alphas", "error")
    at = {alpha: error[AT_10_000] for alpha, error in errors.items()}
    best = min(at, key=lambda alpha: at[alpha])
    others = min(error.min() for alpha, error in errors.items() if alpha != best)
    return Decision(
        HOLDS if best == 10.0 else FAILS,
        f"alpha = {best:g} has {at[best]:.5f} after 10,000 iterations; the best of the others ever "
        f"reach {others:.5f}, in 60,000",
    )


def alpha_100_never_settles(runs: Runs) -> Decision:
    """Does the error go up and down to the end?"""
    run = runs.get("trask-alphas", "alpha=100")
    error = run["error"]
    rises = np.flatnonzero(np.diff(error) > 0)
    settled = int(rises[LAST]) + 1 if rises.size else 0
    far = float(np.abs(np.diff(error[AT_10_000:])).max())
    return Decision(
        HOLDS if settled > AT_50_000 else FAILS,
        f"it jumps for its first {settled} iterations only. From then on the error falls at every "
        f"step, from {error[settled]:.4f} to {error[LAST]:.4f}, after iteration 10,000 by less "
        f"than {far:.0e} a step: it has settled, with outputs "
        f"{', '.join(f'{output:.4f}' for output in run['layer_2'][:, 0])}",
    )


def alpha_1000_diverges(runs: Runs) -> Decision:
    """Does the error rise to 0.5, and what do the weights do?"""
    run = runs.get("trask-alphas", "alpha=1000")
    error = run["error"]
    at_half = int(np.flatnonzero(np.abs(error - 0.5) > NEAR)[LAST]) + 1
    largest = max(float(np.abs(run[name]).max()) for name in ("synapse_0", "synapse_1"))
    update = float(np.abs(run["layer_1"].T @ run["layer_2_delta"]).max())
    return Decision(
        HOLDS if abs(error[LAST] - 0.5) < NEAR and error[LAST] > error[0] else FAILS,
        f"from {error[0]:.4f} to {error[LAST]:.4f}, where it stays from iteration {at_half} on. "
        f"The weights do not diverge: the largest ends at {largest:.0f} with an update of "
        f"{update:.0e}, since every unit is saturated",
    )


def _changes(runs: Runs) -> dict[float, int]:
    names = ("synapse_0_direction_count", "synapse_1_direction_count")
    counts = [runs.variants("trask-direction-changes", name) for name in names]
    return {alpha: int(sum(c[alpha].sum() for c in counts)) for alpha in counts[0]}


def direction_changes(runs: Runs) -> Decision:
    """How often do updates change direction at each alpha?"""
    n = _changes(runs)
    return Decision(
        HOLDS if n[0.001] < n[1000.0] < n[10.0] and n[0.001] <= 16 else FAILS,
        "changes of all 16 weights in 60,000 iterations, by alpha: "
        + ", ".join(f"{alpha:g}: {count}" for alpha, count in n.items()),
    )


def size_of_weights(runs: Runs) -> Decision:
    """How large does the largest weight become?"""
    names = ("synapse_0", "synapse_1")
    weights = [runs.variants("trask-alphas", name) for name in names]
    largest = {a: max(float(np.abs(w[a]).max()) for w in weights) for a in weights[0]}
    sizes = list(largest.values())
    return Decision(
        HOLDS if sizes == sorted(sizes) else FAILS,
        "largest weight by alpha: " + ", ".join(f"{a:g}: {w:.1f}" for a, w in largest.items()),
    )


def more_nodes_reach_further(runs: Runs) -> Decision:
    """Which is the best error at the last printed iteration, with 4 and with 32 nodes?"""
    best = {
        size: min(error[AT_50_000] for error in runs.variants(name, "error").values())
        for size, name in ((4, "trask-alphas"), (32, "trask-hidden-32"))
    }
    holds = f"{best[32]:.4f}" == "0.0009" and f"{best[4]:.4f}" == "0.0013"
    return Decision(
        HOLDS if holds else FAILS,
        f"best error after 50,000 iterations: {best[32]:.6f} with 32 nodes, {best[4]:.6f} with 4",
    )


def three_nodes_suffice() -> Decision:
    """Do networks of 3, 2 and 1 hidden nodes learn the four rows?"""
    learnt = {
        size: int((trained(OTHER_SEEDS, size, 10.0, 60_000)["error"][LAST] < LEARNT).sum())
        for size in (4, 3, 2, 1)
    }
    return Decision(
        HOLDS if learnt[3] else FAILS,
        "seeds of 100 that reach a mean error below 0.01 with alpha = 10 in 60,000 iterations, by "
        "number of hidden nodes: "
        + ", ".join(f"{size}: {n}" for size, n in learnt.items())
        + ("; two are enough, from a good start" if learnt[2] else ""),
    )


def first_weight_high(runs: Runs) -> Decision:
    """Where on the error surface is the lowest error?"""
    run = runs.get("trask-error-surface")
    low, high, n = (case_of("trask-error-surface").inputs[k] for k in ("low", "high", "n_grid"))
    grid = np.linspace(float(str(low)), float(str(high)), int(str(n)))
    i, k = np.unravel_index(run["surface"].argmin(), run["surface"].shape)
    path = run["path_0"][LAST], run["path_1"][LAST]
    return Decision(
        HOLDS if grid[i] == high else FAILS,
        f"over [-10, 10]^2 the error is lowest at ({grid[i]:g}, {grid[k]:g}): the first weight "
        f"high, the second low; the descent is at ({path[0]:.2f}, {path[1]:.2f}) after 10,000 "
        "iterations and goes on that way",
    )


def bucket(runs: Runs) -> Decision:
    """Which step sizes converge in the bucket x^2?"""
    x = {a: abs(path) for a, path in runs.variants("descent-bucket", "first_x").items()}
    converges, bounces = x[0.1][LAST] < NEAR, x[1.0][LAST] == x[1.0][0]
    diverges, creeps = x[1.1][LAST] > 10 * x[1.1][0], x[0.001][LAST] > x[0.001][0] / 2
    return Decision(
        HOLDS if converges and diverges and creeps and bounces else FAILS,
        f"from x = {x[0.1][0]:.2f} on x^2, after 99 steps: alpha = 1.1 is at {x[1.1][LAST]:.1e} "
        f"and leaves, alpha = 1 bounces between x and -x for ever, 0.1 is at {x[0.1][LAST]:.1e}, "
        f"0.001 still at {x[0.001][LAST]:.2f}",
    )


def balls_end_in_the_minima(runs: Runs) -> Decision:
    """In how many places do the balls end, and are these the minima?"""
    curve = np.array(case_of("descent").inputs["coefficients"], float)
    turns = np.roots(np.polyder(curve))
    turns = np.sort(turns[np.isreal(turns)].real)
    minima = turns[np.polyval(np.polyder(curve, 2), turns) > 0]
    ends = runs.variants("descent", "x")
    places = {alpha: _places(x) for alpha, x in ends.items()}
    settled = np.abs(ends[0.001] - minima).min(axis=1).max()
    lowest = int((np.abs(ends[0.001] - minima[np.polyval(curve, minima).argmin()]) < NEAR).sum())
    fits = places[0.001] == len(minima) and settled < NEAR
    return Decision(
        "holds if the steps are neither too small nor too large" if fits else FAILS,
        f"our curve has {len(minima)} minima; after 2,000 steps 100 balls lie in "
        + ", ".join(f"{n} places with alpha = {alpha:g}" for alpha, n in places.items())
        + f". With 0.001 all lie in the minima, {lowest} of them in the lowest",
    )


def _places(x: Float64s) -> int:
    return 1 + int((np.diff(np.sort(x[:, 0])) > NEAR).sum())
