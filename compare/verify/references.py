"""What is stored beside what is proved and measured now."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from ..case.schema import LANGUAGES
from ..case.setting import Setting
from ..evidence.directed_spread import Directed
from ..evidence.proof import Proof
from ..evidence.spread import Spread
from ..judge.drift import drift
from ..judge.plausible import RoundingError, rounding_errors, too_wide
from ..numbers.balls import overlap
from ..numbers.digits import Interval
from ..numbers.measures import Float64s
from ..run.pool import Failure
from ..run.results import Results
from .truth import Proofs

Live = dict[str, dict[int, Interval]] | Failure
HOLDS, CONTRADICTED, UNPROVED, NOT_REPROVED = "holds", "contradicted", "unproved", "not compared"


@dataclass(frozen=True)
class Again:
    """What is proved and measured now, by setting."""

    proofs: dict[Setting, Live]
    spreads: dict[Setting, dict[str, Float64s] | Failure]
    directed: dict[Setting, dict[str, dict[str, Float64s]] | Failure]


def references(
    proofs: Proofs,
    spreads: dict[str, Spread],
    directed: dict[str, Directed],
    again: Again,
    where: list[Setting],
    results: Results,
) -> pd.DataFrame:
    """Up to three rows for each setting: does what is stored fit what is found now?"""
    rows = []
    for setting in where:
        case = setting.case.name
        proof = judge_proof(proofs[setting], again.proofs.get(setting))
        rows.append(_row(setting, "proof", proof, proofs[setting]))
        python, r = (results.get(setting, language) for language in LANGUAGES)
        moved = rounding_errors(setting, python, r, proofs[setting])
        spread = judge_spread(setting, spreads[case], again.spreads[setting], moved)
        rows.append(_row(setting, "spread", spread))
        if setting in again.directed:
            found = judge_directed(setting, directed[case], again.directed[setting])
            rows.append(_row(setting, "directed rounding", found))
    return pd.DataFrame(rows)


def _row(
    setting: Setting, kind: str, judged: tuple[str, str, int], proof: Proof | None = None
) -> dict[str, Any]:
    verdict, reason, n = judged
    made_by = proof.made_by if proof else {}
    return {
        **setting.labels,
        "kind": kind,
        "n_values": n,
        "bits": made_by.get("bits", ""),
        "seconds": made_by.get("seconds", ""),
        "verdict": verdict,
        "reason": reason,
    }


def judge_proof(proof: Proof, live: Live | None) -> tuple[str, str, int]:
    """Verdict, reason, number of stored values that were proved again."""
    if proof.reason:
        return UNPROVED, proof.reason, 0
    if live is None or isinstance(live, Failure):
        return NOT_REPROVED, live.reason if live else "not proved again", 0
    n = 0
    for quantity, again in live.items():
        for index, enclosure in again.items():
            stored = proof.values.get(quantity, {}).get(index)
            if stored is None:
                return NOT_REPROVED, f"{quantity}[{index}]: its proof is not stored", n
            n += 1
            if not overlap(stored, enclosure):
                reason = (
                    f"{quantity}[{index}]: stored {stored[0]} +/- {stored[1]}, "
                    f"proved now {enclosure[0]} +/- {enclosure[1]}"
                )
                return CONTRADICTED, reason, n
    return (HOLDS, "", n) if n else (NOT_REPROVED, "no stored value was proved again", 0)


def judge_spread(
    setting: Setting,
    spread: Spread,
    again: dict[str, Float64s] | Failure,
    moved: dict[str, RoundingError] | None = None,
) -> tuple[str, str, int]:
    """Verdict, reason, number of values whose spread was measured again.

    Parameters
    ----------
    moved : dict, optional
        What rounding did to the values of the whole run, to hold what was not measured again.
    """
    if isinstance(again, Failure):
        return NOT_REPROVED, again.reason, 0
    n = 0
    for quantity, now in again.items():
        stored = spread.of(setting, quantity)
        if stored is None:
            return NOT_REPROVED, f"{quantity}: its spread is not stored", n
        n += now.size
        if reason := drift(stored.ravel()[: now.size], now.ravel()):
            return CONTRADICTED, quantity + reason, n
    if reason := too_wide(setting, spread, moved or {}):
        return CONTRADICTED, reason, n
    return HOLDS, "", n


def judge_directed(
    setting: Setting, stored: Directed, again: dict[str, dict[str, Float64s]] | Failure
) -> tuple[str, str, int]:
    """Verdict, reason, number of values moved again by directed rounding."""
    if isinstance(again, Failure):
        return NOT_REPROVED, again.reason, 0
    n = 0
    for language, quantities in again.items():
        for quantity, now in quantities.items():
            kept = stored.of(setting, language, quantity)
            if kept is None:
                return NOT_REPROVED, f"{quantity}: its directed rounding is not stored", n
            indices = [i for i in kept if i < now.size]
            n += len(indices)
            before = np.array([kept[i] for i in indices])
            if reason := drift(before, now.ravel()[indices]):
                return CONTRADICTED, f"{quantity} in {language}{reason}", n
    return HOLDS, "", n
