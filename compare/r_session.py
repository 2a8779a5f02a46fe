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

from compare.environment import R_MATPROD, R_OPTIONS
from compare.r_package import installed_library


class RError(Exception):
    """R signalled an error; the message is R's own."""


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
    nnet_is_there = base["requireNamespace"]("nnet", quietly=True)[0]
    mode = openrlib.cffi_mode.name
    return {
        "R": str(base["R.version.string"][0]),
        "R home": str(base["R.home"]()[0]),
        "R BLAS": str(base["extSoftVersion"]().rx2("BLAS")[0]),
        "R LAPACK": str(base["La_library"]()[0]),
        "R matprod": str(base["getOption"]("matprod")[0]),
        "nnet": str(base["getNamespaceVersion"]("nnet")[0]) if nnet_is_there else "missing",
        "rpy2 mode": "API (compiled)" if mode == "API" else mode,
    }


def get(reference: str) -> Any:
    """The R object that ``package::name`` names."""
    package, name = reference.split("::")
    return _guarded(_r().baseenv["getExportedValue"], package, name)


def element(reference: str, name: str) -> Any:
    """One element of an R list."""
    return get(reference).rx2(name)


def named_list(elements: dict[str, Any]) -> Any:
    """An R list of R objects."""
    return _r().ListVector(elements)


def sourced(path: Path, package: str) -> Callable[[str], Any]:
    """Read an R file in an environment on top of a package; returns a look-up by name."""
    base = _r().baseenv
    inside = base["new.env"](parent=base["asNamespace"](package))
    _guarded(base["sys.source"], str(path), envir=inside)
    return lambda name: base["get"](name, envir=inside)


def call(
    function: Any,
    arguments: dict[str, Any],
    around: Callable[[], AbstractContextManager[None]] = nullcontext,
) -> Any:
    """Call an R function, given by its ``package::name`` or itself; its value as NumPy arrays.

    A list becomes a dict, a vector one axis, a matrix keeps its shape, in C order. Types are
    R's own: an integer stays one. ``around`` makes the context of the call without conversions.

    Raises
    ------
    RError
        R signalled an error or a warning.
    """
    function = get(function) if isinstance(function, str) else function
    given = {name: _to_r(value) for name, value in arguments.items()}
    with around():
        result = _guarded(function, **given)
    return _to_python(result)


def _guarded(function: Any, *args: Any, **kwargs: Any) -> Any:
    from rpy2.rinterface_lib.embedded import RRuntimeError

    try:
        return function(*args, **kwargs)
    except RRuntimeError as error:
        raise RError(str(error).strip()) from None


def _to_r(value: Any) -> Any:
    robjects = _r()
    if isinstance(value, bool):
        return robjects.BoolVector([value])
    if isinstance(value, int | float):
        return robjects.FloatVector([value])
    if isinstance(value, np.ndarray):
        if value.dtype != np.float64:
            raise TypeError(f"only float64 goes to R, not {value.dtype}")
        vector = robjects.FloatVector(value.ravel(order="F"))
        if value.ndim == 1:
            return vector
        return robjects.baseenv["array"](vector, dim=robjects.IntVector(value.shape))
    return value  # already R's


def _to_python(value: Any) -> Any:
    robjects = _r()
    if isinstance(value, robjects.ListVector):
        names = [] if value.names is robjects.NULL else value.names
        if len(names) != len(value):
            raise RError("returned a list without names")
        return {str(name): _to_python(v) for name, v in zip(names, value, strict=True)}
    if not isinstance(value, robjects.FloatVector | robjects.IntVector | robjects.BoolVector):
        raise RError(f"returned a {type(value).__name__}, not numbers")
    numbers = np.array(value)
    dim = robjects.baseenv["dim"](value)
    if dim is not robjects.NULL:
        return np.ascontiguousarray(numbers.reshape(tuple(dim), order="F"))
    return numbers
