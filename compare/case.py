"""A case: one published example, which two functions recompute it, and what was printed."""

import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from typing import Annotated, Any, Literal

import numpy as np
from pydantic import Field, model_validator

from compare.formats import PrintFormat
from compare.schema import (
    NO_VARIANT,
    CaseError,
    Count,
    Curve,
    Figure,
    FromFile,
    HeatMaps,
    Language,
    Matrix,
    PrintedTable,
    Record,
    Restart,
    Start,
    Text,
    Vector,
    problems,
)

GENERATORS = ("numpy", "r")
DATA = "data"


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


@dataclass(frozen=True)
class Variant:
    """The case at one value of its grid."""

    name: str
    settings: dict[str, float]


class Case(Record):
    """A case file, checked.

    ``quantities`` lists what both functions return, in the order in which an iteration makes
    them, each with its shape; a name in a shape is the input that gives the length.
    ``branches_on_data``: they decide by what they compute. ``unproved``: why no exact result is
    enclosed. ``only_ordered``: quantities too large to measure their spread, compared in ordered
    arithmetic only.
    """

    name: str
    title: Text
    source: Text
    note: Text | None = None
    python: Annotated[str, Field(pattern=r"^[\w.]+:\w+$")]
    r: Annotated[str, Field(pattern=r"^[\w.]+::\w+$")]
    arithmetics: list[Literal["native", "ordered"]] = Field(default=["native", "ordered"])
    takes_batch: bool
    branches_on_data: bool = False
    unproved: Text | None = None
    iterations: str | None = None
    restart: Restart | None = None
    ordered_completely: list[str] = Field(default=[])
    only_ordered: list[str] = Field(default=[])
    prediction: str | None = None
    target: str | None = None
    alternative_to: str | None = None
    inputs: dict[str, bool | int | float | Vector | Matrix]
    grid: dict[str, Annotated[list[float], Field(min_length=1)]] = Field(default={})
    starts: Annotated[dict[str, Start], Field(min_length=1)]
    quantities: Annotated[dict[str, list[Count | str]], Field(min_length=1)]
    trajectories: list[str]
    printed_numbers: Annotated[int, Field(ge=0)]
    printed: list[PrintedTable] = Field(default=[])
    figure: list[Figure] = Field(default=[])

    @model_validator(mode="after")
    def _consistent(self) -> "Case":
        _refuse_unknown("starts", list(self.starts), GENERATORS)
        _refuse_unknown("trajectories", self.trajectories, self.quantities)
        _refuse_unknown("prediction", _named(self.prediction), self.quantities)
        _refuse_unknown("target", _named(self.target), self.inputs)
        if (self.prediction is None) != (self.target is None):
            raise ValueError("prediction and target: neither goes without the other")
        _refuse_unknown("iterations", _named(self.iterations), self.inputs)
        if self.restart is not None:
            _refuse_unknown("restart.iterations", [self.restart.iterations], self.inputs)
            _refuse_unknown("restart.states", [self.restart.states], self.quantities)
        _refuse_unknown("only_ordered", self.only_ordered, self.quantities)
        if self.only_ordered and "ordered" not in self.arithmetics:
            raise ValueError("only_ordered: arithmetics has no ordered")
        variants = [variant.name for variant in self.variants()]
        _refuse_unknown("ordered_completely", self.ordered_completely, variants)
        for name, shape in self.quantities.items():
            _refuse_unknown(
                f"quantities.{name}", [s for s in shape if isinstance(s, str)], self.inputs
            )
        for i, table in enumerate(self.printed):
            _refuse_unknown(f"printed.{i}.start", [table.start], self.starts)
            _refuse_unknown(f"printed.{i}.variant", [table.variant], variants)
            _refuse_unknown(
                f"printed.{i}.quantity", [table.quantity], [*self.quantities, *self.inputs]
            )
        for i, figure in enumerate(self.figure):
            _check_figure(f"figure.{i}", figure, self)
        n_printed = len(self.printed_list())
        if n_printed != self.printed_numbers:
            raise ValueError(
                f"printed_numbers: {self.printed_numbers} expected, but {n_printed} are listed"
            )
        return self

    def variants(self) -> list[Variant]:
        """Every combination of the grid's values; one without a name where there is no grid."""
        combinations = [dict(zip(self.grid, v, strict=True)) for v in product(*self.grid.values())]
        return [
            Variant(",".join(f"{k}={v:g}" for k, v in settings.items()) or NO_VARIANT, settings)
            for settings in combinations
        ]

    @property
    def total_iterations(self) -> int:
        """How many iterations a complete run has."""
        return 1 if self.iterations is None else self._length(self.iterations, None)

    @property
    def measured(self) -> list[str]:
        """The quantities that are compared in native arithmetic, by a measured spread."""
        return [name for name in self.quantities if name not in self.only_ordered]

    @property
    def finals(self) -> list[str]:
        """The quantities of the end of a run, without those of every iteration."""
        return [q for q in self.measured if self.iterations not in self.quantities[q]]

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
            for index, text in _entries(f"printed.{i}", table, self.shape(table.quantity))
        ]

    def _length(self, n: int | str, iterations: int | None) -> int:
        if isinstance(n, int):
            return n
        length = self.inputs[n]
        if not isinstance(length, int) or isinstance(length, bool):
            raise ValueError(f"quantities: the input {n} is not a whole number")
        return iterations if iterations is not None and n == self.iterations else length


