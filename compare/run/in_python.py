"""A Python function of somebody's: found, and its arguments chosen among the inputs."""

import inspect
import sys
from collections.abc import Callable
from importlib import import_module, util
from pathlib import Path
from typing import Any

from ..safety.errors import ForeseenError

_BY_POSITION = (inspect.Parameter.POSITIONAL_ONLY, inspect.Parameter.POSITIONAL_OR_KEYWORD)
_BY_NAME = (inspect.Parameter.POSITIONAL_OR_KEYWORD, inspect.Parameter.KEYWORD_ONLY)


class FoundError(ForeseenError):
    """A function that is not there, or is none."""


def load(file: Path | None, module: str, name: str) -> Callable[..., Any]:
    """The function of this name in a file, or in an installed module.

    Raises
    ------
    FoundError
        There is no such file or function. Whatever the module itself raises is let through.
    """
    if file is not None:
        if not file.is_file():
            raise FoundError(f"there is no file {file.name} beside the case")
        folder = str(file.parent)
        if folder not in sys.path:
            sys.path.insert(0, folder)
        spec = util.spec_from_file_location(file.stem, file)
        if spec is None or spec.loader is None:
            raise FoundError(f"{file.name} is no Python module")
        found = util.module_from_spec(spec)
        sys.modules.setdefault(file.stem, found)  # as dataclasses and pickle ask for
        spec.loader.exec_module(found)
    else:
        found = import_module(module)
    function: Any = found
    for part in name.split("."):
        function = getattr(function, part, None)
    if not callable(function):
        what = "no function" if function is None else "something that is no function:"
        raise FoundError(f"{file.name if file else module} has {what} {name}")
    called: Callable[..., Any] = function
    return called


def bound(function: Callable[..., Any], inputs: dict[str, Any]) -> tuple[list[Any], dict[str, Any]]:
    """Inputs as arguments: by name; where the function has no such argument, by position.

    Raises
    ------
    FoundError
        It has no place for one of them.
    """
    try:
        parameters = list(inspect.signature(function).parameters.values())
    except (TypeError, ValueError):  # written in C, and silent about it
        return list(inputs.values()), {}
    named = {p.name for p in parameters if p.kind in _BY_NAME}
    by_name = {name: value for name, value in inputs.items() if name in named}
    rest = {name: value for name, value in inputs.items() if name not in named}
    places = [p for p in parameters if p.kind in _BY_POSITION and p.name not in by_name]
    takes_any = any(p.kind is inspect.Parameter.VAR_POSITIONAL for p in parameters)
    takes_names = any(p.kind is inspect.Parameter.VAR_KEYWORD for p in parameters)
    positional: list[Any] = []
    for name in list(rest):
        place = next(iter(places), None)
        if place is not None:
            places.remove(place)
            if place.kind is inspect.Parameter.POSITIONAL_ONLY:
                positional.append(rest.pop(name))
            else:
                by_name[place.name] = rest.pop(name)
        elif takes_any:
            positional.append(rest.pop(name))
        elif takes_names:
            by_name[name] = rest.pop(name)
    if rest:
        raise FoundError(f"the function takes no argument for {', '.join(rest)}")
    if takes_any and positional:  # what stands before *args is passed by position as well
        before = [p.name for p in parameters if p.kind in _BY_POSITION and p.name in by_name]
        positional = [by_name.pop(name) for name in before] + positional
    return positional, by_name
