"""An R function of somebody's: found, called with inputs, its result taken apart."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from ..safety.errors import ForeseenError
from . import r_session, r_values
from .leaf import BARE, NAN, Leaf, Leaves, add, stacked

_CALLING = Path(__file__).with_name("calling.R")
MOST_INTEGER = 2**31  # from here on R has doubles only


class InRError(ForeseenError):
    """R signalled an error while it ran somebody's code; the message is R's own."""


@dataclass(frozen=True)
class Called:
    """What came of a call: its value, an R object, or the error; warnings and messages."""

    value: Any
    warned: list[str]
    said: list[str]
    failure: str


@cache
def _calling() -> Any:
    return r_values.functions_in(_CALLING)


def _ours(name: str, *arguments: Any) -> Any:
    return r_values.apply(_calling()(name), arguments)


def load(file: Path | None, package: str, name: str) -> Any:
    """The function of this name in a file, or in an installed package.

    Raises
    ------
    InRError
        There is no such file or function, or R cannot read the file.
    """
    if file is None:
        try:
            return r_session.get(f"{package}::{name}")
        except r_session.RError as error:
            raise InRError(str(error)) from None
    if not file.is_file():
        raise InRError(f"there is no file {file.name} beside the case")
    called = _watched(_calling()("load_file"), [(None, str(file)), (None, name)])
    if called.failure:
        raise InRError(called.failure.replace(str(file), file.name))
    if r_values.is_null(called.value):
        raise InRError(f"{file.name} has no function {name}")
    return called.value


def call(
    function: Any,
    inputs: dict[str, Any],
    around: Callable[[], AbstractContextManager[None]],
) -> Called:
    """Call a function with inputs, by name; where it has no such argument, by position."""
    arguments = [(name, to_r(value)) for name, value in _bound(function, inputs)]
    with around():
        return _watched(function, arguments)


def _bound(function: Any, inputs: dict[str, Any]) -> list[tuple[str | None, Any]]:
    """Inputs as arguments; None in place of a name where R is to go by position."""
    known = list(map(str, _ours("argument_names", function)))
    free = [name for name in known if name not in inputs]
    arguments: list[tuple[str | None, Any]] = []
    for name, value in inputs.items():
        if name in known:
            arguments.append((name, value))
        elif free and free[0] != "...":
            arguments.append((free.pop(0), value))
        elif free or not known:
            arguments.append((None, value))
        else:
            raise InRError(f"the function takes no argument for {name}")
    return arguments


def _watched(function: Any, arguments: list[tuple[str | None, Any]]) -> Called:
    done = _ours("watched", function, r_values.plain_list(arguments))
    value, warned, said, failure, place = done
    text = "" if r_values.is_null(failure) else str(failure[0]).strip()
    if text and not r_values.is_null(place):
        text += f" ({place[0]})"
    return Called(value, list(map(str, warned)), list(map(str, said)), text)


def set_seed(seed: int) -> None:
    """Begin R's stream of random numbers anew."""
    r_values.base("set.seed")(seed)


def to_r(value: Any) -> Any:
    """An input as R's: the same values, the same [i, j]."""
    if value is None or isinstance(value, bool | int | float | str):
        return r_values.vector(_kind(np.asarray(value)), [value], None)
    if isinstance(value, np.ndarray):
        flat = value.ravel(order="F")
        return r_values.vector(_kind(value), flat, value.shape if value.ndim != 1 else None)
    if isinstance(value, dict):
        return r_values.plain_list([(name, to_r(v)) for name, v in value.items()])
    if all(isinstance(v, str) for v in value) and value:
        return r_values.vector("character", value, None)
    kinds = {type(v) for v in value}
    if kinds <= {int, float} or kinds == {bool}:  # a row of a ragged list
        return to_r(np.array(value, float if not kinds or float in kinds else None))
    return r_values.plain_list([(None, to_r(v)) for v in value])


def _kind(values: Any) -> str:
    kind = values.dtype.kind
    if kind in "iu" and values.size and (np.abs(values.astype(float)) >= MOST_INTEGER).any():
        return "double"
    return {"b": "logical", "i": "integer", "u": "integer", "f": "double"}.get(kind, "character")


def taken_apart(value: Any) -> Leaves:
    """A result as named leaves; a bare value is called ``value``."""
    entries = []
    for found in _ours("held_apart", r_values.plain_list([(None, value)])):
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

    def shaped(values: Any) -> Any:
        return np.ascontiguousarray(values.reshape(shape, order="F"))

    return Leaf(
        "text" if kind == "text" else "number", type_, family, shaped(flat), shaped(missing), labels
    )
