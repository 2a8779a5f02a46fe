"""What follows from each difference between the chapter's own R and Python code."""

import numpy as np

from claims.training import ALPHAS, given
from compare.claims import HOLDS, Decision, Runs
from python_impl import nnet, two_layer
from python_impl.random_numbers import numpy_uniform, r_state, r_uniform, r_uniform_from

LAST = -1
R_PRINTS_AT = 10_000
ESCAPED = 0.49
SEED = 1


def streams(runs: Runs) -> Decision:
    """Final errors of Example 2 from both streams, in both languages."""
    errors = {
        (start, language): float(runs.get("clark-example-2", "-", start, language)["error"][LAST])
        for start in ("numpy", "r")
        for language in ("python", "r")
    }
    in_common = np.isin(numpy_uniform(SEED, 16), r_uniform(SEED, 16)).sum()
    languages = max(abs(errors[s, "python"] - errors[s, "r"]) for s in ("numpy", "r"))
    return Decision(
        HOLDS,
        f"{in_common} of the first 16 numbers in common; Example 2 ends at "
        f"{errors['numpy', 'python']:.5f} from NumPy's and {errors['r', 'r']:.5f} from R's. From "
        f"the same numbers the languages end {languages:.0e} apart",
    )


def counting(runs: Runs) -> Decision:
    """How much one iteration moves what R prints as "after 10000 iterations"."""
    parts = []
    for name, variant in (("clark-example-2", "-"), ("clark-example-3", "alpha=10")):
        error = runs.get(name, variant, "r", "r")["error"]
        parts.append(f"{error[R_PRINTS_AT - 1]:.12f} instead of {error[R_PRINTS_AT]:.12f}")
    return Decision(
        HOLDS,
        "what R prints at 10000 is the error after 9,999 updates: "
        f"{parts[0]} in Example 2, {parts[1]} in Example 3",
    )


def unused_draws() -> Decision:
    """Which nnet fit follows when only the four numbers that are used are drawn."""
    example = given("clark-example-2")
    fits = {
        skip: nnet.train(example["X"], example["y"], 4, random_state=r_state(SEED, skip))
        for skip in (24, 16)
    }
    text = {
        skip: f"from {fit['value'][0]:.6f} to {fit['final_value']:.6f} in "
        f"{len(fit['value']) - 1} iterations"
        for skip, fit in fits.items()
    }
    return Decision(
        HOLDS,
        f"Example 2 is the same; nnet, which draws next, goes {text[24]} as printed, and would go "
        f"{text[16]}",
    )


def positive_weights() -> Decision:
    """Example 3 from R's stream with output weights in (0, 1) and in (-1, 1)."""
    example = given("clark-example-3", "r")
    numbers = r_uniform_from(r_state(SEED, skip=96), 32)[:, None]
    parts = []
    for alpha in ALPHAS:
        errors = [
            two_layer.train(example["X"], example["y"], example["synapse_0"], start, alpha)["error"]
            for start in (numbers, 2 * numbers - 1)
        ]
        parts.append(f"{alpha:g}: {errors[0][LAST]:.4f} and {errors[1][LAST]:.4f}")
        if alpha == 10:
            late = [int((e > ESCAPED).nonzero()[0][LAST]) + 1 for e in errors]
    return Decision(
        HOLDS,
        "final error from (0, 1) and from (-1, 1), by alpha: "
        + ", ".join(parts)
        + f"; with alpha = 10 the error stays near 0.5 for {late[0]:,} and for {late[1]:,} "
        "iterations",
    )


def only_the_last(runs: Runs) -> Decision:
    """What the one returned fit is like, and what the others were."""
    errors = runs.variants("clark-example-3", "error", "r")
    text = ", ".join(f"{alpha:g}: {error[LAST]:.4f}" for alpha, error in errors.items())
    return Decision(
        HOLDS,
        f"what is returned belongs to alpha = 1000, whose error is {errors[1000.0][LAST]:.4f}; "
        f"that alpha = 10 is the best cannot be seen in it. Final errors from R's start: {text}",
    )


def biases(runs: Runs) -> Decision:
    """How far nnet's predictions are from the chapter's network's."""
    parts = []
    for name, variant in (("clark-example-2", "-"), ("clark-example-3", "alpha=10")):
        fit, mine = runs.get(f"{name}-nnet", "-", "r", "r"), runs.get(name, variant, "r", "r")
        n_weights = mine["synapse_0"].size + mine["synapse_1"].size
        target = given(name)["y"]
        theirs, ours = (np.abs(p - target).max() for p in (fit["fitted"], mine["layer_2"]))
        parts.append(
            f"{fit['n_weights']:.0f} weights instead of {n_weights}, worst prediction {theirs:.1e} "
            f"off instead of {ours:.1e}"
        )
    return Decision(HOLDS, "; ".join(parts))
