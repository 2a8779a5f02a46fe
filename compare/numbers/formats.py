"""How a source printed a number, and which doubles print so."""

import re
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from .measures import from_ordinal, ordinal

FIRST_WITHOUT_DECIMALS = 2.0**53


@dataclass(frozen=True)
class PrintFormat:
    """A rule that turns a double into the string that the source shows.

    ``str(x)``
        Python's shortest string that reads back as the same double.
    ``array(x)``
        NumPy's printed array: at most 8 decimals, no trailing zeros.
    ``glue(x)``
        R's text of a number: 15 significant digits, no trailing zeros.
    ``%.3f``
        So many decimals, as C's printf and R's printed columns.
    ``%.12g``
        So many significant digits, no trailing zeros: 12 are Python 2's ``str(x)``.

    ``round(x, 3)`` in place of ``x`` rounds first, as the source did.
    """

    text: str
    write: Callable[[float], str]

    def __call__(self, value: float) -> str:
        return self.write(float(value))

    def __reduce__(self) -> tuple[Callable[[str], "PrintFormat"], tuple[str]]:
        return PrintFormat.parse, (self.text,)

    @classmethod
    def parse(cls, text: str) -> "PrintFormat":
        """Raises ValueError where no such format is known."""
        if digits := re.fullmatch(r"%(\.[0-9]{1,2}[fg])", text):
            specification = digits[1]
            return cls(text, lambda x: format(x, specification))
        if call := re.fullmatch(r"(\w+)\((?:x|round\(x, ([0-9]{1,2})\))\)", text):
            writer = _WRITERS.get(call[1])
            if writer and call[2]:
                decimals = int(call[2])
                return cls(text, lambda x: writer(_rounded(x, decimals)))
            if writer:
                return cls(text, writer)
        known = ", ".join([*(f"{name}(x)" for name in _WRITERS), "%.3f", "%.12g"])
        raise ValueError(f"unknown print format {text!r}, known are {known}")

    def nearest(self, value: float, printed: str) -> float | None:
        """The double nearest to ``value`` that prints as ``printed``; None where none does.

        Printing never decreases as the number grows, so the doubles that print alike lie
        together, and bisection finds the first one on the way from the printed number.
        """
        if self(value) == printed:
            return value
        inside, outside = ordinal(float(printed)), ordinal(value)
        if self(float(printed)) != printed:
            return None
        while abs(inside - outside) > 1:
            middle = (inside + outside) // 2
            if self(from_ordinal(middle)) == printed:
                inside = middle
            else:
                outside = middle
        nearest = from_ordinal(inside)
        return nearest if self(nearest) == printed else float(printed)  # -0 has no place of its own


def _rounded(x: float, decimals: int) -> float:
    if abs(x) >= FIRST_WITHOUT_DECIMALS:  # NumPy's scaling would overflow
        return x
    return float(np.round(x, decimals))


_WRITERS: dict[str, Callable[[float], str]] = {
    "str": repr,
    "array": lambda x: np.format_float_positional(x, precision=8, trim="."),
    "glue": lambda x: f"{x:.15g}",
}
