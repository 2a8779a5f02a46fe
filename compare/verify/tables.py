"""The tables that the report is made of."""

from dataclasses import asdict
from typing import Any

import numpy as np
import pandas as pd

from ..case.case import Case, Printed
from ..case.schema import LANGUAGES, NATIVE
from ..case.setting import SETTING, Setting, setting_of
from ..judge.printed import PrintedCheck, check_printed
from ..numbers.measures import log_spaced, tolerance
from ..run.pool import Failure
from ..run.results import Pair, Results
from ..run.returned import misshapen
from .comparisons import NOT_MEASURED, ComparedPair
from .stored import StoredEvidence
from .truth import exact_value, truth_columns

AGREEMENT = [
    *(*SETTING, "arithmetic", "quantity", "n_values", "max_abs", "max_ulp", "first_difference"),
    *("min_lre", "ratio_to_tolerance", "verdict", "tolerance", "iterations", "digits", "reason"),
]
PUBLISHED = [
    *("case", "variant", "language", "start", "quantity", "index", "printed", "recomputed"),
    *("ulp", "lre", "tolerance", "verdict", "reason", "format", "place", "printed_by"),
    *("proved", "digits_printed", "digits_correct", "error_ulp", "unproved"),
]


def published(
    cases: list[Case], results: Results, stored: StoredEvidence, of_pairs: list[dict[str, Any]]
) -> pd.DataFrame:
    """One row for each published number and language that must print it, those of pairs last."""
    rows = []
    for case in cases:
        for printed in case.printed_list():
            for language in printed.checked_in:
                setting = setting_of(case, printed.variant, printed.start)
                result = results.get(setting, language)
                check = _check(setting, printed, result, stored)
                rows.append(
                    {
                        **setting.labels,
                        "language": language,
                        "quantity": printed.quantity,
                        "index": ",".join(map(str, printed.index)),
                        "printed": printed.text,
                        **asdict(check),
                        "format": printed.format.text,
                        "place": printed.place,
                        "printed_by": printed.language,
                        **truth_columns(setting, printed, check.recomputed, stored),
                    }
                )
    return pd.DataFrame([*rows, *of_pairs], columns=PUBLISHED).astype({"verdict": "object"})


def _check(
    setting: Setting,
    printed: Printed,
    result: dict[str, Any] | Failure,
    stored: StoredEvidence,
) -> PrintedCheck:
    if isinstance(result, Failure):
        return PrintedCheck("not compared", result.reason)
    case = setting.case
    shape = case.shape(printed.quantity)
    if printed.quantity in case.inputs:
        inputs = np.array(case.inputs[printed.quantity], float)
        return check_printed(printed, inputs, shape, spread=None)
    measured = stored.spreads[case.name].of(setting, printed.quantity)
    if measured is None:
        return PrintedCheck("not compared", NOT_MEASURED)
    exact = exact_value(setting, printed, stored)
    return check_printed(printed, result.get(printed.quantity), shape, measured, exact)


def agreement(compared: list[ComparedPair]) -> pd.DataFrame:
    """One row for each quantity of each pair of runs, starting weights included."""
    rows = [
        {
            **of.pair.setting.labels,
            "arithmetic": of.pair.arithmetic,
            "quantity": quantity,
            "n_values": comparison.n_values,
            "max_abs": comparison.max_abs,
            "max_ulp": comparison.max_ulp,
            "first_difference": comparison.first_difference,
            "min_lre": comparison.min_lre,
            "digits": comparison.digits,
            "ratio_to_tolerance": comparison.ratio_to_tolerance,
            "verdict": comparison.verdict,
            "tolerance": comparison.widest,
            "iterations": "all" if of.pair.iterations is None else str(of.pair.iterations),
            "reason": comparison.reason,
        }
        for of in compared
        for quantity, comparison in of.quantities.items()
    ]
    table = pd.DataFrame(rows, columns=AGREEMENT)
    return table.astype({"max_ulp": "object", "first_difference": "Int64"})


def predictions(cases: list[Case], results: Results) -> pd.DataFrame:
    """Final predictions side by side; an alternative is another model, so it has no verdict."""
    others = {case.alternative_to: case for case in cases if case.alternative_to}
    tables = []
    shown = [case for case in cases if case.prediction and not case.alternative_to]
    for pair in results.pairs(shown):
        if pair.arithmetic != "native":
            continue
        columns = _by_language(pair, str(pair.case.prediction))
        other = others.get(pair.case.name)
        if other is not None:
            alternative = _by_language(next(results.pairs([other])), str(other.prediction))
            columns |= {f"alternative_{name}": values for name, values in alternative.items()}
        classes = np.column_stack(list(columns.values())) > 0.5
        target = pair.case.inputs[str(pair.case.target)]
        table = pd.DataFrame({"target": np.ravel(np.array(target)), **columns})
        table["r_minus_python"] = table["r"] - table["python"]
        if other is not None:
            table["alternative_minus_r"] = table["alternative_r"] - table["r"]
        table["same_class"] = (classes == classes[:, :1]).all(axis=1)
        tables.append(_labelled(table.rename_axis("row").reset_index(), pair))
    return pd.concat(tables, ignore_index=True) if tables else pd.DataFrame()


def _by_language(pair: Pair, prediction: str) -> dict[str, Any]:
    shape = pair.case.shape(prediction)
    missing = np.full(shape, np.nan)
    predictions = {
        language: missing if isinstance(side, Failure) else side.get(prediction, missing)
        for language, side in zip(LANGUAGES, (pair.python, pair.r), strict=True)
    }
    return {k: np.ravel(missing if misshapen(v, shape) else v) for k, v in predictions.items()}


def trajectories(cases: list[Case], results: Results, stored: StoredEvidence) -> pd.DataFrame:
    """Both languages at about 400 log-spaced indices, and where each bin differs most."""
    tables = []
    for pair in results.pairs(cases):
        if isinstance(pair.python, Failure) or isinstance(pair.r, Failure):
            continue
        for quantity in pair.case.trajectories:
            shape = pair.case.shape(quantity, pair.iterations)
            if any(misshapen(side.get(quantity), shape) for side in (pair.python, pair.r)):
                continue  # seen, and said, by the comparison
            a, b = np.asarray(pair.python[quantity]), np.asarray(pair.r[quantity])
            i = _shown_indices(np.abs(a - b))
            spread = stored.spreads[pair.case.name].of(pair.setting, quantity)
            exact = pair.arithmetic != NATIVE or spread is None
            allowed = np.zeros(len(i)) if exact else tolerance(a[i], b[i], np.asarray(spread)[i])
            table = pd.DataFrame(
                {
                    "arithmetic": pair.arithmetic,
                    "quantity": quantity,
                    "iteration": i,
                    "python": a[i],
                    "r": b[i],
                    "difference": b[i] - a[i],
                    "tolerance": allowed,
                }
            )
            tables.append(_labelled(table, pair))
    return pd.concat(tables, ignore_index=True) if tables else pd.DataFrame()


def _labelled(table: pd.DataFrame, pair: Pair) -> pd.DataFrame:
    labels = pair.setting.labels
    return table.assign(**labels)[[*labels, *table.columns]]


def _shown_indices(difference: Any) -> Any:
    n = len(difference)
    edges = log_spaced(n)
    largest = [
        start + int(difference[start:end].argmax())
        for start, end in zip(edges, [*edges[1:], n], strict=True)
    ]
    return np.unique([*edges, *largest, n - 1])
