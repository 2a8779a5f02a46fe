"""What trials tell: a change of one argument, other inputs, another seed."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from ..case.schema import LANGUAGE_NAMES
from ..judge.pair_outputs import JudgedOutput
from ..judge.values import Judged
from ..run.leaf import PRESENT
from ..run.trial import Trial
from .hypothesis import HYPOTHESIS_BITS, MOST_BITS, Hypothesis, Observed, content, fitted

BITS_OF_A_CHARACTER = math.log2(36)


@dataclass(frozen=True)
class Remedy:
    """A change that makes some outputs the same in every example, and spoils none.

    Attributes
    ----------
    outputs : dict
        By name, how many values were the same, in all examples together.
    examples : int
        In how many sets of inputs.
    bits : float
        What all these values say for it, less the number of changes that were tried.
    """

    trial: Trial
    outputs: Mapping[str, int]
    examples: int
    bits: float

    @property
    def advice(self) -> str:
        """What to write."""
        return f"{self.trial.text} in {self.trial.where}"

    def evidence(self, output: str) -> str:
        """What was seen of one output."""
        n = self.outputs[output]
        within = f" of {self.examples} examples" if self.examples > 1 else ""
        values = f"all {n} values{within}" if n > 1 else "both"
        language = LANGUAGE_NAMES[self.trial.language]
        return f"by trial: with {self.advice} in {language}, {values} are the same"


@dataclass(frozen=True)
class Shown:
    """What was shown about some outputs by other inputs, or by another seed.

    Attributes
    ----------
    outputs : set of str
        Those that it explains.
    name, parameter : str
        As in the table of explanations.
    fact, cause, advice : str
        What was seen; the usual reason; what to change.
    in_vain : set of str
        Outputs that differ as before, in as many values.
    """

    outputs: frozenset[str]
    name: str
    parameter: str
    fact: str
    cause: str
    advice: str
    in_vain: frozenset[str] = frozenset()


def consistent(shown: Sequence[Sequence[Shown]]) -> list[list[Shown]]:
    """What experiments on each set of inputs of a pair explain, and those on no other contradict.

    On some inputs two functions agree by chance: what makes them so explains nothing where the same
    change of other inputs leaves as many values different.
    """
    in_vain = {(one.parameter, name) for of_one in shown for one in of_one for name in one.in_vain}

    def left(one: Shown) -> Shown:
        outputs = (name for name in one.outputs if (one.parameter, name) not in in_vain)
        return replace(one, outputs=frozenset(outputs))

    return [[kept for one in of_one if (kept := left(one)).outputs] for of_one in shown]


@dataclass(frozen=True)
class Formats:
    """By language, outputs that are short, or of single precision, whatever the inputs are."""

    short: Mapping[str, frozenset[str]] = field(default_factory=dict)
    single: Mapping[str, frozenset[str]] = field(default_factory=dict)

    def of(self, output: str) -> tuple[frozenset[str], frozenset[str]]:
        """The languages in which an output is short, and of single precision."""
        short, single = (
            frozenset(language for language, outputs in held.items() if output in outputs)
            for held in (self.short, self.single)
        )
        return short, single


def gained(
    before: JudgedOutput, after: JudgedOutput, observed: Observed | None, trial: Trial
) -> float:
    """Bits that an output says for a change that made it the same."""
    values = after.values
    if values is None or _is_worthless(before.values, values, trial):
        return 0.0
    changed = values.python if trial.language == "python" else values.r
    if observed is not None and observed.size == len(changed):
        sides = observed if trial.language == "python" else observed.swapped()
        expected = changed[list(observed.places)].astype(float)
        found = fitted(sides, Hypothesis("argument", trial.text, expected, 0.0, ""))
        had_one = np.ones(len(changed), bool)
        had_one[list(observed.places)] = False
        return _of_numbers(changed[had_one]) + (found.bits + HYPOTHESIS_BITS if found else 0.0)
    if changed.dtype.kind == "O":
        return _of_texts(before.values, values)
    return _of_numbers(changed)


def _of_numbers(values: Any) -> float:
    """What numbers say where one language had none before."""
    distinct = np.unique(values[np.isfinite(values)].real)
    return float(sum(content(value) for value in distinct))


def _is_worthless(before: Judged | None, after: Judged, trial: Trial) -> bool:
    """Whether values went missing by the change, or became all one."""
    name = f"{trial.language}_missing"
    there = getattr(after, name) == PRESENT
    if before is not None and there.sum() < (getattr(before, name) == PRESENT).sum():
        return True
    values = after.python if trial.language == "python" else after.r
    if before is None or len(values) < 2:
        return not there.any()
    former = before.python if trial.language == "python" else before.r
    return len(set(values.tolist())) == 1 < len(set(former.tolist()))


def _of_texts(before: Judged | None, after: Judged) -> float:
    """What the characters of texts say in which both languages differed."""
    pairs = set()
    if before is not None:
        pairs = {(a or "", b or "") for a, b in zip(before.python, before.r, strict=True) if a != b}
    differing = [sum(x != y for x, y in zip(a.ljust(len(b)), b, strict=False)) for a, b in pairs]
    return float(sum(min(MOST_BITS, BITS_OF_A_CHARACTER * n) for n in differing))
