"""Run somebody's pairs of functions and judge every value that they return."""

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from typing import Any

import pandas as pd

from ..case.contract import Contract
from ..case.inputs import largest
from ..case.pair import PairCase
from ..case.schema import LANGUAGES, NATIVE
from ..judge.changes import Changes, Side
from ..judge.pair_outputs import JudgedOutput, judge_results
from ..report.verification import EXPLANATION_COLUMNS, MESSAGE_COLUMNS, OUTPUT_COLUMNS
from ..run.leaf import Leaf
from ..run.pool import Failure
from ..run.probe import ORDERED, probe
from ..run.session import Session
from .explanations import explanation_rows
from .pair_proofs import beside_proofs
from .pair_published import published_rows, unmatched
from .pair_runs import Message, PairRuns, language_name, run_pair, with_draws
from .pair_tables import NONE, message_rows, names, output_rows, shared_notes
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
    """

    pairs: list[PairCase] = field(default_factory=list)
    values: list[Row] = field(default_factory=list)
    outputs: pd.DataFrame = field(default_factory=lambda: pd.DataFrame(columns=OUTPUT_COLUMNS))
    messages: pd.DataFrame = field(default_factory=lambda: pd.DataFrame(columns=MESSAGE_COLUMNS))
    explanations: pd.DataFrame = field(
        default_factory=lambda: pd.DataFrame(columns=EXPLANATION_COLUMNS)
    )
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
                runs.append(run_pair(session, pair, with_draws(inputs), memory, stop))
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
    by_runs = [(runs, judge_outputs(runs)) for runs in all_runs]
    judged = [
        (runs, arithmetic, output)
        for runs, by_arithmetic in by_runs
        for arithmetic, outputs in by_arithmetic.items()
        for output in outputs
    ]
    explained = [
        row
        for runs, by_arithmetic in by_runs
        for row in explanation_rows(runs, by_arithmetic.get(NATIVE, []))
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
        [f for runs in all_runs for f in runs.failures if f.ours],
    )


def _value_rows(runs: PairRuns, arithmetic: str, output: JudgedOutput) -> Iterator[Row]:
    said = [*output.notes, *output.declared, *shared_notes(runs)]
    return value_rows((*names(runs), arithmetic), output, said)


def judge_outputs(runs: PairRuns) -> dict[str, list[JudgedOutput]]:
    """The verdict on each output, by arithmetic.

    One line for the whole case where nothing could be compared.
    """
    if errors := runs.said("error"):
        return {NATIVE: [_nothing(errors)]}
    pair = runs.pair
    if len(pair.functions) < len(LANGUAGES):
        return {}  # one language alone: only its printed numbers are checked
    python, r = ((runs.leaves[k], runs.sides[k]) for k in LANGUAGES)
    native = judge_results(python, r, pair.outputs, pair.names, largest(runs.inputs.values))
    native = [beside_proofs(runs, _with_iterations(runs, output)) for output in native]
    if not pair.arithmetic:
        return {NATIVE: native}
    ordered = _judge_ordered(runs)
    same = {output.output for output in ordered if output.verdict == "identical"}
    return {NATIVE: [_shown_in_order(output, same) for output in native], ORDERED: ordered}


def _nothing(messages: list[Message]) -> JudgedOutput:
    notes = [f"{language_name(message)}: {message.text}" for message in messages]
    return JudgedOutput(NONE, "not compared", True, notes=notes)


def _with_iterations(runs: PairRuns, output: JudgedOutput) -> JudgedOutput:
    """A trajectory has as many values as there are iterations, or is not compared."""
    iterations = runs.pair.iterations
    if iterations is None or not output.contract.trajectory or output.values is None:
        return output
    wanted, there = runs.inputs.values[iterations], (*output.shape, 0)[0]
    if there == wanted:
        return output
    note = f"its first axis has {there} values, and {iterations} is {wanted}"
    return replace(output, verdict="not compared", fails=True, values=None, notes=[note])


def _judge_ordered(runs: PairRuns) -> list[JudgedOutput]:
    """In ordered arithmetic both languages give the same bits."""
    if len(runs.ordered) < len(LANGUAGES):
        return [_nothing(runs.said("left out"))]
    python, r = (
        (leaves, {name: _unmoved(leaf) for name, leaf in leaves.items()})
        for leaves in (runs.ordered[k] for k in LANGUAGES)
    )
    exact = Contract(compare="exact")
    contracts = {name: exact for leaves, _ in (python, r) for name in leaves}
    return judge_results(python, r, contracts, runs.pair.names, 0.0)


def _unmoved(leaf: Leaf) -> Side:
    changes = Changes(leaf)
    changes.again(leaf)
    return changes.side()


def _shown_in_order(output: JudgedOutput, same: set[str]) -> JudgedOutput:
    """What is undetermined passes by the same bits in ordered arithmetic."""
    if output.verdict != "undetermined" or output.output not in same:
        return output
    declared = [*output.declared, "the same bits in ordered arithmetic"]
    return replace(output, fails=False, declared=declared)
