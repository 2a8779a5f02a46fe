"""Functions and inputs that a program hands over, as a case file names them."""

import importlib.util
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import cloudpickle
import numpy as np
import pandas as pd

from .outcome import NotComparedError

Function = Callable[..., Any]
# of a function that is handed over: loaded where the modules of the calling program are found
LOADING = """import pickle
import sys
from pathlib import Path

sys.path += [entry for entry in {path!r} if entry not in sys.path]
f = pickle.loads(Path(__file__).with_name("function.pickle").read_bytes())
"""


def python_reference(folder: Path, function: Function | str) -> str:
    """How a case file names a Python function; one that is handed over is put beside it."""
    if isinstance(function, str):
        return _absolute(function, ".py")
    module = sys.modules.get(getattr(function, "__module__", None) or "")
    by_value = module is not None and not _is_found(module.__name__)
    if by_value:
        cloudpickle.register_pickle_by_value(module)
    try:
        pickled = cloudpickle.dumps(function)
    except Exception as error:
        raise NotComparedError(f"python: the function cannot be handed over: {error}") from None
    finally:
        if by_value:
            cloudpickle.unregister_pickle_by_value(module)
    (folder / "function.pickle").write_bytes(pickled)
    (folder / "function.py").write_text(LOADING.format(path=sys.path), encoding="utf-8")
    return "function.py:f"


def _is_found(module: str) -> bool:
    """Whether another process finds a module by its name; it pickles ``__main__`` by itself."""
    try:
        return module == "__main__" or importlib.util.find_spec(module) is not None
    except (ImportError, ValueError):
        return False


def r_reference(folder: Path, function: str) -> str:
    """How a case file names an R function; the source of one is put beside it."""
    if function.lstrip().startswith(("function", "\\(")):
        (folder / "function.R").write_text(f"f <- {function}\n", encoding="utf-8")
        return "function.R:f"
    return _absolute(function, ".R")


def _absolute(reference: str, suffix: str) -> str:
    """A file is named from where the program runs; the case file lies elsewhere."""
    file, colon, name = reference.rpartition(":")
    return f"{Path(file).resolve()}:{name}" if colon and file.endswith(suffix) else reference


def input_of_case(folder: Path, name: str, value: Any) -> Any:
    """An input as a case file has it: an array is put beside it."""
    if isinstance(value, pd.DataFrame):
        raise NotComparedError(f"inputs.{name}: pass a table's columns: {name}=dict({name})")
    if isinstance(value, np.ma.MaskedArray):
        raise NotComparedError(f"inputs.{name}: a MaskedArray is of no type for both")
    if isinstance(value, pd.Series | pd.Index):
        value = value.to_numpy()
    if isinstance(value, np.ndarray) and value.dtype.kind in "OUS":
        value = value.tolist()
    if isinstance(value, np.ndarray) and value.ndim:
        file = f"array-{len(list(folder.glob('*.npy')))}.npy"  # a name may be no name of a file
        np.save(folder / file, value, allow_pickle=False)
        return {"npy": file}
    if isinstance(value, Mapping):
        return {k: input_of_case(folder, f"{name}.{k}", v) for k, v in value.items()}
    if isinstance(value, np.ndarray | np.generic):
        value = value.item()
    if isinstance(value, tuple | range):
        value = list(value)
    if not isinstance(value, bool | int | float | str | list):
        raise NotComparedError(f"inputs.{name}: a {type(value).__name__} is of no type for both")
    return value
