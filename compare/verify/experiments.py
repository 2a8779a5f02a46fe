"""What both languages return on other inputs, and with another seed, where they differ."""

import threading
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import chain
from time import monotonic

import numpy as np

from ..case.schema import LANGUAGE_NAMES, LANGUAGES, NATIVE
from ..explain.formats import is_short
from ..explain.other_inputs import EDGE, others, with_all_digits
from ..explain.remedy import Formats, Shown
from ..judge.pair_outputs import JudgedOutput
from ..judge.values import CODES
from ..run.leaf import NA, PRESENT, Leaf
from ..run.session import Session
from ..run.trial import Trial
from .caller import Caller
from .judge_outputs import judge_outputs, jumps
from .pair_runs import PairRuns
from .remedies import GOOD, is_good, judged_beside
from .run_pair import run_pair

SECONDS = 40.0  # for all experiments on a pair
PATIENCE = 10.0  # for one call
MOST_NAMED = 4
SINGULAR = "singular fit encountered"  # in R's own words
DIFFERENT = ("disagree", "not comparable")


def experiments(
    session: Session,
    runs: PairRuns,
    outputs: Sequence[JudgedOutput],
    trials: Sequence[Trial],
    memory: float,
    stop: threading.Event,
    until: float,
) -> list[Shown]:
    """Everything that other inputs and another seed tell about outputs that differ.

    What made both agree here may do nothing for other inputs: `consistent` is for that.

    Parameters
    ----------
    trials : list of Trial
        What may be tried in either function.
    until : float
        When the time for it is over, by `time.monotonic`.
    """
    differing = {o.output: o for o in outputs if o.verdict in DIFFERENT or jumps(o)}
    if len(runs.leaves) < len(LANGUAGES) or not differing or monotonic() > until:
        return []
    caller = Caller(session, runs, memory, stop)
    found = list(_by_rank(caller, trials, differing))
    if (seeded := _seeded(runs)) is not None:
        found += _by_seed(Caller(session, seeded, memory, stop), runs, differing)
    found += _by_tightening(caller, trials, runs, differing)
    differing_plainly = {k: o for k, o in differing.items() if o.verdict in DIFFERENT}
    given = runs.inputs.values
    for other, looked_at in chain(
        ((other, differing) for other in others(given)),
        ((other, differing_plainly) for other in others(given, [EDGE])),
    ):
        if not looked_at:
            break
        began = monotonic()
        inputs = replace(runs.inputs, values=other.inputs)
        judged = judge_outputs(run_pair(session, runs.pair, inputs, memory, stop))
        again = judged.get(NATIVE, [])
        same = frozenset(_same_now(again, looked_at))
        in_vain = frozenset(_no_better(again, looked_at))
        fact = f"with {other.without} both languages agree"
        found.append(Shown(same, "input", other.without, fact, other.cause, other.advice, in_vain))
        if 2 * monotonic() - began > until:  # the next one takes as long
            break
    return found


def kept_formats(session: Session, runs: PairRuns, memory: float, stop: threading.Event) -> Formats:
    """Which outputs are short, or of single precision, on inputs too that have all digits."""
    inputs = with_all_digits(runs.inputs.values)
    if inputs is None or len(runs.leaves) < len(LANGUAGES):
        return Formats()
    caller = Caller(session, PairRuns(runs.pair, replace(runs.inputs, values=inputs)), memory, stop)
    short: dict[str, frozenset[str]] = {}
    single: dict[str, frozenset[str]] = {}
    for language in LANGUAGES:
        leaves = caller.tried(language, PATIENCE) or {}
        real = {
            name: leaf.values[np.isfinite(leaf.values)]
            for name, leaf in runs.opened(language, leaves).items()
            if leaf.kind == "number" and leaf.values.dtype.kind == "f"
        }
        short[language] = frozenset(name for name, values in real.items() if is_short(values))
        single[language] = frozenset(
            name for name, values in real.items() if (values.astype(np.float32) == values).all()
        )
    return Formats(short, single)


def _by_rank(
    caller: Caller, trials: Sequence[Trial], differing: dict[str, JudgedOutput]
) -> Iterator[Shown]:
    """Coefficients that R leaves out, where its model refuses a singular fit if told to."""
    left_out = frozenset(
        name
        for name, output in differing.items()
        if output.values is not None
        and ((output.values.r_missing == NA) & (output.values.python_missing == PRESENT)).any()
    )
    if not left_out:
        return
    for trial in trials:
        if trial.argument == "singular.ok" and SINGULAR in caller.refusal(trial):
            yield Shown(
                left_out,
                "rank deficient",
                "",
                f"with {trial.text} in {trial.where} R says: {SINGULAR}",
                "columns of the design make each other up: R leaves one out as NA, a least-squares "
                "solution of the shortest length has a number for each",
                "leave that column out, and compare fitted values",
            )
            return


