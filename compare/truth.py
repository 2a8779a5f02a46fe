"""What is true: published and recomputed numbers beside proved ones."""

from typing import Any

import numpy as np
import pandas as pd

from compare.balls import overlap
from compare.case import LANGUAGES, Case, Printed
from compare.digits import digits_printed, digits_true, error_ulp, lre_of_proved, shown
from compare.pool import Failure
from compare.proof import Interval, Proof
from compare.results import Results
from compare.runs import Setting, settings

Proofs = dict[str, Proof]
Live = dict[str, dict[int, Interval]] | Failure
HOLDS, CONTRADICTED, UNPROVED, NOT_REPROVED = "holds", "contradicted", "unproved", "not compared"


def truth_columns(
    case: Case, printed: Printed, recomputed: float | None, proofs: Proofs
) -> dict[str, Any]:
    """The proved value of a published number, and how many digits of it were printed right."""
    proved = _proved(case, printed, proofs)
    known = proved is not None
    return {
        "proved": shown(proved) if proved else "",
        "digits_printed": digits_printed(printed.text),
        "digits_true": digits_true(printed.text, proved) if proved else None,
        "error_ulp": error_ulp(recomputed, proved) if proved and recomputed is not None else None,
        "unproved": "" if known else _proof(case, printed, proofs).reason,
    }


def _proof(case: Case, printed: Printed, proofs: Proofs) -> Proof:
    (setting,) = (
        s for s in settings(case) if (s.variant.name, s.start) == (printed.variant, printed.start)
    )
    return proofs[str(setting)]


def _proved(case: Case, printed: Printed, proofs: Proofs) -> Interval | None:
    if printed.quantity in case.inputs:
        given = np.array(case.inputs[printed.quantity], float)
        return repr(float(given[printed.index])), "0"
    shape = case.shape(printed.quantity)
    flat = int(np.ravel_multi_index(printed.index, shape)) if shape else 0
    return _proof(case, printed, proofs).values.get(printed.quantity, {}).get(flat)


def accuracy(cases: list[Case], results: Results, proofs: Proofs) -> pd.DataFrame:
    """One row for each quantity of each native run: its fewest true digits, and where."""
    rows = []
    for case in cases:
        for setting in settings(case):
            for language in LANGUAGES:
                result = results.get(case, setting.variant.name, setting.start, language)
                for quantity, proved in proofs[str(setting)].values.items():
                    values = np.array([])
                    if not isinstance(result, Failure):
                        values = np.asarray(result.get(quantity))
                    if values.shape != case.shape(quantity):
                        continue  # reported where runs are compared
                    indices = list(proved)
                    digits = lre_of_proved(np.ravel(values)[indices], list(proved.values()))
                    rows.append(
                        {
                            "case": case.name,
                            "variant": setting.variant.name,
                            "start": setting.start,
                            "language": language,
                            "quantity": quantity,
                            "n_values": len(indices),
                            "min_lre": float(digits.min()),
                            "index": indices[int(digits.argmin())],
                            "median_lre": float(np.median(digits)),
                        }
                    )
    return pd.DataFrame(rows)


def proof_table(proofs: Proofs, live: dict[str, Live], where: list[Setting]) -> pd.DataFrame:
    """One row for each setting: is it proved, and does a proof made now say the same?"""
    return pd.DataFrame([_proof_row(s, proofs[str(s)], live.get(str(s))) for s in where])


def _proof_row(setting: Setting, proof: Proof, live: Live | None) -> dict[str, Any]:
    verdict, reason, n = HOLDS, "", 0
    if proof.reason:
        verdict, reason = UNPROVED, proof.reason
    elif live is None or isinstance(live, Failure):
        verdict, reason = NOT_REPROVED, live.reason if live else "not proved again"
    else:
        for quantity, again in live.items():
            for index, enclosure in again.items():
                stored = proof.values.get(quantity, {}).get(index)
                if stored is None:
                    continue
                n += 1
                if verdict == HOLDS and not overlap(stored, enclosure):
                    verdict = CONTRADICTED
                    reason = (
                        f"{quantity}[{index}]: stored {stored[0]} +/- {stored[1]}, "
                        f"proved now {enclosure[0]} +/- {enclosure[1]}"
                    )
        if n == 0:
            verdict, reason = NOT_REPROVED, "no stored value was proved again"
    return {
        "case": setting.case.name,
        "variant": setting.variant.name,
        "start": setting.start,
        "n_values": sum(map(len, proof.values.values())),
        "proved_again": n,
        "bits": proof.made_by.get("bits", ""),
        "seconds": proof.made_by.get("seconds", ""),
        "verdict": verdict,
        "reason": reason,
    }
