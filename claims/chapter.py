"""What Clark's chapter claims."""

from pathlib import Path

import numpy as np
from scipy.optimize import linear_sum_assignment

from claims.training import ALPHAS, OTHER_SEEDS, given, trained
from compare import r_session
from compare.claims import FAILS, HOLDS, Decision, Runs
from compare.schema import Float64s
from python_impl import one_layer, two_layer

LAST = -1
WRONG_SIDE = 0.5
LEARNT = 0.01  # mean absolute error
SIZES = (4, 8, 32, 50, 64, 100, 200, 500)


def separation() -> Decision:
    """Does the weight of the first column grow without bound?"""
    example = given("clark-example-1")
    same = bool((example["X"][:, :1] == example["y"]).all())
    weights = []
    for maxiter in (1_000, 10_000, 100_000, 1_000_000):
        fit = one_layer.train(example["X"], example["y"], example["synapse_0"], maxiter)
        weights.append(float(fit["synapse_0"][0, 0]))
    steps = np.diff(weights)
    text = ", ".join(f"{w:.2f}" for w in weights)
    return Decision(
        HOLDS if same and (steps > 1).all() else FAILS,
        "the first column is y; its weight after 10^3, 10^4, 10^5, 10^6 iterations is "
        f"{text}: every tenfold adds about {steps[LAST]:.2f}, with no end",
    )


def logistic_regression() -> Decision:
    """Do the network and R's glm find the same coefficients?"""
    likelihood = r_session.sourced(
        Path(__file__).with_name("logistic_regression.R"), package="nnmirror"
    )("logistic_regression")
    example = given("clark-example-1")
    X, y = example["X"], example["y"]
    apart = r_session.call(likelihood, {"X": X, "y": y})
    x = np.repeat(np.arange(4.0), 2)
    overlapping = np.column_stack([x, np.ones(8)])
    classes = np.array([[0.0, 0, 0, 1, 0, 1, 1, 1]]).T
    by_glm = r_session.call(likelihood, {"X": overlapping, "y": classes})["coefficients"]
    fit = one_layer.train(overlapping, classes, np.zeros((2, 1)), maxiter=200_000)
    by_network = fit["synapse_0"][:, 0]
    still_moving = float(np.abs(overlapping.T @ fit["layer_1_delta"]).max())
    return Decision(
        "holds if the model is meant, not the estimate",
        f"on Example 1 neither has a finite estimate (glm stops after "
        f"{apart['iterations'].item():.0f} iterations, first coefficient "
        f"{apart['coefficients'][0]:.1f}, because its deviance no longer changes). On eight "
        f"observations whose classes overlap, glm's coefficients are {_pair(by_glm)}, the "
        f"network's {_pair(by_network)} (gradient {still_moving:.0e}): it minimises the squared "
        "error, glm maximises the likelihood",
    )


def _pair(values: Float64s) -> str:
    return ", ".join(f"{v:.4f}" for v in values)


def same_prediction(runs: Runs) -> Decision:
    """Do the published starts end in the same predictions?"""
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


def same_prediction_elsewhere() -> Decision:
    """Do other starts end in the same predictions?"""
    final = {alpha: trained(OTHER_SEEDS, 4, alpha, 30_000)["error"][LAST] for alpha in (1.0, 10.0)}
    right = {alpha: int((error < LEARNT).sum()) for alpha, error in final.items()}
    return Decision(
        HOLDS if right[1.0] == len(OTHER_SEEDS) else "holds if the start is a good one",
        f"of 100 other seeds of NumPy, {right[1.0]} bring Example 2 below a mean error of 0.01 in "
        f"30,000 iterations, to between {final[1.0].min():.4f} and {final[1.0].max():.4f} (with "
        f"alpha = 10: {right[10.0]})",
    )


def node_order() -> Decision:
    """Does another order of the hidden nodes change anything but their order?"""
    example, r = given("clark-example-2"), given("clark-example-2", "r")
    X, y = example["X"], example["y"]
    order = np.array([2, 0, 3, 1])
    fit = two_layer.train(X, y, example["synapse_0"], example["synapse_1"])
    moved = two_layer.train(X, y, example["synapse_0"][:, order], example["synapse_1"][order])
    weights = float(np.abs(moved["synapse_0"] - fit["synapse_0"][:, order]).max())
    other = two_layer.train(X, y, r["synapse_0"], r["synapse_1"])
    nodes = [np.vstack([f["synapse_0"], f["synapse_1"].T]) for f in (fit, other)]
    distance = np.linalg.norm(nodes[0][:, :, None] - nodes[1][:, None, :], axis=0)
    mine, theirs = linear_sum_assignment(distance)
    return Decision(
        HOLDS if weights < 1e-6 else FAILS,
        f"with the four nodes of Example 2 in the order 3, 1, 4, 2, training ends in the same "
        f"nodes in that order, to {weights:.0e}. Of the two published starts, nodes "
        f"{', '.join(str(i + 1) for i in mine)} in Python are nearest to nodes "
        f"{', '.join(str(i + 1) for i in theirs)} in R, at distances of "
        f"{distance[mine, theirs].min():.1f} to {distance[mine, theirs].max():.1f}: not only the "
        "order differs",
    )


def nnet_parameters(runs: Runs) -> Decision:
    """Has nnet more parameters, and the same predictions?"""
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
    """Is alpha = 10 the best of the seven, from both published starts?"""
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


def alpha_10_best_elsewhere() -> Decision:
    """On how many other seeds is alpha = 10 the best?"""
    final = [trained(OTHER_SEEDS, 32, alpha, 30_000)["error"][LAST] for alpha in ALPHAS]
    best = np.argmin(final, axis=0)
    counts = {ALPHAS[i]: int((best == i).sum()) for i in np.unique(best)}
    wins = counts.get(10.0, 0)
    lost = int((final[4] >= LEARNT).sum())
    return Decision(
        HOLDS if wins < len(OTHER_SEEDS) / 2 else FAILS,
        f"on {wins} of 100 other seeds of NumPy alpha = 10 is the best of the seven after 30,000 "
        f"iterations ({', '.join(f'{alpha:g}: {n}' for alpha, n in counts.items())}); on {lost} "
        "it ends above an error of 0.01",
    )


def hidden_50() -> Decision:
    """Does it work beyond 50 hidden nodes, at the chapter's alpha and at smaller ones?"""
    seeds, lines = range(1, 11), []
    learnt: dict[tuple[int, float], int] = {}
    for size in SIZES:
        counts = []
        for alpha in (0.1, 1.0, 10.0):
            error = trained(seeds, size, alpha, 60_000)["error"]
            learnt[size, alpha] = int((error[29_999] < LEARNT).sum())
            longer = int((error[LAST] < LEARNT).sum())
            more = "" if longer == learnt[size, alpha] else f" ({longer} after 60,000)"
            counts.append(f"{alpha:g}: {learnt[size, alpha]}{more}")
        lines.append(f"{size} nodes, {', '.join(counts)}")
    beyond = [size for size in SIZES if size > 50]
    at_10 = all(learnt[size, 10.0] < 5 for size in beyond)
    smaller = any(learnt[size, alpha] >= 5 for size in beyond for alpha in (0.1, 1.0))
    return Decision(
        "holds if alpha stays 10" if at_10 and smaller else HOLDS if at_10 else FAILS,
        "seeds of 10 that reach a mean error below 0.01 in 30,000 iterations, by alpha: "
        + "; ".join(lines),
    )
