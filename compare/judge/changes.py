"""How far a value moves when a function runs again, and whether it is the same again at all."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import maximum_filter1d

from ..numbers.measures import MAX_LRE, POOLED_INDICES, Float64s
from ..run.leaf import PRESENT, SINGLE, Leaf

Marks = NDArray[np.bool_]
MOST_KEPT = 100_000  # values of an output, beyond which nobody asks whether it jumps
JUMP = 1e-6  # relative to the value
ROUND_JUMP = 1e-11  # the same, from one round number to another
ALL_WHOLE = 2.0**24  # from here on single precision has whole numbers only, not all of them
MOST_OFF = 2.0  # ULP of a round number: a division by 100, rounded otherwise
NEAR = 1e-3  # relative to the jump: the members are at one of its two ends


@dataclass(frozen=True)
class Side:
    """The values of one output in one language, flat.

    Attributes
    ----------
    spread : array
        Largest change of each value; infinite where a value comes or goes.
    jumps : array of bool
        Where the members take two values that lie far apart.
    second : array or None
        What the second call returned; None where that has another shape, or was nothing.
    repeats : array of bool
        Where both calls gave the same.
    measured : bool
        Whether any call rounded otherwise; without one the spread says nothing.
    """

    values: NDArray[np.generic]
    missing: NDArray[np.uint8]
    spread: Float64s
    jumps: Marks
    second: NDArray[np.generic] | None
    repeats: Marks
    measured: bool = True

    def take(self, indices: NDArray[np.intp]) -> "Side":
        """The values at these places."""
        return Side(
            self.values[indices],
            self.missing[indices],
            self.spread[indices],
            self.jumps[indices],
            None if self.second is None else self.second[indices],
            self.repeats[indices],
            self.measured,
        )


def turned_columns(p: Any, q: Any) -> Marks:
    """Which columns of ``q`` are nearer to those of ``p`` with the other sign."""
    over = tuple(range(p.ndim - 1)) or 0  # all axes but that of the columns
    with np.errstate(invalid="ignore", over="ignore"):
        turned: Marks = np.nansum(np.abs(p + q), over) < np.nansum(np.abs(p - q), over)
    return turned


def _as_turned(plain: Leaf, member: Leaf) -> Leaf:
    """A result with the sign of each column that brings it nearest to another."""
    q: Any = np.atleast_1d(member.values)
    turned = turned_columns(np.atleast_1d(plain.values), q)
    return replace(member, values=np.where(turned, -q, q).reshape(plain.shape))


class Changes:
    """One output of one language, run after run: what each changes is added up, not kept."""

    def __init__(self, plain: Leaf, trajectory: bool = False, up_to_sign: bool = False) -> None:
        self._plain, self._up_to_sign = plain, up_to_sign
        self.trajectory = trajectory and bool(plain.shape) and plain.kind == "number"
        self._second: Leaf | None = None
        self._spread = np.zeros(plain.values.size)
        self._kept: list[NDArray[np.generic]] = []
        self._measured = False

    def again(self, second: Leaf | None) -> None:
        """What the second plain call returned."""
        self._second = second

    def add(self, member: Leaf | None) -> None:
        """What a call under a rounding mode, or with moved inputs, returned."""
        plain, self._measured = self._plain, True
        if plain.kind == "number":
            if self._up_to_sign and member is not None and member.shape == plain.shape:
                member = _as_turned(plain, member)
            self._spread = np.maximum(self._spread, _change(plain, member))
            if (
                member is not None
                and member.shape == plain.shape
                and plain.values.size <= MOST_KEPT
            ):
                self._kept.append(member.values.ravel())
        else:
            self._spread[~_same(plain, member)] = np.inf

    def add_batch(self, members: Leaf | None) -> None:
        """What a call of many members at once returned: their axis is the first, or the last.

        It is the last of a trajectory, whose first axis counts iterations. An output of another
        shape is not moved by them.
        """
        shape = self._plain.shape
        if members is None or members.kind != "number" or members.values.ndim != len(shape) + 1:
            return
        axis = -1 if self.trajectory else 0
        values = np.moveaxis(members.values, axis, 0)
        missing = np.moveaxis(members.missing, axis, 0)
        for i in range(len(values)):
            self.add(replace(members, values=values[i], missing=missing[i]))

    def side(self) -> Side:
        """The values, and what was found out about them."""
        plain, second = self._plain, self._second
        values = plain.values.ravel()
        alike = second is not None and (second.kind, second.shape) == (plain.kind, plain.shape)
        return Side(
            values,
            plain.missing.ravel(),
            _pooled(self._spread, plain.shape) if self.trajectory else self._spread,
            # single precision rounds to whole numbers from 2^24 on
            _jumps(values, self._kept, self._spread, round_ones=plain.type not in SINGLE),
            second.values.ravel() if second is not None and alike else None,
            _same(plain, second),
            self._measured,
        )


def _pooled(spread: Float64s, shape: tuple[int, ...]) -> Float64s:
    """The largest spread of the neighbouring iterations, which the first axis counts."""
    window = 2 * POOLED_INDICES + 1
    pooled: Float64s = maximum_filter1d(spread.reshape(shape), window, axis=0)
    return pooled.ravel()


def _same(a: Leaf, b: Leaf | None) -> Marks:
    """Where two calls gave the same value, or the same kind of nothing."""
    if b is None or (b.kind, b.shape) != (a.kind, a.shape):
        return np.full(a.values.size, False)
    x, y, m, n = a.values.ravel(), b.values.ravel(), a.missing.ravel(), b.missing.ravel()
    same: Marks = (m == n) & ((m != PRESENT) | (x == y))
    return same


def _change(plain: Leaf, member: Leaf | None) -> Float64s:
    if member is None or (member.kind, member.shape) != (plain.kind, plain.shape):
        return np.full(plain.values.size, np.inf)
    same = _same(plain, member)
    with np.errstate(invalid="ignore", over="ignore"):
        change = np.abs(member.values.ravel() - plain.values.ravel())
    return np.where(same, 0.0, np.where(np.isnan(change), np.inf, change))


def _jumps(values: Any, members: Sequence[Any], spread: Float64s, round_ones: bool) -> Marks:
    """Where every member is at one of two values, and those are distant, or round where asked."""
    jumps = np.zeros(values.shape, bool)
    if not members:
        return jumps
    suspects = np.flatnonzero(np.isfinite(spread) & (spread > ROUND_JUMP * np.abs(values)))
    taken = np.array([values[suspects], *(member[suspects] for member in members)])
    low, high = taken.min(axis=0), taken.max(axis=0)
    off = np.minimum(taken - low, high - taken).max(axis=0)
    is_wide = spread[suspects] > JUMP * np.abs(values[suspects])
    if round_ones:
        is_wide |= _are_round(low, high)
    jumps[suspects] = (off <= NEAR * (high - low)) & is_wide
    return jumps


def _are_round(low: Any, high: Any) -> Marks:
    """Where two numbers are whole multiples of a power of ten that is a part of their distance.

    What was rounded to whole numbers, or to a few decimals, is; what rounding moves is not, nor
    what was rounded to single precision on the way.
    """
    if low.dtype.kind != "f":
        return np.zeros(low.shape, bool)
    with np.errstate(all="ignore"):
        scale = 10.0 ** (1 - np.floor(np.log10(high - low)))
        off = [np.abs(np.rint(x * scale) / scale - x) / np.spacing(np.abs(x)) for x in (low, high)]
        of_single = np.all([x.astype(np.float32) == x for x in (low, high)], axis=0)
    of_single &= np.abs(low) >= ALL_WHOLE
    is_round: Marks = (np.max(off, axis=0) <= MOST_OFF) & ~of_single
    return is_round


def determined_digits(values: Float64s, spread: Float64s) -> Float64s:
    """How many digits of each value rounding leaves alone, from 0 to 15.95."""
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        digits = -np.log10(spread / np.abs(values))
    digits = np.where(spread == 0, MAX_LRE, digits)
    digits = np.where(np.isnan(digits), 0.0, digits)
    return np.clip(digits, 0.0, MAX_LRE)
