"""Which values of a run are kept as proved, and how precisely."""

import numpy as np

from ..case.case import Case
from ..numbers.measures import log_spaced


def proved_indices(case: Case) -> dict[str, list[int]]:
    """Flat indices by quantity: final values all, of a trajectory the printed and log-spaced ones.

    What a proof must hold, no more and no less.
    """
    printed = {p.index[0] for p in case.printed_list() if p.quantity in case.trajectories}
    indices = {}
    for name in case.quantities:
        size = int(np.prod(case.shape(name)))
        indices[name] = list(range(size))
        if name in case.trajectories:
            indices[name] = sorted({*log_spaced(size), *(i for i in printed if i < size)})
    return indices
