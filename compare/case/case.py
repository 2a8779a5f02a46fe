"""A case: one published example, which two functions recompute it, and what was printed."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from typing import Annotated

import numpy as np
from pydantic import Field, model_validator

from ..numbers.formats import PrintFormat
from ..safety.errors import CaseError
from .figures import Figure
from .files import read_tables, read_toml
from .names import Identifier, Name, refuse_alike, variant_name
from .printed import entries
from .rules import GENERATORS as GENERATORS
from .rules import check_case
from .schema import (
    NATIVE,
    NO_VARIANT,
    Arithmetic,
    Count,
    Input,
    Language,
    Number,
    PrintedTable,
    Record,
    Restart,
    Start,
    Text,
    one_line,
    problems,
)


@dataclass(frozen=True)
class Printed:
    """One published number; ``index`` has one entry for each axis of the quantity."""

    language: Language
    start: str
    variant: str
    quantity: str
    index: tuple[int, ...]
    format: PrintFormat
    place: str
    text: str
    checked_in: tuple[Language, ...]

    @property
    def number(self) -> tuple[str, ...]:
        """Which number it is, however the source writes it."""
        return self.language, self.start, self.variant, self.quantity, str(list(self.index))


@dataclass(frozen=True)
class Variant:
    """The case at one value of its grid."""

    name: str
    settings: dict[str, float]


PORTABLE_ITERATIONS = 2000

PythonFunction = Annotated[str, Field(pattern=r"^[A-Za-z_]\w*(\.[A-Za-z_]\w*)*:[A-Za-z_]\w*$")]


class Case(Record):
    """A case file, checked.

    ``quantities`` lists what both functions return, in the order in which an iteration makes
    them, each with its shape; a name in a shape is the input that gives the length.
    ``takes_batch``: the Python function takes weights with a leading axis of runs, and with them
    the settings of the grid, one for each run. ``portable_iterations``: how many iterations
    portable runs begin with, fewer than 2,000 where each takes long.
    ``branches_on_data``: they decide by what they compute. ``unproved``: why no exact result is
    enclosed. ``undecided``: the branch that no precision decides, in the words of the attempt to
    prove. ``oracle``: what holds both functions independently of them (`compare.verify.oracles`).
    ``compiled``: the Python function in portable arithmetic, compiled.
    ``only_portable``: quantities too large to measure their spread, compared in portable
    arithmetic only. ``labels``: what quantities are called in pictures.
    """

    name: Name
    title: Text
    source: Text
    note: Text | None = None
    python: PythonFunction
    r: Annotated[str, Field(pattern=r"^[A-Za-z][A-Za-z0-9.]*::[A-Za-z.][\w.]*$")]
    oracle: PythonFunction | None = None
    compiled: PythonFunction | None = None
    arithmetics: list[Arithmetic] = Field(default=["native", "portable"])
    takes_batch: bool
    branches_on_data: bool = False
    unproved: Text | None = None
    undecided: Text | None = None
    iterations: str | None = None
    restart: Restart | None = None
    portable_completely: list[str] = Field(default=[])
    portable_iterations: Annotated[int, Field(ge=1)] | None = None
    only_portable: list[str] = Field(default=[])
    prediction: str | None = None
    target: str | None = None
    alternative_to: Name | None = None
    inputs: dict[Identifier, Input]
    grid: dict[Identifier, Annotated[list[Number], Field(min_length=1)]] = Field(default={})
    starts: Annotated[dict[str, Start], Field(min_length=1)]
    quantities: Annotated[dict[Name, list[Count | str]], Field(min_length=1)]
    trajectories: list[str]
    printed_numbers: Annotated[int, Field(ge=0)]
    printed: list[PrintedTable] = Field(default=[])
    labels: dict[Name, Text] = Field(default={})
    figure: list[Figure] = Field(default=[])

    @model_validator(mode="after")
    def _consistent(self) -> "Case":
        check_case(self)
        return self

    def variants(self) -> list[Variant]:
        """Every combination of the grid's values; one without a name where there is no grid."""
        combinations = [dict(zip(self.grid, v, strict=True)) for v in product(*self.grid.values())]
        return [Variant(variant_name(v) or NO_VARIANT, v) for v in combinations]

    @property
    def total_iterations(self) -> int:
        """How many iterations a complete run has."""
        return 1 if self.iterations is None else self._length(self.iterations, None)

    @property
    def exact_arithmetics(self) -> list[str]:
        """Those in which both languages give the same bits."""
        return [name for name in self.arithmetics if name != NATIVE]

    @property
    def least_portable_iterations(self) -> int:
        """How many iterations portable runs have at least."""
        return min(self.portable_iterations or PORTABLE_ITERATIONS, self.total_iterations)

    @property
    def measured(self) -> list[str]:
        """The quantities that are compared in native arithmetic, by a measured spread."""
        return [name for name in self.quantities if name not in self.only_portable]

    @property
    def final_values(self) -> list[str]:
        """The quantities of the end of a run, without those of every iteration."""
        return [q for q in self.measured if self.iterations not in self.quantities[q]]

    @property
    def python_package(self) -> str:
        """The package of the Python function."""
        return self.python.split(".")[0]

    @property
    def r_package(self) -> str:
        """The package of the R function."""
        return self.r.split("::")[0]

    def weight_names(self, start: str) -> list[str]:
        """Names of the starting weights."""
        return [draw.name for draw in self.starts[start].draws if draw.name]

    def shape(self, quantity: str, iterations: int | None = None) -> tuple[int, ...]:
        """Shape of a quantity or input, for a run of so many iterations (default: all)."""
        if quantity in self.quantities:
            return tuple(self._length(n, iterations) for n in self.quantities[quantity])
        return np.shape(self.inputs[quantity])

    def printed_list(self) -> list[Printed]:
        """The published numbers, one by one."""
        return [
            Printed(
                table.language,
                table.start,
                table.variant,
                table.quantity,
                index,
                PrintFormat.parse(table.format),
                table.place,
                text,
                checked_in=tuple(dict.fromkeys([table.language, *table.checked_in])),
            )
            for i, table in enumerate(self.printed)
            for index, text in entries(f"printed.{i}", table, self.shape(table.quantity))
        ]

    def _length(self, n: int | str, iterations: int | None) -> int:
        if isinstance(n, int):
            return n
        length = self.inputs[n]
        if not isinstance(length, int) or isinstance(length, bool) or length < 1:
            raise ValueError(f"inputs.{n}: as a length, it has to be a whole number from 1")
        return iterations if iterations is not None and n == self.iterations else length


