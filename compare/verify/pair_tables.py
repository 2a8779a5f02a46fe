"""Rows of the tables about pairs: outputs, messages."""

from collections.abc import Iterator
from typing import Any

import numpy as np

from ..judge.pair_outputs import JudgedOutput
from ..judge.values import ORDER, Judged
from ..run.leaf import PRESENT
from .pair_runs import PairRuns, language_name
from .values_table import digits_text, index_text, joined, shown, ulp_text

NONE = "-"


def output_rows(runs: PairRuns, arithmetic: str, output: JudgedOutput) -> Iterator[tuple[Any, ...]]:
    """One row: the worst value's verdict, and what is said of any."""
    judged, notes = output.values, list(output.notes)
    n, ulp, digits = 0, "", ("", "")
    if judged is not None and len(judged.verdicts):
        n, ulp = len(judged.verdicts), _largest_ulp(judged)
        digits = (
            digits_text(np.fmin.reduce(judged.python_digits)),
            digits_text(np.fmin.reduce(judged.r_digits)),
        )
        worst = np.flatnonzero(judged.verdicts == judged.verdicts.max())
        if len(worst) < n:
            notes.insert(0, f"{len(worst)} of {n} {ORDER[judged.verdicts[worst[0]]]}")
        at = worst[np.argmax(judged.ulp[worst])]
        if ORDER[judged.verdicts[at]] == "disagree" and not judged.missing(at):
            notes.append(f"{_place(at, output.shape)}{_both(judged, at)}")
        notes += [note for note in judged.note(int(at)) if note not in notes]
    notes += filter(None, [runs.remark])
    yield (
        *names(runs),
        arithmetic,
        output.output,
        output.verdict,
        output.fails,
        n,
        ulp,
        *digits,
        joined(output.contract.described()),
        joined(notes),
    )


def _largest_ulp(judged: Judged) -> str:
    there = [i for i in np.argsort(judged.ulp)[-1:] if ulp_text(judged, int(i))]
    return str(judged.ulp[there[0]]) if there else ""


def _place(i: int, shape: tuple[int, ...]) -> str:
    index = index_text(i, shape)
    return f"at [{index}] " if index else ""


def _both(judged: Judged, i: int) -> str:
    values = (
        (judged.python[i], judged.python_missing[i]),
        (judged.r[i], judged.r_missing[i]),
    )
    python, r = (_short(*value) for value in values)
    if python == r:
        python, r = (shown(*value) for value in values)
    return f"{python} in Python, {r} in R"


def _short(value: Any, missing: int) -> str:
    """A value as a sentence has it."""
    if missing != PRESENT or isinstance(value, str):
        return shown(value, missing)
    return f"{value:.7g}"


def names(runs: PairRuns) -> tuple[str, str, str]:
    """Case, variant and start."""
    return runs.pair.name, runs.inputs.variant, runs.inputs.start


def message_rows(runs: PairRuns) -> Iterator[tuple[str, ...]]:
    """A row for each thing that a language said or did."""
    for message in runs.messages:
        name = language_name(message)
        yield *names(runs), name, message.kind, message.text


def shared_notes(runs: PairRuns) -> list[str]:
    """What is true of the whole call, and so beside each of its values."""
    notes = [f"warning in {language_name(m)}: {m.text}" for m in runs.said("warning")]
    changing = [
        f"{language_name(m)} changes its input {m.text}" for m in runs.said("changes its input")
    ]
    failed = [
        f"{language_name(m)} fails when called again: {m.text}" for m in runs.said("second call")
    ]
    return [*filter(None, [runs.remark]), *changing, *failed, *notes]
