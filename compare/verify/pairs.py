"""Run somebody's pairs of functions and judge every value that they return."""

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from time import monotonic
from typing import Any

import pandas as pd

from ..case.pair import PairCase
from ..case.schema import LANGUAGES, NATIVE
from ..explain.catalogue import Cause, background
from ..explain.remedy import Formats, Remedy, Shown, consistent
from ..judge.pair_outputs import JudgedOutput
from ..report.verification import EXPLANATION_COLUMNS, MESSAGE_COLUMNS, OUTPUT_COLUMNS
from ..run.pool import Failure
from ..run.probe import probe
from ..run.session import Session
from ..run.trial import Trial
from .caller import Caller
from .experiments import SECONDS, experiments, kept_formats
from .explanations import OPEN, explanation_rows
from .judge_outputs import judge_outputs
from .pair_published import published_rows, unmatched
from .pair_runs import Message, PairRuns
from .pair_tables import message_rows, names, output_rows, shared_notes
from .record import Replayed
from .remedies import remedies
from .run_pair import run_pair, with_draws
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
    explanations : DataFrame
        Why outputs differ: `EXPLANATION_COLUMNS`.
    published : list of dict
        Rows of the table of published numbers.
    background : dict
        By case, what is to be read of its functions where they differ.
    """

    pairs: list[PairCase] = field(default_factory=list)
    values: list[Row] = field(default_factory=list)
    outputs: pd.DataFrame = field(default_factory=lambda: pd.DataFrame(columns=OUTPUT_COLUMNS))
    messages: pd.DataFrame = field(default_factory=lambda: pd.DataFrame(columns=MESSAGE_COLUMNS))
    explanations: pd.DataFrame = field(
        default_factory=lambda: pd.DataFrame(columns=EXPLANATION_COLUMNS)
    )
    published: list[dict[str, Any]] = field(default_factory=list)
    background: dict[str, list[Cause]] = field(default_factory=dict)
    crashes: list[Failure] = field(default_factory=list)

    @property
    def problems(self) -> list[str]:
        """What a case file asks for that no run can answer."""
        return [problem for pair in self.pairs for problem in unmatched(pair)]


@dataclass(frozen=True)
class _Judged:
    """One set of inputs: its calls, verdicts by arithmetic, and what was tried on differences."""

    runs: PairRuns
    outputs: dict[str, list[JudgedOutput]]
    remedies: list[Remedy]
    shown: list[Shown]
    formats: Formats
    background: list[Cause]


def verify_pairs(
    pairs: list[PairCase],
    jobs: int,
    timeout: float,
    memory: float,
    progress: Progress,
    replay: bool = False,
) -> PairResults:
    """Run and judge the pairs, each in a child process of its own, several at a time.

    Where ``replay`` is true, R's values are those that `nnmirror record` kept.
    """
    if not pairs:
        return PairResults()
    n = sum(len(pair.inputs) for pair in pairs)
    done, reasons = progress("pairs", n), progress("reasons", n)
    stop = threading.Event()

    def run(pair: PairCase) -> list[_Judged]:
        judged = []
        replayed = replay and "r" in pair.functions
        with Replayed(probe, timeout, pair) if replayed else Session(probe, timeout) as session:
            for inputs in pair.inputs:
                runs = run_pair(session, pair, with_draws(inputs), memory, stop)
                if session.remark:
                    runs.remark = session.remark
                    runs.messages.append(Message("r", "recorded", session.origin))
                judged.append((runs, judge_outputs(runs)))
                done()
            return list(tried(session, judged))

    def tried(
        session: Session, judged: list[tuple[PairRuns, dict[str, list[JudgedOutput]]]]
    ) -> Iterator[_Judged]:
        native = [(runs, by_arithmetic.get(NATIVE, [])) for runs, by_arithmetic in judged]
        trials = _listed(session, native, memory, stop)
        mending = remedies(session, native, trials, memory, stop)
        until = monotonic() + SECONDS
        tried_out = [
            experiments(session, runs, outputs, trials, memory, stop, until)
            for runs, outputs in native
        ]
        for (runs, outputs), (_, by_arithmetic), shown in zip(
            native, judged, consistent(tried_out), strict=True
        ):
            formats = Formats()
            if any(output.verdict in OPEN for output in outputs):
                formats = kept_formats(session, runs, memory, stop)
            yield _Judged(runs, by_arithmetic, mending, shown, formats, background(trials))
            reasons()

    with ThreadPoolExecutor(jobs) as threads:
        try:
            all_judged = [one for each in threads.map(run, pairs) for one in each]
        except BaseException:
            stop.set()
            threads.shutdown(cancel_futures=True)
            raise
    return _results(pairs, all_judged)


def _listed(
    session: Session,
    judged: list[tuple[PairRuns, list[JudgedOutput]]],
    memory: float,
    stop: threading.Event,
) -> list[Trial]:
    """What may be tried in both functions, on the first inputs on which they differ."""
    for runs, outputs in judged:
        if len(runs.leaves) == len(LANGUAGES) and any(o.verdict in OPEN for o in outputs):
            caller = Caller(session, runs, memory, stop)
            return [trial for language in LANGUAGES for trial in caller.listed(language)]
    return []


def _results(pairs: list[PairCase], all_judged: list[_Judged]) -> PairResults:
    all_runs = [one.runs for one in all_judged]
    judged = [
        (one.runs, arithmetic, output)
        for one in all_judged
        for arithmetic, outputs in one.outputs.items()
        for output in outputs
    ]
    explained = [
        row
        for one in all_judged
        for row in explanation_rows(
            one.runs, one.outputs.get(NATIVE, []), one.remedies, one.shown, one.formats
        )
    ]
    return PairResults(
        pairs,
        [row for each in judged for row in _value_rows(*each)],
        pd.DataFrame(
            [row for each in judged for row in output_rows(*each)], columns=OUTPUT_COLUMNS
        ),
        pd.DataFrame(
            [row for runs in all_runs for row in message_rows(runs)], columns=MESSAGE_COLUMNS
        ),
        pd.DataFrame(explained, columns=EXPLANATION_COLUMNS),
        [row for runs in all_runs for row in published_rows(runs)],
        {one.runs.pair.name: one.background for one in all_judged},
        [f for runs in all_runs for f in runs.failures if f.ours],
    )


def _value_rows(runs: PairRuns, arithmetic: str, output: JudgedOutput) -> Iterator[Row]:
    said = [*output.notes, *output.declared, *shared_notes(runs)]
    return value_rows((*names(runs), arithmetic), output, said)
