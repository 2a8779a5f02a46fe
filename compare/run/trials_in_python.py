"""Calls of libraries in somebody's Python function, and one argument of one of them changed."""

import ast
import inspect
import re
import sys
import types
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from ..case.content import in_file
from . import in_python
from .computed import COMPUTED, on_inputs
from .trial import INPUTS, ITSELF, Trial, other_values

_CALLED = "__called_here__"  # what every call in the copy of the file goes through
_CONVERSIONS = {
    *("array", "asarray", "full", "float", "int", "str", "bool", "list", "tuple", "dict", "set"),
    *("len", "range", "zip", "enumerate", "map", "sum", "min", "max", "sorted", "Series", "zeros"),
}
_OF_THE_FRAME = {"super", "locals", "globals", "vars", "dir", "eval", "exec"}
_WORD = re.compile(r"['\"]([A-Za-z][\w-]*)['\"]")
_LITERAL = (bool, int, float, str, type(None))


@dataclass(frozen=True)
class _Site:
    """A call as it is written: what is called, the arguments by position or name, the line."""

    function: str
    arguments: dict[str, str]
    line: int


@dataclass(frozen=True)
class _Seen:
    """A call as it was made, the first time."""

    function: Any
    args: Any
    kwargs: dict[str, Any]


@dataclass
class _Copy:
    """A file's module once more, each call in which goes through `hook`.

    Attributes
    ----------
    sites : list of _Site
        All calls, in order.
    """

    module: types.ModuleType
    sites: list[_Site]
    hook: Callable[[int, Any, Any, Any], Any] | None = None


def trials(reference: str, folder: Path, inputs: dict[str, Any]) -> list[Trial]:
    """Every change of one argument of one library call that a function makes on these inputs."""
    inside = in_file("python", reference)
    if inside is None:
        library = _of_package(reference)
        seen_itself = _Seen(library, *in_python.bound(library, inputs))
        text = reference.replace(":", ".")
        return [*_choices(seen_itself, text, "", ITSELF), *_of_inputs(inputs, text, "")]
    copy = _copy(folder / inside[0])
    seen: dict[int, _Seen] = {}

    def call(site: int, function: Any, args: Any, kwargs: Any) -> Any:
        seen.setdefault(site, _Seen(function, args, kwargs))
        return function(*args, **kwargs)

    function = _hooked(copy, inside[1], call)
    args, kwargs = in_python.bound(function, inputs)
    function(*args, **kwargs)
    found: list[Trial] = []
    for number, one in sorted(seen.items()):
        if getattr(one.function, "__module__", None) != copy.module.__name__:
            site = copy.sites[number]
            place = f"{inside[0]}, line {site.line}"
            found += _choices(one, site.function, place, number)
            found += _computed(one, site, place, number)
    return [*found, *_of_inputs(inputs, inside[1], inside[0])]


def changed(reference: str, folder: Path, changes: Sequence[Trial]) -> Any:
    """The function with arguments of its calls changed."""
    inside = in_file("python", reference)
    if inside is None:
        library = _of_package(reference)
        here = [change for change in changes if change.site == ITSELF]
        return _signed(library, lambda *args, **kw: _with(library, here, args, kw))

    def call(site: int, function: Any, args: Any, kwargs: Any) -> Any:
        here = [change for change in changes if change.site == site]
        return _with(function, here, args, kwargs)

    return _hooked(_copy(folder / inside[0]), inside[1], call)


def _with(function: Any, changes: Sequence[Trial], args: Any, kwargs: Any) -> Any:
    for change in changes:
        if change.computed:
            args = COMPUTED[change.computed].arguments(change.argument, args)
        else:
            bound = inspect.signature(function).bind(*args, **kwargs)
            bound.arguments[change.argument] = UTC if change.argument == "tzinfo" else change.value
            args, kwargs = bound.args, bound.kwargs
    return function(*args, **kwargs)


def _of_package(reference: str) -> Any:
    module, _, name = reference.partition(":")
    return in_python.load(None, module, name)


def _signed(like: Any, function: Any) -> Any:
    function.__signature__ = inspect.signature(like)
    return function


def _hooked(copy: _Copy, name: str, hook: Any) -> Any:
    copy.hook = hook
    return getattr(copy.module, name)


