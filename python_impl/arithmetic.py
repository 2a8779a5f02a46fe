"""The three operations in which two languages round differently: product, sigmoid, mean.

Everything else in the training loops is elementwise IEEE 754 arithmetic, the same bits everywhere.
The operations act on the last two axes, so a leading axis may hold many runs at once.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from python_impl.portable import sigmoid as portable_sigmoid

Array = NDArray[Any]  # float64, or object for numbers that NumPy does not know


@dataclass(frozen=True)
class Arithmetic:
    """How a network multiplies, squashes and averages.

    Attributes
    ----------
    matmul : (..., n, k), (..., k, m) -> (..., n, m)
    sigmoid : elementwise, 1 / (1 + exp(-x))
    mean : (..., n, m) -> (...), over the last two axes
    """

    matmul: Callable[[Array, Array], Array]
    sigmoid: Callable[[Array], Array]
    mean: Callable[[Array], Array]


@np.errstate(over="ignore")  # exp(-x) = inf gives the right limit, 0
def _native_sigmoid(x: Array) -> Array:
    return 1 / (1 + np.exp(-x))


def _native_mean(x: Array) -> Array:
    return x.mean(axis=(-2, -1))


def _portable_matmul(a: Array, b: Array) -> Array:
    products = a[..., :, :, None] * b[..., None, :, :]  # (..., n, k, m)
    # accumulate is the one reduction that NumPy promises to do from left to right
    return np.add.accumulate(products, axis=-2)[..., -1, :]


def _portable_mean(x: Array) -> Array:
    n_rows, n_columns = x.shape[-2:]
    by_column = x.mT.reshape(*x.shape[:-2], n_rows * n_columns)
    return np.add.accumulate(by_column, axis=-1)[..., -1] / (n_rows * n_columns)


native = Arithmetic(np.matmul, _native_sigmoid, _native_mean)
portable = Arithmetic(_portable_matmul, portable_sigmoid, _portable_mean)


def noisy(seed: int) -> Arithmetic:
    """Native arithmetic in which every product and sigmoid is off by up to one rounding error.

    Each result v becomes v + v * u, u uniform in +-2^-52 (Monte Carlo arithmetic: how far
    rounding alone can move a result). Not v * (1 + u), where most u would be rounded away.

    Parameters
    ----------
    seed : int
        Seed of the noise; the generator lives in the returned object, so use that once.
    """
    generator = np.random.default_rng(seed)

    def perturbed(v: Array) -> Array:
        return v + v * generator.uniform(-(2.0**-52), 2.0**-52, v.shape)

    return Arithmetic(
        matmul=lambda a, b: perturbed(native.matmul(a, b)),
        sigmoid=lambda x: perturbed(native.sigmoid(x)),
        mean=native.mean,
    )
