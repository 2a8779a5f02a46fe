"""What an output of a pair is held to, and what was published of it."""

import math
import re
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, model_validator

from .schema import Count, Language, Number, Record, Text

Comparison = Literal["up to sign of columns", "up to order", "as partition", "exact"]
Positive = Annotated[float, Field(gt=0)]


class Tolerance(Record):
    """A tolerance that is declared, not measured; where it has two parts, the wider one counts.

    Attributes
    ----------
    relative
        Largest difference, as a part of the larger value.
    absolute
        Largest difference.
    reason
        Why it is not the measured one; shown in the report.
    """

    relative: Positive | None = None
    absolute: Positive | None = None
    reason: Text

    @model_validator(mode="after")
    def _some(self) -> "Tolerance":
        if self.relative is None and self.absolute is None:
            raise ValueError("needs relative or absolute")
        return self


class KnownDifference(Record):
    """What R's values are beside Python's: ``python * factor + offset``.

    Attributes
    ----------
    offset, factor
        A number, or one for each value.
    reason
        Why the two differ; shown in the report.
    """

    offset: Number | list[Number] | None = None
    factor: Number | list[Number] | None = None
    reason: Text

    @model_validator(mode="after")
    def _some(self) -> "KnownDifference":
        if self.offset is None and self.factor is None:
            raise ValueError("needs offset or factor")
        return self


class IndexBase(Record):
    """Positions are counted from another number in each language.

    Attributes
    ----------
    python, r
        What the first position is called.
    missing
        By language, what stands there for none.
    """

    python: int
    r: int
    missing: dict[Language, int] = Field(default={})


class Contract(Record):
    """What an output is held to; without any: equal within the measured tolerance.

    Attributes
    ----------
    compare
        In place of value by value within a tolerance: columns up to their sign, values in any
        order, labels by the groups that they make, or the same bits.
    tolerance
        A tolerance in place of the measured one.
    known_difference
        A difference that is meant to be there, and fails where it has changed.
    trajectory
        Its first axis counts iterations.
    index_base
        It holds positions, which do not count from the same number.
    digits
        So many determined digits are enough for ``agree``.
    undetermined
        Why it may be undetermined and pass.
    names
        Labels of this output in one language, and what the other says in their place.
    reason
        Why it is compared so, or with fewer digits.
    """

    compare: Comparison | None = None
    tolerance: Tolerance | None = None
    known_difference: KnownDifference | None = None
    trajectory: bool = False
    index_base: IndexBase | None = None
    digits: Annotated[int, Field(ge=0, le=15)] | None = None
    undetermined: Text | None = None
    names: dict[str, str] = Field(default={})
    reason: Text | None = None

    @model_validator(mode="after")
    def _fits(self) -> "Contract":
        if self.digits is not None and self.reason is None:
            raise ValueError("digits: needs a reason beside it")
        if self.compare == "exact" and self.tolerance is not None:
            raise ValueError("tolerance: has no meaning where compare is 'exact'")
        return self

    def described(self) -> list[str]:
        """Each thing that is declared, in words, with its reason."""
        said = []
        if self.compare is not None:
            said.append(f"compared {self.compare}" + self._because())
        if self.tolerance is not None:
            sizes = {"relative": self.tolerance.relative, "absolute": self.tolerance.absolute}
            texts = [f"{size:g} {kind}" for kind, size in sizes.items() if size is not None]
            said.append(f"declared tolerance {', '.join(texts)} ({self.tolerance.reason})")
        if self.known_difference is not None:
            said.append(
                f"known difference: {_formula(self.known_difference)} "
                f"({self.known_difference.reason})"
            )
        if self.trajectory:
            said.append("a trajectory, its spread pooled over neighbouring iterations")
        if self.index_base is not None:
            said.append(
                f"positions from {self.index_base.python} in Python, {self.index_base.r} in R"
            )
        if self.digits is not None:
            said.append(f"{self.digits} determined digits are enough" + self._because())
        if self.undetermined is not None:
            said.append(f"may be undetermined ({self.undetermined})")
        return said

    def _because(self) -> str:
        return f" ({self.reason})" if self.reason else ""


def _formula(known: KnownDifference) -> str:
    factor = "" if known.factor is None else f" x {_numbers(known.factor)}"
    offset = "" if known.offset is None else f" + {_numbers(known.offset)}"
    return f"R = Python{factor}{offset}"


def _numbers(values: float | list[float]) -> str:
    if isinstance(values, list):
        return f"({', '.join(f'{value:g}' for value in values)})"
    return f"{values:g}"


def _printed(text: str) -> str:
    if not re.fullmatch(r"-?[0-9]+(\.[0-9]*)?([eE][+-]?[0-9]{1,3})?", text):
        raise ValueError(f"{text!r} is not a printed decimal number")
    if not math.isfinite(float(text)):
        raise ValueError(f"{text!r} is beyond the largest double")
    return text


PrintedText = Annotated[str, AfterValidator(_printed)]


class Published(Record):
    """Numbers that were printed for one output.

    Attributes
    ----------
    output
        Which one; a bare value is called ``value``.
    values
        The numbers as texts, so that each digit counts.
    index
        Which values of the output, from 1 and row by row (default: all).
    variant, start
        The inputs that they were printed for (default: each).
    language
        The one that printed them (default: every language of the case has to print the same).
    place
        Where they were printed.
    """

    output: Text = "value"
    values: Annotated[list[PrintedText], Field(min_length=1)]
    index: list[Count] | None = None
    variant: Text | None = None
    start: Text | None = None
    language: Language | None = None
    place: Text | None = None

    @model_validator(mode="after")
    def _one_each(self) -> "Published":
        if self.index is not None and len(self.index) != len(self.values):
            raise ValueError("index: needs one number for each value")
        return self
