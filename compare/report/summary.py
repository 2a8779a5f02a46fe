"""A verification in a few numbers and sentences."""

from typing import Any, get_args

import numpy as np
import pandas as pd

from ..case.schema import LANGUAGE_NAMES
from ..case.setting import SETTING, where
from ..judge.decisions import FAILS, HOLDS, HOLDS_IF
from ..judge.verdicts import (
    MARKS,
    MEANING,
    PairVerdict,
    PrintedVerdict,
    ValueVerdict,
)
from .distance import share
from .left_open import left_open
from .verification import Verification, not_checked

VERDICTS = [v for v in MARKS if v in (*get_args(PrintedVerdict), *get_args(PairVerdict))]


def summarise(verification: Verification) -> dict[str, Any]:
    """Counts by verdict, the worst ratio to tolerance, and what was not checked."""
    agreement = verification.agreement
    proved = _proved(verification)
    counts = {
        arithmetic: _counts(rows["verdict"], PairVerdict)
        for arithmetic, rows in agreement.groupby("arithmetic")
    }
    return {
        "exit_code": verification.exit_code,
        "meaning": MEANING[verification.exit_code],
        "complete": verification.exit_code < 2,
        "cases": len(verification.cases),
        "cases_with_numbers": sum(case.printed_numbers > 0 for case in verification.cases),
        "printed_numbers": sum(case.printed_numbers for case in verification.cases)
        + sum(len(p.values) for pair in verification.pairs for p in pair.printed),
        "printed_checks": _counts(verification.published["verdict"], PrintedVerdict),
        "pairs": counts,
        "by_case": {case.name: _counts_of(case.name, verification) for case in verification.cases},
        "references": {
            f"{kind}: {verdict}": len(rows)
            for (kind, verdict), rows in verification.references.groupby(["kind", "verdict"])
        },
        "claims": _claim_counts(verification),
        "windows": {
            "windows": int(verification.windows.groupby(SETTING)["windows"].max().sum()),
            **_counts(verification.windows["verdict"], PairVerdict),
        },
        "proved_numbers": len(proved),
        "proved_digits": {
            "printed": int(proved["digits_printed"].sum()),
            "correct": int(proved["digits_correct"].sum()),
        },
        "outputs": _counts(verification.outputs["verdict"], ValueVerdict),
        "values_compared": int(agreement["n_values"].sum()),
        "worst": _worst(agreement),
        "not_checked": not_checked(verification),
        "left_open": left_open(verification),
    }


def proof_sentence(verification: Verification) -> str:
    """How many printed numbers are proved, and how many of those correct to the last digit."""
    proved = _proved(verification)
    correct = int((proved["digits_correct"] == proved["digits_printed"]).sum())
    return (
        f"{len(proved)} of {len(verification.published)} are proved to 30 digits: {correct} were "
        f"printed with correct digits only, {len(proved) - correct} were not"
    )


def _proved(verification: Verification) -> pd.DataFrame:
    return verification.published[verification.published["proved"] != ""]


def _counts_of(case: str, verification: Verification) -> dict[str, dict[str, int]]:
    """Verdicts on a case's printed numbers, and on its quantities in each arithmetic."""
    agreement = verification.agreement
    tables = {
        "printed": verification.published,
        **{str(name): rows for name, rows in agreement.groupby("arithmetic")},
    }
    verdicts = {unit: table.loc[table["case"] == case, "verdict"] for unit, table in tables.items()}
    return {
        unit: {str(verdict): int(n) for verdict, n in said.value_counts().items()}
        for unit, said in verdicts.items()
    }


def oracle_sentence(verification: Verification) -> str:
    """How many values were held independently of both languages; empty where none was."""
    held = verification.oracles[verification.oracles["n_values"] > 0].dropna(
        subset="ratio_to_tolerance"
    )
    if held.empty:
        return ""
    n_values = held.drop(columns="case").drop_duplicates()["n_values"].sum()
    worst = held.iloc[int(held["ratio_to_tolerance"].argmax())]
    return (
        f"{n_values:,} values of both languages checked by oracles, which are neither's code; "
        f"largest difference {share(worst['ratio_to_tolerance'])} of its tolerance "
        f"({worst['case']}, {worst['what']}, {worst['arithmetic']} in "
        f"{LANGUAGE_NAMES[worst['language']]})"
    )


def _claim_counts(verification: Verification) -> dict[str, int]:
    """How many claims hold, do not, or hold under a condition."""
    kinds = verification.claims["verdict"].where(
        ~verification.claims["verdict"].str.startswith(HOLDS_IF), "if"
    )
    names = {HOLDS: "hold", FAILS: "do not hold", "if": "hold under a condition"}
    return {name: int((kinds == kind).sum()) for kind, name in names.items()}


def window_sentence(verification: Verification) -> str:
    """How many windows there are, and how near any came to its tolerance; empty without any."""
    judged_windows = verification.windows[verification.windows["arithmetic"] == "native"]
    if judged_windows.empty or judged_windows["ratio_to_tolerance"].isna().all():
        return ""
    worst = judged_windows.iloc[
        int(np.nanargmax(judged_windows["ratio_to_tolerance"].astype(float)))
    ]
    n = summarise(verification)["windows"]["windows"]
    return (
        f"{n:,} windows of a few iterations from the same state; largest difference "
        f"{share(worst['ratio_to_tolerance'])} of its tolerance ({where(worst)}, from iteration "
        f"{worst['place']:.0f})"
    )


def accuracy_sentence(verification: Verification) -> str:
    """How near what was computed is to what is proved; empty where nothing is."""
    ratios = verification.accuracy["ratio_to_tolerance"].astype(float)
    if ratios.isna().all():
        return ""
    worst = verification.accuracy.iloc[int(np.nanargmax(ratios))]
    return (
        f"{verification.accuracy['n_values'].sum():,} values beside proved ones; largest "
        f"difference {share(worst['ratio_to_tolerance'])} of what directed rounding explains "
        f"({where(worst)} in {LANGUAGE_NAMES[worst['language']]})"
    )


def claim_sentence(verification: Verification) -> str:
    """How the claims of the sources stand; empty where none was decided."""
    if verification.claims.empty:
        return ""
    counts = ", ".join(f"{n} {name}" for name, n in _claim_counts(verification).items())
    return f"{len(verification.claims)} claims in the sources' own words: {counts}"


def least_reproduced(verification: Verification) -> str:
    """Which printed number has the fewest digits that the value here reproduces."""
    rows = verification.published[verification.published["verdict"] == "within rounding"]
    if rows.empty:
        return ""
    row = rows.iloc[int(rows["lre"].argmin())]
    return (
        f"{len(rows)} printed numbers are within rounding, not reproduced to the last digit; "
        f"fewest digits in {where(row)}[{row['index']}]: {row['lre']:.1f} reproduced"
    )


def _counts(verdicts: "pd.Series[str]", kind: Any) -> dict[str, int]:
    counted = verdicts.value_counts()
    return {str(verdict): int(counted.get(verdict, 0)) for verdict in get_args(kind)}


def _worst(agreement: pd.DataFrame) -> dict[str, Any]:
    native = agreement[agreement["arithmetic"] == "native"]
    if native["ratio_to_tolerance"].isna().all():
        return {"ratio": None, "where": ""}
    row = native.iloc[int(np.nanargmax(native["ratio_to_tolerance"].astype(float)))]
    return {"ratio": float(row["ratio_to_tolerance"]), "where": where(row)}
