"""The table of values: a row for each value that two functions returned, built-in or somebody's."""

from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..judge.pair_outputs import JudgedOutput
from ..judge.pairs import Comparison
from ..judge.values import ORDER, Judged
from ..run.leaf import NA, PRESENT
from ..run.results import Pair
from .comparisons import ComparedPair

MOST_VALUES, WORST_SHOWN = 10_000, 1_000
NO_VALUE = ("",) * 7
Row = tuple[Any, ...]


def rows_of_pairs(compared: list[ComparedPair]) -> Iterator[Row]:
    """The values of built-in cases; one row for an output whose values are all the same bits."""
    for of in compared:
        for quantity, comparison in of.quantities.items():
            yield from _rows_of_quantity(of.pair, quantity, comparison)


def _rows_of_quantity(pair: Pair, quantity: str, comparison: Comparison) -> Iterator[Row]:
    setting = pair.setting
    head = (setting.case.name, setting.variant.name, setting.start, pair.arithmetic)
    if comparison.values is None and comparison.n_values:
        note = f"{comparison.n_values} values: {comparison.n_values} {comparison.verdict}"
        yield (*head, quantity, "*", *NO_VALUE[1:], comparison.verdict, note)
        return
    shape = () if comparison.values is None else pair.case.shape(quantity, pair.iterations)
    output = JudgedOutput(quantity, comparison.verdict, comparison.fails, shape, comparison.values)
    yield from value_rows(head, output, [comparison.reason] if comparison.fails else [])


def value_rows(head: tuple[str, ...], output: JudgedOutput, said: list[str]) -> Iterator[Row]:
    """A row for each value; of very many the worst, and one for all of them.

    Parameters
    ----------
    head : (case, variant, start, arithmetic)
    said : list of str
        What is true of the whole output.
    """
    head = (*head, output.output)
    judged = output.values
    n = 0 if judged is None else len(judged.verdicts)
    if judged is None or n == 0:
        yield (*head, *NO_VALUE, output.verdict, joined(said))
        return
    if output.verdict != ORDER[int(judged.verdicts.max())]:  # names differ, whatever the values do
        yield (*head, *NO_VALUE, output.verdict, joined(said))
    chosen = np.arange(n) if n <= MOST_VALUES else _worst(judged)
    notes = _notes(judged, chosen)
    for i in chosen:
        yield (
            *head,
            index_text(i, output.shape),
            shown(judged.python[i], judged.python_missing[i]),
            shown(judged.r[i], judged.r_missing[i]),
            ulp_text(judged, i),
            _number(judged.tolerance[i]),
            digits_text(judged.python_digits[i]),
            digits_text(judged.r_digits[i]),
            ORDER[judged.verdicts[i]],
            joined([*notes.get(i, []), *said]),
        )
    if n > MOST_VALUES:
        counted = ", ".join(f"{c} {verdict}" for verdict, c in counts(judged).items())
        note = joined([f"{n} values: {counted}", *said])
        yield (*head, "*", *NO_VALUE[1:], output.verdict, note)


def _notes(judged: Judged, chosen: NDArray[np.intp]) -> dict[int, list[str]]:
    said: dict[int, list[str]] = {}
    for marks, say in judged.notes:
        for i in chosen[marks[chosen]]:
            said.setdefault(i, []).append(say(i))
    return said


def counts(judged: Judged) -> dict[str, int]:
    """How many values have each verdict, the worst first."""
    numbers = np.bincount(judged.verdicts, minlength=len(ORDER))
    return {ORDER[code]: int(n) for code, n in reversed(list(enumerate(numbers))) if n}


def _worst(judged: Judged) -> NDArray[np.intp]:
    order = np.lexsort((-judged.ulp.astype(float), -judged.verdicts.astype(int)))[:WORST_SHOWN]
    return np.sort(order)


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


def ulp_text(judged: Judged, i: int) -> str:
    """Doubles between both values; empty where one is none."""
    there = judged.python_missing[i] == PRESENT == judged.r_missing[i]
    values = (judged.python[i], judged.r[i])
    if not there or any(isinstance(v, str) or not np.isfinite(v) for v in values):
        return ""
    return str(judged.ulp[i])


def _number(value: float) -> str:
    return "" if np.isnan(value) else f"{value:.17g}"


def digits_text(value: Any) -> str:
    """Determined digits as the tables have them; empty where they are unknown."""
    return "" if value is None or np.isnan(value) else f"{abs(value):.2f}"  # -0 is 0


def joined(notes: list[str]) -> str:
    """Notes as one cell."""
    return "; ".join(
        dict.fromkeys(" ".join(note.split()).replace(";", ",") for note in notes if note)
    )
