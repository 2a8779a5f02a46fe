"""The verdict on each output of a pair with one set of inputs."""

from dataclasses import replace

import numpy as np

from ..case.contract import Contract
from ..case.inputs import largest
from ..case.schema import LANGUAGES, NATIVE, PORTABLE
from ..judge.changes import Changes, Side
from ..judge.pair_outputs import JudgedOutput, judge_results
from ..judge.values import CODES
from ..run.leaf import Leaf
from .pair_proofs import beside_proofs
from .pair_runs import Message, PairRuns, language_name
from .pair_tables import NONE


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
    there = {output.output for output in native}
    native += [_not_returned(name) for name in pair.certified if name not in there]
    if not pair.arithmetic:
        return {NATIVE: native}
    portable = _judge_portable(runs)
    same = {output.output for output in portable if output.verdict == "identical"}
    return {NATIVE: [_passed_by_portable(output, same) for output in native], PORTABLE: portable}


def jumps(output: JudgedOutput) -> bool:
    """Whether it is undetermined because both languages jump: at a tie, a half or an edge."""
    values = output.values
    if output.verdict != "undetermined" or values is None:
        return False
    at = np.flatnonzero(values.verdicts == CODES["undetermined"])
    return any("both jump" in note for i in at for note in values.note(int(i)))


def _nothing(messages: list[Message]) -> JudgedOutput:
    notes = [f"{language_name(message)}: {message.text}" for message in messages]
    return JudgedOutput(NONE, "not compared", True, notes=notes)


def _not_returned(name: str) -> JudgedOutput:
    notes = ["values of it are certified, and neither language returns it"]
    return JudgedOutput(name, "not compared", True, notes=notes)


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


def _judge_portable(runs: PairRuns) -> list[JudgedOutput]:
    """In portable arithmetic both languages give the same bits."""
    if len(runs.portable) < len(LANGUAGES):
        return [_nothing(runs.said("left out"))]
    python, r = (
        (leaves, {name: unmoved(leaf) for name, leaf in leaves.items()})
        for leaves in (runs.portable[k] for k in LANGUAGES)
    )
    exact = Contract(compare="exact")
    contracts = {name: exact for leaves, _ in (python, r) for name in leaves}
    return judge_results(python, r, contracts, runs.pair.names, 0.0)


def unmoved(leaf: Leaf) -> Side:
    """The values of a leaf to which nothing was done."""
    changes = Changes(leaf)
    changes.again(leaf)
    return changes.side()


def _passed_by_portable(output: JudgedOutput, same: set[str]) -> JudgedOutput:
    """What is undetermined passes by the same bits in portable arithmetic."""
    if output.verdict != "undetermined" or output.output not in same:
        return output
    declared = [*output.declared, "the same bits in portable arithmetic"]
    return replace(output, fails=False, declared=declared)
