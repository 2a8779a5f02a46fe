"""Least squares by NumPy, with a constant."""

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


def coefficients(y: Floats, X: Floats, rcond: float | None = None) -> dict[str, Floats]:
    """Coefficients of a linear regression, the constant first.

    Parameters
    ----------
    y : (n,)
    X : (n, k)
    rcond : float, optional
        Singular values below so much of the largest count as zero; NumPy's own choice is the
        machine's epsilon times the larger side of the matrix.
    """
    design = np.column_stack([np.ones(len(y)), X])
    return {"coefficients": np.linalg.lstsq(design, y, rcond=rcond)[0]}


def polynomial(y: Floats, x: Floats, degree: int) -> dict[str, Floats]:
    """Coefficients of a polynomial, the constant first."""
    return coefficients(y, x[:, None] ** np.arange(1, degree + 1))


def polynomial_tight(y: Floats, x: Floats, degree: int) -> dict[str, Floats]:
    """The same, where no singular value counts as zero."""
    return coefficients(y, x[:, None] ** np.arange(1, degree + 1), rcond=0.0)
