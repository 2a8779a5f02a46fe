"""A pair's outputs beside their exact values, which balls enclose."""

from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from ..case.schema import LANGUAGE_NAMES
from ..judge.changes import Side
from ..judge.pair_outputs import JudgedOutput
from ..numbers.digits import Interval, beyond_proved, lre_of_proved, shown
from ..numbers.measures import Float64s, tolerance
from ..run.leaf import Leaf
from .pair_runs import PairRuns


def beside_proofs(runs: PairRuns, output: JudgedOutput) -> JudgedOutput:
    """An output that disagrees where a language is further from the exact value than it may be.

    It may be as far as its own rounding explains: four times its spread, and four units in the
    last place at least. An output that is compared in a way of its own stays as it is.
    """
    contract = output.contract
    if contract.compare or contract.known_difference or contract.index_base:
        return output
    notes, fails = [], False
    for name, values, side, exact in _proved(runs, output.output):
        off = np.abs(beyond_proved(values, exact))
        allowed = tolerance(values, values, side.spread)
        beyond = np.flatnonzero(~(off <= allowed))
        if beyond.size:
            at = int(beyond[np.argmax(off[beyond])])
            fails = True
            notes.append(
                f"{name} has {values[at]:.17g}, {off[at]:.2g} from the exact {shown(exact[at])}, "
                f"and its rounding explains {allowed[at]:.2g}"
            )
        else:
            notes.append(f"{name} has {lre_of_proved(values, exact).min():.1f} correct digits")
    if not fails:
        return replace(output, notes=[*output.notes, *notes])
    return replace(output, verdict="disagree", fails=True, notes=[*notes, *output.notes])


def enclosures(leaf: Leaf | None) -> list[Interval]:
    """The enclosures of an output, flat; none where it has none."""
    if leaf is None:
        return []
    return [(midpoint, radius) for midpoint, radius in map(str.split, leaf.values.ravel())]


def _proved(runs: PairRuns, output: str) -> Iterator[tuple[str, Float64s, Side, list[Interval]]]:
    exact = enclosures(runs.proved.get(output))
    for language, leaves in runs.leaves.items():
        leaf = leaves.get(output)
        if leaf is not None and leaf.kind == "number" and exact and leaf.values.size == len(exact):
            side = runs.sides[language][output]
            yield LANGUAGE_NAMES[language], leaf.values.ravel(), side, exact
