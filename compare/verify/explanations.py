"""The table of explanations: why an output of a pair differs, or that no pattern is known."""

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from ..case.schema import LANGUAGE_NAMES
from ..explain import from_runs
from ..explain.hypothesis import Finding, Observed, any_values
from ..judge.pair_outputs import JudgedOutput
from ..run.leaf import PRESENT
from .pair_runs import PairRuns
from .pair_tables import NONE, names
from .values_table import index_text

UNKNOWN = "no known pattern"
OPEN = ("disagree", "undetermined", "not comparable")
MOST_VALUES = 100_000  # of an output; beyond, the first so many are looked at
MOST_NAMED = 5


def explanation_rows(runs: PairRuns, outputs: Sequence[JudgedOutput]) -> Iterator[tuple[Any, ...]]:
    """One or two rows for each output that differs, is undetermined or does not repeat itself."""
    of_interest = [o for o in outputs if o.output != NONE and o.verdict in OPEN]
    observed = {output.output: _observed(runs, output) for output in of_interest}
    for output in of_interest:
        own = observed[output.output]
        others = {k: o for k, o in observed.items() if o is not None and k != output.output}
        found = _findings(runs, output, own, others)
        if not found:
            yield (*names(runs), output.output, UNKNOWN, "", "", "", "", "", "")
        for finding in found:
            yield (
                *names(runs),
                output.output,
                finding.hypothesis.name,
                finding.hypothesis.parameter,
                finding.fits,
                finding.total,
                "" if np.isnan(finding.bits) else f"{finding.bits:.0f}",
                _evidence(finding, output, own),
                ": ".join(filter(None, [finding.hypothesis.cause, finding.hypothesis.advice])),
            )


def _findings(
    runs: PairRuns, output: JudgedOutput, own: Observed | None, others: dict[str, Observed]
) -> list[Finding]:
    """Values go first; what was seen in the run explains what they do not."""
    # imported here: SciPy's statistics take most of a second, and most runs explain nothing
    from ..explain import from_values

    comparable = own is not None and output.verdict != "not comparable"
    if own is not None and comparable and (found := from_values.explain(own)):
        return found
    warned = [m.text for m in runs.said("warning", "r")]
    changed = [LANGUAGE_NAMES[m.language] for m in runs.said("changes its input")]
    with any_values():
        return list(from_runs.findings(output, own, others, warned, changed))[:1]


def _observed(runs: PairRuns, output: JudgedOutput) -> Observed | None:
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
    )


def _lengths(value: Any) -> set[int]:
    if isinstance(value, dict):
        return set().union(*map(_lengths, value.values()))
    if isinstance(value, list):
        return {len(value)}.union(*map(_lengths, value))
    return set(value.shape) if isinstance(value, np.ndarray) else set()


def _evidence(finding: Finding, output: JudgedOutput, observed: Observed | None) -> str:
    fact, n = finding.hypothesis.fact, finding.total
    if np.isnan(finding.bits) or observed is None:
        return f"from the run: {fact}"
    where = f"all {n} values" if n > 1 else "the only value"
    if finding.exceptions:
        places = [observed.places[i] for i in finding.exceptions[:MOST_NAMED]]
        listed = ", ".join(f"[{index_text(i, output.shape)}]" for i in places)
        more = " and more" if len(finding.exceptions) > MOST_NAMED else ""
        where = f"{finding.fits} of {n} values, not at {listed}{more}"
    return f"from the values: {fact}, in {where}"
