"""Logistic regression by iteratively reweighted least squares."""

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
ENOUGH = 1e-14  # relative change of the deviance, as glm.control(epsilon) has it in the R file
MOST = 50


def logistic(y: Floats, X: Floats) -> dict[str, Floats | float]:
    """Coefficients, their standard errors and the deviance.

    Parameters
    ----------
    y : (n,) 0 or 1
    X : (n, k)

    Raises
    ------
    ArithmeticError
        The deviance does not settle: the classes may be separable.
    """
    design = np.column_stack([np.ones(len(y)), X])
    p = (y + 0.5) / 2  # glm's start
    last = np.inf
    for _ in range(MOST):
        weights = p * (1 - p)
        working = np.log(p / (1 - p)) + (y - p) / weights
        root = np.sqrt(weights)
        weighted = root[:, None] * design
        beta = np.linalg.lstsq(weighted, root * working, rcond=None)[0]
        p = 1 / (1 + np.exp(-design @ beta))
        deviance = -2 * float(np.sum(np.log(np.where(y == 1, p, 1 - p))))
        if abs(deviance - last) / (abs(deviance) + 0.1) < ENOUGH:
            # by the weights of the last step, one behind the coefficients, as in glm: with those
            # of the last coefficients the errors differ from R's after 13 digits
            errors = np.sqrt(np.diag(np.linalg.inv(weighted.T @ weighted)))
            return {"coefficients": beta, "errors": errors, "deviance": deviance}
        last = deviance
    raise ArithmeticError("the deviance does not settle")
