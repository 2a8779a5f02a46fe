"""An R function of somebody's: found, and called with inputs."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from ..safety.errors import ForeseenError
from . import r_session, r_values

_IN_R = Path(__file__).with_name("in_r.R")
MOST_INTEGER = 2**31  # from here on R has doubles only


class InRError(ForeseenError):
    """R signalled an error while it ran somebody's code; the message is R's own."""


@dataclass(frozen=True)
class Called:
    """What came of a call: its value, an R object, or the error; warnings and messages."""

    value: Any
    warned: list[str]
    said: list[str]
    failure: str


@cache
def _in_r() -> Callable[[str], Any]:
    return r_session.sourced(_IN_R, "stats")


def _ours(name: str, *arguments: Any) -> Any:
    return r_values.apply(_in_r()(name), arguments)


def load(file: Path | None, package: str, name: str) -> Any:
    """The function of this name in a file, or in an installed package.

    Raises
    ------
    InRError
        There is no such file or function, or R cannot read the file.
    """
    if file is None:
        try:
            return r_session.get(f"{package}::{name}")
        except r_session.RError as error:
            raise InRError(str(error)) from None
    if not file.is_file():
        raise InRError(f"there is no file {file.name} beside the case")
    called = _watched(_in_r()("load_file"), [(None, str(file)), (None, name)])
    if called.failure:
        raise InRError(called.failure.replace(str(file), file.name))
    if r_values.is_null(called.value):
        raise InRError(f"{file.name} has no function {name}")
    return called.value


def call(
    function: Any,
    inputs: dict[str, Any],
    around: Callable[[], AbstractContextManager[None]],
) -> Called:
    """Call a function with inputs, by name; where it has no such argument, by position."""
    arguments = [(name, to_r(value)) for name, value in _bound(function, inputs)]
    with around():
        return _watched(function, arguments)


def _bound(function: Any, inputs: dict[str, Any]) -> list[tuple[str | None, Any]]:
    """Inputs as arguments; None in place of a name where R is to go by position."""
    known = list(map(str, _ours("argument_names", function)))
    free = [name for name in known if name not in inputs]
    arguments: list[tuple[str | None, Any]] = []
    for name, value in inputs.items():
        if name in known:
            arguments.append((name, value))
        elif free and free[0] != "...":
            arguments.append((free.pop(0), value))
        elif free or not known:
            arguments.append((None, value))
        else:
            raise InRError(f"the function takes no argument for {name}")
    return arguments


def _watched(function: Any, arguments: list[tuple[str | None, Any]]) -> Called:
    done = _ours("watched", function, r_values.plain_list(arguments))
    value, warned, said, failure, place = done
    text = "" if r_values.is_null(failure) else str(failure[0]).strip()
    if text and not r_values.is_null(place):
        text += f" ({place[0]})"
    return Called(value, list(map(str, warned)), list(map(str, said)), text)


def set_options() -> None:
    """Let warnings be warnings, and what R draws go nowhere, in place of a file."""
    _ours("set_options")


def set_seed(seed: int) -> None:
    """Begin R's stream of random numbers anew."""
    r_values.base("set.seed")(seed)


def to_r(value: Any) -> Any:
    """An input as R's: the same values, the same [i, j]; what is R's stays."""
    if r_values.is_r(value):
        return value
    if value is None or isinstance(value, bool | int | float | str):
        return r_values.vector(_kind(np.asarray(value)), [value], None)
    if isinstance(value, np.ndarray):
        flat = value.ravel(order="F")
        return r_values.vector(_kind(value), flat, value.shape if value.ndim != 1 else None)
    if isinstance(value, dict):
        return r_values.plain_list([(name, to_r(v)) for name, v in value.items()])
    if all(isinstance(v, str) for v in value) and value:
        return r_values.vector("character", value, None)
    kinds = {type(v) for v in value}
    if kinds <= {int, float} or kinds == {bool}:  # a row of a ragged list
        return to_r(np.array(value, float if not kinds or float in kinds else None))
    return r_values.plain_list([(None, to_r(v)) for v in value])


def _kind(values: Any) -> str:
    kind = values.dtype.kind
    if kind in "iu" and values.size and (np.abs(values.astype(float)) >= MOST_INTEGER).any():
        return "double"
    return {"b": "logical", "i": "integer", "u": "integer", "f": "double"}.get(kind, "character")
