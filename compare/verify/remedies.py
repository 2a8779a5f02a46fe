"""Which change of one argument makes a pair the same: tried, where its outputs differ."""

import math
import pickle
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from time import monotonic

import numpy as np

from ..case.inputs import largest
from ..case.schema import LANGUAGES, Language
from ..explain.catalogue import is_known
from ..explain.hypothesis import NAMED_FROM
from ..explain.remedy import Remedy, gained
from ..judge.changes import Side
from ..judge.pair_outputs import JudgedOutput, judge_results
from ..run.leaf import Leaf, Leaves
from ..run.session import Session
from ..run.trial import Trial
from .caller import Caller
from .explanations import observed
from .judge_outputs import unmoved
from .pair_runs import PairRuns

SECONDS = 20.0  # for all trials of a pair
EACH, TIMES = 1.0, 5.0  # seconds for one trial, and times as long as the call takes unchanged
MOST_LOST = 3  # trials of a language that do not end
MOST_TRIALS = 500
COMPUTED_BITS = 3.0  # by which a computed argument is less to be expected than another choice
GOOD = ("identical", "agree", "missing")
OPEN = ("disagree", "undetermined")

Outputs = Mapping[str, JudgedOutput]


@dataclass(frozen=True)
class _Example:
    """One set of inputs with its verdicts; ``open_`` are outputs that differ."""

    runs: PairRuns
    outputs: Outputs
    open_: frozenset[str]


def remedies(
    session: Session,
    judged: Sequence[tuple[PairRuns, Sequence[JudgedOutput]]],
    trials: Sequence[Trial],
    memory: float,
    stop: threading.Event,
) -> list[Remedy]:
    """Changes that make an output the same in all examples of a pair, those that say most first."""
    examples = [_example(runs, outputs) for runs, outputs in judged]
    wanted = [example for example in examples if example.open_]
    if not wanted:
        return []
    tries = _Tries(session, memory, stop)
    effective = tries.effective(wanted[0], trials)
    costs = {
        computed: math.log2(max(1, len({r for t, r in effective if bool(t.computed) == computed})))
        for computed in (False, True)
    }
    found = []
    for trial, _ in effective:
        mended = tries.mended(trial, [*wanted, *(e for e in examples if not e.open_)])
        cost = costs[bool(trial.computed)] + COMPUTED_BITS * bool(trial.computed)
        remedy = _remedy(trial, mended, cost) if len(mended) == len(examples) else None
        if remedy is not None:
            found.append(remedy)
    return sorted(found, key=lambda remedy: -remedy.bits)


class _Tries:
    """Calls with changed arguments, as many as there is time for."""

    def __init__(self, session: Session, memory: float, stop: threading.Event) -> None:
        self._session, self._memory, self._stop = session, memory, stop
        self._until = monotonic() + SECONDS
        self._each: dict[Language, float] = {}
        self._lost = dict.fromkeys(LANGUAGES, 0)

    def effective(self, example: _Example, trials: Sequence[Trial]) -> list[tuple[Trial, bytes]]:
        """Changes by which an open output is another one, and what tells the results apart."""
        caller = Caller(self._session, example.runs, self._memory, self._stop)
        found = []
        for trial in sorted(trials, key=_late)[:MOST_TRIALS]:
            if (leaves := self._leaves(caller, example, trial)) is not None:
                result = _bytes(leaves, example.open_)
                if result not in (b"", _bytes(example.runs.leaves[trial.language], example.open_)):
                    found.append((trial, result))
        return found

    def mended(self, trial: Trial, examples: Sequence[_Example]) -> list[tuple[_Example, Outputs]]:
        """Verdicts with a change, up to the first example that it does not mend."""
        found: list[tuple[_Example, Outputs]] = []
        for example in examples:
            caller = Caller(self._session, example.runs, self._memory, self._stop)
            leaves = self._leaves(caller, example, trial)
            after = {} if leaves is None else judged_beside(example.runs, {trial.language: leaves})
            if not _is_better(example, after):
                break
            found.append((example, after))
        return found

    def _leaves(self, caller: Caller, example: _Example, trial: Trial) -> Leaves | None:
        """What a language returns with a change; None where that is an error, or time is over.

        A call that is changed may take some times as long as it does, and a few may not end.
        """
        language = trial.language
        if language not in self._each:
            began = monotonic()
            caller.tried(language, SECONDS)
            self._each[language] = EACH + TIMES * (monotonic() - began)
        left = min(self._until - monotonic(), self._each[language])
        if left <= 0 or self._lost[language] >= MOST_LOST:
            return None
        began = monotonic()
        leaves = caller.tried(language, left, trial)
        self._lost[language] += monotonic() - began >= left
        return None if leaves is None else example.runs.opened(language, leaves)


