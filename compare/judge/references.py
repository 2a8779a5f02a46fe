"""Whether what is stored fits what is proved and measured now."""

import numpy as np

from ..case.setting import Setting
from ..evidence.directed_spread import Directed
from ..evidence.proof import Proof
from ..evidence.spread import Spread
from ..numbers.balls import overlap
from ..numbers.digits import Interval
from ..numbers.measures import Float64s
from ..run.pool import Failure
from .drift import drift
from .plausible import RoundingError, too_wide
from .verdicts import ReferenceVerdict

Live = dict[str, dict[int, Interval]] | Failure
HOLDS: ReferenceVerdict = "holds"
CONTRADICTED: ReferenceVerdict = "contradicted"
UNPROVED: ReferenceVerdict = "unproved"
NOT_COMPARED: ReferenceVerdict = "not compared"
Judged = tuple[ReferenceVerdict, str, int]


def judge_proof(proof: Proof, live: Live | None) -> Judged:
    """Verdict, reason, number of stored values that were proved again."""
    if proof.reason:
        return UNPROVED, proof.reason, 0
    if live is None or isinstance(live, Failure):
        return NOT_COMPARED, live.reason if live else "not proved again", 0
    n = 0
    for quantity, again in live.items():
        for index, enclosure in again.items():
            stored = proof.values.get(quantity, {}).get(index)
            if stored is None:
                return NOT_COMPARED, f"{quantity}[{index}]: its proof is not stored", n
            n += 1
            if not overlap(stored, enclosure):
                reason = (
                    f"{quantity}[{index}]: stored {stored[0]} +/- {stored[1]}, "
                    f"proved now {enclosure[0]} +/- {enclosure[1]}"
                )
                return CONTRADICTED, reason, n
    return (HOLDS, "", n) if n else (NOT_COMPARED, "no stored value was proved again", 0)


def judge_spread(
    setting: Setting,
    spread: Spread,
    again: dict[str, Float64s] | Failure,
    errors: dict[str, RoundingError] | None = None,
) -> Judged:
    """Verdict, reason, number of values whose spread was measured again.

    Parameters
    ----------
    errors : dict, optional
        What rounding did to the values of the whole run, to hold what was not measured again.
    """
    if isinstance(again, Failure):
        return NOT_COMPARED, again.reason, 0
    n = 0
    for quantity, now in again.items():
        stored = spread.of(setting, quantity)
        if stored is None:
            return NOT_COMPARED, f"{quantity}: its spread is not stored", n
        n += now.size
        if reason := drift(stored.ravel()[: now.size], now.ravel()):
            return CONTRADICTED, quantity + reason, n
    if reason := too_wide(setting, spread, errors or {}):
        return CONTRADICTED, reason, n
    return HOLDS, "", n


def judge_directed(
    setting: Setting, stored: Directed, again: dict[str, dict[str, Float64s]] | Failure
) -> Judged:
    """Verdict, reason, number of values moved again by directed rounding."""
    if isinstance(again, Failure):
        return NOT_COMPARED, again.reason, 0
    n = 0
    for language, quantities in again.items():
        for quantity, now in quantities.items():
            stored_spread = stored.of(setting, language, quantity)
            if stored_spread is None:
                return NOT_COMPARED, f"{quantity}: its directed rounding is not stored", n
            indices = [i for i in stored_spread if i < now.size]
            n += len(indices)
            before = np.array([stored_spread[i] for i in indices])
            if reason := drift(before, now.ravel()[indices]):
                return CONTRADICTED, f"{quantity} in {language}{reason}", n
    return HOLDS, "", n
