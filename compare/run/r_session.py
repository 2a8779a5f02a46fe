"""R inside this process, through rpy2. The one place where values cross between the languages.

Only ever used in a child process: R cannot be stopped and restarted, and its death is the
death of the process.
"""

import os
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

import numpy as np

from ..case.schema import MOST_EXACT
from ..safety.errors import ForeseenError
from .environment import R_MATPROD, R_OPTIONS
from .r_package import installed_library, required_packages

PLAIN = {"names", "dim", "dimnames"}  # the attributes that leave numbers what they are
NA_INTEGER = -(2**31)
NA_PAYLOAD = 1954  # in the low word of R's NA_real_, which is a NaN otherwise
_TYPES = {
    "NILSXP": "NULL",
    "REALSXP": "double",
    "INTSXP": "integer",
    "LGLSXP": "logical",
    "CPLXSXP": "complex",
    "STRSXP": "character",
    "RAWSXP": "raw",
    "VECSXP": "list",
    "CLOSXP": "function",
    "BUILTINSXP": "function",
    "SPECIALSXP": "function",
    "ENVSXP": "environment",
    "S4SXP": "S4",
}


MISSING = "missing"


class RError(ForeseenError):
    """R signalled an error, or a value cannot cross; the message is R's own, or names the value."""


@cache
def _r() -> Any:
    embedded: Any = import_module("rpy2.rinterface_lib.embedded")
    embedded.set_initoptions(R_OPTIONS)
    robjects = import_module("rpy2.robjects")
    callbacks: Any = import_module("rpy2.rinterface_lib.callbacks")

    callbacks.consolewrite_print = callbacks.consolewrite_warnerror = _silent
    robjects.baseenv["options"](warn=2)  # a warning is an error here too
    if R_MATPROD in os.environ:
        robjects.baseenv["options"](matprod=os.environ[R_MATPROD])
    robjects.baseenv[".libPaths"](robjects.StrVector([str(installed_library())]))
    return robjects


def _silent(_: str) -> None:
    """R's own words reach the caller as the message of its error."""


def facts() -> dict[str, str]:
    """What R is, where it is, and what it computes with."""
    from rpy2.rinterface_lib import openrlib

    base = _r().baseenv
    mode = openrlib.cffi_mode.name
    return {
        "R": str(base["R.version.string"][0]),
        "R home": str(base["R.home"]()[0]),
        "R BLAS": str(base["extSoftVersion"]().rx2("BLAS")[0]),
        "R LAPACK": str(base["La_library"]()[0]),
        "R matprod": str(base["getOption"]("matprod")[0]),
        **{name: _version_of(name) for name in required_packages()},
        "rpy2 mode": "API (compiled)" if mode == "API" else mode,
    }


def _version_of(package: str) -> str:
    base = _r().baseenv
    there = base["requireNamespace"](package, quietly=True)[0]
    return str(base["getNamespaceVersion"](package)[0]) if there else MISSING


@cache
def get(reference: str) -> Any:
    """The R object that ``package::name`` names."""
    package, name = reference.split("::")
    return guarded(_r().baseenv["getExportedValue"], package, name)


def named_list(elements: dict[str, Any]) -> Any:
    """An R list of R objects."""
    return _r().ListVector(elements)


def sourced(path: Path, package: str) -> Callable[[str], Any]:
    """Read an R file in an environment on top of a package; returns a look-up by name."""
    base = _r().baseenv
    inside = base["new.env"](parent=base["asNamespace"](package))
    guarded(base["sys.source"], str(path), envir=inside)
    return lambda name: base["get"](name, envir=inside)


def call(
    function: Any,
    arguments: dict[str, Any],
    *unnamed: Any,
    around: Callable[[], AbstractContextManager[None]] = nullcontext,
) -> Any:
    """Call an R function, given by its ``package::name`` or itself; its value as NumPy arrays.

    A list becomes a dict, a vector one axis, a matrix keeps its shape, in C order. Types are
    R's own: an integer stays one, and so does a logical. ``around`` makes the context of the call
    without conversions.

    Raises
    ------
    RError
        R signalled an error or a warning; an argument cannot go to R as the number it is; or
        what came back is not plain numbers: see `_numbers`.
    """
    function = get(function) if isinstance(function, str) else function
    converted = [
        *((None, _to_r("an argument", value)) for value in unnamed),
        *((name, _to_r(f"the argument {name}", value)) for name, value in arguments.items()),
    ]
    # one level below robjects, which looks up a Python class for each value, and gives an
    # argument that has a dot in R to one that has none here
    r = _r().rinterface
    with around():
        value = guarded(r.SexpClosure.rcall, function, converted, r.globalenv)
    if _type(value) != "list":
        return _numbers("its value", value)
    return {name: _numbers(f"its element {name}", v) for name, v in _elements(value)}


