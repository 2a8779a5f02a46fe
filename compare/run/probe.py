"""One call of one function of a pair, in the child process that runs its case.

The call is plain, or under one of the processor's rounding modes, or with inputs moved by a unit in
the last place: what rounding does to a function that knows nothing of it is measured from these.
One that takes an arithmetic is called with portable and noisy ones, one with balls on those.
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

from ..case.content import in_file
from ..case.schema import NATIVE, PORTABLE, Language
from ..safety.errors import described
from . import (
    beside,
    in_python,
    in_r,
    on_balls,
    python_values,
    r_leaves,
    r_session,
    r_values,
    trials_in_python,
    trials_in_r,
)
from .captured import Printed, printing
from .computed import with_computed
from .leaf import Leaves
from .moved import MOVES, moved
from .rounding import MODES, WITHOUT_LONG_DOUBLE, RoundingError, rounding
from .trial import Trial

PLAIN = "plain"
MOVED = tuple(f"moved {k}" for k in range(1, MOVES + 1))
BALLS, LISTED, NOISY_AT_ONCE, MEMBERS = "balls", "listed", "noisy at once", 32
NOISY = tuple(f"noisy {k}" for k in range(1, MEMBERS + 1))
GIGABYTE = 2**30
MOST_SAID = 20  # warnings and messages of one call


@dataclass(frozen=True)
class Call:
    """What to call, and how: plain, rounded otherwise, with moved inputs, portable, noisy, balls.

    Attributes
    ----------
    arithmetic : bool
        Whether the function takes one.
    changes : tuple of Trial
        Changes of the function that are made before.
    batches : tuple of str
        Inputs that get a leading axis of members where all noisy ones are run at once.
    """

    language: Language
    reference: str
    folder: Path
    inputs: dict[str, Any]
    seed: int | None
    memory: float
    how: str = PLAIN
    arithmetic: bool = False
    batches: tuple[str, ...] = ()
    changes: tuple[Trial, ...] = ()


@dataclass(frozen=True)
class Answer:
    """What came of a call; ``error`` is the language's own message, empty where there was none."""

    leaves: Leaves = field(default_factory=dict)
    warned: tuple[str, ...] = ()
    said: tuple[str, ...] = ()
    printed: str = ""
    changed: tuple[str, ...] = ()
    error: str = ""
    trials: tuple[Trial, ...] = ()


def probe(call: Call) -> Answer:
    """Make a call. Errors of the function are in the answer, and raise none here."""
    _limit_memory(call.memory)
    inputs = _inputs(call)
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
        answer.trials,
    )


def _inputs(call: Call) -> dict[str, Any]:
    if call.how in MOVED:
        return moved(call.inputs, int(call.how.split()[1]))
    if call.how == NOISY_AT_ONCE:
        batch = {name: np.asarray(call.inputs[name]) for name in call.batches}
        return call.inputs | {n: np.broadcast_to(v, (MEMBERS, *v.shape)) for n, v in batch.items()}
    return call.inputs


def bits_of(how: str) -> int | None:
    """The precision of a call on balls; None for any other."""
    kind, _, bits = how.partition(" ")
    return int(bits) if kind == BALLS else None


def _around(how: str) -> AbstractContextManager[None]:
    if (bits := bits_of(how)) is not None:
        return on_balls.precision(bits)
    return rounding(how) if how in (*MODES, WITHOUT_LONG_DOUBLE) else nullcontext()


def _in_python(call: Call, inputs: dict[str, Any], _: Printed) -> Answer:
    before = pickle.dumps(inputs)
    bits = bits_of(call.how)
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        try:
            if call.how == LISTED:
                found = trials_in_python.trials(call.reference, call.folder, inputs)
                return Answer(trials=tuple(found))
            function = _python_function(call.reference, call.folder)
            if call.changes:
                function = trials_in_python.changed(call.reference, call.folder, call.changes)
            given = on_balls.on_balls(inputs) if bits else with_computed(inputs, call.changes)
            args, kwargs = in_python.bound(function, given | _python_arithmetic(call))
            if call.seed is not None:
                random.seed(call.seed)
                np.random.seed(call.seed)
            with _around(call.how):
                value = function(*args, **kwargs)
                if bits is not None:
                    return Answer(on_balls.enclosures(value))
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


def _python_arithmetic(call: Call) -> dict[str, Any]:
    if not call.arithmetic:
        return {}
    kind, _, seed = call.how.partition(" ")
    if kind == "noisy":
        noisy = beside.arithmetic_in_python(beside.PYTHON_PACKAGE, kind)
        return {"arithmetic": noisy(int(seed) if seed.isdecimal() else 0)}
    return {"arithmetic": beside.arithmetic_in_python(beside.PYTHON_PACKAGE, _kind(call.how))}


def _kind(how: str) -> str:
    return PORTABLE if how == PORTABLE else NATIVE


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
    if call.how == LISTED:
        return Answer(trials=tuple(trials_in_r.trials(call.reference, call.folder)))
    if call.changes:
        if in_file("r", call.reference) is None:
            inputs = inputs | {change.argument: change.value for change in call.changes}
        else:
            function = trials_in_r.changed(call.reference, call.folder, call.changes)
    if call.seed is not None:
        in_r.set_seed(call.seed)
    if call.arithmetic:
        chosen = beside.arithmetic_in_r(beside.R_PACKAGE, _kind(call.how))
        inputs = inputs | {"arithmetic": chosen}
    called = in_r.call(function, inputs, partial(_around, call.how))
    if called.failure:
        return Answer(warned=tuple(called.warned), said=tuple(called.said), error=called.failure)
    leaves = r_leaves.taken_apart(called.value)
    return Answer(leaves, tuple(called.warned), tuple(called.said))


@cache
def _r_function(reference: str, folder: Path) -> Any:
    in_r.set_options()
    inside = in_file("r", reference)
    if inside is not None:
        return in_r.load(folder / inside[0], "", inside[1])
    package, _, name = reference.partition("::")
    return in_r.load(None, package, name)


_ANSWERS = {"python": _in_python, "r": _in_r}


@cache
def _limit_memory(gigabytes: float) -> None:
    """Let this process have so much memory, what it has loaded included."""
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    wanted = int(gigabytes * GIGABYTE)
    limit = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
    resource.setrlimit(resource.RLIMIT_AS, (limit, hard))
