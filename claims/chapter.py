"""What Clark's chapter claims."""

import numpy as np

from claims.measured import LAST, SIZES, Measured
from claims.training import ALPHAS
from compare.judge.decisions import FAILS, HOLDS, Decision
from compare.numbers.measures import Float64s
from compare.verify.claims import Runs

WRONG_SIDE = 0.5
LEARNT = 0.01  # mean absolute error
SAME = 1e-6  # where rounding is what is left
SETTLED = 1e-9


def separation(found: Measured) -> Decision:
    """Whether the weight of the first column grows without bound."""
    same = bool((found["first_column"] == found["y"]).all())
    steps = np.diff(found["weights"])
    grows = bool((steps > 1).all())
    text = ", ".join(f"{w:.2f}" for w in found["weights"])
    return Decision(
        HOLDS if same and grows else FAILS,
        f"the first column is {'y' if same else 'not y'}; its weight after 10^3, 10^4, 10^5, 10^6 "
        f"iterations is {text}: the last tenfold adds {steps[LAST]:.2f}"
        + (", and there is no end to it" if grows else ""),
    )


def logistic_regression(found: Measured) -> Decision:
    """Whether the network and R's glm have the same model, and find the same coefficients."""
    model = float(np.abs(found["network_at_glm"] - found["glm_fitted"]).max())
    still_moving = float(np.abs(found["gradient"]).max())
    apart = float(np.abs(found["glm"] - found["network"]).max())
    evidence = (
        f"on Example 1 glm stops after {found['iterations_apart']:.0f} iterations, its first "
        f"coefficient at {found['first_apart']:.1f}. On eight observations whose classes overlap, "
        f"glm's coefficients are {_pair(found['glm'])}, the network's {_pair(found['network'])} "
        f"(gradient {still_moving:.0e}). With glm's coefficients the network's output is glm's, to "
        f"{model:.0e}"
    )
    if model > SAME or still_moving > SETTLED:
        return Decision(FAILS, evidence)
    if apart < SAME:
        return Decision(HOLDS, evidence)
    return Decision(
        "holds if the model is meant, not the estimate",
        evidence + ": the network minimises the squared error, glm maximises the likelihood",
    )


def _pair(values: Float64s) -> str:
    return ", ".join(f"{v:.4f}" for v in values)


def same_prediction(runs: Runs) -> Decision:
    """Whether the published starts end in the same predictions."""
    python = runs.get("clark-example-2", start="numpy")
    r = runs.get("clark-example-2", start="r", language="r")
    apart = float(np.abs(python["layer_2"] - r["layer_2"]).max())
    weights = float(np.abs(python["synapse_0"] - r["synapse_0"]).max())
    agree = ((python["layer_2"] > WRONG_SIDE) == (r["layer_2"] > WRONG_SIDE)).all()
    return Decision(
        HOLDS if agree and apart < LEARNT else FAILS,
        f"from the two published starts, Example 2's final predictions differ by at most "
        f"{apart:.4f}, its weights by up to {weights:.1f}",
    )


def same_prediction_elsewhere(found: Measured) -> Decision:
    """Whether other starts end in the same predictions."""
    final = found["1"]
    right = {alpha: int((error < LEARNT).sum()) for alpha, error in found.items()}
    verdict = "holds if the start is a good one" if right["1"] > len(final) / 2 else FAILS
    return Decision(
        HOLDS if right["1"] == len(final) else verdict,
        f"of {len(final):,} other seeds of NumPy, {right['1']:,} bring Example 2 below a mean "
        f"error of 0.01 in 30,000 iterations; they end between {final.min():.4f} and "
        f"{final.max():.4f} (with alpha = 10 it is {right['10']:,})",
    )


def node_order(found: Measured) -> Decision:
    """Whether another order of the nodes changes only their order, and it is another in R."""
    moved, distances = found["moved"], found["distances"]
    mine, theirs = found["python"], found["nearest_in_r"]
    elsewhere = int((mine != theirs).sum())
    return Decision(
        HOLDS if moved < SAME and elsewhere else FAILS,
        "with the four nodes of Example 2 in the order 3, 1, 4, 2, training ends in the same "
        f"nodes in that order, to {moved:.0e}. Of the two published starts, nodes "
        f"{', '.join(str(i + 1) for i in mine)} in Python are nearest to nodes "
        f"{', '.join(str(i + 1) for i in theirs)} in R, {elsewhere} of them in another place, at "
        f"distances of {distances.min():.1f} to {distances.max():.1f}",
    )


