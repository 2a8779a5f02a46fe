"""Run somebody's pairs of functions and judge every value that they return."""

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd

from ..case.pair import PairCase
from ..case.schema import LANGUAGES, NATIVE
from ..judge.pair_outputs import JudgedOutput, judge_results
from ..report.verification import MESSAGE_COLUMNS, OUTPUT_COLUMNS
from ..run.pool import Failure
from ..run.probe import probe
from ..run.session import Session
from .pair_published import published_rows, unmatched
from .pair_runs import PairRuns, language_name, run_pair
from .pair_tables import NONE, message_rows, output_rows, shared_notes
from .values_table import Row, value_rows

Progress = Callable[[str, int], Callable[[], None]]


@dataclass(frozen=True)
class PairResults:
    """What came of all pairs.

    Attributes
    ----------
    values : list of tuple
        Rows of the table of values: `compare.verify.values_table`.
    outputs : DataFrame
        A row for each output: `OUTPUT_COLUMNS`.
    messages : DataFrame
        What the languages said: `MESSAGE_COLUMNS`.
    published : list of dict
        Rows of the table of published numbers.
    """

    pairs: list[PairCase] = field(default_factory=list)
    values: list[Row] = field(default_factory=list)
    outputs: pd.DataFrame = field(default_factory=lambda: pd.DataFrame(columns=OUTPUT_COLUMNS))
    messages: pd.DataFrame = field(default_factory=lambda: pd.DataFrame(columns=MESSAGE_COLUMNS))
    published: list[dict[str, Any]] = field(default_factory=list)
    crashes: list[Failure] = field(default_factory=list)

    @property
    def problems(self) -> list[str]:
        """What a case file asks for that no run can answer."""
        return [problem for pair in self.pairs for problem in unmatched(pair)]


def verify_pairs(
    pairs: list[PairCase], jobs: int, timeout: float, memory: float, progress: Progress
) -> PairResults:
    """Run and judge the pairs, each in a child process of its own, several at a time."""
    if not pairs:
        return PairResults()
    done = progress("pairs", sum(len(pair.inputs) for pair in pairs))
    stop = threading.Event()

    def run(pair: PairCase) -> list[PairRuns]:
        runs = []
        with Session(probe, timeout) as session:
            for inputs in pair.inputs:
                runs.append(run_pair(session, pair, inputs, memory, stop))
                done()
        return runs

    with ThreadPoolExecutor(jobs) as threads:
        try:
            all_runs = [runs for each in threads.map(run, pairs) for runs in each]
        except BaseException:
            stop.set()
            threads.shutdown(cancel_futures=True)
            raise
    return _results(pairs, all_runs)


def _results(pairs: list[PairCase], all_runs: list[PairRuns]) -> PairResults:
    judged = [(runs, judge_outputs(runs)) for runs in all_runs]
    return PairResults(
        pairs,
        _rows(judged, _value_rows),
        pd.DataFrame(_rows(judged, output_rows), columns=OUTPUT_COLUMNS),
        pd.DataFrame(
            [row for runs in all_runs for row in message_rows(runs)], columns=MESSAGE_COLUMNS
        ),
        [row for runs in all_runs for row in published_rows(runs)],
        [f for runs in all_runs for f in runs.failures if f.ours],
    )


def _value_rows(runs: PairRuns, output: JudgedOutput) -> Iterator[Row]:
    said = [*output.notes, *output.declared, *shared_notes(runs)]
    return value_rows((runs.pair.name, runs.inputs.variant, NONE, NATIVE), output, said)


def _rows(
    judged: list[tuple[PairRuns, list[JudgedOutput]]],
    rows_of: Callable[[PairRuns, JudgedOutput], Iterator[Any]],
) -> list[Any]:
    return [row for runs, outputs in judged for output in outputs for row in rows_of(runs, output)]


def judge_outputs(runs: PairRuns) -> list[JudgedOutput]:
    """The verdict on each output; one line for the whole case where nothing could be compared."""
    if errors := runs.said("error"):
        notes = [f"{language_name(error)}: {error.text}" for error in errors]
        return [JudgedOutput(NONE, "not compared", True, notes=notes)]
    pair = runs.pair
    if len(pair.functions) < len(LANGUAGES):
        return []  # one language alone: only its printed numbers are checked
    python, r = ((runs.leaves[k], runs.sides[k]) for k in LANGUAGES)
    return judge_results(python, r, pair.outputs, pair.names, largest(runs.inputs.values))


def largest(value: Any) -> float:
    """Largest absolute value of all numbers in some inputs."""
    if isinstance(value, dict | list):
        inner = value.values() if isinstance(value, dict) else value
        return max(map(largest, inner), default=0.0)
    if isinstance(value, str):
        return 0.0
    numbers = np.abs(np.asarray(value, float))
    return float(np.max(numbers, where=np.isfinite(numbers), initial=0.0))
