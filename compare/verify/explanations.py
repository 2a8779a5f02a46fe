"""The table of explanations: why an output of a pair differs, or that no pattern is known."""

from collections.abc import Iterator, Sequence
from functools import partial
from typing import Any

import numpy as np

from ..case.schema import LANGUAGE_NAMES, LANGUAGES
from ..explain import from_runs, places
from ..explain.hypothesis import Finding, Hypothesis, Observed, any_values
from ..explain.remedy import Formats, Remedy, Shown
from ..judge.changes import ROUND_JUMP
from ..judge.pair_outputs import JudgedOutput
from ..judge.values import CODES
from ..run.leaf import PRESENT, WHOLE
from .pair_runs import PairRuns
from .pair_tables import NONE, names
from .values_table import index_text

UNKNOWN = "no known pattern"
OPEN = ("disagree", "undetermined", "not comparable")
MOST_VALUES = 100_000  # of an output; beyond, the first so many are looked at
MOST_NAMED = 5
# where an argument that makes both the same hides the reason and does not mend it
NO_ARGUMENT = ("sign of columns", "another stream", "does not repeat itself")


def explanation_rows(
    runs: PairRuns,
    outputs: Sequence[JudgedOutput],
    remedies: Sequence[Remedy] = (),
    shown: Sequence[Shown] = (),
    formats: Formats | None = None,
) -> Iterator[tuple[Any, ...]]:
    """One or two rows for each output that differs, is undetermined or does not repeat itself."""
    of_interest = [o for o in outputs if o.output != NONE and o.verdict in OPEN]
    seen = {output.output: observed(runs, output, formats) for output in of_interest}
    for output in of_interest:
        own = seen[output.output]
        others = {k: o for k, o in seen.items() if o is not None and k != output.output}
        jumping = _jumping(runs, output)
        found = _findings(runs, output, own, others, bool(jumping))
        mending = _mending(output, remedies)
        if any(finding.hypothesis.name in NO_ARGUMENT for finding in found):
            mending = []
        if not found and not mending:
            is_short = own is not None and bool(own.short)
            jump = [from_runs.jump(output, jumping, is_short)] if jumping else []
            found = [*_by_experiment(output, shown), *jump, *_facts(runs, output, own)][:1]
        for row in _rows(output, own, found, mending):
            yield (*names(runs), output.output, *row)


def _rows(
    output: JudgedOutput, own: Observed | None, found: list[Finding], mending: list[Remedy]
) -> Iterator[tuple[Any, ...]]:
    """What is found; the first with what a change of an argument does, which is the advice."""
    advice = "either " + " or ".join(r.advice for r in mending) if len(mending) > 1 else ""
    advice = advice or "".join(r.advice for r in mending)
    seen = [remedy.evidence(output.output) for remedy in mending]
    for i, finding in enumerate(found):
        hypothesis = finding.hypothesis
        more, what = ([], hypothesis.advice) if i or not mending else (seen, advice)
        yield (
            hypothesis.name,
            hypothesis.parameter,
            finding.fits,
            finding.total,
            "" if np.isnan(finding.bits) else f"{finding.bits:.0f}",
            "; ".join([_evidence(finding, output, own), *more]),
            ": ".join(filter(None, [hypothesis.cause, what])),
        )
    if mending and not found:
        n = mending[0].outputs[output.output]
        parameter = mending[0].trial.text
        yield ("argument", parameter, n, n, f"{mending[0].bits:.0f}", "; ".join(seen), advice)
    if not found and not mending:
        yield (UNKNOWN, "", "", "", "", "", "")


def _by_experiment(output: JudgedOutput, shown: Sequence[Shown]) -> Iterator[Finding]:
    """What both languages did on other inputs, or with another seed."""
    n = 0 if output.values is None else len(output.values.verdicts)
    for one in shown:
        if output.output in one.outputs:
            facts = (one.fact, one.cause, one.advice)
            hypothesis = Hypothesis(one.name, one.parameter, np.empty(0), 0.0, *facts)
            yield Finding(hypothesis, n, n, float("nan"), seen=f"by trial: {one.fact}")


def _facts(runs: PairRuns, output: JudgedOutput, own: Observed | None) -> Iterator[Finding]:
    """By how much it differs, or where, or what one language has more: facts without a cause."""
    sides = [runs.leaves[language].get(output.output) for language in LANGUAGES]
    found = None
    if output.values is None and sides[0] is not None and sides[1] is not None:
        found = places.part(sides[0], sides[1])
    elif own is not None and output.verdict == "disagree":
        found = places.constant(own)
    if found is not None:
        yield found
    if output.values is not None and output.contract.compare in (None, "exact"):
        bad = output.values.verdicts > CODES["missing"]
        index = partial(index_text, shape=output.shape)
        if (found := places.finding(bad, runs.inputs.values, index)) is not None:
            yield found


