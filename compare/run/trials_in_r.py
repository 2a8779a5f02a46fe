"""Calls of packages in somebody's R function, and one argument of one of them changed."""

from collections.abc import Callable, Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from ..case.content import in_file
from . import in_r, r_session, r_values
from .trial import ITSELF, Trial, other_values

_IN_R = Path(__file__).with_name("trials_in_r.R")


@cache
def _in_r() -> Callable[[str], Any]:
    return r_session.sourced(_IN_R, "stats")


def _ours(name: str, *arguments: Any) -> Any:
    return r_values.apply(_in_r()(name), [in_r.to_r(argument) for argument in arguments])


def trials(reference: str, folder: Path) -> list[Trial]:
    """Every change of one argument of one call of a package in a function, and what it calls."""
    inside = in_file("r", reference)
    if inside is None:
        package, _, name = reference.partition("::")
        function = in_r.load(None, package, name)
        if function.typeof != r_session.interface().RTYPES.CLOSXP:
            return []
        defaults = _ours("defaults", function, name, [])
        return list(_choices(defaults, reference, "", ITSELF))
    found: list[Trial] = []
    for number, site in enumerate(_ours("sites_of", str(folder / inside[0]), inside[1]), 1):
        fields = r_values.fields(site)
        place = f"{inside[0]}, line {fields['line'][0]}"
        found += _choices(fields["choices"], str(fields["text"][0]), place, number)
    return found


def changed(reference: str, folder: Path, changes: Sequence[Trial]) -> Any:
    """The function of a file with arguments of its calls changed."""
    file, name = in_file("r", reference) or ("", "")
    described = [{"site": c.site, "argument": c.argument, "value": c.value} for c in changes]
    function = _ours("changed_function", str(folder / file), name, described)
    if r_values.is_null(function):
        raise in_r.InRError(f"{file} has no function {name}")
    return function


def _choices(defaults: Any, text: str, place: str, site: int) -> Iterator[Trial]:
    if r_values.is_null(defaults) or not len(defaults):
        return
    for name, found in r_values.fields(defaults).items():
        one = r_values.fields(found)
        values = [_plain(value) for value in _elements(one["value"])]
        default = values[0] if values else None
        words = [*values[1:], *map(str, _elements(one["words"]))]
        is_given = bool(one["given"][0])
        others = other_values(name, default, [w for w in words if isinstance(w, str)])
        if is_given and type(default) in (int, float):
            others = [default]
        for value in others:
            if value is not None and (is_given or value != default):
                yield Trial("r", text, place, site, name, value)


def _elements(value: Any) -> list[Any]:
    return [] if r_values.is_null(value) else list(value)


def _plain(value: Any) -> Any:
    """An element as a literal; R's whole doubles are how one writes whole numbers there."""
    if type(value) is float and value.is_integer():
        return int(value)
    return value if type(value) in (bool, int, float, str) else None  # R's NA are of others