def _by_tightening(
    caller: Caller,
    trials: Sequence[Trial],
    runs: PairRuns,
    differing: dict[str, JudgedOutput],
) -> Iterator[Shown]:
    """Outputs that agree where every stopping rule is tight, in both languages."""
    tight = [trial for trial in trials if trial.tightens]
    if not tight:
        return
    leaves = {}
    for language in LANGUAGES:
        answer = caller.tried(language, PATIENCE, *(t for t in tight if t.language == language))
        if answer is None:
            return
        leaves[language] = runs.opened(language, answer)
    after = judged_beside(runs, leaves)
    same = frozenset(name for name in differing if is_good(after, name))
    if same:
        said = " and ".join(f"{t.text} in {t.where}" for t in tight[:MOST_NAMED])
        yield Shown(
            same,
            "stopping rule",
            "",
            f"with {said} both languages agree",
            "an iteration ends at a tolerance, and its default is not the same in both languages",
            "a tolerance of 1e-12 in both, where the value is to have all digits",
        )


def _same_now(again: Iterable[JudgedOutput], differing: dict[str, JudgedOutput]) -> Iterator[str]:
    """Outputs that differed and agree now, in values that are not trivial."""
    for output in again:
        before = differing.get(output.output)
        if before is not None and output.verdict in GOOD and _says_something(output, before):
            yield output.output


def _no_better(again: Iterable[JudgedOutput], differing: dict[str, JudgedOutput]) -> Iterator[str]:
    """Outputs that differ now in as many values as before."""
    for output in again:
        before = differing.get(output.output)
        if before is not None and _n_differing(output) >= max(1, _n_differing(before)):
            yield output.output


def _n_differing(output: JudgedOutput) -> int:
    return 0 if output.values is None else int((output.values.verdicts > CODES["missing"]).sum())


def _says_something(output: JudgedOutput, before: JudgedOutput) -> bool:
    """Whether values are there, not all zero, and not all one where they were not before."""
    now, former = output.values, before.values
    if now is None or (now.python_missing != PRESENT).all():
        return False
    distinct = set(now.python[now.python_missing == PRESENT].tolist())
    varied = former is None or len(set(former.python.tolist())) > 1
    return distinct != {0.0} and (len(distinct) > 1 or not varied or now.python.size == 1)


def _seeded(runs: PairRuns) -> PairRuns | None:
    """The same with another seed; None where it has none."""
    seeds = {
        name: value + 1
        for name, value in runs.inputs.values.items()
        if "seed" in name.lower() and type(value) is int
    }
    seed = runs.pair.seed
    if seed is None and not seeds:
        return None
    pair = replace(runs.pair, seed=None if seed is None else seed + 1)
    return PairRuns(pair, replace(runs.inputs, values=runs.inputs.values | seeds))


def _by_seed(caller: Caller, runs: PairRuns, differing: dict[str, JudgedOutput]) -> Iterator[Shown]:
    """Outputs that another seed changes, in both languages or in one alone."""
    moved: dict[str, set[str]] = {}
    for language in LANGUAGES:
        leaves = caller.tried(language, PATIENCE) or {}
        moved[language] = {
            name
            for name in differing
            if name in runs.leaves[language]
            and _is_another(leaves.get(name), runs.leaves[language][name])
        }
    both = frozenset(moved["python"] & moved["r"])
    if both:
        yield Shown(
            both,
            "another stream",
            "",
            "with another seed both languages return other values: they are random",
            "two generators, or one that is seeded in two ways, give other numbers",
            "draw in one language and pass the numbers to the other",
        )
    for language, other in (LANGUAGES, LANGUAGES[::-1]):
        if alone := frozenset(moved[language] - moved[other]):
            yield Shown(
                alone,
                "random in one language",
                language,
                f"with another seed {LANGUAGE_NAMES[language]} alone returns other values",
                "one language draws random numbers; the other none, or with a seed of its own, as "
                "np.random.default_rng(42) has",
                "",
            )


def _is_another(leaf: Leaf | None, before: Leaf) -> bool:
    """Whether most values are others."""
    if leaf is None or leaf.shape != before.shape or not before.values.size:
        return False
    return bool(np.mean(leaf.values != before.values) > 0.5)
