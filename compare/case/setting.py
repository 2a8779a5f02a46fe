"""One line of a case's grid, from one of its starts: how it is written, and how read."""

from dataclasses import dataclass
from typing import Any

from .case import Case, Variant
from .schema import NO_VARIANT

SETTING = ["case", "variant", "start"]  # the columns of every table that tell settings apart
STREAMS = {"numpy": "NumPy", "r": "R"}  # of random numbers, by the starts that draw from them


@dataclass(frozen=True, eq=False)
class Setting:
    """One line of a case's grid, from one of its starts: what the names in `labels` stand for."""

    case: Case
    variant: Variant
    start: str

    @property
    def labels(self) -> dict[str, str]:
        """The three names, as every table has them."""
        return dict(zip(SETTING, (self.case.name, self.variant.name, self.start), strict=True))

    @property
    def weight_names(self) -> list[str]:
        """Names of the starting weights."""
        return self.case.weight_names(self.start)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Setting) and self.labels == other.labels

    def __hash__(self) -> int:
        return hash(tuple(self.labels.values()))

    def __str__(self) -> str:
        return setting_name(*self.labels.values())


def settings(case: Case) -> list[Setting]:
    """Every variant from every start."""
    return [Setting(case, variant, start) for variant in case.variants() for start in case.starts]


def setting_of(case: Case, variant: str, start: str) -> Setting:
    """The setting with these names."""
    (setting,) = (s for s in settings(case) if (s.variant.name, s.start) == (variant, start))
    return setting


def setting_name(case: str, variant: str, start: str) -> str:
    """Case, variant and start, in words."""
    of_variant = "" if variant == NO_VARIANT else f" {variant}"
    return f"{case}{of_variant}{start and ', ' + start_in_words(start)}"


def start_in_words(start: str) -> str:
    """Where the initial weights come from; a start of one's own by its name."""
    return f"initial weights from {STREAMS[start]}" if start in STREAMS else f"start {start}"


def name_in(row: Any) -> str:
    """Case, variant and start of a table's row, in words."""
    return setting_name(*(row[name] for name in SETTING))


def where(row: Any) -> str:
    """Case, variant, start and quantity of a table's row, in words."""
    return f"{name_in(row)}, {row['quantity']}"
