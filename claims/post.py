"""What Trask's post on gradient descent claims."""

import numpy as np

from claims.measured import LAST, Measured
from claims.training import case_of
from compare.judge.decisions import FAILS, HOLDS, HOLDS_IF, Decision
from compare.numbers.measures import Float64s
from compare.verify.claims import Runs

AT_10_000, AT_50_000 = 10_000, 50_000
LEARNT = 0.01  # mean absolute error
NEAR = 1e-3


def alpha_1_is_no_alpha(found: Measured) -> Decision:
    """Whether the loop without alpha gives the same bits as with alpha = 1."""
    same = all((a == b).all() for a, b in zip(found["with_alpha"], found["without"], strict=True))
    return Decision(
        HOLDS if same else FAILS,
        "after 60,000 iterations the loop without alpha has "
        + ("the same bits in every weight" if same else "other weights"),
    )


def alpha_0001_hardly_converges(runs: Runs) -> Decision:
    """Whether the error hardly falls at alpha = 0.001."""
    error = runs.get("trask-alphas", "alpha=0.001")["error"]
    lost = 1 - error[LAST] / error[0]
    return Decision(
        HOLDS if lost < 0.1 else FAILS,
        f"{len(error):,} iterations take the error from {error[0]:.4f} to {error[LAST]:.4f}, "
        f"by {lost:.1%}",
    )


def alpha_001_smooth_not_far(runs: Runs) -> Decision:
    """Whether the error only falls, and not far."""
    errors = runs.variants("trask-alphas", "error")
    rises = int((np.diff(errors[0.01]) > 0).sum())
    further = [alpha for alpha in errors if errors[alpha][LAST] < errors[0.01][LAST]]
    return Decision(
        HOLDS if rises == 0 and further else FAILS,
        f"the error rises in {rises} of 60,000 iterations and ends at {errors[0.01][LAST]:.4f}; "
        f"alpha = {', '.join(f'{alpha:g}' for alpha in further)} end lower",
    )


def alpha_10_best(runs: Runs) -> Decision:
    """Whether it is best after 10,000 iterations, and better than the others ever are."""
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
    """Whether the error goes up and down to the end."""
    run = runs.get("trask-alphas", "alpha=100")
    error = run["error"]
    rises = np.flatnonzero(np.diff(error) > 0)
    settled = int(rises[LAST]) + 1 if rises.size else 0
    far = float(np.abs(np.diff(error[AT_10_000:])).max())
    outputs = ", ".join(f"{output:.4f}" for output in run["layer_2"][:, 0])
    if settled > AT_50_000:
        evidence = (
            f"the error still rises at iteration {settled:,} of {len(error):,}; after iteration "
            f"10,000 it moves by up to {far:.0e} a step"
        )
    else:
        evidence = (
            f"it jumps for its first {settled} iterations only. From then on the error falls at "
            f"every step, from {error[settled]:.4f} to {error[LAST]:.4f}, after iteration 10,000 "
            f"by less than {far:.0e} a step: it has settled, with outputs {outputs}"
        )
    return Decision(HOLDS if settled > AT_50_000 else FAILS, evidence)


def alpha_1000_diverges(runs: Runs) -> Decision:
    """Whether the error rises to 0.5, and the weights diverge."""
    run = runs.get("trask-alphas", "alpha=1000")
    error = run["error"]
    away = np.flatnonzero(np.abs(error - 0.5) > NEAR)
    at_half = int(away[LAST]) + 1 if away.size else 0
    stays = at_half < len(error)
    largest = max(float(np.abs(run[name]).max()) for name in ("synapse_0", "synapse_1"))
    update = float(np.abs(run["layer_1"].T @ run["layer_2_delta"]).max())
    grows = stays and error[LAST] > error[0]
    diverges = HOLDS if update >= NEAR else f"{HOLDS_IF}the error is meant, not the weights"
    return Decision(
        diverges if grows else FAILS,
        f"from {error[0]:.4f} to {error[LAST]:.4f}"
        + (f", where it stays from iteration {at_half:,} on" if stays else ", and not at 0.5")
        + f". The largest weight ends at {largest:.0f} with an update of {update:.0e}"
        + (": the weights stand still, since every unit is saturated" if update < NEAR else ""),
    )


def _changes(runs: Runs) -> dict[float, int]:
    names = ("synapse_0_direction_count", "synapse_1_direction_count")
    counts = [runs.variants("trask-direction-changes", name) for name in names]
    return {alpha: int(sum(c[alpha].sum() for c in counts)) for alpha in counts[0]}


def direction_changes(runs: Runs) -> Decision:
    """Whether updates change direction more often at a larger alpha."""
    n = _changes(runs)
    return Decision(
        HOLDS if n[0.001] < n[1000.0] < n[10.0] and n[0.001] <= 16 else FAILS,
        "changes of all 16 weights in 60,000 iterations, by alpha: "
        + ", ".join(f"{alpha:g}: {count}" for alpha, count in n.items()),
    )