def interface() -> Any:
    """The level of rpy2 on which R objects stay as they are."""
    return _r().rinterface


def guarded(function: Any, *args: Any, **kwargs: Any) -> Any:
    """Call an R function; what it signals is an `RError`."""
    from rpy2.rinterface_lib.embedded import RRuntimeError

    try:
        return function(*args, **kwargs)
    except RRuntimeError as error:
        raise RError(str(error).strip()) from None


def _to_r(what: str, value: Any) -> Any:
    """A value as R's; numbers become doubles, and only where that changes none of them."""
    r = interface()
    if isinstance(value, r.Sexp):
        return value
    scalar = value[()] if type(value) is np.ndarray and value.ndim == 0 else value
    if isinstance(scalar, bool | np.bool_):
        return r.BoolSexpVector([bool(scalar)])
    if isinstance(scalar, int | np.integer) and not isinstance(scalar, np.timedelta64):
        if abs(int(scalar)) > MOST_EXACT:
            raise RError(f"{what} is a whole number beyond 2^53, which no double has to be")
        return r.FloatSexpVector([float(scalar)])
    if isinstance(scalar, float):  # np.float64 too
        return r.FloatSexpVector([float(scalar)])
    if type(value) is not np.ndarray or value.dtype != np.float64:
        kind = f" of {value.dtype}" if isinstance(value, np.ndarray) else ""
        raise RError(f"{what} is of type {type(value).__name__}{kind}; only float64 goes to R")
    vector = r.FloatSexpVector(value.ravel(order="F"))
    if value.ndim > 1:
        vector.do_slot_assign("dim", r.IntSexpVector(value.shape))
    return vector


def _elements(value: Any) -> list[tuple[str, Any]]:
    """Names and elements of an R list, each name once."""
    robjects = _r()
    # a class that comes without other attributes, a model's, only chooses how the list prints
    _need_plain("its value", value, {"names", "class"})
    names = value.names  # asked of R anew each time
    if len(value) and names is robjects.NULL:
        raise RError("returned a list without names")
    elements: dict[str, Any] = {}
    for i, element in enumerate(value):
        name = names[i]
        if name is robjects.NA_Character or not name:
            raise RError(f"returned a list whose element {i + 1} has no name")
        if name in elements:
            raise RError(f"returned a list with two elements {name}")
        elements[str(name)] = element
    return list(elements.items())


def _numbers(what: str, value: Any) -> Any:
    """Plain numbers of R's as an array.

    Raises
    ------
    RError
        They are of another type; an attribute gives them another meaning (a factor, a date, a
        time series, any class); some are NA (NaN is a number here, and judged as one); or there
        are none.
    """
    kind = _type(value)
    if kind not in ("double", "integer", "logical"):
        raise RError(f"{what} is of R's type {kind}, not numbers")
    attributes = _need_plain(what, value, PLAIN)
    shape = tuple(value.do_slot("dim")) if "dim" in attributes else (len(value),)
    if 0 in shape:
        raise RError(f"{what} has no values: its extent is {' x '.join(map(str, shape))}")
    numbers = np.array(value).ravel(order="F")
    if kind == "double":
        missing = np.isnan(numbers) & (numbers.view(np.uint64) & 0xFFFFFFFF == NA_PAYLOAD)
    else:
        missing = numbers == NA_INTEGER
    if missing.any():
        raise RError(f"{what} is NA at [{int(missing.argmax()) + 1}]")
    if kind == "logical":
        numbers = numbers.astype(bool)
    return np.ascontiguousarray(numbers.reshape(shape, order="F"))


def _type(value: Any) -> str:
    """R's own word for the type of a value."""
    # asked of rpy2, since R would evaluate a symbol or a call that it is handed
    kind = _r().rinterface.RTYPES(value.typeof)
    return _TYPES.get(kind.name, str(kind.name))


def _need_plain(what: str, value: Any, allowed: set[str]) -> list[str]:
    """The names of a value's attributes, where each leaves numbers what they are."""
    base = _r().rinterface.baseenv
    attributes = list(map(str, value.list_attrs()))
    others = [name for name in attributes if name not in allowed]
    if others and "class" in attributes:
        classes = ", ".join(map(str, base["oldClass"](value)))
        raise RError(f"{what} is of class {classes}, which gives numbers another meaning")
    if others:
        raise RError(f"{what} has the attribute {others[0]}, which may give it another meaning")
    if base["isS4"](value)[0]:
        raise RError(f"{what} is an S4 object, not plain numbers")
    return attributes
