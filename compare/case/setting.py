"""One line of a case's grid, from one of its starts; and how it is written."""

from dataclasses import dataclass
from typing import Any

import pandas as pd

from .case import Case, Variant
from .schema import NO_VARIANT


@dataclass(frozen=True)
class Setting:
    """One line of a case's grid, from one of its starts."""

    case: Case
    variant: Variant
    start: str

    @property
    def weight_names(self) -> list[str]:
        """Names of the starting weights."""
        return self.case.weight_names(self.start)

    def __str__(self) -> str:
        return f"{self.case.name} {self.variant.name} start={self.start}"


def settings(case: Case) -> list[Setting]:
    """Every variant from every start."""
    return [Setting(case, variant, start) for variant in case.variants() for start in case.starts]


def where(row: "pd.Series[Any]") -> str:
    """Case, variant, start and quantity of a row, in words."""
    return f"{setting_name(row['case'], row['variant'], row['start'])}, {row['quantity']}"


def setting_name(case: str, variant: str, start: str) -> str:
    """Case, variant and start, in words."""
    return f"{case}{'' if variant == NO_VARIANT else ' ' + variant}{start and ', start ' + start}"
