"""What is measured for the claims that take too long for every run; other files decide by it."""

from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
from scipy.optimize import linear_sum_assignment

from claims.training import ALPHAS, MANY_SEEDS, OTHER_SEEDS, case_of, errors_of, given
from compare.case.schema import LANGUAGES
from compare.case.setting import Setting
from compare.numbers.measures import Float64s
from compare.run import r_session
from compare.run.runs import Run, execute
from python_impl import descent, dnn, nnet, one_layer, two_layer
from python_impl.random_numbers import r_state, r_uniform_from

Measured = dict[str, Any]
LAST = -1
SOME_SEEDS = range(1, 201)
SIZES = (4, 8, 32, 50, 64, 100, 200, 500)
EIGHT_DECIMALS = 5e-9
MOST_ITERATIONS = 2_000_000
COMPLEX_STEP = 1e-30
STORED_ITERATIONS = 10_000
SEED = 1


def separation() -> Measured:
    """The weight of Example 1's first column after more and more iterations."""
    example = given("clark-example-1")
    weights = []
    for maxiter in (1_000, 10_000, 100_000, 1_000_000):
        fit = one_layer.train(example["X"], example["y"], example["synapse_0"], maxiter)
        weights.append(float(fit["synapse_0"][0, 0]))
    return {"first_column": example["X"][:, :1], "y": example["y"], "weights": weights}


def logistic_regression() -> Measured:
    """R's glm on Example 1, and beside the network on eight observations that overlap."""
    likelihood = r_session.sourced(
        Path(__file__).with_name("logistic_regression.R"), package="nnmirror"
    )("logistic_regression")
    example = given("clark-example-1")
    apart = r_session.call(likelihood, {"X": example["X"], "y": example["y"]})
    x = np.repeat(np.arange(4.0), 2)
    overlapping = np.column_stack([x, np.ones(8)])
    classes = np.array([[0.0, 0, 0, 1, 0, 1, 1, 1]]).T
    by_glm = r_session.call(likelihood, {"X": overlapping, "y": classes})
    fit = one_layer.train(overlapping, classes, np.zeros((2, 1)), maxiter=200_000)
    at_glm = one_layer.train(overlapping, classes, by_glm["coefficients"][:, None], maxiter=1)
    return {
        "iterations_apart": float(apart["iterations"].item()),
        "first_apart": float(apart["coefficients"][0]),
        "glm": by_glm["coefficients"],
        "glm_fitted": by_glm["fitted"],
        "network": fit["synapse_0"][:, 0],
        "network_at_glm": at_glm["layer_1"][:, 0],
        "gradient": overlapping.T @ fit["layer_1_delta"],
    }


def same_prediction_elsewhere() -> Measured:
    """Final errors of Example 2 from other seeds, by alpha."""
    return {f"{alpha:g}": errors_of(MANY_SEEDS, 4, alpha, [30_000])[0] for alpha in (1.0, 10.0)}


def node_order() -> Measured:
    """Example 2 with its nodes in another order, and from the other start."""
    example, r = given("clark-example-2"), given("clark-example-2", "r")
    X, y = example["X"], example["y"]
    order = np.array([2, 0, 3, 1])
    fit = two_layer.train(X, y, example["synapse_0"], example["synapse_1"])
    moved = two_layer.train(X, y, example["synapse_0"][:, order], example["synapse_1"][order])
    other = two_layer.train(X, y, r["synapse_0"], r["synapse_1"])
    nodes = [np.vstack([f["synapse_0"], f["synapse_1"].T]) for f in (fit, other)]
    distance = np.linalg.norm(nodes[0][:, :, None] - nodes[1][:, None, :], axis=0)
    mine, theirs = linear_sum_assignment(distance)
    return {
        "moved": float(np.abs(moved["synapse_0"] - fit["synapse_0"][:, order]).max()),
        "python": mine,
        "nearest_in_r": theirs,
        "distances": distance[mine, theirs],
    }


def alpha_10_best_elsewhere() -> Measured:
    """Final errors of Example 3 from other seeds, (step sizes, seeds)."""
    return {"final": np.array([errors_of(MANY_SEEDS, 32, a, [30_000])[0] for a in ALPHAS])}


def hidden_50() -> Measured:
    """Errors after 30,000 and 60,000 iterations by number of nodes and alpha."""
    found: dict[tuple[int, float], tuple[Float64s, Float64s]] = {}
    for size in SIZES:
        for alpha in (0.1, 1.0, 10.0):
            at_30_000, at_60_000 = errors_of(SOME_SEEDS, size, alpha, [30_000, 60_000])
            found[size, alpha] = at_30_000, at_60_000
    return {"errors": found}


