"""What the practice page on gradient descent claims."""

from itertools import pairwise

import numpy as np

from claims.measured import EIGHT_DECIMALS, LAST, Measured
from claims.training import case_of
from compare.case.schema import LANGUAGES
from compare.judge.decisions import FAILS, HOLDS, Decision
from compare.verify.claims import Runs

NEAR = 0.01
SAME = 1e-12  # where rounding is what is left
GUESSING = 0.1


def shapes(found: Measured) -> Decision:
    """Whether each weight has a gradient, which is the derivative of the error by it."""
    gradients, layers = found["gradients"], found["layers"]
    n_weights = sum(n_next * (n + 1) for n, n_next in pairwise(layers))
    as_many = gradients.shape == found["weights"].shape == (n_weights,)
    off = float(np.abs(gradients / found["derivative"] - 1).max()) if as_many else float("inf")
    listed = " and ".join(f"{n_next} x {n + 1}" for n, n_next in pairwise(layers))
    return Decision(
        HOLDS if off < SAME else FAILS,
        f"{found['weights'].size} weights and {gradients.size} gradients; {listed} are "
        f"{n_weights}. The gradients are the derivatives of the squared error by each weight, to a "
        f"relative {off:.0e}",
    )


def exact_after_1000(found: Measured) -> Decision:
    """Whether the output is the target to 8 decimals after 1,000 steps, from any seed."""
    target = found["target"]
    apart = float(np.abs(found["after_1000"] - target).max())
    others = np.abs(found["others"] - target).max(axis=1)
    elsewhere = int((others <= EIGHT_DECIMALS).sum())
    end = float(np.abs(found["at_the_end"] - target).max())
    some = "holds if the seed is a good one" if elsewhere else FAILS
    reached = "equal to 8 decimals" if end <= EIGHT_DECIMALS else f"still {end:.0e} away"
    return Decision(
        HOLDS if apart <= EIGHT_DECIMALS else some,
        f"after 1,000 iterations the output is ({_listed(found['after_1000'])}), the target "
        f"({_listed(target)}); it is {reached} after {found['done']:,} (in steps of 1,000). Of "
        f"{len(others)} other seeds {elsewhere} are equal to 8 decimals after 1,000, the best is "
        f"{others.min():.3f} away",
    )


def _listed(output: np.ndarray) -> str:
    return ", ".join(f"{x:.4f}" for x in output)


def wide_gradients_are_0(runs: Runs) -> Decision:
    """Whether every gradient is the number 0, and every weight is what it was."""
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


def scaling_mends_it(found: Measured) -> Decision:
    """Whether with c = 0.01 the wide network reaches its target in the page's 10,000 iterations."""
    apart = float(np.abs(found["output"] - found["target"]).max())
    same = bool((found["output"] == found["output_in_r"]).all())
    error = found["error"]
    return Decision(
        HOLDS if apart < NEAR else FAILS,
        f"{len(error):,} iterations take the squared error from {error[0]:.4f} over "
        f"{error[200]:.4f} after 200 to {error[LAST]:.1e}, and the output to {apart:.0e} of its "
        f"target; R and Python end in {'the same' if same else 'different'} doubles",
    )


def factor_is_absorbed(found: Measured) -> Decision:
    """Whether the page's gradients differ from the true ones by one factor alone."""
    ratios = found["ratios"]
    within = max(float(np.ptp(r) / np.abs(r).mean()) for r in ratios)
    means = [float(r.mean()) for r in ratios]
    between = max(means) / min(means) - 1
    evidence = (
        f"with c = {found['c']:g} the page's gradients are "
        f"{', '.join(f'{mean:,.0f}' for mean in means)} times the derivative in layers 1 to "
        f"{len(means)}; within a layer this differs by a relative {within:.0e} at most"
    )
    if not within < SAME:
        return Decision(FAILS, evidence + ": no learning rate absorbs it")
    if abs(between) < SAME:
        return Decision(HOLDS, evidence)
    return Decision(
        "holds if each layer has a learning rate of its own",
        evidence + ": c is missing once for each layer behind, so no single learning rate "
        "absorbs it",
    )


def digits(runs: Runs) -> Decision:
    """Whether the network tells handwritten digits apart that it has not seen."""
    share = [float(runs.get("dnn-digits", language=side)["accuracy"]) for side in LANGUAGES]
    n = case_of("dnn-digits").shape("output")[0]
    return Decision(
        HOLDS if min(share) > 5 * GUESSING else FAILS,
        f"of {n} digits kept back, Python names {share[0]:.1%} and R {share[1]:.1%} (guessing: "
        f"{GUESSING:.0%}), after 20 passes over 1,500 others",
    )
