"""Networks side by side in memory, as the compiled loops take them."""

import ctypes
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor

import numpy as np
from numpy.typing import NDArray

from compiled.library import MOST_LANES

Float64s = NDArray[np.float64]
Block = dict[str, Float64s]  # arrays whose last axis is that of networks


def of_one_or_many(given: Block, run: Callable[[Block], Block], threads: int) -> Block:
    """Run networks in blocks of so many as stand side by side, on several threads.

    Parameters
    ----------
    given : dict of (n, m), or of (n_networks, n, m)
        What differs between networks.
    run : dict of (n, m, lanes) -> dict of (..., lanes)
        Lanes are 1 or `MOST_LANES`; the last block is filled up with its last network.
    threads : int

    Returns
    -------
    dict of arrays
        With a leading axis of networks where there was one; a trajectory has it last.

    Raises
    ------
    ValueError
        More than one leading axis.
    """
    if any(x.ndim > 3 for x in given.values()):
        raise ValueError("more than one leading axis")
    alone = all(x.ndim == 2 for x in given.values())
    many = {name: x[None] if alone else x for name, x in given.items()}
    n = len(next(iter(many.values())))
    lanes = 1 if n == 1 else MOST_LANES
    places = [np.minimum(np.arange(i, i + lanes), n - 1) for i in range(0, n, lanes)]
    blocks = [{name: _side_by_side(x[at]) for name, x in many.items()} for at in places]
    with ThreadPoolExecutor(threads) as pool:  # a compiled loop holds no lock of Python's
        done = list(pool.map(run, blocks))
    fit = {name: np.concatenate([d[name] for d in done], axis=-1)[..., :n] for name in done[0]}
    return {name: _leading(x, alone) for name, x in fit.items()}


def _side_by_side(x: Float64s) -> Float64s:
    """(n_networks, ...) -> (..., n_networks), a copy."""
    return np.array(np.moveaxis(x, 0, -1), dtype=np.float64, order="C")


def _leading(x: Float64s, alone: bool) -> Float64s:
    """As NumPy's loops return it."""
    if alone:
        return x[..., 0]
    return x if x.ndim == 2 else np.ascontiguousarray(np.moveaxis(x, -1, 0))


def call(function: Callable[..., None], numbers: Sequence[int], arrays: Sequence[Float64s]) -> None:
    """Call a compiled loop with whole numbers, then arrays, which it may write to."""
    for x in arrays:
        if x.dtype != np.float64 or not x.flags.c_contiguous:
            raise TypeError("a compiled loop takes C-contiguous arrays of float64")
    pointers = [ctypes.c_void_p(x.ctypes.data) for x in arrays]
    function(*map(ctypes.c_long, numbers), *pointers)
