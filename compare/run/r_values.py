"""R objects made and read without a change: what a pair's inputs and results are carried in."""

from collections.abc import Callable, Sequence
from importlib import import_module
from typing import Any

import numpy as np

from . import r_session


def apply(function: Any, arguments: Sequence[Any]) -> Any:
    """Call an R function with R objects; its value as it is."""
    r = r_session.interface()
    # the level below robjects, which makes a Python class of what comes back
    unnamed = [(None, argument) for argument in arguments]
    return r_session.guarded(r.SexpClosure.rcall, function, unnamed, r.globalenv)


def base(name: str) -> Callable[..., Any]:
    """A function of base R, whose errors are `r_session.RError`."""
    function = r_session.interface().baseenv[name]
    return lambda *args, **kwargs: r_session.guarded(function, *args, **kwargs)


def write_to(writer: Callable[[str], None]) -> None:
    """Let what R prints go to a function; by default it goes nowhere."""
    r_session.interface()
    callbacks: Any = import_module("rpy2.rinterface_lib.callbacks")
    callbacks.consolewrite_print = callbacks.consolewrite_warnerror = writer


def is_r(value: Any) -> bool:
    """Whether a value is an R object."""
    return isinstance(value, r_session.interface().Sexp)


def is_null(value: Any) -> bool:
    """Whether an R object is NULL."""
    return bool(value.typeof == r_session.interface().RTYPES.NILSXP)


def vector(kind: str, values: Any, shape: tuple[int, ...] | None) -> Any:
    """An R vector, or an array of this shape, whose values come in column-major order."""
    r = r_session.interface()
    if kind == "double":
        made = r.FloatSexpVector.from_memoryview(np.array(values, np.float64).data)
    elif kind == "integer":
        made = r.IntSexpVector.from_memoryview(np.array(values, np.int32).data)
    elif kind == "logical":
        made = r.BoolSexpVector(list(map(bool, values)))
    else:
        made = r.StrSexpVector(list(map(str, values)))
    if shape is None or shape == ():
        return made
    return base("array")(made, dim=r.IntSexpVector(list(shape)))


def plain_list(elements: Sequence[tuple[str | None, Any]]) -> Any:
    """An R list; elements without a name have none there either."""
    r = r_session.interface()
    made = r.ListSexpVector([element for _, element in elements])
    if any(name is not None for name, _ in elements):
        made.names = r.StrSexpVector([name or "" for name, _ in elements])
    return made


def fields(found: Any) -> dict[str, Any]:
    """The elements of an R list by their names."""
    return dict(zip(map(str, found.names), found, strict=True))
