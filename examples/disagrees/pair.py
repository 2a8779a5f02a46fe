"""A port that is wrong twice."""

import numpy as np
from numpy.typing import NDArray


def summary(x: NDArray[np.float64]) -> dict[str, object]:
    """The spread of some numbers, and their quartiles."""
    return {"sd": np.std(x), "quartiles": np.quantile(x, [0.25, 0.5, 0.75]), "mean": np.mean(x)}
