"""What is said of a value beside its verdict."""

from typing import Any

from ..run.leaf import NA, NAN, PRESENT
from .changes import Side


def jumping(in_python: bool, in_r: bool) -> str:
    """Where the calls of which language take two distant values."""
    who = "both jump" if in_python and in_r else f"{'Python' if in_python else 'R'} jumps"
    return f"{who} here: a tie, a rounding, a rank"


def few_digits(python: float, r: float, needed: int) -> str:
    """Which language has too few digits, and how many the other has."""
    lacking = [name for name, n in (("Python", python), ("R", r)) if n < needed]
    first = lacking[0]
    n, other = (python, r) if first == "Python" else (r, python)
    beside = "Python" if first == "R" else "R"
    return f"{first} has {_count(n)}, {beside} has {_number(other)}"


def _count(n: float) -> str:
    return "no digit left" if n < 1 else f"{_number(n)} digits left"


def _number(n: float) -> str:
    return "none" if n < 1 else f"{n:.1f}".removesuffix(".0") if n < 15 else "all"


def missing_in(python: int, r: int) -> str:
    """What each language has, where one has no value."""
    words = {PRESENT: "a value", NA: "NA", NAN: "NaN"}
    if python == r:
        return f"{words[int(r)]} in both languages"
    return f"{words[int(python)]} in Python, {words[int(r)]} in R"


def unrepeated(python: Side, r: Side, i: int) -> str:
    """What a language that does not repeat itself returned, the first time and the second."""
    said = [
        f"{language} does not repeat itself: {_shown(side.values[i])}, "
        f"then {'another shape' if side.second is None else _shown(side.second[i])}"
        for language, side in (("Python", python), ("R", r))
        if not side.repeats[i]
    ]
    return ", ".join(said)


def _shown(value: Any) -> str:
    return f"{value:.17g}" if isinstance(value, float) else str(value)
