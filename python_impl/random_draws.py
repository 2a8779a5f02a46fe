"""Normal numbers, permutations and samples of NumPy's RandomState and of R.

Each without the other language, from the uniform numbers of `random_numbers`. Normal numbers are
NumPy's by Marsaglia's polar method, R's by inversion (Wichura 1988, AS 241); both take the C
library's logarithm.
"""

import math
from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from python_impl.random_numbers import r_state, r_uniform, r_uniform_from

FIRST = 1000  # numbers that are drawn at once
BIG = 2**27  # R joins two uniform numbers to one of 52 bits
# coefficients of AS 241, highest power first: numerator and denominator
CENTRAL = (
    (
        *(2509.0809287301226727, 33430.575583588128105, 67265.770927008700853),
        *(45921.953931549871457, 13731.693765509461125, 1971.5909503065514427),
        *(133.14166789178437745, 3.387132872796366608),
    ),
    (
        *(5226.495278852854561, 28729.085735721942674, 39307.89580009271061),
        *(21213.794301586595867, 5394.1960214247511077, 687.1870074920579083),
        *(42.313330701600911252, 1.0),
    ),
)
TAIL = (
    (
        *(7.7454501427834140764e-4, 0.0227238449892691845833, 0.24178072517745061177),
        *(1.27045825245236838258, 3.64784832476320460504, 5.7694972214606914055),
        *(4.6303378461565452959, 1.42343711074968357734),
    ),
    (
        *(1.05075007164441684324e-9, 5.475938084995344946e-4, 0.0151986665636164571966),
        *(0.14810397642748007459, 0.68976733498510000455, 1.6763848301838038494),
        *(2.05319162663775882187, 1.0),
    ),
)
FAR_TAIL = (
    (
        *(2.01033439929228813265e-7, 2.71155556874348757815e-5, 0.0012426609473880784386),
        *(0.026532189526576123093, 0.29656057182850489123, 1.7848265399172913358),
        *(5.4637849111641143699, 6.6579046435011037772),
    ),
    (
        *(2.04426310338993978564e-15, 1.4215117583164458887e-7, 1.8463183175100546818e-5),
        *(7.868691311456132591e-4, 0.0148753612908506148525, 0.13692988092273580531),
        *(0.59983220655588793769, 1.0),
    ),
)


def numpy_normal(seed: int, n: int) -> NDArray[np.float64]:
    """First numbers of ``np.random.seed(seed); np.random.standard_normal(n)``.

    Parameters
    ----------
    seed : int
        From 0 to 2^32 - 1.
    n : int
        How many.

    Returns
    -------
    (n,)
    """
    return np.random.RandomState(seed).standard_normal(n)


def numpy_permutation(seed: int, n: int) -> NDArray[np.int64]:
    """What ``np.random.seed(seed); np.random.permutation(n)`` returns.

    Parameters
    ----------
    seed : int
        From 0 to 2^32 - 1.
    n : int
        How many.

    Returns
    -------
    (n,) the numbers from 0 to n - 1
    """
    return np.random.RandomState(seed).permutation(n)


def r_normal(seed: int, n: int) -> NDArray[np.float64]:
    """First numbers of R's ``set.seed(seed); rnorm(n)``, by inversion.

    Parameters
    ----------
    seed : int
        From -(2^31 - 1) to 2^31 - 1, as in R.
    n : int
        How many.

    Returns
    -------
    (n,)
    """
    first, second = r_uniform(seed, 2 * n).reshape(n, 2).T
    return np.array([_normal_quantile(p) for p in (np.floor(BIG * first) + second) / BIG])


def r_sample(
    seed: int,
    n: int,
    size: int,
    replace: bool = False,
    rounding: bool = False,
) -> NDArray[np.int64]:
    """What R's ``set.seed(seed); sample(n, size, replace)`` returns.

    Parameters
    ----------
    seed : int
        From -(2^31 - 1) to 2^31 - 1, as in R.
    n : int
        Drawn from are the numbers from 1 to n, at most 10^7.
    size : int
        How many are drawn.
    replace : bool
        Whether a number may come again.
    rounding : bool
        Whether R's ``sample.kind`` is rounding, as before R 3.6, and not rejection.

    Returns
    -------
    (size,)

    Raises
    ------
    ValueError
        There are not so many numbers.
    """
    if not 1 <= n <= 10**7 or not size >= 0 or (size > n and not replace):
        raise ValueError(f"cannot draw {size} of {n} numbers")
    uniform = _stream(seed)
    below = _by_rounding if rounding else _by_rejection
    if replace:
        return np.array([1 + below(uniform, n) for _ in range(size)], dtype=np.int64)
    left, drawn = list(range(1, n + 1)), []
    for _ in range(size):
        place = below(uniform, len(left))
        drawn.append(left[place])
        left[place] = left[-1]
        left.pop()
    return np.array(drawn, dtype=np.int64)


def _stream(seed: int) -> Iterator[float]:
    """R's uniform numbers one after the other, each time as many as all before."""
    drawn, n = 0, FIRST
    while True:
        yield from map(float, r_uniform_from(r_state(seed, drawn), n))
        drawn += n
        n = drawn


def _by_rejection(uniform: Iterator[float], n: int) -> int:
    """A whole number below n: as many bits as it has, drawn again where that is too large."""
    bits = (n - 1).bit_length()
    while True:
        value = 0
        for _ in range(0, bits + 1, 16):
            value = 65536 * value + math.floor(next(uniform) * 65536)
        value &= (1 << bits) - 1
        if value < n:
            return value


def _by_rounding(uniform: Iterator[float], n: int) -> int:
    return math.floor(n * next(uniform))


def _normal_quantile(p: float) -> float:
    q = p - 0.5
    if abs(q) <= 0.425:
        return _ratio(CENTRAL, 0.180625 - q * q, q)
    r = math.sqrt(-math.log(p if q < 0 else 0.5 - p + 0.5))
    value = _ratio(TAIL, r - 1.6) if r <= 5 else _ratio(FAR_TAIL, r - 5)
    return -value if q < 0 else value


def _ratio(
    polynomials: tuple[tuple[float, ...], tuple[float, ...]], x: float, factor: float = 1.0
) -> float:
    """The ratio of two polynomials, by Horner's rule; a factor goes with the numerator."""
    numerator = denominator = 0.0
    for a, b in zip(*polynomials, strict=True):
        numerator = numerator * x + a
        denominator = denominator * x + b
    return factor * numerator / denominator
