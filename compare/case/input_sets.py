"""The sets of inputs that a case file asks for: examples, a grid, and starts."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from math import prod
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from .inputs import read_inputs
from .names import variant_name
from .rules import GENERATORS
from .schema import NO_VARIANT, Start, one_line, problems

MOST_SETS, MOST_DRAWN = 10_000, 10**7
NAME = r"[\w.=-]{1,64}"
DRAWN = {"seed", "draws"}  # keys by which a start is drawn


@dataclass(frozen=True)
class Inputs:
    """One set of inputs: the values by name, in the order of the file.

    Attributes
    ----------
    drawn : Start or None
        Further inputs, drawn by the generator that the start is named by.
    """

    variant: str
    values: dict[str, Any]
    start: str = NO_VARIANT
    drawn: Start | None = None

    @property
    def names(self) -> set[str]:
        """The names of all inputs."""
        draws = [] if self.drawn is None else self.drawn.draws
        return {*self.values, *(draw.name for draw in draws if draw.name)}


def input_sets(
    common: Mapping[str, Any],
    examples: Sequence[Mapping[str, Any]],
    grid: Mapping[str, Sequence[Any]],
    starts: Mapping[str, Mapping[str, Any]],
    folder: Path,
) -> Iterator[Inputs]:
    """Every combination of an example, a point of the grid and a start, with what is common.

    Raises
    ------
    ValueError
        Names the key and the reason.
    """
    shared = read_inputs("inputs", dict(common), folder)
    own: dict[str, dict[str, Any]] = {}
    for i, example in enumerate(examples):
        name, values = _example(i, example)
        if name in own:
            raise ValueError(f"example.{i}.name: {name} stands there twice")
        own[name] = read_inputs(f"example.{i}", values, folder)
    for key in grid:
        if key in shared or any(key in values for values in own.values()):
            raise ValueError(f"grid.{key}: is the name of an input too")
    combinations = list(product(*grid.values()))
    begun = [_start(name, table, folder) for name, table in starts.items()]
    if len(combinations) * max(1, len(own)) * max(1, len(begun)) > MOST_SETS:
        raise ValueError(f"grid: more than {MOST_SETS} combinations")
    for name, values in (own or {"": {}}).items():
        for chosen in combinations:
            point = dict(zip(grid, chosen, strict=True))
            variant = ",".join(filter(None, [name, _point_name(point)])) or NO_VARIANT
            here = shared | values | read_inputs("grid", point, folder)
            for start in begun or [Inputs("", {})]:
                yield Inputs(variant, here | start.values, start.start, start.drawn)


def _point_name(point: dict[str, Any]) -> str:
    return ",".join(
        variant_name({key: value})
        if isinstance(value, int | float) and not isinstance(value, bool)
        else f"{key}={one_line(str(value))}"
        for key, value in point.items()
    )


def _example(number: int, example: Mapping[str, Any]) -> tuple[str, dict[str, Any]]:
    """Name and inputs of an example: those in its table ``inputs``, or all that stands in it."""
    if set(example) <= {"name", "inputs"} and isinstance(example.get("inputs"), dict):
        name = example.get("name", f"example={number + 1}")
        if not isinstance(name, str) or not re.fullmatch(NAME, name, re.ASCII):
            raise ValueError(f"example.{number}.name: letters, digits, '.', '_', '=', '-' only")
        return name, example["inputs"]
    return f"example={number + 1}", dict(example)


def _start(name: str, table: Mapping[str, Any], folder: Path) -> Inputs:
    """A start: inputs of its own, or draws of a generator."""
    if not re.fullmatch(NAME, name, re.ASCII):
        raise ValueError(f"starts.{one_line(name)}: letters, digits, '.', '_', '=', '-' only")
    if not set(table) >= DRAWN:
        return Inputs("", read_inputs(f"starts.{name}", dict(table), folder), name)
    if name not in GENERATORS:
        raise ValueError(f"starts.{name}: draws are by {' or '.join(GENERATORS)}: name it so")
    try:
        start = Start.model_validate(table)
    except ValidationError as error:
        raise ValueError(f"starts.{name}.{problems(error)}") from None
    if sum(prod(draw.shape) for draw in start.draws) > MOST_DRAWN:
        raise ValueError(f"starts.{name}.draws: more than {MOST_DRAWN} numbers")
    return Inputs("", {}, name, start)