def _jumping(runs: PairRuns, output: JudgedOutput) -> list[str]:
    """The languages in which the worst values jump."""
    found = []
    worst = None
    if output.values is not None and output.verdict in CODES:
        worst = output.values.verdicts == CODES[output.verdict]
    for language in LANGUAGES:
        side = runs.sides[language].get(output.output)
        if side is not None and side.jumps.any():
            jumps = side.jumps
            in_order = output.contract.compare in (None, "exact")
            if worst is not None and in_order and jumps.shape == worst.shape:
                jumps = jumps & worst
            largest = np.abs(side.values[np.isfinite(side.values)]).max(initial=0.0)
            if (side.spread[jumps] > ROUND_JUMP * largest).any():
                found.append(LANGUAGE_NAMES[language])
    return found


def _mending(output: JudgedOutput, remedies: Sequence[Remedy]) -> list[Remedy]:
    """The best change in each language that makes an output the same."""
    found = [remedy for remedy in remedies if output.output in remedy.outputs]
    return [
        next(remedy for remedy in found if remedy.trial.language == language)
        for language in dict.fromkeys(remedy.trial.language for remedy in found)
    ]


def _findings(
    runs: PairRuns,
    output: JudgedOutput,
    own: Observed | None,
    others: dict[str, Observed],
    jumps: bool,
) -> list[Finding]:
    """Values go first; what was seen in the run explains what they do not."""
    # imported here: SciPy's statistics take most of a second, and most runs explain nothing
    from ..explain import from_values

    comparable = own is not None and output.verdict != "not comparable"
    if own is not None and comparable and (found := from_values.explain(own)):
        return found
    warned = [m.text for m in runs.said("warning", "r")]
    changed = [LANGUAGE_NAMES[m.language] for m in runs.said("changes its input")]
    leaf = runs.leaves["python"].get(output.output)
    whole = leaf is not None and leaf.family == WHOLE
    with any_values():
        return list(from_runs.findings(output, own, others, warned, changed, jumps, whole))[:1]


def observed(
    runs: PairRuns, output: JudgedOutput, formats: Formats | None = None
) -> Observed | None:
    """The finite values that both languages have; None where there are none.

    What a contract has turned, sorted or moved is no longer what the languages returned.
    """
    contract, values = output.contract, output.values
    if contract.known_difference or contract.index_base or contract.compare not in (None, "exact"):
        return None
    if values is None or values.python.dtype.kind != "f":
        return None
    part = slice(0, MOST_VALUES)
    p, q, allowed = values.python[part], values.r[part], values.tolerance[part]
    there = (values.python_missing[part] == PRESENT) & (values.r_missing[part] == PRESENT)
    there &= np.isfinite(p) & np.isfinite(q) & np.isfinite(allowed)
    if not there.any():
        return None
    is_whole = there.all() and len(p) == len(values.verdicts)
    return Observed(
        p[there],
        q[there],
        allowed[there],
        output.shape if is_whole else (int(there.sum()),),
        np.flatnonzero(there).tolist(),
        len(p),
        tuple(sorted(n for n in _lengths(runs.inputs.values) if n > 1)),
        runs.inputs.values,
        *(Formats() if formats is None else formats).of(output.output),
    )


def _lengths(value: Any) -> set[int]:
    if isinstance(value, dict):
        return set().union(*map(_lengths, value.values()))
    if isinstance(value, list):
        return {len(value)}.union(*map(_lengths, value))
    return set(value.shape) if isinstance(value, np.ndarray) else set()


def _evidence(finding: Finding, output: JudgedOutput, own: Observed | None) -> str:
    fact, n = finding.hypothesis.fact, finding.total
    if finding.seen or own is None:
        return finding.seen
    where = f", in all {n} values" if n > 1 else ""
    if finding.exceptions:
        at = [own.places[i] for i in finding.exceptions[:MOST_NAMED]]
        listed = ", ".join(f"[{index_text(i, output.shape)}]" for i in at)
        more = " and more" if len(finding.exceptions) > MOST_NAMED else ""
        where = f", in {finding.fits} of {n} values, not at {listed}{more}"
    return f"from the values: {fact}{where}"
