"""One run: a case in one language, at one variant, from one start, in one arithmetic."""

import json
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from functools import partial, wraps
from importlib import import_module
from typing import Any

import numpy as np

from ..case import names
from ..case.case import Case
from ..case.schema import LANGUAGE_NAMES, Language
from ..case.setting import Setting
from ..numbers.measures import Float64s
from ..safety.errors import CaseError, blamed_on_the_case, described
from . import beside, r_session
from .environment import importable
from .returned import ReturnedError, checked_result
from .starts import starting_weights

Result = dict[str, Any]
Around = Callable[[], AbstractContextManager[None]]
START_PREFIX = names.START_PREFIX


@dataclass(frozen=True)
class Run:
    """What to run; ``iterations`` None runs all that the case asks for."""

    setting: Setting
    language: Language
    arithmetic: str
    iterations: int | None = None

    @property
    def case(self) -> Case:
        """The case of its setting."""
        return self.setting.case

    @property
    def call(self) -> str:
        """What is called with what, and what it has to return: equal for runs that are the same."""
        case = self.case
        inputs = case.inputs | self.setting.variant.settings
        if self.iterations is not None and case.iterations is not None:
            inputs |= {case.iterations: self.iterations}
        what = case.python if self.language == "python" else case.r
        start = self.setting.start
        drawn = case.starts[start].model_dump_json()
        asked = [what, self.arithmetic, start, drawn, inputs, case.quantities]
        return json.dumps(asked, sort_keys=True)

    def starting_weights(self) -> dict[str, Float64s]:
        """The weights that the run starts from, drawn by its own language."""
        case, start = self.case, self.setting.start
        distribution = case.starts[start].distribution
        if self.language == "python":
            draw = partial(beside.drawn_in_python, case.python_package, start, distribution)
        else:
            draw = partial(beside.drawn_in_r, case.r_package, start, distribution)
        return starting_weights(start, case.starts[start], draw)

    def __str__(self) -> str:
        return f"{self.setting}, {self.arithmetic} in {LANGUAGE_NAMES[self.language]}"


def execute(run: Run, around: Around = nullcontext) -> Result:
    """Train, and return the starting weights and every quantity as the language returned it.

    ``around`` makes the context of the training itself, without drawing and converting.
    """
    weights = run.starting_weights()
    result = _TRAIN[run.language](run.case, arguments(run, weights), run.arithmetic, around)
    reference = run.case.python if run.language == "python" else run.case.r
    result = checked_result(reference, result, run.case.quantities)
    return {**{START_PREFIX + name: w for name, w in weights.items()}, **result}


def execute_together(runs: Sequence[Run]) -> list[Result]:
    """Train what differs in its variant alone in one call, as a batch, where Python takes one.

    Only in an arithmetic in which a batch has the bits of its members: a BLAS may multiply many
    matrices otherwise than one.
    """
    first, *others = runs
    if not others:
        return [execute(first)]
    case, weights = first.case, first.starting_weights()
    given = batch_arguments(runs, weights)
    result = _TRAIN[first.language](case, given, first.arithmetic, nullcontext)
    result = checked_result(case.python, result, case.quantities)
    return [
        {
            **{START_PREFIX + name: w for name, w in weights.items()},
            **{
                name: np.ascontiguousarray(x[..., i] if name in case.trajectories else x[i])
                for name, x in result.items()
            },
        }
        for i in range(len(runs))
    ]


def batch_arguments(runs: Sequence[Run], weights: dict[str, Float64s]) -> dict[str, Any]:
    """`arguments` of runs that differ in their variant alone, with a leading axis of runs."""
    n_axes = max(w.ndim for w in weights.values())
    batch = {name: np.broadcast_to(w, (len(runs), *w.shape)) for name, w in weights.items()}
    varied = {
        name: np.array([run.setting.variant.settings[name] for run in runs]).reshape(
            -1, *[1] * n_axes
        )
        for name in runs[0].setting.variant.settings
    }
    return {**arguments(runs[0], batch), **varied}


def arguments(run: Run, weights: dict[str, Float64s]) -> dict[str, Any]:
    """Inputs, starting weights and settings, by the names of the implementation's arguments."""
    inputs = {
        name: np.array(value, float) if isinstance(value, list) else value
        for name, value in run.case.inputs.items()
    }
    if run.iterations is not None and run.case.iterations is not None:
        inputs[run.case.iterations] = run.iterations
    return {**inputs, **weights, **run.setting.variant.settings}


def python_function(reference: str) -> Callable[..., Result]:
    """The function that ``package.module:function`` names; its errors are the case's.

    Raises
    ------
    CaseError
        There is no such module or function.
    """
    module, name = reference.split(":")
    try:
        function: Callable[..., Result] = getattr(import_module(importable(module)), name)
    except (Exception, SystemExit) as error:  # whatever a module does when it is imported
        raise CaseError(f"python: {reference} cannot be had ({described(error)})") from None
    if not callable(function):
        raise CaseError(f"python: {reference} is no function")
    called = blamed_on_the_case(function)

    @wraps(function)
    def named(*args: Any, **kwargs: Any) -> Result:
        return _returned(reference, called(*args, **kwargs))

    return named


class _Returned(dict[str, Any]):
    """What a function returned; to ask for what it did not return is an error of the case's."""

    def __init__(self, reference: str, values: dict[str, Any]) -> None:
        super().__init__(values)
        self._reference = reference

    def __missing__(self, name: str) -> Any:
        raise ReturnedError(f"{self._reference} did not return {name}")

    def __reduce__(self) -> Any:
        return dict, (dict(self),)


def _returned(reference: str, result: Any) -> Result:
    return _Returned(reference, result) if type(result) is dict else result


def _train_in_python(case: Case, inputs: dict[str, Any], arithmetic: str, around: Around) -> Result:
    train = python_function(case.python)
    chosen = beside.arithmetic_in_python(case.python_package, arithmetic)
    with around():
        return train(**inputs, arithmetic=chosen)


def _train_in_r(case: Case, inputs: dict[str, Any], arithmetic: str, around: Around) -> Result:
    return call_r(case, inputs, beside.arithmetic_in_r(case.r_package, arithmetic), around)


def call_r(
    case: Case, inputs: dict[str, Any], arithmetic: Any, around: Around = nullcontext
) -> Result:
    """Call a case's R function in this process, with an arithmetic of R's."""
    result = r_session.call(case.r, inputs | {"arithmetic": arithmetic}, around=around)
    if not isinstance(result, dict):
        raise ReturnedError(f"{case.r} returned numbers without a name, not a list of them")
    # R has no scalars: a vector of one stands for both
    scalars = {name for name in case.quantities if case.shape(name) == ()}
    values = {
        name: value[0] if name in scalars and np.shape(value) == (1,) else value
        for name, value in result.items()
    }
    return _returned(case.r, values)


_TRAIN = {"python": _train_in_python, "r": _train_in_r}
