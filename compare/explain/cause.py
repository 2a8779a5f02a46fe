"""Why a pair of runs parts: which operation makes both the same where it is portable."""

import math
from dataclasses import dataclass

from ..case.case import Case

NAMES = {
    "matmul": "order of sums in the matrix product",
    "sigmoid": "exp in the sigmoid",
    "mean": "order of sums in the mean",
}
OPERATIONS = tuple(NAMES)


@dataclass(frozen=True)
class FirstDifference:
    """The first value that is not the same double, in the order in which it is computed.

    Attributes
    ----------
    portable : tuple of str
        The operations that were exchanged for portable ones.
    iteration : int or None
        None where all values of all scanned iterations are the same.
    index : tuple of int
        In the quantity, of its first value that differs.
    """

    portable: tuple[str, ...]
    scanned: int
    iteration: int | None = None
    quantity: str = ""
    index: tuple[int, ...] = ()
    python: float = math.nan
    r: float = math.nan
    ulps: int = 0

    @property
    def place(self) -> str:
        """Quantity, index and iteration, in words."""
        index = f"[{','.join(map(str, self.index))}]" if self.index else ""
        return f"{self.quantity}{index} of iteration {self.iteration}"


def cause_of(case: Case, first_differences: list[FirstDifference]) -> str:
    """In a sentence; the native first difference, then those with operations exchanged."""
    native, *exchanged = first_differences
    if native.iteration is None:
        return f"Nothing differs in {native.scanned} iterations."
    first = f"The first value that differs is {native.place}"
    if not exchanged:
        return f"{first}."
    everything = exchanged[-1]
    if everything.iteration is not None:
        early = f" Before it values differ by rounding alone, the first of them {native.place}."
        before = "" if everything.place == native.place else early
        return (
            f"It is not rounding: with the same order of sums and the same exp, {everything.place} "
            f"still differs, so the two do not compute the same thing there.{before}"
        )
    alone = [p for p in exchanged if len(p.portable) == 1]
    latest = max(alone, key=lambda p: _position(case, p))
    if _position(case, latest) == _position(case, native):
        culprit = "More than one operation differs there"
    else:
        culprit = f"The {NAMES[latest.portable[0]]} differs there"
    enough = min((p for p in exchanged if p.iteration is None), key=lambda p: len(p.portable))
    same = "all three" if len(enough.portable) == 3 else " and ".join(enough.portable)
    return (
        f"{first}. {culprit}. With {same} portable, the two are identical in all {enough.scanned} "
        "iterations scanned."
    )


def _position(case: Case, first_difference: FirstDifference) -> tuple[float, int]:
    """Place in time: iteration, and within it the order of computation."""
    if first_difference.iteration is None:
        return math.inf, 0
    return first_difference.iteration, list(case.quantities).index(first_difference.quantity)
