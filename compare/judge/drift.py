"""Whether a stored spread can be that of this code."""

import numpy as np

from ..numbers.measures import Float64s

USUAL_DRIFT = 4  # as much as the tolerance allows for
LARGEST_DRIFT = 1000


def drift(stored: Float64s, again: Float64s) -> str:
    """Why a stored spread cannot be that of this code; empty where it can.

    Another processor rounds differently, so the two need not be equal: between this machine's
    environments, a path of BFGS was seen to move by a factor of 1.6, since rounding reaches
    it through few directions that it amplifies.
    """
    both = (stored > 0) & (again > 0)
    if not both.any():
        return ": one of them is zero" if (stored > 0).any() or (again > 0).any() else ""
    # a value that rounding moves here and not there is moved no further than others
    usual = np.median(again[both])
    ratio = np.log(np.maximum(np.maximum(stored, again), usual)) - np.log(usual)
    ratio[both] = np.abs(np.log(stored[both]) - np.log(again[both]))
    if np.median(ratio[both]) > np.log(USUAL_DRIFT) or ratio.max() > np.log(LARGEST_DRIFT):
        i = int(ratio.argmax())
        return f"[{i}]: stored {stored.flat[i]:.2g}, measured now {again.flat[i]:.2g}"
    return ""
