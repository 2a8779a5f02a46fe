"""Which values of a result in Python belong to which of the result in R: names, then shapes."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..run.leaf import BARE, SINGLE, Labels, Leaf, Leaves, add

Indices = NDArray[np.intp]
MOST_NAMED = 5


@dataclass(frozen=True)
class Sides:
    """One output, as each language returned it; None where it did not."""

    output: str
    python: Leaf | None
    r: Leaf | None


@dataclass(frozen=True)
class Plan:
    """How both results are opened so that their names meet.

    Attributes
    ----------
    split : dict
        By language, outputs whose labels are the other's names.
    complex : set of str
        Outputs that are complex in one language at least: real and imaginary part are compared.
    """

    names: Mapping[str, str]
    split: dict[str, frozenset[str]]
    complex: frozenset[str]

    def apply(self, language: str, leaves: Leaves) -> Leaves:
        """The result of one call, opened so."""
        opened: Leaves = {}
        for name, leaf in _renamed(leaves, self.names).items():
            if name in self.split[language]:
                for label, part in _split(leaf):
                    own = label if name == BARE else f"{name}.{label}"
                    add(opened, _canonical(own, self.names), part)
            elif name in self.complex and leaf.kind == "number":
                add(opened, f"{name}.real", _of(leaf, leaf.values.real))
                add(opened, f"{name}.imag", _of(leaf, leaf.values.imag))
            else:
                add(opened, name, leaf)
        return opened


def plan(python: Leaves, r: Leaves, names: Mapping[str, str]) -> Plan:
    """Where one language has names below an output and the other labels on it, open the labels."""
    sides = {"python": _renamed(python, names), "r": _renamed(r, names)}
    split: dict[str, frozenset[str]] = {}
    for language, other in (("python", sides["r"]), ("r", sides["python"])):
        split[language] = frozenset(
            name
            for name, leaf in sides[language].items()
            if name not in other
            and leaf.kind in ("number", "text")
            and leaf.labels
            and leaf.labels[-1] is not None
            and (name == BARE or any(o.startswith(f"{name}.") for o in other))
        )
    complex_ = frozenset(
        name
        for leaves in sides.values()
        for name, leaf in leaves.items()
        if leaf.values.dtype.kind == "c"
    )
    return Plan(names, split, complex_)


def side_by_side(python: Leaves, r: Leaves) -> list[Sides]:
    """Outputs by their names, in Python's order, then what only R has."""
    names = [*python, *(name for name in r if name not in python)]
    return [Sides(name, python.get(name), r.get(name)) for name in names]


@dataclass(frozen=True)
class Aligned:
    """Which value belongs to which.

    Attributes
    ----------
    shape : tuple
        Of the output; flat index i of the compared values is at ``at_python[i]`` in Python's leaf.
    notes : list of str
        What differs and does not count.
    differing : list of str
        Names that only one language has.
    problem : str
        Why no value can be compared; empty where some can.
    """

    shape: tuple[int, ...] = ()
    at_python: Indices = field(default_factory=lambda: np.empty(0, np.intp))
    at_r: Indices = field(default_factory=lambda: np.empty(0, np.intp))
    notes: list[str] = field(default_factory=list)
    differing: list[str] = field(default_factory=list)
    problem: str = ""


