"""What a verification runs in child processes, in two stages: the second hangs on the first."""

import argparse
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from ..case.case import Case
from ..case.schema import LANGUAGES
from ..case.setting import Setting, settings
from ..evidence.directed_spread import directed_again
from ..evidence.prove import reprove
from ..evidence.spread import spread_again
from ..evidence.windows import Window, run_windows
from ..numbers.measures import without_a_digit
from ..run.limits import CALL_SECONDS, MEMORY, RUN_SECONDS
from ..run.pool import Failure, run_all
from ..run.results import Results
from ..run.returned import misshapen
from ..run.runs import Run, execute, execute_together
from . import oracles
from .references import Again
from .stored import StoredEvidence
from .window_tables import Windows, with_windows

SEPARATED = 1e-6
ITERATIONS_BEYOND_SEPARATION = 500

Key = tuple[str, Any]
Task = tuple[Callable[[Any], Any], Any]
Progress = Callable[[str, int], Callable[[], None]]


@dataclass(frozen=True)
class FirstStage:
    """What the first stage found besides native runs."""

    windows: Windows
    again: Again
    held: dict[oracles.Task, Any]

    def all(self) -> list[Any]:
        """Every result and failure."""
        again = (self.again.proofs, self.again.spreads, self.again.directed)
        return [x for kind in (self.windows, self.held, *again) for x in kind.values()]


@dataclass(frozen=True)
class Options:
    """How to verify.

    Attributes
    ----------
    jobs : int
        Child processes at once.
    timeout : float
        Seconds that one run may take.
    full : bool
        Portable runs over all iterations of every variant.
    accept_stale : bool
        Judge by stored spreads and proofs even where the code has changed since.
    call_timeout : float
        Seconds that one call of somebody's function may take.
    memory : float
        Gigabytes that such a call may take.
    replay : bool
        R's values are recorded ones.
    """

    jobs: int = 2
    timeout: float = RUN_SECONDS
    full: bool = False
    accept_stale: bool = False
    call_timeout: float = CALL_SECONDS
    memory: float = MEMORY
    replay: bool = False

    @classmethod
    def of(cls, given: argparse.Namespace) -> "Options":
        """The options of a command line."""
        return cls(
            given.jobs,
            given.timeout or RUN_SECONDS,
            given.full,
            given.accept_stale,
            given.timeout or CALL_SECONDS,
            given.memory,
            given.replay,
        )


def first_stage(
    cases: list[Case],
    stored: StoredEvidence,
    results: Results,
    options: Options,
    progress: Progress,
) -> FirstStage:
    """Native runs, into ``results``; windows, oracles, and references made again where cheap."""
    grid = [setting for case in cases for setting in settings(case)]
    runs = [_native(s, language) for s in grid for language in reversed(LANGUAGES)]
    proved = [s for s in grid if not stored.proofs[s].reason]
    references: list[tuple[str, Callable[[Setting], Any], Setting]] = [
        *(("proof", reprove, setting) for setting in proved),
        *(("directed", directed_again, setting) for setting in proved),
        *(("spread", spread_again, setting) for setting in grid),
    ]
    again: dict[Key, Task] = {(kind, s): (check, s) for kind, check, s in references}
    groups = together(with_windows(cases))
    windows: dict[Key, Task] = {("windows", str(g[0])): (run_windows, g) for g in groups}
    held: dict[Key, Task] = {
        ("oracle", str(task)): (oracles.hold, task) for task in oracles.oracle_tasks(cases)
    }
    # the longest first, so that no core waits at the end
    slow = {(kind, s): (check, s) for kind, check, s in references if _is_slow(s.case)}
    tasks = slow | windows | _calls(runs) | held | again
    results_of = _run(tasks, "native runs and references", options, progress)
    for run in runs:
        results.add(run, results_of["run", run.call])
    made = {
        kind: {name: value for (k, name), value in results_of.items() if k == kind}
        for kind in ("proof", "spread", "directed")
    }
    in_windows: dict[str, list[Window] | Failure] = {
        called(s): result if isinstance(result, Failure) else result[i]
        for group in groups
        for result in [results_of["windows", str(group[0])]]
        for i, s in enumerate(group)
    }
    return FirstStage(
        {s: in_windows[called(s)] for s in with_windows(cases)},
        Again(made["proof"], made["spread"], made["directed"]),
        {task: results_of["oracle", str(task)] for task in oracles.oracle_tasks(cases)},
    )


