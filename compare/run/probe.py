"""One call of one function of a pair, in the child process that runs its case.

The call is plain, or under one of the processor's rounding modes, or with inputs moved by a unit in
the last place: what rounding does to a function that knows nothing of it is measured from these.
"""

import copy
import pickle
import random
import resource
import traceback
import warnings
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from functools import cache, partial
from pathlib import Path
from typing import Any

import numpy as np

from ..case.pair import in_file
from ..case.schema import Language
from ..safety.errors import described
from . import in_python, in_r, python_values, r_leaves, r_session, r_values
from .captured import Printed, printing
from .leaf import Leaves
from .rounding import MODES, RoundingError, rounding

PLAIN = "plain"
MOVES = 16
MOVED = tuple(f"moved {k}" for k in range(1, MOVES + 1))
GIGABYTE = 2**30
MOST_SAID = 20  # warnings and messages of one call


@dataclass(frozen=True)
class Call:
    """What to call, and how: plain, a rounding mode, or a number of moved inputs."""

    language: Language
    reference: str
    folder: Path
    inputs: dict[str, Any]
    seed: int | None
    memory: float
    how: str = PLAIN


@dataclass(frozen=True)
class Answer:
    """What came of a call; ``error`` is the language's own message, empty where there was none."""

    leaves: Leaves = field(default_factory=dict)
    warned: tuple[str, ...] = ()
    said: tuple[str, ...] = ()
    printed: str = ""
    changed: tuple[str, ...] = ()
    error: str = ""


def probe(call: Call) -> Answer:
    """Make a call. Errors of the function are in the answer, and raise none here."""
    _limit_memory(call.memory)
    inputs = moved(call.inputs, int(call.how.split()[1])) if call.how in MOVED else call.inputs
    try:
        with printing() as printed:
            answer = _ANSWERS[call.language](call, copy.deepcopy(inputs), printed)
    except (in_python.FoundError, in_r.InRError, r_session.RError, RoundingError) as error:
        return Answer(error=str(error))
    return Answer(
        answer.leaves,
        answer.warned[:MOST_SAID],
        answer.said[:MOST_SAID],
        printed.text,
        answer.changed,
        answer.error,
    )


def _around(how: str) -> AbstractContextManager[None]:
    return rounding(how) if how in MODES else nullcontext()


def _in_python(call: Call, inputs: dict[str, Any], _: Printed) -> Answer:
    before = pickle.dumps(inputs)
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        try:
            function = _python_function(call.reference, call.folder)
            args, kwargs = in_python.bound(function, inputs)
            if call.seed is not None:
                random.seed(call.seed)
                np.random.seed(call.seed)
            with _around(call.how):
                value = function(*args, **kwargs)
        except in_python.FoundError:
            raise
        except BaseException as error:
            return Answer(warned=_warned(caught), error=_said(error, call.folder))
        try:
            leaves = python_values.taken_apart(value)
        except Exception as error:  # whatever a class of somebody's does when it is looked at
            return Answer(
                warned=_warned(caught), error=f"its result cannot be read: {described(error)}"
            )
    changed = ()
    if pickle.dumps(inputs) != before:
        old = pickle.loads(before)
        changed = tuple(k for k in old if pickle.dumps(old[k]) != pickle.dumps(inputs[k]))
    return Answer(leaves, _warned(caught), changed=changed)


def _warned(caught: list[warnings.WarningMessage]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(f"{w.category.__name__}: {w.message}" for w in caught))


def _said(error: BaseException, folder: Path) -> str:
    """An error by its type and message, and the last line of the case's own code."""
    text = described(error)
    if isinstance(error, SyntaxError):
        return text
    frames = traceback.extract_tb(error.__traceback__)
    own = [f for f in frames if Path(f.filename).is_relative_to(folder)]
    if not own:
        return text
    return f"{text} ({Path(own[-1].filename).name}, line {own[-1].lineno})"


@cache
def _python_function(reference: str, folder: Path) -> Any:
    inside = in_file("python", reference)
    if inside is not None:
        return in_python.load(folder / inside[0], "", inside[1])
    module, _, name = reference.partition(":")
    return in_python.load(None, module, name)


def _in_r(call: Call, inputs: dict[str, Any], printed: Printed) -> Answer:
    r_values.write_to(lambda text: printed.add(text.encode()))
    function = _r_function(call.reference, call.folder)
    if call.seed is not None:
        in_r.set_seed(call.seed)
    called = in_r.call(function, inputs, partial(_around, call.how))
    if called.failure:
        return Answer(warned=tuple(called.warned), said=tuple(called.said), error=called.failure)
    leaves = r_leaves.taken_apart(called.value)
    return Answer(leaves, tuple(called.warned), tuple(called.said))


@cache
def _r_function(reference: str, folder: Path) -> Any:
    r_values.base("options")(warn=0)
    inside = in_file("r", reference)
    if inside is not None:
        return in_r.load(folder / inside[0], "", inside[1])
    package, _, name = reference.partition("::")
    return in_r.load(None, package, name)


_ANSWERS = {"python": _in_python, "r": _in_r}


def moved(inputs: dict[str, Any], k: int) -> dict[str, Any]:
    """Inputs with each number that is not whole moved by one unit in the last place, or not.

    Upward for odd k, downward for even: so that two neighbours never change places.
    """
    generator = np.random.default_rng(k)
    towards = np.inf if k % 2 else -np.inf
    return {name: _moved(value, generator, towards) for name, value in inputs.items()}


def _moved(value: Any, generator: np.random.Generator, towards: float) -> Any:
    if isinstance(value, dict):
        return {name: _moved(v, generator, towards) for name, v in value.items()}
    if isinstance(value, list):
        return [_moved(v, generator, towards) for v in value]
    if isinstance(value, float):
        return float(_moved(np.array(value), generator, towards))
    if not isinstance(value, np.ndarray) or value.dtype != np.float64:
        return value
    chosen = _is_movable(value) & (generator.random(value.shape) < 0.5)
    return np.where(chosen, np.nextafter(value, towards), value)


def can_move(inputs: Any) -> bool:
    """Whether any input is a number that is not whole."""
    if isinstance(inputs, dict):
        return any(map(can_move, inputs.values()))
    if isinstance(inputs, list):
        return any(map(can_move, inputs))
    if isinstance(inputs, float) or (isinstance(inputs, np.ndarray) and inputs.dtype == np.float64):
        return bool(_is_movable(np.asarray(inputs)).any())
    return False


def _is_movable(values: Any) -> Any:
    return np.isfinite(values) & (values != np.round(values))


@cache
def _limit_memory(gigabytes: float) -> None:
    """Let this process have so much memory, what it has loaded included."""
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    wanted = int(gigabytes * GIGABYTE)
    limit = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
    resource.setrlimit(resource.RLIMIT_AS, (limit, hard))
