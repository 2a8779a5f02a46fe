"""Starting weights, drawn by each language's own code."""

from collections.abc import Callable
from math import prod
from typing import Literal

import numpy as np

from ..case.schema import Start
from ..numbers.measures import Float64s

Draws = Callable[[int, int], Float64s]
_FILL: dict[str, Literal["C", "F"]] = {"numpy": "C", "r": "F"}


def starting_weights(generator: str, start: Start, drawn: Draws) -> dict[str, Float64s]:
    """The named draws of a start in their shapes: low + (high - low) * u, or mean + sd * z.

    Parameters
    ----------
    generator : {"numpy", "r"}
        Decides whether an array is filled row by row or column by column.
    drawn : (seed, n) -> (n,)
        First n numbers of the generator, in the start's distribution.

    Raises
    ------
    ValueError
        The generator gave more or fewer numbers, or no doubles.
    """
    wanted = sum(prod(draw.shape) for draw in start.draws)
    numbers = drawn(start.seed, wanted)
    if numbers.dtype != np.float64 or numbers.shape != (wanted,):
        raise ValueError(
            f"the {generator} generator gave {numbers.dtype} of shape {numbers.shape}, "
            f"expected {wanted} of float64"
        )
    weights, used = {}, 0
    for draw in start.draws:
        n = prod(draw.shape)
        if draw.name is not None:
            u = numbers[used : used + n].reshape(draw.shape, order=_FILL[generator])
            is_normal = start.distribution == "normal"
            values = draw.mean + draw.sd * u if is_normal else draw.low + (draw.high - draw.low) * u
            weights[draw.name] = np.ascontiguousarray(values)
        used += n
    return weights
