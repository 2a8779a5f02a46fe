"""Functions that are known to differ: what to try first, and what to read, never a reason."""

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from ..run.trial import Trial

CAUSES = Path(__file__).with_name("causes.toml")


@dataclass(frozen=True)
class Cause:
    """Why functions of both languages differ that look the same.

    Attributes
    ----------
    pair : str
        Of the atlas: one that differs so.
    functions : tuple of str
        Names of those that do, without their module.
    arguments : tuple of str
        Of these functions, those that mend it.
    """

    title: str
    pair: str
    text: str
    functions: tuple[str, ...]
    arguments: tuple[str, ...]


@cache
def causes() -> tuple[Cause, ...]:
    """All of them, in the order in which they are told."""
    listed = tomllib.loads(CAUSES.read_text(encoding="utf-8"))["cause"]
    return tuple(
        Cause(**one | {key: tuple(one[key]) for key in ("functions", "arguments")})
        for one in listed
    )


def is_known(trial: Trial) -> bool:
    """Whether the argument is one by which the function is known to differ."""
    name = _name(trial.function)
    return any(name in one.functions and trial.argument in one.arguments for one in causes())


def background(trials: Iterable[Trial]) -> list[Cause]:
    """What is to be read of the functions that are called."""
    called = {_name(trial.function) for trial in trials}
    return [one for one in causes() if called & set(one.functions)]


def _name(function: str) -> str:
    """The last part of a Python name; R's whole name, in which a point is a letter."""
    whole = function.rpartition("::")[2]
    known = {name for one in causes() for name in one.functions}
    return whole if whole in known else whole.rpartition(".")[2]
