"""The largest change that would still pass, in each window and over whole runs."""

import numpy as np
import pandas as pd

from ..case.case import Case
from ..case.schema import LANGUAGES
from ..case.setting import SETTING, Setting, settings
from ..evidence.windows import Window
from ..report.sensitivity import WHOLE_RUN
from ..run.pool import Failure
from ..run.results import Results
from .window_tables import Windows, widest_tolerances

COLUMNS = [*SETTING, "quantity", "where", "largest_passing", "relative_to"]


def sensitivity(
    cases: list[Case], results: Results, windows: Windows, agreement: pd.DataFrame
) -> pd.DataFrame:
    """The largest change that would still pass, in each window and over whole native runs.

    ``largest_passing`` is in units of ``relative_to``, the largest value of the quantity that the
    run and its windows end with, or have in any iteration of a trajectory.
    """
    rows = []
    whole = agreement[agreement["arithmetic"] == "native"].set_index(
        ["case", "variant", "start", "quantity"]
    )["tolerance"]
    for setting in (s for case in cases for s in settings(case)):
        opened = windows.get(setting, [])
        good = [] if isinstance(opened, Failure) else opened
        largest = _largest(setting, results, good)
        names = setting.case.name, setting.variant.name, setting.start
        for quantity in setting.case.quantities:
            at = largest.get(quantity, 0.0)
            passing = {f"window {w.place}": _in_window(w, quantity) for w in good}
            passing[WHOLE_RUN] = whole.get((*names, quantity), 0.0)
            for where, absolute in passing.items():
                relative = absolute / at if at else 0.0
                rows.append((*names, quantity, where, relative, at))
    return pd.DataFrame(rows, columns=COLUMNS)


def _in_window(window: Window, quantity: str) -> float:
    widest = widest_tolerances(window.results["python", "native"], window.spread)
    return widest.get(quantity, 0.0)


def _largest(setting: Setting, results: Results, windows: list[Window]) -> dict[str, float]:
    case, (language, *_) = setting.case, LANGUAGES
    run = results.get(setting, language)
    seen = [w.results[language, "native"] for w in windows]
    seen += [] if isinstance(run, Failure) else [run]
    return {
        quantity: max(float(np.abs(result[quantity]).max()) for result in seen)
        for quantity in case.quantities
        if seen and all(np.size(result.get(quantity, [])) for result in seen)
    }
