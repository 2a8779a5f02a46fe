"""A pair's outputs beside their exact values, which balls enclose or somebody certified."""

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from typing import Literal, NamedTuple

import numpy as np

from ..case.schema import LANGUAGE_NAMES
from ..judge.pair_outputs import JudgedOutput
from ..numbers.digits import Interval, beyond_proved, lre_of_proved, shown
from ..numbers.measures import Float64s, tolerance
from ..run.leaf import Leaf
from .pair_runs import PairRuns

Kind = Literal["exact", "certified"]
_DIGITS: dict[Kind, str] = {"exact": "correct digits", "certified": "certified digits"}


class _Beside(NamedTuple):
    """Values of one language beside exact ones, which were written to half a unit of a digit."""

    kind: Kind
    language: str
    values: Float64s
    spread: Float64s
    exact: list[Interval]
    written: Float64s


def beside_proofs(runs: PairRuns, output: JudgedOutput) -> JudgedOutput:
    """An output that disagrees where a language is further from the exact value than it may be.

    It may be as far as its own rounding explains: four times its spread, and four units in the
    last place at least. An output that is compared in a way of its own stays as it is.
    """
    contract = output.contract
    if contract.compare or contract.known_difference or contract.index_base:
        return output
    notes, fails = [], False
    for kind, name, values, spread, exact, written in _exact(runs, output.output):
        if len(exact) != len(values):
            if kind == "certified":
                notes.append(f"{name} has {len(values)} values, and {len(exact)} are certified")
                fails = True
            continue
        off = np.abs(beyond_proved(values, exact))
        allowed = tolerance(values, values, spread) + written
        beyond = np.flatnonzero(~(off <= allowed))
        if not beyond.size:
            notes.append(f"{name} has {lre_of_proved(values, exact).min():.1f} {_DIGITS[kind]}")
            continue
        fails, at = True, int(beyond[np.argmax(off[beyond])])
        if np.isfinite(values[at]):
            notes.append(
                f"{name} has {values[at]:.17g}, {off[at]:.2g} from the {kind} {shown(exact[at])}, "
                f"and its rounding explains {allowed[at]:.2g}"
            )
        else:
            notes.append(f"{name} has {values[at]} where {shown(exact[at])} is {kind}")
    if not fails:
        return replace(output, notes=[*output.notes, *notes])
    return replace(output, verdict="disagree", fails=True, notes=[*notes, *output.notes])


def enclosures(leaf: Leaf | None) -> list[Interval]:
    """The enclosures of an output, flat; none where it has none."""
    if leaf is None:
        return []
    return [(midpoint, radius) for midpoint, radius in map(str.split, leaf.values.ravel())]


def _exact(runs: PairRuns, output: str) -> Iterator[_Beside]:
    texts = runs.pair.certified.get(output, [])
    written = np.array([float(_half_of_the_last_place(text)) for text in texts])
    for language, leaves in runs.leaves.items():
        leaf = leaves.get(output)
        if leaf is None or leaf.kind != "number":
            continue
        name, values = LANGUAGE_NAMES[language], leaf.values.ravel()
        spread = runs.sides[language][output].spread
        if exact := enclosures(runs.proved.get(output)):
            yield _Beside("exact", name, values, spread, exact, np.zeros(len(exact)))
        if texts:
            yield _Beside("certified", name, values, spread, [(t, "0") for t in texts], written)


def _half_of_the_last_place(text: str) -> Decimal:
    return Decimal(5).scaleb(int(Decimal(text).as_tuple().exponent) - 1)
