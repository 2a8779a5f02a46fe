"""Rows of the tables about pairs: values, outputs, messages."""

from collections.abc import Iterator
from typing import Any

import numpy as np

from ..judge.pair_outputs import JudgedOutput
from ..judge.values import ORDER, Judged
from ..run.leaf import NA, PRESENT
from .pair_runs import PairRuns, language_name

MOST_VALUES, WORST_SHOWN = 10_000, 1_000
NONE = "-"


def value_rows(runs: PairRuns, output: JudgedOutput) -> Iterator[tuple[Any, ...]]:
    """A row for each value; of very many the worst, and one for all of them."""
    head = (runs.pair.name, runs.inputs.variant, NONE, "native", output.output)
    said = [*output.notes, *output.declared, *shared_notes(runs)]
    judged = output.values
    n = 0 if judged is None else len(judged.verdicts)
    if judged is None or n == 0:
        yield (*head, "", "", "", "", "", "", "", output.verdict, _joined(said))
        return
    if output.verdict != ORDER[int(judged.verdicts.max())]:  # names differ, whatever the values do
        yield (*head, "", "", "", "", "", "", "", output.verdict, _joined(said))
    chosen = range(n) if n <= MOST_VALUES else _worst(judged)
    for i in chosen:
        yield (
            *head,
            index_text(i, output.shape),
            shown(judged.python[i], judged.python_missing[i]),
            shown(judged.r[i], judged.r_missing[i]),
            _ulp(judged, i),
            _number(judged.tolerance[i]),
            _digits(judged.python_digits[i]),
            _digits(judged.r_digits[i]),
            ORDER[judged.verdicts[i]],
            _joined([*judged.note(i), *said]),
        )
    if n > MOST_VALUES:
        counted = ", ".join(f"{c} {verdict}" for verdict, c in counts(judged).items())
        note = _joined([f"{n} values: {counted}", *said])
        yield (*head, "*", "", "", "", "", "", "", output.verdict, note)


def output_rows(runs: PairRuns, output: JudgedOutput) -> Iterator[tuple[Any, ...]]:
    """One row: the worst value's verdict, and what is said of any."""
    judged, notes = output.values, list(output.notes)
    n, ulp, digits = 0, "", ("", "")
    if judged is not None and len(judged.verdicts):
        n, ulp = len(judged.verdicts), _largest_ulp(judged)
        digits = (
            _digits(np.fmin.reduce(judged.python_digits)),
            _digits(np.fmin.reduce(judged.r_digits)),
        )
        worst = np.flatnonzero(judged.verdicts == judged.verdicts.max())
        if len(worst) < n:
            notes.insert(0, f"{len(worst)} of {n} values")
        at = worst[np.argmax(judged.ulp[worst])]
        if ORDER[judged.verdicts[at]] == "disagree" and not judged.missing(at):
            notes.append(f"{_place(at, output.shape)}{_both(judged, at)}")
        notes += [note for note in judged.note(int(at)) if note not in notes]
    yield (
        runs.pair.name,
        runs.inputs.variant,
        output.output,
        output.verdict,
        output.fails,
        n,
        ulp,
        *digits,
        _joined(output.contract.described()),
        _joined(notes),
    )


def _largest_ulp(judged: Judged) -> str:
    there = [i for i in np.argsort(judged.ulp)[-1:] if _ulp(judged, int(i))]
    return str(judged.ulp[there[0]]) if there else ""


def _place(i: int, shape: tuple[int, ...]) -> str:
    index = index_text(i, shape)
    return f"at [{index}] " if index else ""


def _both(judged: Judged, i: int) -> str:
    python, r = (
        _short(value, missing)
        for value, missing in (
            (judged.python[i], judged.python_missing[i]),
            (judged.r[i], judged.r_missing[i]),
        )
    )
    return f"{python} in Python, {r} in R"


def _short(value: Any, missing: int) -> str:
    """A value as a sentence has it."""
    if missing != PRESENT or isinstance(value, str):
        return shown(value, missing)
    return f"{value:.7g}"


def message_rows(runs: PairRuns) -> Iterator[tuple[str, ...]]:
    """A row for each thing that a language said or did."""
    for message in runs.messages:
        name = language_name(message)
        yield runs.pair.name, runs.inputs.variant, name, message.kind, message.text


def shared_notes(runs: PairRuns) -> list[str]:
    """What is true of the whole call, and so beside each of its values."""
    notes = [f"warning in {language_name(m)}: {m.text}" for m in runs.said("warning")]
    changing = [
        f"{language_name(m)} changes its input {m.text}" for m in runs.said("changes its input")
    ]
    failed = [
        f"{language_name(m)} fails when called again: {m.text}" for m in runs.said("second call")
    ]
    return [*changing, *failed, *notes]


def counts(judged: Judged) -> dict[str, int]:
    """How many values have each verdict, the worst first."""
    numbers = np.bincount(judged.verdicts, minlength=len(ORDER))
    return {ORDER[code]: int(n) for code, n in reversed(list(enumerate(numbers))) if n}


def _worst(judged: Judged) -> list[int]:
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        ratio = judged.ulp.astype(float)
    order = np.lexsort((-ratio, -judged.verdicts.astype(int)))[:WORST_SHOWN]
    return [int(i) for i in np.sort(order)]


def index_text(i: int, shape: tuple[int, ...]) -> str:
    """A flat index as the output counts, from 1; empty for a scalar."""
    return ",".join(str(int(n) + 1) for n in np.unravel_index(i, shape)) if shape else ""


def shown(value: Any, missing: int) -> str:
    """A value as the table has it."""
    if missing != PRESENT:
        return "NA" if missing == NA else "NaN"
    if isinstance(value, str):
        return value
    if np.isinf(value):
        return "Inf" if value > 0 else "-Inf"
    return f"{value:.17g}"


def _ulp(judged: Judged, i: int) -> str:
    there = judged.python_missing[i] == PRESENT == judged.r_missing[i]
    values = (judged.python[i], judged.r[i])
    if not there or any(isinstance(v, str) or not np.isfinite(v) for v in values):
        return ""
    return str(judged.ulp[i])


def _number(value: float) -> str:
    return "" if np.isnan(value) else f"{value:.17g}"


def _digits(value: Any) -> str:
    return "" if value is None or np.isnan(value) else f"{value:.2f}"


def _joined(notes: list[str]) -> str:
    return "; ".join(
        dict.fromkeys(" ".join(note.split()).replace(";", ",") for note in notes if note)
    )
