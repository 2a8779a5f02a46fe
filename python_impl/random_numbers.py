"""The uniform random numbers of NumPy and of R, each without the other language.

Both are Mersenne Twisters (Matsumoto and Nishimura 1998). They differ in how a seed becomes
the state and in how the generator's 32-bit outputs become a number: NumPy joins two outputs
to 53 bits, R takes one output and keeps off 0 and 1.
"""

import numpy as np
from numpy.typing import NDArray

UINT32 = 2**32
TWO_POW_MINUS_32 = 2.3283064365386963e-10


def numpy_uniform(seed: int, n: int) -> NDArray[np.float64]:
    """First numbers of ``np.random.seed(seed); np.random.random(n)``.

    Parameters
    ----------
    seed : int
        From 0 to 2^32 - 1.
    n : int
        How many.

    Returns
    -------
    (n,) numbers in [0, 1)
    """
    return np.random.RandomState(seed).random_sample(n)


def r_state(seed: int, skip: int = 0) -> NDArray[np.int32]:
    """R's ``.Random.seed`` after ``set.seed(seed)`` and ``skip`` uniform draws.

    Parameters
    ----------
    seed : int
        From -(2^31 - 1) to 2^31 - 1, as in R.
    skip : int
        Number of draws already taken.

    Returns
    -------
    (626,) kind of generator (10403: Mersenne Twister), position in the state, 624 words
    """
    scrambled = seed % UINT32
    for _ in range(50):
        scrambled = (69069 * scrambled + 1) % UINT32
    words = np.empty(625, dtype=np.uint32)
    for i in range(625):
        scrambled = (69069 * scrambled + 1) % UINT32
        words[i] = scrambled
    words[0] = 624  # R overwrites the first word: the position
    generator = _twister(words.view(np.int32))
    generator.random_raw(skip, output=False)
    state = generator.state["state"]
    return np.concatenate([[10403, state["pos"]], state["key"].view(np.int32)]).astype(np.int32)


def r_uniform(seed: int, n: int) -> NDArray[np.float64]:
    """First numbers of R's ``set.seed(seed); runif(n)``.

    Parameters
    ----------
    seed : int
        From -(2^31 - 1) to 2^31 - 1, as in R.
    n : int
        How many.

    Returns
    -------
    (n,) numbers in (0, 1)
    """
    return r_uniform_from(r_state(seed), n)


def r_uniform_from(state: NDArray[np.int32], n: int) -> NDArray[np.float64]:
    """Next numbers of R's ``runif(n)`` where ``.Random.seed`` is ``state``.

    Parameters
    ----------
    state : (626,)
        As `r_state` returns it.
    n : int
        How many.

    Returns
    -------
    (n,) numbers in (0, 1)
    """
    numbers = _twister(state[1:]).random_raw(n) * TWO_POW_MINUS_32
    # R returns neither 0 nor 1
    half_step = 0.5 * 2.328306437080797e-10
    return np.clip(numbers, half_step, 1 - half_step)


def _twister(position_and_words: NDArray[np.int32]) -> np.random.MT19937:
    generator = np.random.MT19937()
    generator.state = {
        "bit_generator": "MT19937",
        "state": {
            "key": position_and_words[1:].view(np.uint32),
            "pos": int(position_and_words[0]),
        },
    }
    return generator
