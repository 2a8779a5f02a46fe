"""What follows from each difference between the chapter's own R and Python code.

A decision holds where the consequence that the ledger states is what was found.
"""

import numpy as np

from claims.measured import LAST, SEED, Measured
from claims.training import given
from compare.judge.decisions import FAILS, HOLDS, Decision
from compare.verify.claims import Runs
from python_impl.random_numbers import numpy_uniform, r_uniform

R_PRINTS_AT = 10_000
ESCAPED = 0.49
LEARNT = 0.01  # mean absolute error
MUCH_FURTHER = 1e3
WRONG_SIDE = 0.5
NEAR = 1e-6


def streams(runs: Runs) -> Decision:
    """Final errors of Example 2 from both streams, in both languages."""
    errors = {
        (start, language): float(runs.get("clark-example-2", "-", start, language)["error"][LAST])
        for start in ("numpy", "r")
        for language in ("python", "r")
    }
    streams_apart = abs(errors["numpy", "python"] - errors["r", "r"])
    in_common = np.isin(numpy_uniform(SEED, 16), r_uniform(SEED, 16)).sum()
    languages = max(abs(errors[s, "python"] - errors[s, "r"]) for s in ("numpy", "r"))
    weights = max(_weights_apart(runs, start) for start in ("numpy", "r"))
    return Decision(
        HOLDS if in_common == 0 and streams_apart > MUCH_FURTHER * languages else FAILS,
        f"{in_common} of the first 16 numbers in common; Example 2 ends at "
        f"{errors['numpy', 'python']:.5f} from NumPy's and {errors['r', 'r']:.5f} from R's. From "
        f"the same numbers the languages' errors end {languages:.0e} apart, their weights at most "
        f"{weights:.0e}",
    )


def _weights_apart(runs: Runs, start: str) -> float:
    python, r = (runs.get("clark-example-2", "-", start, language) for language in ("python", "r"))
    return max(float(np.abs(python[w] - r[w]).max()) for w in ("synapse_0", "synapse_1"))


def counting(runs: Runs) -> Decision:
    """How much one iteration moves what R prints as "after 10000 iterations"."""
    parts, moved = [], []
    for name, variant in (("clark-example-2", "-"), ("clark-example-3", "alpha=10")):
        error = runs.get(name, variant, "r", "r")["error"]
        numbers = [f"{error[at]:.12f}" for at in (R_PRINTS_AT - 1, R_PRINTS_AT)]
        parts.append(" instead of ".join(numbers))
        moved.append(numbers[0] != numbers[1])
    return Decision(
        HOLDS if all(moved) else FAILS,
        f"counted from 1, iteration 10000 has the error after 9,999 updates: {parts[0]} in "
        f"Example 2, {parts[1]} in Example 3",
    )


def unused_draws(found: Measured) -> Decision:
    """Which nnet fit follows when only the four numbers that are used are drawn."""
    all_drawn, only_used = found["24"], found["16"]
    other = abs(all_drawn[0] - only_used[0]) > LEARNT or len(all_drawn) != len(only_used)
    text = [
        f"from {value[0]:.6f} to {value[LAST]:.6f} in {len(value) - 1} iterations"
        for value in (all_drawn, only_used)
    ]
    return Decision(
        HOLDS if other else FAILS,
        f"nnet, which draws after Example 2, goes {text[0]}; without the unused draws it would go "
        f"{text[1]}",
    )


def positive_weights(found: Measured) -> Decision:
    """Example 3 from R's stream with output weights in (0, 1) and in (-1, 1)."""
    errors = found["errors"]
    parts = [f"{alpha:g}: {a[LAST]:.4f} and {b[LAST]:.4f}" for alpha, (a, b) in errors.items()]
    learns = [error[LAST] < LEARNT for error in errors[10.0]]
    near_half = [np.flatnonzero(error > ESCAPED) for error in errors[10.0]]
    late = [int(at[LAST]) + 1 if at.size else 0 for at in near_half]
    return Decision(
        HOLDS if learns[0] != learns[1] else FAILS,
        "final error from (0, 1) and from (-1, 1), by alpha: "
        + ", ".join(parts)
        + f"; with alpha = 10 the error is last near 0.5 in iteration {late[0]:,} and {late[1]:,}",
    )


def only_the_last(runs: Runs) -> Decision:
    """What the one returned fit is like, and what the others were."""
    errors = runs.variants("clark-example-3", "error", "r")
    best = min(errors, key=lambda alpha: errors[alpha][LAST])
    returned = list(errors)[LAST]
    text = ", ".join(f"{alpha:g}: {error[LAST]:.4f}" for alpha, error in errors.items())
    return Decision(
        HOLDS if best != returned else FAILS,
        f"what is returned belongs to alpha = {returned:g}, whose error is "
        f"{errors[returned][LAST]:.4f}; the best is alpha = {best:g}. Final errors from R's start: "
        f"{text}",
    )


def biases(runs: Runs) -> Decision:
    """How far nnet's predictions are from the chapter's network's."""
    parts, as_said = [], []
    for name, variant in (("clark-example-2", "-"), ("clark-example-3", "alpha=10")):
        fit, mine = runs.get(f"{name}-nnet", "-", "r", "r"), runs.get(name, variant, "r", "r")
        n_weights = mine["synapse_0"].size + mine["synapse_1"].size
        target = given(name)["y"]
        theirs, ours = (np.abs(p - target).max() for p in (fit["fitted"], mine["layer_2"]))
        apart = float(np.abs(fit["fitted"] - mine["layer_2"]).max())
        sides = (fit["fitted"] > WRONG_SIDE) == (mine["layer_2"] > WRONG_SIDE)
        as_said.append(fit["n_weights"] > n_weights and apart > NEAR and sides.all())
        parts.append(
            f"{fit['n_weights']:.0f} weights instead of {n_weights}, worst prediction {theirs:.1e} "
            f"off instead of {ours:.1e}"
        )
    return Decision(HOLDS if all(as_said) else FAILS, "; ".join(parts))