def _named(name: str | None) -> list[str]:
    return [name] if name else []


def _refuse_unknown(key: str, names: Sequence[str], known: Any) -> None:
    for name in names:
        if name not in known:
            raise ValueError(f"{key}: unknown name {name!r}, known are {', '.join(known)}")


def _check_figure(key: str, figure: Figure, case: Case) -> None:
    if isinstance(figure, HeatMaps):
        _refuse_unknown(f"{key}.quantities", figure.quantities, case.quantities)
    elif isinstance(figure, Curve):
        _refuse_unknown(f"{key}.polynomial", [figure.polynomial], case.inputs)
        _refuse_unknown(f"{key}.path", [figure.path], case.trajectories)
    else:
        _refuse_unknown(f"{key}.quantity", [figure.quantity], case.quantities)
        _refuse_unknown(f"{key}.path", figure.path, case.trajectories)
        _refuse_unknown(f"{key}.low", [figure.low], case.inputs)
        _refuse_unknown(f"{key}.high", [figure.high], case.inputs)


def _entries(
    key: str, table: PrintedTable, shape: tuple[int, ...]
) -> Iterator[tuple[tuple[int, ...], str]]:
    if len({len(row) for row in table.values if isinstance(row, list)}) > 1:
        raise ValueError(f"{key}.values: rows of different lengths")
    values = np.array(table.values, dtype=object)
    if table.index is not None:
        if len(shape) != 1 or values.shape != (len(table.index),):
            raise ValueError(f"{key}.index: needs one number for each value of a trajectory")
        if max(table.index) >= shape[0]:
            raise ValueError(f"{key}.index: {max(table.index)} is past the last, {shape[0] - 1}")
        return (((i,), text) for i, text in zip(table.index, table.values, strict=True))  # type: ignore[misc]
    if values.shape != (shape or (1,)):
        raise ValueError(f"{key}.values: shape {values.shape}, but {table.quantity} has {shape}")
    return zip(np.ndindex(shape), values.ravel().tolist(), strict=True)


def load_case(path: Path) -> Case:
    """Read a case file.

    Raises
    ------
    CaseError
        Names the file, the key and the reason.
    """
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
        _read_tables(content.get("inputs"), path.parent / DATA)
        return Case.model_validate({"name": path.stem, **content})
    except (OSError, ValueError) as error:
        raise CaseError(f"{path.name}: {problems(error)}") from None


def _read_tables(inputs: Any, folder: Path) -> None:
    """Replace each input that names a file by the matrix that stands there."""
    for name, given in (inputs if isinstance(inputs, dict) else {}).items():
        if isinstance(given, dict):
            try:
                inputs[name] = FromFile.model_validate(given).matrix(folder)
            except (OSError, ValueError) as error:
                raise ValueError(f"inputs.{name}: {problems(error)}") from None


def load_cases(folder: Path, names: Sequence[str] = ()) -> list[Case]:
    """Read the named cases of a folder, or all of them.

    Raises
    ------
    CaseError
        An unknown name, or a file that cannot be used.
    """
    paths = {path.stem: path for path in sorted(folder.glob("*.toml"), key=lambda p: p.stem)}
    for name in names:
        if name not in paths:
            raise CaseError(f"unknown case {name!r}, known are {', '.join(paths)}")
    return [load_case(paths[name]) for name in names or paths]
