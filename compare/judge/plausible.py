"""Whether a stored spread is of the size of what rounding did to the values at hand.

What would take too long to be measured again is held to that: the spread of the final values and
of the later iterations of a long run.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..case.setting import Setting
from ..evidence.proof import Proof
from ..evidence.spread import LIVE_ITERATIONS, Spread
from ..numbers.measures import Float64s, without_a_digit
from ..run.pool import Failure

# The spread is the largest of 32 members, rounding's error that of one run in each language. In
# 774 quantities and stretches of iterations the first was at most 333 times the second.
WIDEST = 1e4


@dataclass(frozen=True)
class RoundingError:
    """Some values of a quantity and how far rounding has moved them, by flat index."""

    index: NDArray[np.int64]
    value: Float64s
    error: Float64s


def rounding_errors(
    setting: Setting, python: Any, r: Any, proof: Proof
) -> dict[str, RoundingError]:
    """How far both native runs are from the proved values; without these, from each other."""
    if isinstance(python, Failure) or isinstance(r, Failure):
        return {}
    errors = {}
    for quantity in setting.case.measured:
        shape = setting.case.shape(quantity)
        a, b = np.asarray(python.get(quantity)), np.asarray(r.get(quantity))
        if a.shape != shape or b.shape != shape:
            continue  # a disagreement, found by the comparison
        a, b = a.ravel().astype(float), b.ravel().astype(float)
        index = np.arange(a.size)
        error = np.abs(a - b)
        if quantity in proof.values:
            index = np.array(list(proof.values[quantity]))
            exact = np.array([float(middle) for middle, _ in proof.values[quantity].values()])
            error = np.maximum(np.abs(a[index] - exact), np.abs(b[index] - exact))
        errors[quantity] = RoundingError(index, a[index], error)
    return errors


def too_wide(setting: Setting, spread: Spread, errors: dict[str, RoundingError]) -> str:
    """Why a stored spread cannot be that of this run; empty where it can.

    Where the weights are not determined in double precision, a run may by luck end much nearer to
    the exact result than most members do. The spread of the weights is held all the same, that of
    the other quantities only to their size (a count may be anything up to the last iteration).
    """
    weights = [name for name in setting.weight_names if name in errors]
    if reason := _first_too_wide(setting, spread, errors, weights):
        return reason
    least = 0.0
    for name in weights:
        stored = spread.of(setting, name)
        if stored is not None and without_a_digit(errors[name].value, stored.ravel()).any():
            least = max(1.0, setting.case.total_iterations / WIDEST)
    others = [name for name in errors if name not in weights]
    return _first_too_wide(setting, spread, errors, others, least)


def _first_too_wide(
    setting: Setting,
    spread: Spread,
    errors: dict[str, RoundingError],
    names: list[str],
    least: float = 0.0,
) -> str:
    for name in names:
        known, stored = errors[name], spread.of(setting, name)
        if stored is None:
            continue
        flat = stored.ravel()
        for part in _parts(setting, name, flat.size):
            here = (known.index >= part.start) & (known.index < part.stop)
            if not here.any():
                continue
            largest = float(np.abs(known.value[here]).max())
            error = max(known.error[here].max(), np.spacing(largest), least * max(largest, 1.0))
            worst = part.start + int(flat[part].argmax())
            if not flat[worst] <= WIDEST * error:
                said = f"stored {flat[worst]:.2g}, but rounding moves these values by {error:.2g}"
                return f"{name}[{worst}]: {said}"
    return ""


def _parts(setting: Setting, quantity: str, size: int) -> list[slice]:
    """All of a final value; the iterations that are not measured again, each twice as many."""
    if quantity not in setting.case.trajectories:
        return [slice(0, size)]
    firsts = [LIVE_ITERATIONS * 2**n for n in range(size.bit_length())]
    return [slice(first, min(2 * first, size)) for first in firsts]
