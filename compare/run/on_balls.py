"""A Python function of somebody's on balls: its inputs as exact ones, its results as enclosures."""

import dataclasses
from collections.abc import Mapping
from contextlib import contextmanager
from typing import Any

import numpy as np
from flint import arb, ctx

from ..numbers.balls import WANTED_BITS, DecidingBall, accurate_bits, balls, interval, only_balls
from .leaf import Leaves
from .python_values import taken_apart


@contextmanager
def precision(bits: int) -> Any:
    """Let balls have so many bits."""
    before = ctx.prec
    ctx.prec = bits
    try:
        yield
    finally:
        ctx.prec = before


def on_balls(value: Any) -> Any:
    """An input with an exact ball in place of each double."""
    if isinstance(value, dict):
        return {name: on_balls(part) for name, part in value.items()}
    if isinstance(value, list):
        return [on_balls(part) for part in value]
    if isinstance(value, float):
        return DecidingBall(arb(value))
    if isinstance(value, np.ndarray) and value.dtype == np.float64:
        return balls(value, DecidingBall)
    return value


def enclosures(value: Any) -> Leaves:
    """What a function returned on balls: outputs with a text ``midpoint radius`` for each value.

    An output that is not made of balls, or of which some ball has fewer than 110 correct bits,
    is left out.
    """
    return {
        name: leaf for name, leaf in taken_apart(_as_texts(value)).items() if leaf.kind == "text"
    }


def _as_texts(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {name: _as_texts(part) for name, part in value.items()}
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {f.name: _as_texts(getattr(value, f.name)) for f in dataclasses.fields(value)}
    if isinstance(value, tuple) and hasattr(value, "_asdict"):
        return _as_texts(value._asdict())
    if isinstance(value, list | tuple):
        return [_as_texts(part) for part in value]
    if isinstance(value, arb | DecidingBall) or _holds_balls(value):
        return _texts(value)
    return None


def _holds_balls(value: Any) -> bool:
    return isinstance(value, np.ndarray) and value.dtype == object


def _texts(value: Any) -> Any:
    try:
        found = only_balls(value)
    except TypeError:
        return None
    if accurate_bits(found) < WANTED_BITS:
        return None
    texts = np.empty(found.shape, object)
    for index in np.ndindex(found.shape):
        ball: Any = found[index]
        texts[index] = " ".join(interval(ball))
    return texts.item() if texts.shape == () else texts
