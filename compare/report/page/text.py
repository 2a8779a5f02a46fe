"""Numbers and strings as a page shows them."""

import hashlib
import math
import re
from collections import Counter
from dataclasses import dataclass
from itertools import groupby

import pandas as pd
from markupsafe import Markup

from ...judge.decisions import HOLDS_IF
from ...judge.verdicts import MARKS
from ...numbers.digits import digits_correct, digits_printed

LONGEST = 600
SIGNS = {"good": "✓", "warn": "≈", "bad": "✗"}
FIGURE_SPACE = "\N{FIGURE SPACE}"


def kind(verdict: str) -> str:
    """How every view marks a verdict; one that it does not know is bad."""
    return MARKS.get(verdict, "warn" if verdict.startswith(HOLDS_IF) else "bad")


@dataclass(frozen=True)
class Digits:
    """A part of a number whose digits are all worth the same: true, reproduced or undetermined."""

    text: str
    worth: str


def meaningful(value: float, tolerance: float, decimals: int = 0) -> str:
    """A value to the last digit that rounding leaves alone, and at least to so many decimals."""
    if math.isnan(value):
        return "-"
    if tolerance > 0:
        decimals = max(decimals, math.floor(-math.log10(tolerance)))
    elif value == round(value):
        return f"{value:.{decimals}f}"
    decimals = min(decimals, 16 - math.floor(math.log10(abs(value)))) if value else decimals
    if value and not 1e-5 <= abs(value) < 1e15:
        significant = max(decimals + math.floor(math.log10(abs(value))), 0)
        mantissa, _, exponent = f"{value:.{significant}e}".partition("e")
        return f"{_trimmed(mantissa)}e{exponent}"
    return _trimmed(f"{value:.{max(decimals, 0)}f}")


def _trimmed(text: str) -> str:
    return text.rstrip("0").rstrip(".") if "." in text else text


def decimals_of(printed: str) -> int:
    """How many decimals a printed number has."""
    return len(printed.partition(".")[2]) if is_number(printed) else 0


def small(value: float) -> str:
    """A difference or tolerance: two digits say enough."""
    if math.isnan(value):
        return "-"
    return "0" if value == 0 else f"{value:.1e}"


def count(value: float) -> str:
    """A whole number with separators, short where it is beyond counting."""
    if math.isnan(value):
        return "-"
    return f"{value:,.0f}" if abs(value) < 1e9 else f"{value:.1e}"


def listed(counts: dict[str, int], without: str = "") -> str:
    """Counts by verdict, those of nothing left out."""
    said = [f"{n:,} {name}" for name, n in counts.items() if n and name != without]
    return ", ".join(said) or "none"


def indents(numbers: list[str]) -> list[str]:
    """What to put before each so that their decimal points stand below each other."""
    whole = [len(re.split("[.e]", text)[0]) if is_number(text) else 0 for text in numbers]
    return [FIGURE_SPACE * (max(whole, default=0) - n) for n in whole]


def aligned(numbers: list[str]) -> list[str]:
    """The same, with their decimal points below each other."""
    return [space + text for space, text in zip(indents(numbers), numbers, strict=True)]


def by_worth(text: str, true: int, reproduced: int) -> list[Digits]:
    """Split a number after its ``true`` and its ``reproduced`` first significant digits."""
    if not is_number(text):
        return [Digits(brief(text), "unknown")]
    if float(text) == 0:
        true, reproduced = (int(n >= digits_printed(text)) for n in (true, reproduced))
    rank, worths = 0, []
    for character in text:
        if character.isdigit() and (rank or character != "0"):
            rank += 1
        digit = max(rank, 1)
        worths.append(
            "true" if digit <= true else "reproduced" if digit <= reproduced else "undetermined"
        )
    return [
        Digits("".join(character for character, _ in part), worth)
        for worth, part in groupby(zip(text, worths, strict=True), key=lambda pair: pair[1])
    ]


def is_number(text: str) -> bool:
    """Whether a text is a decimal number that a page can show by its digits."""
    return bool(re.fullmatch(r"-?\d{1,400}(\.\d{0,400})?(e[-+]?\d{1,3})?", text, re.IGNORECASE))


def common_digits(text: str, value: str) -> int:
    """How many leading digits of a number hold for a value; 0 where either is none."""
    if not is_number(text) or not is_number(value):
        return 0
    return digits_correct(text, (value, "0"))


def true_digits(text: str, proved: str) -> list[Digits]:
    """A number by the digits that are true of the proved value; no verdict where there is none."""
    if not is_number(proved):
        return [Digits(brief(text), "unknown")]
    return by_worth(text, common_digits(text, proved), 0)


def anchor(name: str) -> str:
    """The stable link to a case's page; names that no file could have get a hash."""
    if re.fullmatch(r"[A-Za-z0-9._-]{1,80}", name):
        return f"case-{name}"
    return f"case-{hashlib.sha256(name.encode()).hexdigest()[:12]}"


def number_anchors(published: pd.DataFrame) -> list[str]:
    """The stable link to each published number; what was printed again is counted."""
    names = ["case", "variant", "start", "quantity", "index", "language"]
    anchors, met = list[str](), Counter[str]()
    for row in published[names].astype(str).itertuples(index=False):
        name = "n-" + re.sub(r"[^A-Za-z0-9.]+", "-", "-".join(row))[:160]
        met[name] += 1
        anchors.append(name if met[name] == 1 else f"{name}-{met[name]}")
    return anchors


def brief(text: str, longest: int = LONGEST) -> str:
    """The beginning of a long text."""
    return text if len(text) <= longest else text[: longest - 1] + "\N{HORIZONTAL ELLIPSIS}"


def whole(text: str, longest: int = LONGEST) -> Markup:
    """A text that cannot turn its surroundings round; a long one opens."""
    if len(text) <= longest:
        return Markup("<bdi>{}</bdi>").format(text)
    return Markup(
        '<details class="long"><summary><bdi>{}</bdi></summary><bdi>{}</bdi></details>'
    ).format(brief(text, longest), text)