def aligned(python: Leaf, r: Leaf, names: Mapping[str, str]) -> Aligned:
    """Values by their labels where both have some, else by their places."""
    notes = _type_notes(python, r)
    at = {"python": _grid(python), "r": _grid(r)}
    differing: list[str] = []
    labels: dict[str, Labels] = {
        "python": tuple(_renamed_labels(one, names) for one in python.labels),
        "r": tuple(_renamed_labels(one, names) for one in r.labels),
    }
    if at["python"].ndim != at["r"].ndim:  # an axis of length 1 does not count
        for language, leaf in (("python", python), ("r", r)):
            long = [axis for axis, n in enumerate(leaf.shape) if n != 1]
            at[language] = at[language].squeeze()
            labels[language] = tuple(labels[language][axis] for axis in long)
    if at["python"].ndim == at["r"].ndim:
        for axis in range(at["python"].ndim):
            said = _match_axis(axis, at, labels["python"][axis], labels["r"][axis], notes)
            differing += said
    a, b = at["python"], at["r"]
    if tuple(n for n in a.shape if n != 1) != tuple(n for n in b.shape if n != 1):
        return Aligned(
            notes=notes,
            differing=differing,
            problem=f"shape {_shape(python.shape)} in Python, {_shape(r.shape)} in R",
        )
    is_scalar = python.shape in ((), (1,)) and r.shape in ((), (1,))
    if python.shape != r.shape and not is_scalar:
        notes.append(f"shape {_shape(python.shape)} in Python, {_shape(r.shape)} in R")
    if a.size == python.values.size:
        a = a.reshape(python.shape)
    shape = () if is_scalar else a.shape
    return Aligned(shape, a.ravel(), b.ravel(), notes, differing)


def _grid(leaf: Leaf) -> Any:
    return np.arange(leaf.values.size).reshape(leaf.shape)


def _match_axis(
    axis: int,
    at: dict[str, Any],
    python: tuple[str, ...] | None,
    r: tuple[str, ...] | None,
    notes: list[str],
) -> list[str]:
    """Put values of one axis into Python's order by their labels; what only one side has."""
    if python is None or r is None:
        if (python is None) != (r is None):
            notes.append(f"names in {'R' if python is None else 'Python'} only")
        return []
    if python == r:
        return []
    if len(set(python)) < len(python) or len(set(r)) < len(r):
        return ["names differ, and some stand there twice"]
    common = [label for label in python if label in set(r)]
    said = [
        f"only in {language}: {_listed([x for x in own if x not in set(others)])}"
        for language, own, others in (("Python", python, r), ("R", r, python))
        if set(own) - set(others)
    ]
    if not common:
        return said  # by their places, then
    if not said:
        notes.append("names in another order")
    for language, own in (("python", python), ("r", r)):
        place = {label: i for i, label in enumerate(own)}
        at[language] = np.take(at[language], [place[label] for label in common], axis)
    return said


def _type_notes(python: Leaf, r: Leaf) -> list[str]:
    notes = []
    if python.family != r.family:
        notes.append(f"type {python.type} in Python, {r.type} in R")
    if python.type in SINGLE:
        notes.append(
            "single precision in Python" if "16" not in python.type else "half precision in Python"
        )
    return notes


def _renamed_labels(
    labels: tuple[str, ...] | None, names: Mapping[str, str]
) -> tuple[str, ...] | None:
    return None if labels is None else tuple(names.get(label, label) for label in labels)


def _renamed(leaves: Leaves, names: Mapping[str, str]) -> Leaves:
    renamed: Leaves = {}
    for name, leaf in leaves.items():
        add(renamed, _canonical(name, names), leaf)
    return renamed


def _canonical(name: str, names: Mapping[str, str]) -> str:
    if name in names:
        return names[name]
    return ".".join(names.get(part, part) for part in name.split("."))


def _split(leaf: Leaf) -> list[tuple[str, Leaf]]:
    """The parts of a leaf along its last axis, each under its label."""
    labels = leaf.labels[-1] or ()
    return [
        (
            label,
            replace(
                leaf,
                values=leaf.values[..., j],
                missing=leaf.missing[..., j],
                labels=leaf.labels[:-1],
            ),
        )
        for j, label in enumerate(labels)
    ]


def _of(leaf: Leaf, values: Any) -> Leaf:
    return replace(leaf, values=values.copy())


def _shape(shape: tuple[int, ...]) -> str:
    return "x".join(map(str, shape)) or "scalar"


def _listed(names: list[str]) -> str:
    more = f" and {len(names) - MOST_NAMED} more" if len(names) > MOST_NAMED else ""
    return ", ".join(names[:MOST_NAMED]) + more
