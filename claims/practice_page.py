"""What the practice page on gradient descent claims."""

from itertools import pairwise
from typing import Any

import numpy as np

from claims.training import OTHER_SEEDS, case_of, given
from compare.claims import FAILS, HOLDS, Decision, Runs
from compare.runs import Run, execute
from compare.schema import LANGUAGES, Float64s
from python_impl import dnn

EIGHT_DECIMALS = 5e-9
MOST_ITERATIONS = 2_000_000
COMPLEX_STEP = 1e-30
STORED_ITERATIONS = 10_000


def shapes() -> Decision:
    """Are there as many gradients as weights, each the derivative of the error by its weight?"""
    start = given("dnn-small")
    layers = [int(n) for n in start["layers"]]
    fit = dnn.train(**start | {"maxiter": 1})
    exact = _derivative(start, c=1.0)
    off = float(np.abs(fit["gradients"] / exact - 1).max())
    listed = " and ".join(f"{n_next} x {n + 1}" for n, n_next in pairwise(layers))
    return Decision(
        HOLDS if off < 1e-12 and fit["gradients"].shape == start["weights"].shape else FAILS,
        f"weights and gradients are {listed}, {fit['gradients'].size} in all; each gradient is the "
        f"derivative of the squared error by its weight, to a relative {off:.0e}",
    )


def _derivative(start: dict[str, Any], c: float) -> Float64s:
    """The derivative of the squared error by each weight, by complex steps."""
    gradient: Float64s = np.empty_like(start["weights"])
    for i in range(gradient.size):
        moved = start["weights"].astype(complex)
        moved[i] += 1j * COMPLEX_STEP
        missed = start["y_true"] - dnn.predict(start["data"], start["layers"], moved, c)
        gradient[i] = (missed**2).sum().imag / COMPLEX_STEP
    return gradient


def exact_after_1000() -> Decision:
    """After how many iterations is the output the target, to 8 decimals?"""
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
    nearest = float(np.abs(others - target).max(axis=(-2, -1)).min())
    return Decision(
        FAILS,
        f"after 1,000 iterations the output is ({after_1000[0]:.4f}, {after_1000[1]:.4f}), not "
        f"(0.3, 0.67); it is equal to 8 decimals after {done:,} (in steps of 1,000). Of 100 other "
        f"seeds the best is {nearest:.3f} away after 1,000",
    )


def wide_gradients_are_0(runs: Runs) -> Decision:
    """Is every gradient the number 0, and every weight what it was?"""
    python, r = (runs.get("dnn-wide", language=language) for language in LANGUAGES)
    zero = not python["gradients"].any() and not r["gradients"].any()
    still = all((run["weights"] == run["start_weights"]).all() for run in (python, r))
    found = (
        "in both languages all are exactly 0 and all weights are what they were, the same bits: a "
        f"fixed point. The output stays at ({python['output'][0, 0]:g}, "
        f"{python['output'][0, 1]:g}) for ever"
        if zero and still
        else "not all are 0, or some weight has moved"
    )
    return Decision(
        HOLDS if zero and still else FAILS, f"of {python['gradients'].size:,} gradients {found}"
    )


def scaling_mends_it() -> Decision:
    """Does c = 0.01 bring the wide network to its target in the page's 10,000 iterations?"""
    case = case_of("dnn-wide-scaled")
    target = np.array(case.inputs["y_true"])
    runs = {
        language: execute(
            Run(case, case.variants()[0], "numpy", language, "native", STORED_ITERATIONS)
        )
        for language in LANGUAGES
    }
    python, r = runs["python"], runs["r"]
    apart = float(np.abs(python["output"] - target).max())
    same = bool((python["output"] == r["output"]).all())
    error = python["error"]
    return Decision(
        HOLDS if apart < 0.01 else FAILS,
        f"10,000 iterations take the squared error from {error[0]:.4f} over {error[200]:.4f} after "
        f"200 to {error[-1]:.1e}, and the output to {apart:.0e} of its target; R and Python end in "
        + ("the same" if same else "different")
        + " doubles",
    )


def factor_is_absorbed() -> Decision:
    """By how much do the page's gradients differ from the true ones, layer by layer?"""
    start, c = given("dnn-small"), 0.01
    fit = dnn.train(**start | {"maxiter": 1, "c": c})
    ratio = fit["gradients"] / _derivative(start, c)
    sizes = [int(n_next) * (int(n) + 1) for n, n_next in pairwise(start["layers"])]
    of_layers = np.split(ratio, np.cumsum(sizes)[:-1])
    spread = max(float(np.ptp(r) / r.mean()) for r in of_layers)
    means = ", ".join(f"{r.mean():,.0f}" for r in of_layers)
    return Decision(
        "holds if each layer has a learning rate of its own",
        f"with c = 0.01 the page's gradients are {means} times the derivative in layers 1, 2, 3 "
        f"(the same for all weights of a layer, to {spread:.0e}): c is missing once for each layer "
        "behind, so no single learning rate absorbs it",
    )


def digits(runs: Runs) -> Decision:
    """Does the network tell handwritten digits apart that it has not seen?"""
    share = [float(runs.get("dnn-digits", language=side)["accuracy"]) for side in LANGUAGES]
    n = case_of("dnn-digits").shape("output")[0]
    return Decision(
        HOLDS if min(share) > 0.5 else FAILS,
        f"of {n} digits kept back, Python names {share[0]:.1%} and R {share[1]:.1%} (guessing: "
        "10 %), after 20 passes over 1,500 others",
    )
