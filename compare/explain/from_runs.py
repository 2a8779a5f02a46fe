"""Why an output differs, from what was seen while it was made."""

import math
from collections.abc import Callable, Collection, Iterator, Mapping
from typing import Any

import numpy as np

from ..judge.pair_outputs import JudgedOutput
from ..judge.values import CODES, LOST_DIGITS
from ..run.leaf import PRESENT
from .hypothesis import HYPOTHESIS_BITS, NAMED_FROM, Finding, Hypothesis, Observed, content

OVERFLOW = "NAs produced by integer overflow"  # in R's own words
REDUCTIONS: dict[str, Callable[[Any], Any]] = {
    "row sums": lambda x: x.sum(axis=1),
    "column sums": lambda x: x.sum(axis=0),
    "row means": lambda x: x.mean(axis=1),
    "column means": lambda x: x.mean(axis=0),
    "total": lambda x: np.atleast_1d(x.sum()),
    "mean": lambda x: np.atleast_1d(x.mean()),
    "largest value": lambda x: np.atleast_1d(x.max()),
    "least value": lambda x: np.atleast_1d(x.min()),
    "squares": lambda x: x**2,
    "roots": np.sqrt,
}


def findings(
    output: JudgedOutput,
    observed: Observed | None,
    others: Mapping[str, Observed],
    warnings: Collection[str],
    changed: Collection[str],
    jumps: bool = False,
    whole_in_python: bool = False,
) -> Iterator[Finding]:
    """Every reason that shows in the run itself.

    Parameters
    ----------
    observed : Observed or None
        The output's values; None where it has none that both languages have.
    others : dict
        Other outputs that differ, by name.
    warnings : list of str
        What R warned.
    changed : list of str
        The languages that changed their inputs.
    jumps : bool
        Whether a language's values jump between two ends: no digits are lost by that.
    whole_in_python : bool
        Whether Python's values are whole numbers of at most 64 bits.
    """
    if any(OVERFLOW in warning for warning in warnings) and _only_r_misses(output):
        yield _seen(
            output,
            "32-bit overflow",
            "R's whole numbers of 32 bits overflowed to NA, as its warning says",
            "whole numbers beyond 2^31 - 1 are NA in R",
            "as.numeric() before the product in R",
        )
    if whole_in_python and _beyond_64_bits(output):
        yield _seen(
            output,
            "64-bit overflow",
            "R's value is beyond 2^63, where whole numbers of 64 bits in Python wrap around",
            "NumPy's whole numbers overflow without a word",
            "x.astype(float) before the product in Python",
        )
    if output.verdict == "not comparable" and output.values is not None:
        yield _seen(
            output,
            "does not repeat itself",
            "called twice on the same input, a language gives two results",
            "random numbers without a seed (np.random.default_rng() does not take the case's), or "
            "the clock",
            "seed = 1, or pass the random numbers in",
        )
        return
    if observed is None:
        return
    if not jumps and (lost := _digits_lost(output)) is not None:
        yield lost
    for language in changed:
        yield _seen(
            output,
            "changes its input",
            f"{language} changes its input while it runs",
            "NumPy changes arrays in place, R copies on change",
            "copy the input first: x = x.copy()",
        )
    yield from _following(observed, others)


def jump(output: JudgedOutput, languages: Collection[str], is_short: bool) -> Finding:
    """That the last digit makes some languages' values jump.

    Parameters
    ----------
    is_short : bool
        Whether they are short whatever the inputs are: rounded, counted or ranked.
    """
    cause = "a rounding, a count or a rank" if is_short else "a comparison"
    other = "" if is_short else ", or a difference of large numbers"
    return _seen(
        output,
        "jump",
        f"rounded otherwise in the last digit, {' and '.join(languages)} "
        f"jump{'s' if len(languages) == 1 else ''} to another value",
        f"{cause} that the last digit decides{other}",
        "compare before it is rounded, or keep inputs off ties and edges",
    )


def _seen(output: JudgedOutput, name: str, fact: str, cause: str, advice: str) -> Finding:
    n = 0 if output.values is None else len(output.values.verdicts)
    hypothesis = Hypothesis(name, "", np.empty(0), 0.0, fact, cause, advice)
    return Finding(hypothesis, n, n, float("nan"), seen=f"from the run: {fact}")


def _only_r_misses(output: JudgedOutput) -> bool:
    values = output.values
    if values is None:
        return False
    gone = (values.r_missing != PRESENT) & (values.python_missing == PRESENT)
    return bool(gone.any())


def _beyond_64_bits(output: JudgedOutput) -> bool:
    values = output.values
    if values is None or values.r.dtype.kind != "f":
        return False
    r = values.r[values.verdicts == CODES["disagree"]]
    return bool((np.isfinite(r) & (np.abs(r) >= 2.0**63)).any())


def _digits_lost(output: JudgedOutput) -> Finding | None:
    """One language's rounding explains every difference, and the other keeps far more digits."""
    values = output.values
    if values is None or output.contract.tolerance is not None:
        return None
    bad = np.isin(values.verdicts, (CODES["disagree"], CODES["undetermined"]))
    distance = np.abs(values.python.astype(float) - values.r.astype(float))
    if not bad.any() or not (distance <= values.tolerance)[bad].all():
        return None
    python, r = values.python_digits[bad].min(), values.r_digits[bad].min()
    if not abs(python - r) > LOST_DIGITS:
        return None
    worse, better, digits = ("R", "Python", r) if r < python else ("Python", "R", python)
    kept = "no digit" if digits < 1 else f"{digits:.0f} digit{'s' if digits >= 1.5 else ''}"
    return _seen(
        output,
        "digits lost",
        f"{worse} keeps {kept} of the least certain value, {better} {max(python, r):.0f}: "
        "rounding alone makes the difference",
        "a difference of nearly equal numbers, or small values beside large ones",
        f"compute it as {better} does",
    )


def _following(observed: Observed, others: Mapping[str, Observed]) -> Iterator[Finding]:
    """The same function of another output, in both languages."""
    for name, other in others.items():
        sides = [
            (side.reshape(other.shape) if len(other.shape) == 2 else side)
            for side in (other.python, other.r)
        ]
        for what, reduce in REDUCTIONS.items():
            if what.startswith(("row", "column")) and sides[0].ndim != 2:
                continue
            python, r = (np.ravel(reduce(side)) for side in sides)
            if python.shape != observed.python.shape or not observed.differs.any():
                continue
            if _close(python, observed.python, observed) and _close(r, observed.r, observed):
                told = np.flatnonzero(observed.differs)
                said = sum(content(python[i]) + content(r[i]) for i in told)
                bits = said - HYPOTHESIS_BITS - math.log2(len(others) * len(REDUCTIONS))
                fact = f"in each language it is the {what} of {name}, which differs"
                hypothesis = Hypothesis("follows from", f"{what} of {name}", r, 0.0, fact)
                if bits >= NAMED_FROM:
                    yield Finding(hypothesis, len(r), len(r), bits)


def _close(a: object, b: object, observed: Observed) -> bool:
    difference = np.abs(np.asarray(a, float) - np.asarray(b, float))
    return bool((difference <= 4 * observed.tolerance + 1e-12 * np.abs(np.asarray(b))).all())
