"""Starting weights, drawn by each language's own code."""

from collections.abc import Callable
from math import prod
from typing import Literal

import numpy as np

from ..case.schema import Start
from ..numbers.measures import Float64s

Uniform = Callable[[int, int], Float64s]
_FILL: dict[str, Literal["C", "F"]] = {"numpy": "C", "r": "F"}


def starting_weights(generator: str, start: Start, uniform: Uniform) -> dict[str, Float64s]:
    """The named draws of a start, each low + (high - low) * u in its shape.

    Parameters
    ----------
    generator : {"numpy", "r"}
        Decides whether an array is filled row by row or column by column.
    uniform : (seed, n) -> (n,)
        First n uniform numbers of the generator.

    Raises
    ------
    ValueError
        The generator gave more or fewer numbers, or no doubles.
    """
    wanted = sum(prod(draw.shape) for draw in start.draws)
    numbers = uniform(start.seed, wanted)
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
            weights[draw.name] = np.ascontiguousarray(draw.low + (draw.high - draw.low) * u)
        used += n
    return weights