def _late(trial: Trial) -> tuple[bool, bool]:
    """What puts trials in order: arguments that are known to matter first, computed ones last."""
    return bool(trial.computed), not is_known(trial)


def _bytes(leaves: Leaves, names: frozenset[str]) -> bytes:
    """What tells one result from another; nothing where it has none of these outputs."""
    if not names & leaves.keys():
        return b""
    return pickle.dumps([(n, leaves[n].values.tolist()) for n in sorted(names) if n in leaves])


def _example(runs: PairRuns, outputs: Sequence[JudgedOutput]) -> _Example:
    by_name = {output.output: output for output in outputs}
    compared = len(runs.leaves) == len(LANGUAGES)
    open_ = [o.output for o in outputs if compared and o.verdict in OPEN]
    return _Example(runs, by_name, frozenset(open_))


def judged_beside(runs: PairRuns, changed: Mapping[Language, Leaves]) -> Outputs:
    """Verdicts on what one language or both return with a change, opened."""
    python, r = ((runs.leaves[language], runs.sides[language]) for language in LANGUAGES)
    for language, leaves in changed.items():
        sides = {name: _side(leaf, runs.sides[language].get(name)) for name, leaf in leaves.items()}
        python, r = ((leaves, sides), r) if language == "python" else (python, (leaves, sides))
    pair = runs.pair
    judged = judge_results(python, r, pair.outputs, pair.names, largest(runs.inputs.values))
    return {output.output: output for output in judged}


def _side(leaf: Leaf, plain: Side | None) -> Side:
    """The values, with what rounding was measured to do to them before the change."""
    side = unmoved(leaf)
    if plain is None or plain.spread.shape != side.spread.shape:
        return side
    return replace(side, spread=np.where(np.isfinite(plain.spread), plain.spread, 0.0))


def _is_better(example: _Example, after: Outputs) -> bool:
    """Whether some open output is good by a change, and none bad that was good."""
    good = {name for name, output in after.items() if output.verdict in GOOD}
    before = {name for name, output in example.outputs.items() if output.verdict in GOOD}
    return before <= good and (not example.open_ or bool(example.open_ & good))


def is_good(after: Outputs, name: str) -> bool:
    """Whether an output is there, and good."""
    return name in after and after[name].verdict in GOOD


def _remedy(trial: Trial, mended: Sequence[tuple[_Example, Outputs]], cost: float) -> Remedy | None:
    """What a change does to the outputs that it makes the same in all examples."""
    ever = frozenset().union(*(example.open_ for example, _ in mended))
    names = {
        name for name in ever if all(is_good(after, name) for e, after in mended if name in e.open_)
    }
    bits, outputs = -cost, dict.fromkeys(names, 0)
    for example, after in mended:
        for name in names & example.open_:
            before = example.outputs[name]
            bits += gained(before, after[name], observed(example.runs, before), trial)
            values = after[name].values
            outputs[name] += 0 if values is None else len(values.verdicts)
    if not bits >= NAMED_FROM:
        return None
    return Remedy(trial, outputs, len(mended), bits)
