"""Whether what a language computed is as near the proved value as its own rounding explains."""

from dataclasses import dataclass
from typing import Any, Literal

import numpy as np

from ..numbers.digits import Interval, beyond_proved
from ..numbers.measures import Float64s, moves_six_digits, tolerance
from ..run.returned import misshapen, unusable
from .undetermined import left_open


@dataclass(frozen=True)
class ProvedCheck:
    """A quantity of one language beside its proved values.

    Attributes
    ----------
    ratio_to_tolerance : float
        Largest |value - proved| in units of its tolerance.
    index : int or None
        Flat index of the value where that is.
    """

    verdict: Literal["agree", "disagree", "not compared"]
    reason: str = ""
    ratio_to_tolerance: float = float("nan")
    index: int | None = None


def refuse_unusable(values: Any, shape: tuple[int, ...]) -> ProvedCheck | None:
    """A wrong shape cannot be compared; what is not finite is wrong; None where all is well."""
    if problem := misshapen(values, shape):
        return ProvedCheck("not compared", problem)
    if problem := unusable(values, shape):
        return ProvedCheck("disagree", problem)
    return None


def check_proved(
    values: Float64s,
    proved: dict[int, Interval],
    directed: dict[int, float] | None,
    noisy: Float64s,
    weights_undetermined: bool,
    trajectory: bool,
) -> ProvedCheck:
    """Compare a quantity with its proved values.

    Parameters
    ----------
    values : array
        The whole quantity, finite, flat.
    proved : dict
        Enclosures by flat index.
    directed : dict or None
        How far directed rounding moves each proved value; None where it was not measured.
    noisy : array, flat
        How far the members moved each value. It counts where it says that a value is
        undetermined, which three runs may miss.
    weights_undetermined, trajectory : bool
        As for `compare.judge.pairs.left_open`.
    """
    if directed is None or directed.keys() != proved.keys():
        return ProvedCheck("not compared", "its directed rounding was not measured")
    indices = list(proved)
    chosen = values[indices]
    off = np.abs(beyond_proved(chosen, list(proved.values())))
    directed_there = np.array([directed[i] for i in indices])
    undetermined_by = left_open(values, noisy, weights_undetermined, trajectory)[indices]
    allowed = tolerance_of_proved(values, chosen, directed_there, undetermined_by)
    ratio = off / allowed
    worst = int(ratio.argmax())
    if ratio[worst] <= 1:
        return ProvedCheck("agree", "", float(ratio[worst]), indices[worst])
    reason = (
        f"index {indices[worst]}: {chosen[worst]:.17g} is {off[worst]:.2g} from the proved "
        f"{proved[indices[worst]][0][:24]}, tolerance {allowed[worst]:.2g}"
    )
    return ProvedCheck("disagree", reason, float(ratio[worst]), indices[worst])


def tolerance_of_proved(
    values: Float64s, chosen: Float64s, directed: Float64s, undetermined_by: Float64s
) -> Float64s:
    """How far values may be from the proved ones.

    Three runs move some value by next to nothing, by chance, so each has at least the median
    spread of its quantity. Where a value moves in its first six digits, it is chaotic, three runs
    say nothing about it alone, and it has the largest spread of its quantity.
    """
    either = np.maximum(directed, undetermined_by)
    usual = np.maximum(directed, np.median(directed))
    pooled = np.where(moves_six_digits(values, either), either.max(), usual)
    return tolerance(chosen, chosen, pooled)