def alpha_1_is_no_alpha() -> Measured:
    """Final weights with alpha = 1, and of the loop as it was without alpha."""
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
    return {
        "with_alpha": [with_alpha["synapse_0"], with_alpha["synapse_1"]],
        "without": [synapse_0, synapse_1],
    }


def three_nodes_suffice() -> Measured:
    """Final errors from other seeds by number of hidden nodes."""
    return {str(n): errors_of(MANY_SEEDS, n, 10.0, [60_000])[0] for n in (4, 3, 2, 1)}


def many_balls() -> Measured:
    """Where the post's hundred balls end, and ten thousand others, by alpha."""
    case = case_of("descent")
    start = given("descent")
    others = np.random.RandomState(OTHER_SEEDS[0]).uniform(-4.5, 4.5, (10_000, 1))
    ends = {
        alpha: [
            descent.descend(**start | {"x": x, "alpha": alpha})["x"] for x in (start["x"], others)
        ]
        for alpha in case.grid["alpha"]
    }
    return {"coefficients": start["coefficients"], "ends": ends}


def shapes() -> Measured:
    """The page's gradients after one step, and the derivative of the squared error."""
    start = given("dnn-small")
    fit = dnn.train(**start | {"maxiter": 1})
    return {
        "layers": [int(n) for n in start["layers"]],
        "weights": start["weights"],
        "gradients": fit["gradients"],
        "derivative": _derivative(start, c=1.0),
    }


def _derivative(start: dict[str, Any], c: float) -> Float64s:
    """The derivative of the squared error by each weight, by complex steps."""
    gradient: Float64s = np.empty_like(start["weights"])
    for i in range(gradient.size):
        moved = start["weights"].astype(complex)
        moved[i] += 1j * COMPLEX_STEP
        missed = start["y_true"] - dnn.predict(start["data"], start["layers"], moved, c)
        gradient[i] = (missed**2).sum().imag / COMPLEX_STEP
    return gradient


def exact_after_1000() -> Measured:
    """The small network's output after 1,000 iterations, when it is exact, and other seeds'."""
    start = given("dnn-small")
    target = start["y_true"]
    fit = dnn.train(**start)
    after_1000 = fit["output"][0]
    done, chunk = 1000, 1000
    while np.abs(fit["output"] - target).max() > EIGHT_DECIMALS and done < MOST_ITERATIONS:
        fit = dnn.train(**start | {"weights": fit["weights"], "maxiter": chunk})
        done += chunk
    weights = np.array([np.random.RandomState(s).random_sample(29) for s in OTHER_SEEDS])
    others = dnn.train(**start | {"weights": weights})["output"]
    return {
        "target": target[0],
        "after_1000": after_1000,
        "done": done,
        "at_the_end": fit["output"][0],
        "others": others[:, 0],
    }


def scaling_mends_it() -> Measured:
    """The wide network with c = 0.01, in both languages, over the page's 10,000 iterations."""
    case = case_of("dnn-wide-scaled")
    runs = {
        language: execute(
            Run(Setting(case, case.variants()[0], "numpy"), language, "native", STORED_ITERATIONS)
        )
        for language in LANGUAGES
    }
    return {
        "target": np.array(case.inputs["y_true"]),
        "output": runs["python"]["output"],
        "output_in_r": runs["r"]["output"],
        "error": runs["python"]["error"],
    }


def factor_is_absorbed() -> Measured:
    """The page's gradients with c = 0.01 over the true derivative, layer by layer."""
    start, c = given("dnn-small"), 0.01
    fit = dnn.train(**start | {"maxiter": 1, "c": c})
    ratio = fit["gradients"] / _derivative(start, c)
    sizes = [int(n_next) * (int(n) + 1) for n, n_next in pairwise(start["layers"])]
    return {"c": c, "ratios": np.split(ratio, np.cumsum(sizes)[:-1])}


def unused_draws() -> Measured:
    """Values of nnet's fit from where Example 2 leaves the stream, with 24 and with 16 draws."""
    example = given("clark-example-2")
    return {
        str(skip): nnet.train(example["X"], example["y"], 4, random_state=r_state(SEED, skip))[
            "value"
        ]
        for skip in (24, 16)
    }


def positive_weights() -> Measured:
    """Errors of Example 3 from R's stream, output weights in (0, 1) and in (-1, 1), by alpha."""
    example = given("clark-example-3", "r")
    numbers = r_uniform_from(r_state(SEED, skip=96), 32)[:, None]
    return {
        "errors": {
            alpha: [
                two_layer.train(example["X"], example["y"], example["synapse_0"], w, alpha)["error"]
                for w in (numbers, 2 * numbers - 1)
            ]
            for alpha in ALPHAS
        }
    }