def second_stage(
    cases: list[Case],
    stored: StoredEvidence,
    results: Results,
    options: Options,
    progress: Progress,
) -> None:
    """Portable runs, as long as the native ones ask for, into ``results``."""
    runs = [
        Run(s, language, arithmetic, iterations)
        for case in cases
        for arithmetic in case.exact_arithmetics
        for s in settings(case)
        for iterations in [None if options.full else portable_iterations(s, results, stored)]
        for language in LANGUAGES
    ]
    runs.sort(key=_is_short)  # the longest first, so that no core waits at the end
    called: dict[str, list[Run]] = {}  # what two cases ask for is run once
    for run in runs:
        called.setdefault(run.call, []).append(run)
    batches = _batches([same[0] for same in called.values()])
    tasks: dict[Key, Task] = {("batch", i): (execute_together, b) for i, b in enumerate(batches)}
    results_of = _run(tasks, "portable runs", options, progress)
    for i, batch in enumerate(batches):
        found = results_of["batch", i]
        for j, first in enumerate(batch):
            for run in called[first.call]:
                results.add(run, found if isinstance(found, Failure) else found[j])


def _is_short(run: Run) -> tuple[bool, bool]:
    return run.iterations is not None, run.language != "r"


def _batches(runs: list[Run]) -> list[list[Run]]:
    """Runs that are one call: Python's that differ in their variant alone; each other by itself."""
    groups: dict[tuple[Any, ...], list[Run]] = {}
    for run in runs:
        batched = run.language == "python" and run.case.takes_batch
        where = (run.case.name, run.setting.start) if batched else (run.call,)
        groups.setdefault((*where, run.language, run.arithmetic, run.iterations), []).append(run)
    return list(groups.values())


def _native(s: Setting, language: Any) -> Run:
    return Run(s, language, "native")


def called(s: Setting) -> str:
    """What R is called with, natively."""
    return _native(s, "r").call


def together(grid: list[Setting]) -> list[list[Setting]]:
    """Settings that differ in their variant alone; of those that call the same, one."""
    different = {called(s): s for s in reversed(grid)}
    groups: dict[tuple[str, str], list[Setting]] = {}
    for s in different.values():
        groups.setdefault((s.case.name, s.start), []).append(s)
    return list(groups.values())


def _calls(runs: list[Run]) -> dict[Key, Task]:
    """What two cases ask for is run once."""
    return {("run", run.call): (execute, run) for run in runs}


def _is_slow(case: Case) -> bool:
    """Whether its references take seconds, since they are made in full or member by member."""
    return case.iterations is None or not case.takes_batch or case.unproved is not None


def _run(
    tasks: dict[Key, Task], title: str, options: Options, progress: Progress
) -> dict[Key, Any]:
    done = progress(title, len(tasks))
    results_of = run_all(_do, tasks.values(), options.jobs, options.timeout, done)
    return dict(zip(tasks, results_of, strict=True))


def _do(task: Task) -> Any:
    function, argument = task
    return function(argument)


def portable_iterations(setting: Setting, results: Results, stored: StoredEvidence) -> int | None:
    """How many iterations the portable runs need; None for all."""
    case = setting.case
    if setting.variant.name in case.portable_completely or case.iterations is None:
        return None
    enough = case.least_portable_iterations
    python, r = (results.get(setting, language) for language in LANGUAGES)
    for quantity in case.quantities:
        if isinstance(python, Failure) or isinstance(r, Failure):
            break  # seen, and said, by the comparison
        shape = case.shape(quantity)
        if misshapen(python.get(quantity), shape) or misshapen(r.get(quantity), shape):
            continue
        a, b = np.asarray(python[quantity]), np.asarray(r[quantity])
        spread = stored.spreads[case.name].of(setting, quantity)
        if spread is not None and without_a_digit(a, spread).any():
            return None
        if quantity in case.trajectories:
            separated = np.flatnonzero(np.abs(a - b) > SEPARATED)
            if separated.size:
                enough = max(enough, int(separated[0]) + ITERATIONS_BEYOND_SEPARATION)
    return enough if enough < case.total_iterations else None
