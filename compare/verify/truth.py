"""What is true: published and recomputed numbers beside proved ones."""

from fractions import Fraction
from typing import Any

import numpy as np
import pandas as pd

from ..case.case import Case, Printed
from ..case.schema import LANGUAGES
from ..case.setting import Setting, settings
from ..judge.proved import check_proved, refuse_unusable
from ..numbers.digits import (
    Interval,
    digits_correct,
    digits_printed,
    error_ulp,
    lre_of_proved,
    shown,
)
from ..numbers.measures import Float64s
from ..run.pool import Failure
from ..run.results import Results
from ..run.returned import misshapen
from ..run.runs import Result
from .stored import StoredEvidence

ACCURACY = [
    *("case", "variant", "start", "language", "quantity", "n_values", "min_lre", "index"),
    *("median_lre", "ratio_to_tolerance", "verdict", "reason"),
]


def truth_columns(
    setting: Setting, printed: Printed, recomputed: float | None, stored: StoredEvidence
) -> dict[str, Any]:
    """The proved value of a published number, and how many digits of it were printed right."""
    proved = _proved(setting, printed, stored)
    known = proved is not None
    return {
        "proved": shown(proved) if proved else "",
        "digits_printed": digits_printed(printed.text),
        "digits_correct": digits_correct(printed.text, proved) if proved else None,
        "error_ulp": error_ulp(recomputed, proved) if proved and recomputed is not None else None,
        "unproved": "" if known else stored.proofs[setting].reason,
    }


def exact_value(setting: Setting, printed: Printed, stored: StoredEvidence) -> float | None:
    """The proved value of a published number where that is exact, as a count's is."""
    proved = _proved(setting, printed, stored)
    if proved is None or Fraction(proved[1]) != 0 or printed.quantity in setting.case.inputs:
        return None
    return float(proved[0])


def _proved(setting: Setting, printed: Printed, stored: StoredEvidence) -> Interval | None:
    case = setting.case
    if printed.quantity in case.inputs:
        inputs = np.array(case.inputs[printed.quantity], float)
        return repr(float(inputs[printed.index])), "0"
    shape = case.shape(printed.quantity)
    flat = int(np.ravel_multi_index(printed.index, shape)) if shape else 0
    return stored.proofs[setting].values.get(printed.quantity, {}).get(flat)


def accuracy(cases: list[Case], results: Results, stored: StoredEvidence) -> pd.DataFrame:
    """One row for each proved quantity of each native run.

    Its fewest correct digits, and whether each value is as near the proved one as the language's
    own rounding explains.
    """
    rows = []
    for setting in (s for case in cases for s in settings(case)):
        case = setting.case
        for language in LANGUAGES:
            result = results.get(setting, language)
            spread = stored.spreads[case.name]
            weights_undetermined = not isinstance(result, Failure) and (
                spread.leaves_weights_undetermined(setting, result)
            )
            for quantity, proved in stored.proofs[setting].values.items():
                row = {
                    **setting.labels,
                    "language": language,
                    "quantity": quantity,
                    "n_values": len(proved),
                }
                noisy = spread.of(setting, quantity)
                spreads = stored.directed[case.name].of(setting, language, quantity), noisy
                judged = _accuracy(result, setting, quantity, proved, spreads, weights_undetermined)
                rows.append(row | judged)
    return pd.DataFrame(rows, columns=ACCURACY)


def _accuracy(
    result: Result | Failure,
    setting: Setting,
    quantity: str,
    proved: dict[int, Interval],
    spreads: tuple[dict[int, float] | None, Float64s | None],
    weights_undetermined: bool,
) -> dict[str, Any]:
    directed, noisy = spreads
    shape = setting.case.shape(quantity)
    if isinstance(result, Failure):
        return {"verdict": "not compared", "reason": result.reason}
    if noisy is None:
        return {"verdict": "not compared", "reason": "its rounding spread was not measured"}
    values = result.get(quantity)
    if refused := refuse_unusable(values, shape):
        return {"verdict": refused.verdict, "reason": refused.reason}
    flat = np.ravel(np.asarray(values))
    digits = lre_of_proved(flat[list(proved)], list(proved.values()))
    trajectory = quantity in setting.case.trajectories
    with np.errstate(over="ignore"):  # far off beside the smallest tolerance: infinite is right
        check = check_proved(
            flat, proved, directed, noisy.ravel(), weights_undetermined, trajectory
        )
    return {
        "min_lre": float(digits.min()),
        "index": list(proved)[int(digits.argmin())],
        "median_lre": float(np.median(digits)),
        "ratio_to_tolerance": check.ratio_to_tolerance,
        "verdict": check.verdict,
        "reason": check.reason,
    }


def final_values(cases: list[Case], results: Results, stored: StoredEvidence) -> pd.DataFrame:
    """One row for each final value of a native pair, with the proved one where there is one."""
    tables = []
    for pair in results.pairs(cases):
        if pair.arithmetic != "native":
            continue
        if isinstance(pair.python, Failure) or isinstance(pair.r, Failure):
            continue
        proof = stored.proofs[pair.setting]
        for quantity in pair.case.final_values:
            shape = pair.case.shape(quantity)
            a: Any = pair.python.get(quantity)
            b: Any = pair.r.get(quantity)
            if misshapen(a, shape) or misshapen(b, shape):
                continue  # seen, and said, by the comparison
            proved = proof.values.get(quantity, {})
            table = pd.DataFrame(
                {
                    **pair.setting.labels,
                    "quantity": quantity,
                    "index": [",".join(map(str, index)) for index in np.ndindex(shape)],
                    "python": np.ravel(a),
                    "r": np.ravel(b),
                    "proved": [shown(proved[i]) if i in proved else "" for i in range(np.size(a))],
                }
            )
            tables.append(table)
    return pd.concat(tables, ignore_index=True) if tables else pd.DataFrame()
