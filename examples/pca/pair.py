"""Principal components by a singular value decomposition."""

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


def components(X: Floats) -> dict[str, Floats]:
    """Standard deviations, loadings and scores of the centred columns of X, (n, k)."""
    centred = X - X.mean(axis=0)
    left, singular, right = np.linalg.svd(centred, full_matrices=False)
    return {
        "deviations": singular / np.sqrt(len(X) - 1),
        "loadings": right.T,
        "scores": left * singular,
    }
