"""A call's answer as it is written to a file, and read again to the bit."""

import math
import struct
from dataclasses import replace
from typing import Annotated, Any

import numpy as np
from pydantic import Field, model_validator

from ..case.schema import Record
from ..numbers.measures import from_ordinal, ordinal
from .leaf import Kind, Leaf, Leaves
from .pool import Failure
from .probe import Answer


class RecordedLeaf(Record):
    """A `Leaf`: numbers as hexadecimal floats, a complex one as two; texts, null where missing."""

    kind: Kind
    type: str
    family: str = ""
    is_complex: bool = False
    shape: list[Annotated[int, Field(ge=0)]]
    values: list[str | None]
    missing: list[Annotated[int, Field(ge=0, le=2)]] = Field(default=[])
    labels: list[list[str] | None] = Field(default=[])
    advice: str = ""
    rounded: bool = False

    @model_validator(mode="after")
    def _whole(self) -> "RecordedLeaf":
        if len(self.values) != math.prod(self.shape) * (1 + self.is_complex):
            raise ValueError(f"{len(self.values)} values are not of shape {self.shape}")
        if self.missing and len(self.missing) != math.prod(self.shape):
            raise ValueError(f"{len(self.missing)} marks are not of shape {self.shape}")
        if self.kind == "number":
            for value in self.values:
                float.fromhex(value or "")
        return self

    @classmethod
    def of(cls, leaf: Leaf) -> "RecordedLeaf":
        """A leaf as it is written."""
        is_number = leaf.kind == "number"
        return cls(
            kind=leaf.kind,
            type=leaf.type,
            family=leaf.family,
            is_complex=is_number and leaf.values.dtype.kind == "c",
            shape=list(leaf.shape),
            values=[v.hex() for v in _doubles(leaf)] if is_number else leaf.values.ravel().tolist(),
            missing=leaf.missing.ravel().tolist() if leaf.missing.any() else [],
            labels=[None if one is None else list(one) for one in leaf.labels],
            advice=leaf.advice,
            rounded=leaf.rounded,
        )

    def leaf(self) -> Leaf:
        """The leaf, to the bit."""
        values: Any = np.array(self.values, object)
        if self.kind == "number":
            doubles = np.array([float.fromhex(v or "") for v in self.values], np.float64)
            values = doubles.view(np.complex128) if self.is_complex else doubles
        elif self.kind != "text":
            values = np.empty(0)
        n = math.prod(self.shape)
        return Leaf(
            self.kind,
            self.type,
            self.family,
            values.reshape(self.shape),
            np.array(self.missing or [0] * n, np.uint8).reshape(self.shape),
            tuple(None if one is None else tuple(one) for one in self.labels),
            self.advice,
            self.rounded,
        )


class RecordedAnswer(Record):
    """What one call came to: values, or how far they are from the plain call's, or why none.

    ``ulps`` has an entry for each output that moved: for each of its values, how many doubles lie
    between it and the plain call's.
    """

    leaves: dict[str, RecordedLeaf] | None = None
    ulps: dict[str, list[int]] | None = None
    error: str = ""
    failure: str = ""
    warned: list[str] = Field(default=[])
    said: list[str] = Field(default=[])
    printed: str = ""
    changed: list[str] = Field(default=[])

    @classmethod
    def of(cls, answer: Answer | Failure, plain: Leaves | None = None) -> "RecordedAnswer":
        """A call as it is written; beside the plain call's values where those are given."""
        if isinstance(answer, Failure):
            return cls(failure=answer.reason)
        ulps = None if plain is None else _moved(answer.leaves, plain)
        leaves = {name: RecordedLeaf.of(leaf) for name, leaf in answer.leaves.items()}
        return cls(
            leaves=leaves if ulps is None else None,
            ulps=ulps,
            error=answer.error,
            warned=list(answer.warned),
            said=list(answer.said),
            printed=answer.printed,
            changed=list(answer.changed),
        )

    def answer(self, plain: Leaves | None = None) -> Answer | Failure:
        """The call, as if it had been made now."""
        if self.failure:
            return Failure(self.failure)
        leaves = {name: one.leaf() for name, one in (self.leaves or {}).items()}
        if self.ulps is not None:
            leaves = {n: _at(leaf, self.ulps.get(n)) for n, leaf in (plain or {}).items()}
        said = (tuple(self.warned), tuple(self.said), self.printed, tuple(self.changed))
        return Answer(leaves, *said, self.error)


def _doubles(leaf: Leaf) -> list[float]:
    values: list[float] = np.ascontiguousarray(leaf.values).ravel().view(np.float64).tolist()
    return values


def _moved(leaves: Leaves, plain: Leaves) -> dict[str, list[int]] | None:
    """How many doubles each number is away; None where more than numbers differs."""
    moved = {}
    if leaves.keys() != plain.keys():
        return None
    for name, leaf in leaves.items():
        now, before = RecordedLeaf.of(leaf), RecordedLeaf.of(plain[name])
        if now == before:
            continue
        if leaf.kind != "number" or now.model_copy(update={"values": before.values}) != before:
            return None
        pairs = zip(_doubles(leaf), _doubles(plain[name]), strict=True)
        moved[name] = [ordinal(a) - ordinal(b) for a, b in pairs]
    return moved


def _at(leaf: Leaf, ulps: list[int] | None) -> Leaf:
    """A leaf, each of its numbers so many doubles away."""
    if ulps is None:
        return leaf
    if len(ulps) != len(_doubles(leaf)):
        raise ValueError("ulps: are not as many as values")
    try:
        doubles = [from_ordinal(ordinal(x) + n) for x, n in zip(_doubles(leaf), ulps, strict=True)]
    except struct.error:
        raise ValueError("ulps: there are not so many doubles") from None
    return replace(leaf, values=np.array(doubles).view(leaf.values.dtype).reshape(leaf.shape))
