"""Windows judged, and as a table: what both languages made of each."""

from collections.abc import Iterable
from typing import Any

import numpy as np
import pandas as pd

from ..case.case import Case
from ..case.schema import LANGUAGES
from ..case.setting import Setting, settings
from ..evidence.windows import Window, has_windows
from ..judge.pairs import Comparison, judge_window
from ..judge.verdicts import rank
from ..numbers.measures import Float64s, tolerance
from ..run.pool import Failure
from ..run.runs import Result

Windows = dict[Setting, list[Window] | Failure]
COLUMNS = [
    *("case", "variant", "start", "arithmetic", "quantity", "windows", "n_values", "max_abs"),
    *("ratio_to_tolerance", "place", "verdict", "reason"),
]
NO_WINDOWS = "no window was run"


def with_windows(cases: Iterable[Case]) -> list[Setting]:
    """The settings whose runs can be continued from a state."""
    return [s for case in cases for s in settings(case) if has_windows(case, s.start)]


def windows_table(cases: list[Case], windows: Windows) -> pd.DataFrame:
    """One row for each quantity and arithmetic of each setting: all its windows together."""
    rows = []
    for setting in with_windows(cases):
        for arithmetic in setting.case.arithmetics:
            for quantity in _quantities(setting.case, arithmetic):
                row = {
                    **setting.labels,
                    "arithmetic": arithmetic,
                    "quantity": quantity,
                }
                rows.append(row | _judged(setting.case, windows[setting], arithmetic, quantity))
    return pd.DataFrame(rows, columns=COLUMNS)


def _quantities(case: Case, arithmetic: str) -> list[str]:
    return case.measured if arithmetic == "native" else list(case.quantities)


def _judged(
    case: Case, windows: list[Window] | Failure, arithmetic: str, quantity: str
) -> dict[str, Any]:
    if isinstance(windows, Failure) or not windows:
        reason = windows.reason if isinstance(windows, Failure) else NO_WINDOWS
        return {"windows": 0, "n_values": 0, "verdict": "not compared", "reason": reason}
    compared = [(w.place, compare_window(case, w, arithmetic, quantity)) for w in windows]
    place, worst = max(compared, key=lambda pair: _badness(pair[1]))
    return {
        "windows": len(compared),
        "n_values": sum(c.n_values for _, c in compared),
        "max_abs": float(np.max([c.max_abs for _, c in compared])),
        "ratio_to_tolerance": worst.ratio_to_tolerance,
        "place": place,
        "verdict": worst.verdict,
        "reason": worst.reason and f"window {place}, {worst.reason}",
    }


def _badness(comparison: Comparison) -> tuple[int, float]:
    return rank(comparison.verdict), np.nan_to_num(comparison.ratio_to_tolerance, nan=np.inf)


def windows_hold(case: Case, opened: list[Window] | Failure) -> bool:
    """Whether there are windows, and both languages agree in every one of them."""
    if isinstance(opened, Failure) or not opened:
        return False
    compared = (
        compare_window(case, window, arithmetic, quantity)
        for arithmetic in case.arithmetics
        for quantity in _quantities(case, arithmetic)
        for window in opened
    )
    return not any(comparison.fails for comparison in compared)


def compare_window(case: Case, window: Window, arithmetic: str, quantity: str) -> Comparison:
    """One quantity of one window: within its tolerance natively, else to the bit."""
    python, r = (window.results[language, arithmetic].get(quantity) for language in LANGUAGES)
    shape = window_shape(case, quantity, window.iterations, python)
    return judge_window(
        python, r, shape, window.spread[quantity] if arithmetic == "native" else None
    )


def window_shape(case: Case, quantity: str, iterations: int, python: Any) -> tuple[int, ...]:
    """What both languages must return; where the run stops by itself, what Python returned."""
    if case.restart is None:
        return case.shape(quantity, iterations)
    return () if python is None else tuple(np.shape(python))


def range_in_windows(windows: list[Window] | Failure) -> dict[str, float]:
    """The widest tolerance of each quantity in any window of a run."""
    if isinstance(windows, Failure):
        return {}
    widest: dict[str, float] = {}
    for window in windows:
        for quantity, passing in widest_tolerances(
            window.results["python", "native"], window.spread
        ).items():
            widest[quantity] = max(widest.get(quantity, 0.0), passing)
    return widest


def widest_tolerances(native: Result, spread: dict[str, Float64s]) -> dict[str, float]:
    """The widest tolerance of any value of each quantity."""
    return {q: float(tolerance(native[q], native[q], s).max()) for q, s in spread.items()}
