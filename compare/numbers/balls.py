"""Arb balls in NumPy arrays: numbers that know how far they may be off.

The networks run on them unchanged. NumPy would turn a ball into a float without a word wherever an
array has another dtype than object, so what comes out is checked to be balls.
"""

from collections.abc import Callable
from fractions import Fraction
from typing import Any

import numpy as np
from flint import arb
from numpy.typing import NDArray

from ..safety.errors import ForeseenError
from .digits import Interval

STORED_DIGITS = 36
WANTED_BITS = 110  # 33 digits

Balls = NDArray[Any]  # an object array of Arb balls
# what NumPy calls the functions of a ball, and what Arb does
FUNCTIONS = {
    **{name: name for name in ("exp", "expm1", "log", "log1p", "sqrt", "sin", "cos", "tan")},
    **{name: name for name in ("sinh", "cosh", "tanh")},
    **{"arcsin": "asin", "arccos": "acos", "arctan": "atan"},
}


class UndecidedError(ForeseenError, ArithmeticError):
    """A branch that depends on digits that the balls do not have."""


class DecidingBall:
    """A ball that refuses to answer a comparison that it cannot decide.

    An Arb ball answers "no" where it does not know, and a program would take the wrong branch.
    For training functions that branch on what they compute.
    """

    __slots__ = ("value",)

    def __init__(self, value: arb) -> None:
        self.value = value

    def exp(self) -> "DecidingBall":
        return DecidingBall(self.value.exp())

    def __getattr__(self, name: str) -> Any:
        """A function of one argument, as NumPy asks for it by name."""
        if name not in FUNCTIONS:
            raise AttributeError(f"no ball has {name}")
        function = getattr(self.value, FUNCTIONS[name])
        return lambda: DecidingBall(function())

    def __pow__(self, other: Any) -> Any:
        return _applied(arb.__pow__, self, other)

    def __neg__(self) -> "DecidingBall":
        return DecidingBall(-self.value)

    def __abs__(self) -> "DecidingBall":
        return DecidingBall(abs(self.value))

    def __add__(self, other: Any) -> Any:
        return _applied(arb.__add__, self, other)

    def __radd__(self, other: Any) -> Any:
        return _applied(arb.__radd__, self, other)

    def __sub__(self, other: Any) -> Any:
        return _applied(arb.__sub__, self, other)

    def __rsub__(self, other: Any) -> Any:
        return _applied(arb.__rsub__, self, other)

    def __mul__(self, other: Any) -> Any:
        return _applied(arb.__mul__, self, other)

    def __rmul__(self, other: Any) -> Any:
        return _applied(arb.__rmul__, self, other)

    def __truediv__(self, other: Any) -> Any:
        return _applied(arb.__truediv__, self, other)

    def __rtruediv__(self, other: Any) -> Any:
        return _applied(arb.__rtruediv__, self, other)

    def __lt__(self, other: Any) -> bool:
        other = _arb(other)
        return _decided(self.value < other, self.value >= other)

    def __le__(self, other: Any) -> bool:
        other = _arb(other)
        return _decided(self.value <= other, self.value > other)

    def __gt__(self, other: Any) -> bool:
        return not self <= other

    def __ge__(self, other: Any) -> bool:
        return not self < other

    def __eq__(self, other: object) -> bool:
        other = _arb(other)
        return _decided(self.value == other, self.value != other)

    __hash__ = None  # type: ignore[assignment]


def _applied(operation: Callable[[arb, arb], arb], ball: DecidingBall, other: Any) -> Any:
    if type(other) is DecidingBall:  # nearly always, and some ten million times a proof
        return DecidingBall(operation(ball.value, other.value))
    if isinstance(other, np.ndarray):
        return NotImplemented  # NumPy goes through the array element by element
    return DecidingBall(operation(ball.value, _arb(other)))


def _arb(x: Any) -> arb:
    if isinstance(x, DecidingBall):
        return x.value
    return arb(int(x) if isinstance(x, np.integer) else x)


def _decided(yes: bool, no: bool) -> bool:
    if yes == no:
        raise UndecidedError("the balls overlap")
    return yes


def balls(x: Any, kind: Callable[[arb], Any] = lambda ball: ball) -> Balls:
    """An object array of exact balls, one for each double."""
    values = np.asarray(x)
    result = np.empty(values.shape, dtype=object)
    for index in np.ndindex(values.shape):
        result[index] = kind(arb(float(values[index])))
    return result


def only_balls(x: Any) -> Balls:
    """The array, every element an Arb ball again.

    A single double without decimals is a count, and exact; so is every int.

    Raises
    ------
    TypeError
        An element is something else: a conversion to float has destroyed the proof.
    """
    if np.shape(x) == () and isinstance(np.asarray(x).item(), float) and np.asarray(x) % 1 == 0:
        return balls(x)  # a count
    values = np.asarray(x, dtype=object)
    result = np.empty(values.shape, dtype=object)
    for index in np.ndindex(values.shape):
        element = values[index]
        if isinstance(element, DecidingBall | int):
            element = _arb(element)
        if not isinstance(element, arb):
            raise TypeError(f"a {type(element).__name__} where a ball was expected")
        result[index] = element
    return result


def accurate_bits(x: Balls) -> int:
    """Fewest correct bits of any element, relative to its size; exact elements do not count."""
    bits = [ball.rel_accuracy_bits() for ball in x.flat if not ball.is_exact()]
    return min(bits, default=10**6)


def interval(ball: arb, digits: int = STORED_DIGITS) -> Interval:
    """Midpoint and radius as decimal strings that contain the ball."""
    text = ball.str(digits, more=True).strip("[]")
    midpoint, _, radius = text.partition(" +/- ")
    return midpoint, radius or "0"


def overlap(a: Interval, b: Interval) -> bool:
    """Whether the two intervals have a number in common."""
    (m, r), (n, s) = ([Fraction(part) for part in side] for side in (a, b))
    return abs(m - n) <= r + s
