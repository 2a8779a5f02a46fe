"""The verdict on each value of a pair.

The tolerance is four times the largest change that rounding was measured to make in either, and at
least one unit in the last place; ``agree`` needs six digits that rounding leaves alone.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..case.contract import Contract
from ..numbers.measures import Float64s, tolerance, ulp_distance
from ..run.leaf import NA, NAN, PRESENT
from .changes import NEAR, Marks, Side, determined_digits
from .notes import few_digits, jumping, missing_in, unrepeated
from .verdicts import ValueVerdict

NEEDED_DIGITS = 6
LOST_DIGITS = 3  # so many more in one language than in the other are worth a note
NEGLIGIBLE = 1e-12  # of the largest value around: below, a tolerance may hide a whole value
ORDER: tuple[ValueVerdict, ...] = (
    *("identical", "agree", "missing", "undetermined", "disagree"),
    *("not comparable", "not compared"),
)
CODES = {verdict: code for code, verdict in enumerate(ORDER)}
Note = tuple[Marks, Callable[[int], str]]


@dataclass(frozen=True)
class Judged:
    """The values of one output side by side, all arrays flat.

    Attributes
    ----------
    verdicts : array of int
        Places in `ORDER`.
    notes : list of (array of bool, function)
        Which values a note is about, and what it says of one.
    """

    python: NDArray[Any]
    r: NDArray[Any]
    python_missing: NDArray[np.uint8]
    r_missing: NDArray[np.uint8]
    ulp: NDArray[np.uint64]
    tolerance: Float64s
    python_digits: Float64s
    r_digits: Float64s
    verdicts: NDArray[np.int8]
    notes: list[Note]

    def missing(self, i: int) -> bool:
        """Whether a value is missing in either language."""
        return bool(self.python_missing[i] != PRESENT or self.r_missing[i] != PRESENT)

    def note(self, i: int) -> list[str]:
        """What is said of one value."""
        return [text for marks, say in self.notes if marks[i] and (text := say(i))]


def judge_numbers(python: Side, r: Side, contract: Contract, scale: float) -> Judged:
    """Judge the numbers of one output, value by value.

    Parameters
    ----------
    scale : float
        Largest absolute value in the output and in the inputs.
    """
    p: Any = python.values
    q: Any = r.values
    gone_p, gone_r = python.missing, r.missing
    there = (gone_p == PRESENT) & (gone_r == PRESENT)
    finite = there & np.isfinite(p) & np.isfinite(q)
    with np.errstate(invalid="ignore", over="ignore"):
        measured = tolerance(p, q, np.maximum(python.spread, r.spread))
        distance = np.abs(p - q)
    exact = contract.compare == "exact"
    allowed = _declared(contract, p, q) if contract.tolerance else np.where(exact, 0.0, measured)
    digits_p, digits_r = determined_digits(p, python.spread), determined_digits(q, r.spread)
    unstable = ~(python.repeats & r.repeats)
    needed = NEEDED_DIGITS if contract.digits is None else contract.digits
    few = (np.minimum(digits_p, digits_r) < needed) & (contract.tolerance is None)
    # a decision is no rounding, however small its step is beside the value
    decided = (python.jumps | r.jumps) & (contract.tolerance is None) & (contract.digits is None)
    decided &= distance > NEAR * np.maximum(python.spread, r.spread)  # not decided alike
    short = few | decided
    beside_exact = short & _far_from_exact(p, q, python, r) & (contract.undetermined is None)
    zero = _zero_up_to_rounding(p, q, measured, scale, digits_p, digits_r)
    equal = there & (p == q)
    zeros = equal & (p == 0) & (np.signbit(p) != np.signbit(q))
    nan_for_na = (gone_p == NAN) & (gone_r == NA)
    codes = np.select(
        [
            unstable,
            ~there & ((gone_p == gone_r) | nan_for_na),
            ~there,
            zeros,
            equal,
            ~finite | exact,
            zero,
            ~(distance <= allowed) | beside_exact,
            short,
        ],
        [
            CODES[verdict]
            for verdict in (
                *("not comparable", "missing", "disagree", "agree", "identical"),
                *("disagree", "agree", "disagree", "undetermined"),
            )
        ],
        CODES["agree"],
    ).astype(np.int8)
    is_undetermined = codes == CODES["undetermined"]
    differs = codes == CODES["disagree"]
    jumps = (python.jumps & r.jumps | decided & ~few) & (is_undetermined | differs)
    short_of_digits = (is_undetermined | (differs & finite & short)) & ~jumps
    loses = finite & ~equal & ~short_of_digits & ~zero & ~jumps
    loses &= (np.abs(digits_p - digits_r) > LOST_DIGITS) & (
        np.minimum(digits_p, digits_r) < NEEDED_DIGITS + LOST_DIGITS
    )
    notes: list[Note] = [
        (unstable, lambda i: unrepeated(python, r, i)),
        (nan_for_na & ~unstable, lambda _: "NaN in Python, NA in R"),
        (~there & ~nan_for_na & ~unstable, lambda i: missing_in(gone_p[i], gone_r[i])),
        (there & ~finite & ~equal & ~unstable, lambda _: "infinite in one language"),
        (there & ~finite & equal & ~unstable, lambda _: "infinite in both languages"),
        (zeros & ~unstable, lambda i: f"{p[i]:g} in Python, {q[i]:g} in R"),
        (zero & ~zeros & (codes == CODES["agree"]), lambda _: "zero up to rounding"),
        (jumps, lambda i: jumping(python.jumps[i], r.jumps[i])),
        (short_of_digits, lambda i: few_digits(digits_p[i], digits_r[i], needed)),
        (loses, lambda i: few_digits(digits_p[i], digits_r[i], NEEDED_DIGITS + LOST_DIGITS)),
    ]
    if contract.tolerance:
        notes.append((codes == CODES["agree"], lambda _: "inside the declared tolerance"))
    return Judged(
        p,
        q,
        gone_p,
        gone_r,
        np.where(finite, ulp_distance(p, q), 0).astype(np.uint64),
        np.where(finite, allowed, np.nan),
        np.where(finite & python.measured, digits_p, np.nan),
        np.where(finite & r.measured, digits_r, np.nan),
        codes,
        notes,
    )


def judge_texts(python: Side, r: Side) -> Judged:
    """Judge the texts of one output: the same, or not."""
    there = (python.missing == PRESENT) & (r.missing == PRESENT)
    unstable = ~(python.repeats & r.repeats)
    equal = there & (python.values == r.values)
    both_gone = (python.missing != PRESENT) & (r.missing != PRESENT)
    codes = np.select(
        [unstable, both_gone, equal],
        [CODES["not comparable"], CODES["missing"], CODES["identical"]],
        CODES["disagree"],
    ).astype(np.int8)
    n = len(codes)
    notes: list[Note] = [
        (unstable, lambda i: unrepeated(python, r, i)),
        (
            ~there & ~unstable,
            lambda i: missing_in(python.missing[i], r.missing[i]),
        ),
    ]
    empty = np.full(n, np.nan)
    return Judged(
        python.values,
        r.values,
        python.missing,
        r.missing,
        np.zeros(n, np.uint64),
        empty,
        empty,
        empty,
        codes,
        notes,
    )


def _declared(contract: Contract, a: Float64s, b: Float64s) -> Float64s:
    declared = contract.tolerance
    relative = (declared and declared.relative) or 0.0
    absolute = (declared and declared.absolute) or 0.0
    with np.errstate(over="ignore"):
        return np.maximum(relative * np.maximum(np.abs(a), np.abs(b)), absolute)


def _zero_up_to_rounding(
    a: Float64s,
    b: Float64s,
    allowed: Float64s,
    scale: float,
    digits_p: Float64s,
    digits_r: Float64s,
) -> Marks:
    """Where both values are below a negligible tolerance, and no language is sure of its own."""
    small = (np.abs(a) <= allowed) & (np.abs(b) <= allowed) & (allowed < NEGLIGIBLE * scale)
    sure = ((digits_p >= NEEDED_DIGITS) & (a != 0)) | ((digits_r >= NEEDED_DIGITS) & (b != 0))
    zero: Marks = small & ~sure
    return zero


def _far_from_exact(a: Float64s, b: Float64s, python: Side, r: Side) -> Marks:
    """Where one language's value never moves, and the other's has not six digits of it."""
    exact = (python.spread == 0) & python.measured | (r.spread == 0) & r.measured
    with np.errstate(invalid="ignore", over="ignore"):
        far = np.abs(a - b) > 10.0**-NEEDED_DIGITS * np.maximum(np.abs(a), np.abs(b))
    beside: Marks = exact & far
    return beside