@cache
def _copy(file: Path) -> _Copy:
    tree = ast.parse(file.read_text(encoding="utf-8"), str(file))
    through = _Through()
    code = compile(ast.fix_missing_locations(through.visit(tree)), str(file), "exec")
    module = types.ModuleType(f"{file.stem}__tried")
    module.__file__ = str(file)
    copy = _Copy(module, through.sites)

    def called(site: int, function: Any, /, *args: Any, **kwargs: Any) -> Any:
        if copy.hook is None:
            return function(*args, **kwargs)
        return copy.hook(site, function, args, kwargs)

    setattr(module, _CALLED, called)
    sys.modules[module.__name__] = module  # as dataclasses and pickle ask for
    exec(code, module.__dict__)  # the case's own file, as an import of it would
    return copy


class _Through(ast.NodeTransformer):
    """Lets every call go through one function, which gets its number first."""

    def __init__(self) -> None:
        self.sites: list[_Site] = []

    def visit_Call(self, node: ast.Call) -> ast.AST:
        """A call, and those in it."""
        text = ast.unparse(node.func)
        given = {str(i): ast.unparse(argument) for i, argument in enumerate(node.args)}
        given |= {k.arg: ast.unparse(k.value) for k in node.keywords if k.arg is not None}
        self.generic_visit(node)
        if text in _OF_THE_FRAME:
            return node
        self.sites.append(_Site(text, given, node.lineno))
        site = ast.Constant(len(self.sites) - 1)
        return ast.copy_location(
            ast.Call(ast.Name(_CALLED, ast.Load()), [site, node.func, *node.args], node.keywords),
            node,
        )


def _choices(seen: _Seen, text: str, place: str, site: int) -> Iterator[Trial]:
    """Other values of arguments that have a default."""
    try:
        signature = inspect.signature(seen.function)
        given = signature.bind(*seen.args, **seen.kwargs).arguments
    except (TypeError, ValueError):  # written in C, and silent about it
        return
    documented = _documentation(seen.function)
    for parameter in signature.parameters.values():
        if parameter.default is parameter.empty or parameter.kind is parameter.POSITIONAL_ONLY:
            continue
        default = parameter.default if isinstance(parameter.default, _LITERAL) else None
        now = given.get(parameter.name, default)
        words = list(dict.fromkeys(_words(parameter.name, documented)))
        for value in other_values(parameter.name, default, words):
            if not isinstance(now, _LITERAL) or (value, type(value)) != (now, type(now)):
                yield Trial("python", text, place, site, parameter.name, value)


def _computed(seen: _Seen, site: _Site, place: str, number: int) -> Iterator[Trial]:
    """Numbers computed from those that are passed by position."""
    if site.function.rpartition(".")[2] in _CONVERSIONS or any(
        text.startswith("*") for text in site.arguments.values()
    ):
        return
    for i, value in enumerate(seen.args):
        before = seen.args[i - 1] if i else None
        for name, computed in COMPUTED.items():
            if str(i) in site.arguments and computed.fits(value, before):
                source = computed.written(site.arguments, i)
                yield Trial("python", site.function, place, number, str(i), None, name, source)


def _of_inputs(inputs: dict[str, Any], text: str, place: str) -> Iterator[Trial]:
    """Numbers computed from those that the function itself is given."""
    for names, computed, source in on_inputs(inputs):
        yield Trial("python", text, place, INPUTS, names, None, computed, source)


def _documentation(function: Any) -> str:
    """Its docstring; of an array's method, that of NumPy's function, which says more."""
    if isinstance(getattr(function, "__self__", None), np.ndarray):
        function = getattr(np, function.__name__, function)
    return inspect.getdoc(function) or ""


def _words(name: str, documented: str) -> list[str]:
    """Words that a docstring in NumPy's style gives for a parameter."""
    assigned = re.findall(rf"\b{re.escape(name)}=['\"]([A-Za-z][\w-]*)['\"]", documented)
    return [*_WORD.findall(_about(name, documented)), *assigned]


def _about(name: str, documented: str) -> str:
    """What a docstring in NumPy's style says of one parameter."""
    lines = documented.splitlines()
    for start, line in enumerate(lines):
        if re.match(rf"(\w+, )*{re.escape(name)}(, \w+)* *:", line):
            after = lines[start + 1 :]
            end = next((i for i, x in enumerate(after) if x and not x.startswith(" ")), len(after))
            return "\n".join([line, *after[:end]])
    return ""