def load_case(path: Path) -> Case:
    """Read a case file; the case is named as the file is.

    Raises
    ------
    CaseError
        Names the file, the key and the reason.
    """
    try:
        content = read_toml(path)
        if "name" in content:
            raise ValueError("name: Extra inputs are not permitted, a case is named by its file")
        read_tables(content.get("inputs"), path.parent)
        return Case.model_validate({"name": path.stem, **content})
    except (OSError, ValueError, OverflowError) as error:
        raise CaseError(f"{one_line(path.name)}: {problems(error)}") from None


def load_cases(folder: Path, names: Sequence[str] = ()) -> list[Case]:
    """Read the named cases of a folder, or all of them.

    Raises
    ------
    CaseError
        An unknown name, two names that some file systems cannot tell apart, or a file that
        cannot be used.
    """
    paths = {path.stem: path for path in sorted(folder.glob("*.toml"), key=lambda p: p.stem)}
    try:
        refuse_alike(paths, "names of cases")
    except ValueError as error:
        raise CaseError(one_line(str(error))) from None
    for name in names:
        if name not in paths:
            known = ", ".join(paths)
            text = f"unknown case {name!r}: there is no folder of that name here, known are {known}"
            raise CaseError(one_line(text))
    return [load_case(paths[name]) for name in dict.fromkeys(names) or paths]
