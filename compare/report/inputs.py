"""The inputs of somebody's pair, short enough for a page."""

from typing import Any

import numpy as np

from ..case.input_sets import Inputs
from ..safety.inert import one_line
from .page.text import brief

MOST_ITEMS, LONGEST = 12, 200


def described_inputs(inputs: Inputs) -> dict[str, Any]:
    """Which inputs a pair was called with: names, and each value as far as it is short."""
    values = {name: _in_words(value) for name, value in inputs.values.items()}
    if inputs.drawn is not None:
        values |= {
            draw.name: f"drawn, seed {inputs.drawn.seed}"
            for draw in inputs.drawn.draws
            if draw.name
        }
    return {"variant": inputs.variant, "start": inputs.start, "values": values}


def _in_words(value: Any) -> str:
    if isinstance(value, np.ndarray):
        text = np.array2string(value, separator=", ", threshold=MOST_ITEMS, floatmode="unique")
        shape = " x ".join(map(str, value.shape))
        return _brief(text) + (f" ({shape})" if value.size > MOST_ITEMS or value.ndim > 1 else "")
    return _brief(str(value) if isinstance(value, str) else repr(value))


def _brief(text: str) -> str:
    return brief(one_line(text), LONGEST)