def size_of_weights(runs: Runs) -> Decision:
    """Whether the weights become large."""
    names = ("synapse_0", "synapse_1")
    weights = [runs.variants("trask-alphas", name) for name in names]
    largest = {a: max(float(np.abs(w[a]).max()) for w in weights) for a in weights[0]}
    sizes = list(largest.values())
    return Decision(
        HOLDS if sizes == sorted(sizes) else FAILS,
        "largest weight by alpha: " + ", ".join(f"{a:g}: {w:.1f}" for a, w in largest.items()),
    )


def more_nodes_reach_further(runs: Runs) -> Decision:
    """Whether more nodes reach a smaller error at the last printed iteration: 32 beside 4."""
    best = {
        size: min(error[AT_50_000] for error in runs.variants(name, "error").values())
        for size, name in ((4, "trask-alphas"), (32, "trask-hidden-32"))
    }
    holds = f"{best[32]:.4f}" == "0.0009" and f"{best[4]:.4f}" == "0.0013"
    return Decision(
        HOLDS if holds else FAILS,
        f"best error after 50,000 iterations: {best[32]:.6f} with 32 nodes, {best[4]:.6f} with 4",
    )


def three_nodes_suffice(found: Measured) -> Decision:
    """Whether networks of 3 hidden nodes learn the four rows; 2 and 1 beside them."""
    learnt = {size: int((error < LEARNT).sum()) for size, error in found.items()}
    return Decision(
        HOLDS if learnt["3"] else FAILS,
        f"seeds of {len(found['3']):,} that reach a mean error below 0.01 with alpha = 10 in "
        "60,000 iterations, by number of hidden nodes: "
        + ", ".join(f"{size}: {n:,}" for size, n in learnt.items())
        + ("; two are enough, from a good start" if learnt["2"] else ""),
    )


def first_weight_high(runs: Runs) -> Decision:
    """Whether the lowest error on the surface is at a high first weight."""
    run = runs.get("trask-error-surface")
    inputs = case_of("trask-error-surface").inputs
    low, high, n = (float(str(inputs[name])) for name in ("low", "high", "n_grid"))
    grid = np.linspace(low, high, int(n))
    i, k = np.unravel_index(run["surface"].argmin(), run["surface"].shape)
    path = run["path_0"], run["path_1"]
    climbs = bool((np.diff(path[0][AT_10_000 // 2 :]) > 0).all())
    return Decision(
        HOLDS if grid[i] == high and climbs else FAILS,
        f"over [{low:g}, {high:g}]^2 the error is lowest at ({grid[i]:g}, {grid[k]:g}); the "
        f"descent is at ({path[0][LAST]:.2f}, {path[1][LAST]:.2f}) after {len(path[0]):,} "
        f"iterations, its first weight {'still rising' if climbs else 'not always rising'}",
    )


def bucket(runs: Runs) -> Decision:
    """Which step sizes converge in the bucket x^2."""
    x = {a: abs(path) for a, path in runs.variants("descent-bucket", "first_x").items()}
    converges, bounces = x[0.1][LAST] < NEAR, x[1.0][LAST] == x[1.0][0]
    diverges, creeps = x[1.1][LAST] > 10 * x[1.1][0], x[0.001][LAST] > x[0.001][0] / 2
    return Decision(
        HOLDS if converges and diverges and creeps and bounces else FAILS,
        f"from x = {x[0.1][0]:.2f} on x^2, after {len(x[0.1]) - 1} steps: alpha = 1.1 is at "
        f"{x[1.1][LAST]:.1e}{' and leaves' if diverges else ''}, alpha = 1 "
        f"{'bounces between x and -x' if bounces else f'is at {x[1.0][LAST]:.1e}'}, 0.1 is at "
        f"{x[0.1][LAST]:.1e}, 0.001 {'still ' if creeps else ''}at {x[0.001][LAST]:.2f}",
    )


def balls_end_in_the_minima(found: Measured) -> Decision:
    """Whether the balls end in the minima."""
    curve = found["coefficients"]
    turns = np.roots(np.polyder(curve))
    turns = np.sort(turns[np.isreal(turns)].real)
    minima = turns[np.polyval(np.polyder(curve, 2), turns) > 0]
    ends = {alpha: hundred for alpha, (hundred, _) in found["ends"].items()}
    many = {alpha: _places(others) for alpha, (_, others) in found["ends"].items()}
    places = {alpha: _places(x) for alpha, x in ends.items()}
    off = {alpha: float(np.abs(x - minima).min(axis=1).max()) for alpha, x in ends.items()}
    fits = [a for a in ends if places[a] == len(minima) and off[a] < NEAR]
    lowest = int((np.abs(ends[0.001] - minima[np.polyval(curve, minima).argmin()]) < NEAR).sum())
    some = "holds if the steps are neither too small nor too large"
    return Decision(
        HOLDS if len(fits) == len(ends) else some if fits == [0.001] else FAILS,
        f"our curve has {len(minima)} minima; after 2,000 steps {len(ends[0.001])} balls lie in "
        + ", ".join(f"{n} places with alpha = {alpha:g}" for alpha, n in places.items())
        + f". With 0.001 they are at most {off[0.001]:.0e} from a minimum, {lowest} of them in the "
        "lowest. "
        f"10,000 others lie in {', '.join(f'{n} ({alpha:g})' for alpha, n in many.items())} places",
    )


def _places(x: Float64s) -> int:
    return 1 + int((np.diff(np.sort(x[:, 0])) > NEAR).sum())
