"""How far each language's own rounding can be from the exact result, by directed rounding.

The processor rounds every operation upward, downward or towards zero, in compiled code too, and
the run is made again. Noisy members would not do here: they leave the updates of the weights as
they are, and know Python only.
"""

from typing import Any

import numpy as np
from scipy.ndimage import maximum_filter1d

from ..case.schema import Language
from ..case.setting import Setting
from ..numbers.measures import POOLED_INDICES, Float64s
from ..run.returned import need_whole
from ..run.rounding import MODES, rounding
from ..run.runs import Run, execute


def directed_spread(
    setting: Setting, language: Language, iterations: int | None = None
) -> dict[str, Float64s]:
    """Largest change of every value under the three modes, trajectories pooled over neighbours.

    Values that a mode's run does not reach, because it stops earlier, do not count there.
    """
    case = setting.case
    run = Run(setting, language, "native", iterations)
    nearest = execute(run)
    need_whole(case, language, nearest, iterations)
    spread = {name: np.zeros(np.shape(nearest[name])) for name in case.measured}
    for mode in MODES:
        rounded = execute(run, lambda mode=mode: rounding(mode))  # type: ignore[misc]
        for name, largest in spread.items():
            _take_larger(largest, nearest[name], rounded[name])
    width = 2 * POOLED_INDICES + 1
    return spread | {
        name: maximum_filter1d(spread[name], width, mode="nearest") for name in case.trajectories
    }


def _take_larger(largest: Float64s, nearest: Any, rounded: Any) -> None:
    n, m = np.asarray(nearest), np.asarray(rounded)
    if n.shape != m.shape:
        rows = min(len(n), len(m))
        largest, n, m = largest[:rows], n[:rows], m[:rows]
    with np.errstate(invalid="ignore", over="ignore"):  # a run that ends in no numbers
        np.maximum(largest, np.abs(m - n), out=largest)
