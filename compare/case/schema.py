"""What may stand in a case file, key by key."""

import math
import re
from typing import Annotated, Any, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Discriminator,
    Field,
    Tag,
    ValidationError,
    field_validator,
    model_validator,
)

from ..numbers.formats import PrintFormat
from .names import Identifier, refuse_repeated

Language = Literal["python", "r"]
Arithmetic = Literal["native", "portable"]
PORTABLE: Arithmetic = "portable"
NATIVE: Arithmetic = "native"  # each language's own; in any other both give the same bits
LANGUAGES: tuple[Language, Language] = ("python", "r")
LANGUAGE_NAMES = {"python": "Python", "r": "R"}
NO_VARIANT = "-"
MOST_EXACT = 2**53  # beyond, a double cannot tell a whole number from its neighbour
MOST_VALUES = 2**31 - 1  # R counts rows and columns in 32 bits
MOST_SEED = 2**31 - 1  # R's set.seed takes an integer of its own
MOST_SHOWN, MOST_CHARACTERS = 5, 1000


def problems(error: Exception) -> str:
    """What is wrong with the contents of a file, each problem after its key."""
    if not isinstance(error, ValidationError):
        return one_line(str(error))
    lines = []
    for problem in error.errors(include_url=False):
        key = ".".join(map(str, problem["loc"]))
        reason = problem["msg"].removeprefix("Value error, ")
        lines.append(one_line(f"{key}: {reason}" if key else reason))
    more = [f"and {len(lines) - MOST_SHOWN} more"] if len(lines) > MOST_SHOWN else []
    return "; ".join(lines[:MOST_SHOWN] + more)


def one_line(text: str) -> str:
    """A text without line ends and other control characters, and not too long to be read."""
    plain = "".join(c if c.isprintable() else repr(c)[1:-1] for c in text)
    return plain if len(plain) <= MOST_CHARACTERS else plain[:MOST_CHARACTERS] + "..."


def _rectangular(rows: list[list[float]]) -> list[list[float]]:
    if not rows or not rows[0] or len({len(row) for row in rows}) != 1:
        raise ValueError("must be a matrix: rows of equal length, none empty")
    return rows


def _exact(value: Any) -> Any:
    """Refuse whole numbers that a double would round."""
    for number in value if isinstance(value, list) else [value]:
        if isinstance(number, list):
            _exact(number)
        elif isinstance(number, int) and abs(number) > MOST_EXACT:
            raise ValueError("a whole number beyond 2^53 is not exact as a double")
    return value


def _kind(value: Any) -> str:
    """Which kind of input is meant, so that an error speaks of this one only."""
    if isinstance(value, list):
        return "matrix" if any(isinstance(row, list) for row in value) else "vector"
    if isinstance(value, bool):
        return "truth"
    return "whole number" if isinstance(value, int) else "number"


def _decimal(printed: str) -> str:
    if not re.fullmatch(r"-?[0-9]+\.?[0-9]*", printed):
        raise ValueError(f"{printed!r} is not a printed decimal number")
    return printed


Vector = Annotated[list[float], Field(min_length=1)]
Matrix = Annotated[list[list[float]], AfterValidator(_rectangular)]
PrintedNumber = Annotated[str, AfterValidator(_decimal)]
Number = Annotated[float, BeforeValidator(_exact)]
Input = Annotated[
    Annotated[bool, Tag("truth")]
    | Annotated[int, Tag("whole number")]
    | Annotated[float, Tag("number")]
    | Annotated[Vector, Tag("vector")]
    | Annotated[Matrix, Tag("matrix")],
    Discriminator(_kind),
    BeforeValidator(_exact),
]
Text = Annotated[str, Field(min_length=1)]
Count = Annotated[int, Field(ge=1, le=MOST_VALUES)]
Index = Annotated[int, Field(ge=0, le=MOST_VALUES)]


class Record(BaseModel):
    """Keys as they stand, none unknown, no type guessed."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True, allow_inf_nan=False)


Distribution = Literal["uniform", "normal"]
_OF_ANOTHER: dict[Distribution, set[str]] = {
    "uniform": {"mean", "sd"},
    "normal": {"low", "high"},
}


class Draw(Record):
    """Numbers drawn one after another. NumPy fills an array row by row, R column by column.

    Attributes
    ----------
    name
        The input that they are (default: they are drawn and thrown away).
    shape
        Extent of each axis.
    low, high
        Ends of uniform numbers.
    mean, sd
        Of normal numbers.
    """

    name: Identifier | None = None
    shape: Annotated[list[Count], Field(min_length=1, max_length=2)]
    low: Number = 0.0
    high: Number = 1.0
    mean: Number = 0.0
    sd: Annotated[Number, Field(gt=0)] = 1.0

    @model_validator(mode="after")
    def _wide(self) -> "Draw":
        if not (self.low < self.high and math.isfinite(self.high - self.low)):
            raise ValueError(f"no numbers lie between low = {self.low} and high = {self.high}")
        return self


class Start(Record):
    """Inputs drawn by a generator: the start is called ``numpy`` or ``r`` by whose it is.

    Attributes
    ----------
    seed
        Of the generator.
    distribution
        Of the numbers.
    draws
        What is drawn, in this order.
    """

    seed: Annotated[int, Field(ge=0, le=MOST_SEED)]
    distribution: Distribution = "uniform"
    draws: Annotated[list[Draw], Field(min_length=1)]

    @model_validator(mode="after")
    def _only_what_it_takes(self) -> "Start":
        for i, draw in enumerate(self.draws):
            for key in sorted(draw.model_fields_set & _OF_ANOTHER[self.distribution]):
                raise ValueError(f"draws.{i}.{key}: not of {self.distribution} numbers")
        return self

    @field_validator("draws")
    @classmethod
    def _not_too_many(cls, draws: list[Draw]) -> list[Draw]:
        if sum(math.prod(draw.shape) for draw in draws) > MOST_VALUES:
            raise ValueError(f"more than {MOST_VALUES} numbers")
        return draws


class PrintedTable(Record):
    """Numbers that the source prints in one place, in one format.

    ``values`` has the shape of the quantity, or one value for each entry of ``index``.
    ``checked_in`` names further languages whose run must print the same.
    """

    language: Language
    start: str
    variant: str = NO_VARIANT
    quantity: Text
    index: Annotated[list[Index], Field(min_length=1)] | None = None
    format: Text
    place: Text
    values: list[PrintedNumber] | list[list[PrintedNumber]]
    checked_in: list[Language] = []

    @field_validator("format")
    @classmethod
    def _known_format(cls, text: str) -> str:
        PrintFormat.parse(text)
        return text

    @model_validator(mode="after")
    def _nothing_twice(self) -> "PrintedTable":
        refuse_repeated("index", self.index or [])
        refuse_repeated("checked_in", [self.language, *self.checked_in])
        return self


class Restart(Record):
    """How to go on from a state of a run that returns all its states.

    ``states`` names the quantity with one state a row, ``weights`` the argument that takes one,
    ``iterations`` the input that says how far to go.
    """

    states: Text
    weights: Text
    iterations: Text
