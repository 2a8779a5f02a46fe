"""A few iterations in both languages from the same state, at some twenty places of a run.

Over thousands of iterations rounding grows, in a chaotic run beyond all bounds. Over three it does
not, so windows hold each phase of every run tightly, in native arithmetic too.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from ..case.case import Case
from ..case.setting import Setting
from ..numbers.measures import Float64s
from ..run.beside import arithmetic_in_python, arithmetic_in_r
from ..run.returned import need_whole
from ..run.runs import Result, Run, arguments, batch_arguments, call_r, execute, python_function
from .spread import noisy_members

PLACES = 20
LENGTHS = (3, 2, 1)  # iterations, fewer where rounding moves the weights by more than
SHARP = 2.5e-13  # of the largest one
SHARE = 5
SEED = 2
MEMBERS, MEMBERS_ALONE = 32, 8  # alone: where each is a run of seconds

State = dict[str, Float64s]


@dataclass(frozen=True)
class Window:
    """What both languages made of one state.

    Attributes
    ----------
    place : int
        Iteration from which the window starts, counted from 0.
    iterations : int
        How many it has.
    results : dict
        Result by (language, arithmetic).
    spread : dict
        How far rounding alone moves each value of the native window.
    """

    place: int
    iterations: int
    results: dict[tuple[str, str], Result]
    spread: dict[str, Float64s]


def places(n_states: int, n_windows: int = PLACES) -> list[int]:
    """Where windows start in a run through so many states; the last one ends with the run."""
    last = max(n_states - LENGTHS[0], 0)
    if n_windows < 2:
        return [last]
    at: list[int] = np.unique(np.linspace(0, last, n_windows).round().astype(int)).tolist()
    return at


def affordable(case: Case) -> int:
    """How many windows are at most a fifth of a run, members that cannot be batched included."""
    alone = 1 if case.takes_batch else MEMBERS_ALONE
    return min(PLACES, case.total_iterations // (SHARE * LENGTHS[0] * alone))


def has_windows(case: Case, start: str) -> bool:
    """Whether a run can go on from a state that it returns."""
    returns_its_weights = set(case.weight_names(start)) <= set(case.quantities)
    return case.restart is not None or (case.iterations is not None and returns_its_weights)


def run_windows(together: Sequence[Setting]) -> list[list[Window]]:
    """Every window of each setting, from the states of `states_of`; in a child process."""
    return [
        [_window(setting, place, state) for place, state in reached.items()]
        for setting, reached in zip(together, states_of(together), strict=True)
    ]


def states(setting: Setting) -> dict[int, State]:
    """Python's weights at each place, by its native training, continued from one to the next."""
    case = setting.case
    run = Run(setting, "python", "native")
    if case.restart is not None:
        visited = execute(run)[case.restart.states]
        return {i: {case.restart.weights: visited[i]} for i in places(len(visited))}
    return _continued(case, arguments(run, run.starting_weights()), setting.weight_names)


def states_of(together: Sequence[Setting]) -> list[dict[int, State]]:
    """The states of settings that differ in their variant alone, in one batch where it can be."""
    first, *others = together
    case = first.case
    if not others or case.restart is not None or not case.takes_batch:
        return [states(setting) for setting in together]
    runs = [Run(setting, "python", "native") for setting in together]
    weights = runs[0].starting_weights()
    reached = _continued(case, batch_arguments(runs, weights), list(weights))
    return [
        {place: {name: w[i] for name, w in state.items()} for place, state in reached.items()}
        for i in range(len(together))
    ]


def _continued(case: Case, inputs: dict[str, Any], weight_names: list[str]) -> dict[int, State]:
    """The weights at each place of a run, or of a batch of runs."""
    train, done = python_function(case.python), 0
    native = arithmetic_in_python(case.python_package, "native")
    state = {name: inputs[name] for name in weight_names}
    states = {}
    for place in places(case.total_iterations, affordable(case)):
        if place > done:
            length = {str(case.iterations): place - done}
            result = train(**inputs | state | length, arithmetic=native)
            state, done = {name: result[name] for name in state}, place
        states[place] = state
    return states


def _window(setting: Setting, place: int, state: State) -> Window:
    case, train = setting.case, python_function(setting.case.python)
    opened = open_window(setting, place, state)
    results = {("python", "native"): opened.native}
    for arithmetic in case.arithmetics:
        if arithmetic != "native":
            chosen = arithmetic_in_python(case.python_package, arithmetic)
            results["python", arithmetic] = train(**opened.inputs, arithmetic=chosen)
        in_r = arithmetic_in_r(case.r_package, arithmetic)
        results["r", arithmetic] = call_r(case, opened.inputs, in_r)
    return Window(place, opened.iterations, results, opened.spread)


@dataclass(frozen=True)
class Opened:
    """A window before R enters it: arguments, Python's native result and its spread."""

    place: int
    iterations: int
    state: State
    inputs: dict[str, Any]
    native: Result
    spread: dict[str, Float64s]


def open_window(setting: Setting, place: int, state: State) -> Opened:
    """Python's native window, of as many iterations as rounding leaves sharp, and its spread."""
    case = setting.case
    left = case.total_iterations - place if case.restart is None else LENGTHS[0]
    train = python_function(case.python)
    arithmetic = arithmetic_in_python(case.python_package, "native")
    n_members = MEMBERS if case.takes_batch or case.restart is not None else MEMBERS_ALONE
    for most in LENGTHS:
        length = min(most, left)
        inputs = _inputs(setting, state, length)
        native = train(**inputs, arithmetic=arithmetic)
        need_whole(case, "python", native, length)
        members = noisy_members(case, inputs, state, n_members, SEED)
        spread = _window_spread(case, native, members)
        if all(is_sharp(native[name], spread[name]) for name in state if name in spread):
            break
    return Opened(place, length, state, inputs, native, spread)


def _window_spread(case: Case, native: Result, members: dict[str, Float64s]) -> dict[str, Float64s]:
    """Largest |member - native| of each value; of a trajectory, in any of the iterations."""
    spread = {name: np.abs(m - native[name]).max(axis=0) for name, m in members.items()}
    for name in case.trajectories:
        spread[name] = np.full_like(spread[name], spread[name].max())
    return spread


def is_sharp(weights: Float64s, spread: Float64s) -> bool:
    """Whether rounding moves every weight by next to nothing of the largest one."""
    return bool(spread.max() <= SHARP * np.abs(weights).max())


def _inputs(setting: Setting, state: State, iterations: int) -> dict[str, Any]:
    case = setting.case
    run = Run(setting, "python", "native")
    length = case.iterations if case.restart is None else case.restart.iterations
    return arguments(run, state) | {str(length): iterations}
