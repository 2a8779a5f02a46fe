"""What `nnmirror explore` may draw for an input: `[explore.NAME]` in a case file."""

import math
from typing import Annotated, Any

from pydantic import Field, model_validator

from .schema import Record

Length = Annotated[int, Field(ge=0, le=10_000)]
Bound = int | float


class Bounds(Record):
    """What may be drawn for one input.

    Attributes
    ----------
    min, max
        Of each value.
    length
        Fewest and most values, of each axis.
    missing
        Values may be missing.
    fixed
        It stays as it is given.
    """

    min: Bound | None = None
    max: Bound | None = None
    length: Annotated[list[Length], Field(min_length=2, max_length=2)] | None = None
    missing: bool = False
    fixed: bool = False

    @model_validator(mode="after")
    def _ordered(self) -> "Bounds":
        if self.min is not None and self.max is not None and self.min > self.max:
            raise ValueError("min: is more than max")
        if self.length is not None and self.length[0] > self.length[1]:
            raise ValueError("length: is written [fewest, most]")
        return self

    def within(self, value: Any) -> bool:
        """Whether a value, or each of several, may be drawn."""
        values = [value] if isinstance(value, int | float) else list(value)
        low = -math.inf if self.min is None else self.min
        high = math.inf if self.max is None else self.max
        return all(low <= one <= high for one in values)
