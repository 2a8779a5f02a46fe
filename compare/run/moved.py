"""Inputs moved by a unit in the last place: what a function does with the rounding of others."""

from typing import Any

import numpy as np

MOVES = 16


def moved(inputs: dict[str, Any], k: int) -> dict[str, Any]:
    """Inputs with each number that is not whole moved by one unit in the last place, or not.

    Upward for odd k, downward for even: so that two neighbours never change places.
    """
    generator = np.random.default_rng(k)
    towards = np.inf if k % 2 else -np.inf
    return {name: _moved(value, generator, towards) for name, value in inputs.items()}


def _moved(value: Any, generator: np.random.Generator, towards: float) -> Any:
    if isinstance(value, dict):
        return {name: _moved(v, generator, towards) for name, v in value.items()}
    if isinstance(value, list):
        return [_moved(v, generator, towards) for v in value]
    if isinstance(value, float):
        return float(_moved(np.array(value), generator, towards))
    if not isinstance(value, np.ndarray) or value.dtype != np.float64:
        return value
    chosen = _is_movable(value) & (generator.random(value.shape) < 0.5)
    return np.where(chosen, np.nextafter(value, towards), value)


def can_move(inputs: Any) -> bool:
    """Whether any input is a number that is not whole."""
    if isinstance(inputs, dict):
        return any(map(can_move, inputs.values()))
    if isinstance(inputs, list):
        return any(map(can_move, inputs))
    if isinstance(inputs, float) or (isinstance(inputs, np.ndarray) and inputs.dtype == np.float64):
        return bool(_is_movable(np.asarray(inputs)).any())
    return False


def _is_movable(values: Any) -> Any:
    return np.isfinite(values) & (values != np.round(values))
