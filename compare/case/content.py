"""What may stand in the case file of a pair, key by key."""

import re
from typing import Annotated, Any

from pydantic import Field, model_validator

from .bounds import Bounds
from .contract import Contract, PrintedText, Published
from .schema import LANGUAGES, MOST_SEED, Language, Record, Text

# what a file beside the case is called, and what is the name of a package's function
_FILES = {"python": r".+\.py:\w+", "r": r".+\.[Rr]:[\w.]+"}
_PACKAGES = {"python": r"[A-Za-z_][\w.]*:\w+(\.\w+)*", "r": r"[A-Za-z][\w.]*::[\w.]+"}
_EXAMPLES = {
    "python": "file.py:function or package.module:function",
    "r": "file.R:function or package::function",
}


class Content(Record):
    """A case file: which two functions, on what, and what they are held to.

    Attributes
    ----------
    python
        Python's function: ``file.py:function``, a file beside the case file, or
        ``package.module:function``.
    r
        R's function: ``file.R:function`` or ``package::function``. One of both languages is enough
        where numbers were printed.
    title
        What the pair computes.
    source
        Where it is from.
    note
        What else the report is to say of it.
    seed
        Sets the generators of both languages before each call.
    inputs
        Arguments of both functions, by name, the same in every set of inputs.
    example
        Sets of inputs: a table each, with ``name`` and ``inputs``, or with the inputs alone.
    grid
        Inputs that take each of some values; every combination is run.
    starts
        Sets of starting weights, of which each is run: inputs by name, or a draw.
    iterations
        The input that says how many values a trajectory has.
    arithmetic
        Both functions take an argument ``arithmetic``.
    batches
        Inputs that may have a leading axis of noisy members, in Python.
    balls
        The Python function takes arrays of balls in place of doubles.
    outputs
        By output, what it is held to.
    names
        Names of outputs and labels in one language, and what the other says in their place.
    printed
        Numbers that were published.
    certified
        By output, its exact values, row by row, each to the last digit that is known.
    explore
        By input, what `nnmirror explore` may draw for it.
    """

    python: Text | None = None
    r: Text | None = None
    title: Text | None = None
    source: Text | None = None
    note: Text | None = None
    seed: Annotated[int, Field(ge=0, le=MOST_SEED)] | None = None
    inputs: dict[str, Any] = Field(default={})
    example: list[dict[str, Any]] = Field(default=[])
    grid: dict[str, Annotated[list[bool | int | float | str], Field(min_length=1)]] = Field(
        default={}
    )
    starts: dict[str, dict[str, Any]] = Field(default={})
    iterations: Text | None = None
    arithmetic: bool = False
    batches: list[Text] = Field(default=[])
    balls: bool = False
    outputs: dict[str, Contract] = Field(default={})
    names: dict[str, str] = Field(default={})
    printed: list[Published] = Field(default=[])
    certified: dict[str, Annotated[list[PrintedText], Field(min_length=1)]] = Field(default={})
    explore: dict[str, Bounds] = Field(default={})

    @model_validator(mode="after")
    def _enough(self) -> "Content":
        if self.python is None and self.r is None:
            raise ValueError("python: is missing, and r too: name a function of each")
        if (self.python is None or self.r is None) and not self.printed:
            one = "python" if self.python is None else "r"
            raise ValueError(f"{one}: is missing; one language alone needs printed numbers")
        for language in LANGUAGES:
            _check_reference(language, getattr(self, language))
        if self.batches and not self.arithmetic:
            raise ValueError("batches: are for noisy arithmetic, and arithmetic is not true")
        if self.balls and self.python is None:
            raise ValueError("balls: run in Python, and python is missing")
        return self


def _check_reference(language: Language, reference: str | None) -> None:
    """Raises ValueError where a text names no function."""
    if reference is None:
        return
    patterns = (_FILES[language], _PACKAGES[language])
    if not any(re.fullmatch(pattern, reference) for pattern in patterns):
        raise ValueError(f"{language}: {reference!r} is not {_EXAMPLES[language]}")


def in_file(language: Language, reference: str) -> tuple[str, str] | None:
    """File and function that a reference names; None where it names a package's function."""
    if re.fullmatch(_FILES[language], reference) is None:
        return None
    file, _, function = reference.rpartition(":")
    return file, function
