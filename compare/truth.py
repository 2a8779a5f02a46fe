"""What is true: published and recomputed numbers beside proved ones."""

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np
import pandas as pd

from compare.balls import overlap
from compare.case import Case, Printed
from compare.digits import digits_printed, digits_true, error_ulp, lre_of_proved, shown
from compare.directed_evidence import Directed
from compare.plausible import Moved, moved_by_rounding, too_wide
from compare.pool import Failure
from compare.proof import Interval, Proof
from compare.proved import check_proved
from compare.results import Results
from compare.runs import Result, Setting, settings
from compare.schema import LANGUAGES, Float64s
from compare.spread import Spread, drift
from compare.verdicts import misshapen, unusable

Proofs = dict[str, Proof]
ACCURACY = [
    *("case", "variant", "start", "language", "quantity", "n_values", "min_lre", "index"),
    *("median_lre", "ratio_to_tolerance", "verdict", "reason"),
]
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
        "unproved": "" if known else _proof(case, printed.variant, printed.start, proofs).reason,
    }


def exact_value(case: Case, printed: Printed, proofs: Proofs) -> float | None:
    """The proved value of a published number where that is exact, as a count's is."""
    proved = _proved(case, printed, proofs)
    if proved is None or Fraction(proved[1]) != 0 or printed.quantity in case.inputs:
        return None
    return float(proved[0])


def _proof(case: Case, variant: str, start: str, proofs: Proofs) -> Proof:
    (setting,) = (s for s in settings(case) if (s.variant.name, s.start) == (variant, start))
    return proofs[str(setting)]


def _proved(case: Case, printed: Printed, proofs: Proofs) -> Interval | None:
    if printed.quantity in case.inputs:
        given = np.array(case.inputs[printed.quantity], float)
        return repr(float(given[printed.index])), "0"
    shape = case.shape(printed.quantity)
    flat = int(np.ravel_multi_index(printed.index, shape)) if shape else 0
    proof = _proof(case, printed.variant, printed.start, proofs)
    return proof.values.get(printed.quantity, {}).get(flat)


def accuracy(
    cases: list[Case],
    results: Results,
    proofs: Proofs,
    directed: dict[str, Directed],
    spreads: dict[str, Spread],
) -> pd.DataFrame:
    """One row for each proved quantity of each native run.

    Its fewest true digits, and whether each value is as near the proved one as the language's own
    rounding explains.
    """
    rows = []
    for setting in (s for case in cases for s in settings(case)):
        case = setting.case
        for language in LANGUAGES:
            result = results.get(case, setting.variant.name, setting.start, language)
            for quantity, proved in proofs[str(setting)].values.items():
                row = {
                    "case": case.name,
                    "variant": setting.variant.name,
                    "start": setting.start,
                    "language": language,
                    "quantity": quantity,
                    "n_values": len(proved),
                }
                noisy = spreads[case.name].of(setting.variant.name, setting.start, quantity)
                spread = directed[case.name].of(setting, language, quantity), noisy
                rows.append(row | _accuracy(result, quantity, case.shape(quantity), proved, spread))
    return pd.DataFrame(rows, columns=ACCURACY)


def _accuracy(
    result: Result | Failure,
    quantity: str,
    shape: tuple[int, ...],
    proved: dict[int, Interval],
    spread: tuple[dict[int, float] | None, Float64s | None],
) -> dict[str, Any]:
    directed, noisy = spread
    if isinstance(result, Failure):
        return {"verdict": "not compared", "reason": result.reason}
    if noisy is None:
        return {"verdict": "not compared", "reason": "its rounding spread was not measured"}
    values = result.get(quantity)
    if problem := misshapen(values, shape):
        return {"verdict": "not compared", "reason": problem}
    if problem := unusable(values, shape):
        return {"verdict": "disagree", "reason": problem}
    flat = np.ravel(np.asarray(values))
    digits = lre_of_proved(flat[list(proved)], list(proved.values()))
    check = check_proved(flat, proved, directed, noisy.ravel())
    return {
        "min_lre": float(digits.min()),
        "index": list(proved)[int(digits.argmin())],
        "median_lre": float(np.median(digits)),
        "ratio_to_tolerance": check.ratio_to_tolerance,
        "verdict": check.verdict,
        "reason": check.reason,
    }


def finals(cases: list[Case], results: Results, proofs: Proofs) -> pd.DataFrame:
    """One row for each final value of a native pair, with the proved one where there is one."""
    tables = []
    for pair in results.pairs(cases):
        if pair.arithmetic != "native":
            continue
        if isinstance(pair.python, Failure) or isinstance(pair.r, Failure):
            continue
        proof = _proof(pair.case, pair.variant, pair.start, proofs)
        for quantity in pair.case.finals:
            shape = pair.case.shape(quantity)
            a: Any = pair.python.get(quantity)
            b: Any = pair.r.get(quantity)
            if misshapen(a, shape) or misshapen(b, shape):
                continue  # seen, and said, by the comparison
            proved = proof.values.get(quantity, {})
            table = pd.DataFrame(
                {
                    "case": pair.case.name,
                    "variant": pair.variant,
                    "start": pair.start,
                    "quantity": quantity,
                    "index": [",".join(map(str, index)) for index in np.ndindex(shape)],
                    "python": np.ravel(a),
                    "r": np.ravel(b),
                    "proved": [shown(proved[i]) if i in proved else "" for i in range(np.size(a))],
                }
            )
            tables.append(table)
    return pd.concat(tables, ignore_index=True) if tables else pd.DataFrame()


@dataclass(frozen=True)
class Again:
    """What is proved and measured now, by setting."""

    proofs: dict[str, Live]
    spreads: dict[str, dict[str, Float64s] | Failure]
    directed: dict[str, dict[str, dict[str, Float64s]] | Failure]


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
        key, case = str(setting), setting.case.name
        proof = judge_proof(proofs[key], again.proofs.get(key))
        rows.append(_row(setting, "proof", proof, proofs[key]))
        python, r = (
            results.get(setting.case, setting.variant.name, setting.start, language)
            for language in LANGUAGES
        )
        moved = moved_by_rounding(setting, python, r, proofs[key])
        spread = judge_spread(setting, spreads[case], again.spreads[key], moved)
        rows.append(_row(setting, "spread", spread))
        if key in again.directed:
            found = judge_directed(setting, directed[case], again.directed[key])
            rows.append(_row(setting, "directed rounding", found))
    return pd.DataFrame(rows)


def _row(
    setting: Setting, kind: str, judged: tuple[str, str, int], proof: Proof | None = None
) -> dict[str, Any]:
    verdict, reason, n = judged
    made_by = proof.made_by if proof else {}
    return {
        "case": setting.case.name,
        "variant": setting.variant.name,
        "start": setting.start,
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
    moved: dict[str, Moved] | None = None,
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
        stored = spread.of(setting.variant.name, setting.start, quantity)
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
