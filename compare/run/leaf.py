"""What a function of somebody's returned, taken apart into named values of one kind each."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from ..case.schema import MOST_EXACT
from ..safety.inert import storable

Kind = Literal["number", "text", "nothing", "other"]
Labels = tuple[tuple[str, ...] | None, ...]
PRESENT, NA, NAN = 0, 1, 2
SINGLE = ("float32", "float16", "complex64")  # types of few digits
BARE = "value"  # the name of a result that has none
WHOLE, REAL, TRUTH, TEXT = "whole number", "real number", "truth value", "text"


@dataclass(frozen=True)
class Leaf:
    """Values of one kind that belong together.

    Attributes
    ----------
    kind : str
        ``nothing`` is Python's None and R's NULL; ``other`` is what cannot be compared.
    type : str
        What the language calls it.
    family : str
        What both languages call it: whole number, real number, truth value, text, date ...
    values : array
        float64 or complex128, objects for texts; of its shape in both languages, C order.
    missing : array of int
        For each value: 0 it is there, 1 it is not available (NA), 2 it is not a number (NaN).
    labels : tuple
        For each axis its names, or None.
    advice : str
        What to return in place of something that cannot be compared.
    rounded : bool
        Whether a whole number among them is beyond 2^53, where a double stands for several.
    """

    kind: Kind
    type: str
    family: str = ""
    values: NDArray[Any] = field(default_factory=lambda: np.empty(0))
    missing: NDArray[np.uint8] = field(default_factory=lambda: np.empty(0, np.uint8))
    labels: Labels = ()
    advice: str = ""
    rounded: bool = False

    @property
    def shape(self) -> tuple[int, ...]:
        """Extent of each axis."""
        return self.values.shape


Leaves = dict[str, Leaf]


def numbers(
    type_: str,
    family: str,
    values: Any,
    missing: Any = None,
    labels: Labels = (),
    rounded: bool = False,
) -> Leaf:
    """A leaf of numbers; NaN among them is marked where nothing else is said of it."""
    given = np.asarray(values)
    array = given.astype(np.complex128 if given.dtype.kind == "c" else np.float64)
    marks = np.where(np.isnan(array), NAN, PRESENT).astype(np.uint8)
    if missing is not None:
        gone = np.asarray(missing, bool)
        array, marks = np.where(gone, np.nan, array), np.where(gone, NA, marks).astype(np.uint8)
    return Leaf(
        "number",
        type_,
        family,
        array,
        marks,
        labels or (None,) * array.ndim,
        rounded=rounded or (given.dtype.kind in "iu" and _beyond_exact(given)),
    )


def _beyond_exact(whole: NDArray[Any]) -> bool:
    return bool(((whole > MOST_EXACT) | (whole < -MOST_EXACT)).any())


def texts(type_: str, values: Any, labels: Labels = (), family: str = TEXT) -> Leaf:
    """A leaf of texts, None where one is missing."""
    array = np.empty(np.shape(values), object)
    array[...] = values
    for place, text in np.ndenumerate(array):
        array[place] = text if text is None else storable(text)
    marks = np.array([NA if v is None else PRESENT for v in array.flat], np.uint8)
    return Leaf(
        "text", type_, family, array, marks.reshape(array.shape), labels or (None,) * array.ndim
    )


def nothing(type_: str) -> Leaf:
    """Python's None, or R's NULL."""
    return Leaf("nothing", type_)


def other(type_: str, advice: str) -> Leaf:
    """Something that cannot be compared, and what to return in its place."""
    return Leaf("other", type_, advice=advice)


def add(leaves: Leaves, name: str, leaf: Leaf) -> None:
    """Put a leaf beside others, under a name of its own where its name stands there already."""
    name, n = name or BARE, 1
    unique = name
    while unique in leaves:
        n += 1
        unique = f"{name}#{n}"
    leaves[unique] = leaf


def below(prefix: str, name: str) -> str:
    """The dotted name of a part."""
    return f"{prefix}.{name}" if prefix else name


def stacked(parts: Iterable[Leaves]) -> Leaf | None:
    """Elements of a list that has no names as one array; None where they are not alike."""
    leaves = []
    for part in parts:
        if len(part) != 1 or BARE not in part:
            return None
        leaves.append(part[BARE])
    kinds = {(leaf.kind, leaf.shape) for leaf in leaves}
    if len(kinds) != 1 or any(leaf.kind not in ("number", "text") for leaf in leaves):
        return None
    if any(label is not None for leaf in leaves for label in leaf.labels):
        return None
    families = [leaf.family for leaf in leaves]
    family = REAL if len(set(families)) > 1 and leaves[0].kind == "number" else families[0]
    values = np.array([leaf.values for leaf in leaves], leaves[0].values.dtype)
    if any(leaf.values.dtype.kind == "c" for leaf in leaves):
        values = np.array([leaf.values for leaf in leaves], np.complex128)
    missing = np.array([leaf.missing for leaf in leaves], np.uint8)
    return replace(
        leaves[0],
        family=family,
        values=values,
        missing=missing,
        labels=(None,) * values.ndim,
        rounded=any(leaf.rounded for leaf in leaves),
    )
