"""What a hypothesis is tried on, what it says, and how many bits of the difference it explains."""

import math
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..numbers.measures import TOLERANCE_FACTOR, Float64s

NAMED_FROM = 10.0  # bits, after all costs
MOST_BITS = 53.0  # that one double can say
MOST_EXCEPTIONS = 0.1  # of all values
BITS_OF_A_DIGIT = math.log2(10)
HYPOTHESIS_BITS = 5.0  # which of some thirty kinds of hypothesis
MOST_STEPS = 2.0**46  # beyond, any double is near a multiple
GRIDS = tuple(10.0**-d for d in range(13))


@dataclass(frozen=True)
class Observed:
    """One output of numbers that differs: both languages' values, flat, none of them missing.

    Attributes
    ----------
    tolerance : array
        How far each pair of values may be apart.
    shape : tuple
        Of the output.
    places, size : sequence of int, int
        Flat index of each value in the output, and how many that has; none and 0 for all.
    lengths : tuple of int
        Of the axes of the inputs, each once.
    inputs : dict
        By name, as both languages got them.
    short, single : set of str
        Languages whose values have few decimal digits, or are of single precision, on inputs too
        that have all digits: such values were rounded, where others are short by nature.
    """

    python: Float64s
    r: Float64s
    tolerance: Float64s
    shape: tuple[int, ...]
    places: Sequence[int] = ()
    size: int = 0
    lengths: tuple[int, ...] = ()
    inputs: dict[str, Any] = field(default_factory=dict)
    short: frozenset[str] = frozenset()
    single: frozenset[str] = frozenset()

    def swapped(self) -> "Observed":
        """The same with the languages exchanged."""
        other = {"python": "r", "r": "python"}
        short, single = (frozenset(other[k] for k in held) for held in (self.short, self.single))
        return replace(self, python=self.r, r=self.python, short=short, single=single)

    @property
    def differs(self) -> NDArray[np.bool_]:
        """Where the two are further apart than they may be."""
        return np.abs(self.python - self.r) > self.tolerance

    @property
    def step(self) -> float:
        """The coarsest decimal step that all values are multiples of; 0 where there is none."""
        return decimal_step(np.concatenate([self.python, self.r]))


@dataclass(frozen=True)
class Hypothesis:
    """What R's values would be, if a reason were the one.

    Attributes
    ----------
    name : str
        One of the fixed names of `docs/explanations.md`.
    parameter : str
        Its constant, as a formula; empty where it has none.
    expected : array
        R's values by it.
    slope : array or float
        How much each changes with Python's value, and so with its tolerance.
    cost : float
        Bits that say which constant or variant it is.
    least : int
        How many values that differ it has to fit.
    fact, cause, advice : str
        The relation; the usual reason; what to change.
    """

    name: str
    parameter: str
    expected: Float64s
    cost: float
    fact: str
    cause: str = ""
    advice: str = ""
    slope: Any = 1.0
    least: int = 1


@dataclass(frozen=True)
class Finding:
    """A hypothesis that fits: how many values, and how many bits of evidence that is.

    Attributes
    ----------
    seen : str
        What else than its values speaks for it, as a sentence; empty where the values do.
    """

    hypothesis: Hypothesis
    fits: int
    total: int
    bits: float
    exceptions: tuple[int, ...] = ()
    seen: str = ""


@contextmanager
def any_values() -> Iterator[None]:
    """Compute with whatever values there are: what overflows, or is no number, fits nothing."""
    with np.errstate(all="ignore"), warnings.catch_warnings():
        warnings.simplefilter("ignore")  # as SciPy's statistics warn of constant values
        yield


def decimal_step(values: Float64s) -> float:
    """The coarsest power of ten, from 1 down, that all values are multiples of; 0 for none."""
    for step in GRIDS:
        scaled = values / step
        if (
            np.abs(scaled).max(initial=0.0) < MOST_STEPS
            and (np.abs(scaled - np.round(scaled)) <= 4 * np.spacing(np.abs(scaled))).all()
        ):
            return step
    return 0.0


def significant_digits(value: float) -> int:
    """How many decimal digits a number has, as it is written shortest; 0 for 0."""
    digits = np.format_float_scientific(value).partition("e")[0]
    return len(digits.replace(".", "").lstrip("-0").rstrip("0"))


def tried(observed: Observed, hypothesis: Hypothesis) -> Finding | None:
    """The finding that a hypothesis is; None where it does not fit, or says too little."""
    found = fitted(observed, hypothesis)
    return None if found is None or not found.bits >= NAMED_FROM else found


def fitted(observed: Observed, hypothesis: Hypothesis) -> Finding | None:
    """The finding that a hypothesis is, however little it says; None where it does not fit.

    What it explains is counted for each value that differs, equal ones once: how many values, as
    fine as these are, lie no further from Python's than R's does, and no more than R's value has
    digits. What it costs is its name, its constant and its exceptions.
    """
    expected = hypothesis.expected
    last_place = np.spacing(np.maximum(np.abs(expected), np.abs(observed.r)))
    allowed = observed.tolerance * np.abs(hypothesis.slope) + TOLERANCE_FACTOR * last_place
    fits = np.abs(observed.r - expected) <= allowed
    n, exceptions = len(fits), np.flatnonzero(~fits)
    told = _unlike(observed.r, np.flatnonzero(fits & observed.differs), allowed)
    if len(exceptions) > MOST_EXCEPTIONS * n or len(told) < hypothesis.least:
        return None
    fineness = np.maximum(allowed, observed.step)
    distance = np.abs(observed.python - observed.r)
    gain = np.log2(1 + 2 * distance / fineness)
    gained = sum(min(gain[i], content(observed.r[i])) for i in told)
    cost = HYPOTHESIS_BITS + hypothesis.cost + _exception_bits(n, len(exceptions))
    return Finding(
        hypothesis, int(fits.sum()), n, float(gained - cost), tuple(map(int, exceptions))
    )


def content(value: float) -> float:
    """How many bits the digits of a number are worth: 0 and a single digit tell next to nothing."""
    return min(BITS_OF_A_DIGIT * significant_digits(value), MOST_BITS)


def _unlike(values: Float64s, chosen: NDArray[np.intp], allowed: Float64s) -> NDArray[np.intp]:
    """Those of some places whose values are none of the others', nor zero, within the tolerance."""
    ordered = chosen[np.argsort(values[chosen])]
    ordered = ordered[np.abs(values[ordered]) > allowed[ordered]]
    if not len(ordered):
        return ordered
    apart = np.diff(values[ordered]) > allowed[ordered[1:]]
    unlike: NDArray[np.intp] = ordered[np.concatenate([[True], apart])]
    return unlike


def _exception_bits(n: int, exceptions: int) -> float:
    """Bits that say which of n values are exceptions, and what each is."""
    return math.log2(math.comb(n, exceptions)) + MOST_BITS * exceptions


def best(findings: Sequence[Finding]) -> list[Finding]:
    """The finding with the most bits; a second, of another cause, that is as good."""
    ordered = sorted(findings, key=lambda finding: -finding.bits)
    if not ordered:
        return []
    first = ordered[0]
    others = [
        finding
        for finding in ordered
        if finding.bits > first.bits - NAMED_FROM
        and finding.hypothesis.cause not in ("", first.hypothesis.cause)
    ]
    return [first, *others[:1]]
