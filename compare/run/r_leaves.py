"""What an R function returned, as leaves: numbers, texts, and what cannot be compared."""

from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from . import r_session, r_values
from .leaf import BARE, NAN, Leaf, Leaves, add, stacked

_IN_R = Path(__file__).with_name("r_leaves.R")


@cache
def _apart() -> Any:
    return r_session.sourced(_IN_R, "stats")("held_apart")


def taken_apart(value: Any) -> Leaves:
    """A result as named leaves; a bare value is called ``value``."""
    entries = []
    for found in r_values.apply(_apart(), [r_values.plain_list([(None, value)])]):
        fields = r_values.fields(found)
        path = tuple(map(str, fields["path"]))
        counted = tuple(map(bool, fields["counted"]))
        entries.append((path, counted, _leaf(fields)))
    leaves: Leaves = {}
    _gather(entries, (), leaves)
    return leaves


Entry = tuple[tuple[str, ...], tuple[bool, ...], Leaf]


def _gather(entries: list[Entry], prefix: tuple[str, ...], leaves: Leaves) -> None:
    """Put entries under their dotted names; those that only count as one array, if alike."""
    depth = len(prefix)
    if len(entries) == 1 and len(entries[0][0]) == depth:
        add(leaves, ".".join(prefix), entries[0][2])
        return
    counted = all(entry[1][depth] for entry in entries)
    groups: dict[str, list[Entry]] = {}
    for entry in entries:
        groups.setdefault(entry[0][depth], []).append(entry)
    if counted and (one := _stack(groups, depth)) is not None:
        add(leaves, ".".join(prefix), one)
        return
    for key, group in groups.items():
        _gather(group, (*prefix, key), leaves)


def _stack(groups: dict[str, list[Entry]], depth: int) -> Leaf | None:
    parts = []
    for key, group in groups.items():
        part: Leaves = {}
        _gather(group, (*group[0][0][:depth], key), part)
        whole = part.get(".".join((*group[0][0][:depth], key)))
        if whole is None or len(part) != 1:
            return None
        parts.append({BARE: _as_scalar(whole)})
    return stacked(parts)


def _as_scalar(leaf: Leaf) -> Leaf:
    """A vector of one as a scalar, which R does not have."""
    if leaf.shape != (1,) or leaf.labels != (None,):
        return leaf
    return Leaf(
        leaf.kind, leaf.type, leaf.family, leaf.values.reshape(()), leaf.missing.reshape(())
    )


def _leaf(fields: dict[str, Any]) -> Leaf:
    kind, type_, family = (str(fields[name][0]) for name in ("kind", "type", "family"))
    if kind in ("nothing", "other"):
        return Leaf(
            "nothing" if kind == "nothing" else "other", type_, advice=str(fields["advice"][0])
        )
    shape = tuple(int(n) for n in fields["shape"])
    labels = tuple(
        None if r_values.is_null(names) else tuple(map(str, names)) for names in fields["labels"]
    )
    marks = fields.get("missing")
    missing = np.zeros(int(np.prod(shape)), np.uint8)
    if marks is not None and not r_values.is_null(marks):
        missing = np.array(marks, np.uint8)
    if kind == "text":
        plain = [None if m else str(t) for t, m in zip(fields["values"], missing, strict=True)]
        flat = np.empty(len(plain), object)
        flat[:] = plain
    else:
        flat = np.array(fields["values"], np.float64)
        imaginary = fields.get("imaginary")
        if imaginary is not None and not r_values.is_null(imaginary):
            flat = flat + 1j * np.array(imaginary, np.float64)
        missing = np.where((missing == 0) & np.isnan(flat), NAN, missing).astype(np.uint8)
        # R's NA is a NaN that raises an invalid operation wherever it is computed with
        flat = np.where(missing == 0, flat, np.nan)

    def shaped(values: Any) -> Any:
        return np.ascontiguousarray(values.reshape(shape, order="F"))

    return Leaf(
        "text" if kind == "text" else "number", type_, family, shaped(flat), shaped(missing), labels
    )