def nnet_parameters(runs: Runs) -> Decision:
    """Whether nnet has more parameters, and the same predictions."""
    parts, holds = [], True
    for name, ours in (("clark-example-2", 3 * 4 + 4), ("clark-example-3", 3 * 32 + 32)):
        fit = runs.get(f"{name}-nnet", start="r", language="r")
        variant = "alpha=10" if name.endswith("3") else "-"
        mine = runs.get(name, variant, "r", "r")["layer_2"]
        same = ((fit["fitted"] > WRONG_SIDE) == (mine > WRONG_SIDE)).all()
        holds &= bool(same) and float(fit["n_weights"]) > ours
        apart = float(np.abs(fit["fitted"] - mine).max())
        parts.append(
            f"{fit['n_weights']:.0f} weights instead of {ours}, predictions at most {apart:.4f} "
            "away"
        )
    return Decision(HOLDS if holds else FAILS, "; ".join(parts))


def alpha_10_best(runs: Runs) -> Decision:
    """Whether alpha = 10 is the best of the seven, from both published starts."""
    parts, holds = [], True
    for start, language in (("numpy", "Python"), ("r", "R")):
        errors = {
            alpha: error[LAST]
            for alpha, error in runs.variants("clark-example-3", "error", start).items()
        }
        best, second = sorted(errors, key=lambda alpha: errors[alpha])[:2]
        holds &= best == ALPHAS[4]
        parts.append(
            f"{language}'s start: alpha = {best:g} ends at {errors[best]:.5f}, then {second:g} at "
            f"{errors[second]:.5f}"
        )
    return Decision(HOLDS if holds else FAILS, "; ".join(parts))


def alpha_10_best_elsewhere(found: Measured) -> Decision:
    """Whether alpha = 10 is not the best on another seed."""
    final = found["final"]
    n_seeds = final.shape[1]
    best = np.argmin(final, axis=0)
    counts = {ALPHAS[i]: int((best == i).sum()) for i in np.unique(best)}
    wins = counts.get(10.0, 0)
    lost = int((final[ALPHAS.index(10.0)] >= LEARNT).sum())
    return Decision(
        HOLDS if wins < n_seeds / 2 else FAILS,
        f"on {wins:,} of {n_seeds:,} other seeds of NumPy alpha = 10 is the best of the seven "
        "after 30,000 iterations "
        f"({', '.join(f'{alpha:g}: {n:,}' for alpha, n in counts.items())}); on "
        f"{lost:,} it ends above an error of 0.01",
    )


def hidden_50(found: Measured) -> Decision:
    """Whether more than 50 hidden nodes fail, at the chapter's alpha and at smaller ones."""
    learnt, lines = {}, []
    for size in SIZES:
        counts = []
        for alpha in (0.1, 1.0, 10.0):
            at_30_000, at_60_000 = (int((e < LEARNT).sum()) for e in found["errors"][size, alpha])
            learnt[size, alpha] = at_30_000
            more = "" if at_60_000 == at_30_000 else f" ({at_60_000} after 60,000)"
            counts.append(f"{alpha:g}: {at_30_000}{more}")
        lines.append(f"{size} nodes, {', '.join(counts)}")
    beyond = [size for size in SIZES if size > 50]
    n_seeds = len(found["errors"][SIZES[0], 10.0][0])
    at_10 = all(learnt[size, 10.0] < n_seeds / 2 for size in beyond)
    smaller = any(learnt[size, alpha] >= n_seeds / 2 for size in beyond for alpha in (0.1, 1.0))
    return Decision(
        "holds if alpha stays 10" if at_10 and smaller else HOLDS if at_10 else FAILS,
        f"seeds of {n_seeds:,} that reach a mean error below 0.01 in 30,000 iterations, by "
        "alpha: " + "; ".join(lines),
    )
