"""A verification in a few numbers and sentences."""

from typing import Any, get_args

import numpy as np
import pandas as pd

from ..case.schema import LANGUAGE_NAMES
from ..case.setting import SETTING, where
from ..judge.decisions import FAILS, HOLDS, HOLDS_IF
from ..judge.verdicts import MEANING, PairVerdict, PrintedVerdict
from .verification import Verification, failing, judged, not_checked

VERDICTS = (
    "reproduced",
    "within rounding",
    "identical",
    "agree",
    "undetermined",
    "mismatch",
    "disagree",
    "not compared",
)
JUDGED_NOUNS = [  # of the tables that `judged` lists
    ("printed number", "printed numbers"),
    ("comparison of R with Python", "comparisons of R with Python"),
    ("comparison in windows", "comparisons in windows"),
    ("comparison with proved values", "comparisons with proved values"),
    ("stored reference", "stored references"),
    ("quantity held by an oracle", "quantities held by oracles"),
    ("reviewed verdict on a claim or difference", "reviewed verdicts on claims or differences"),
]


def summarise(found: Verification) -> dict[str, Any]:
    """Counts by verdict, the worst ratio to tolerance, and what was not checked."""
    agreement = found.agreement
    counts = {
        arithmetic: _counts(rows["verdict"], PairVerdict)
        for arithmetic, rows in agreement.groupby("arithmetic")
    }
    return {
        "exit_code": found.exit_code,
        "meaning": MEANING[found.exit_code],
        "complete": found.exit_code < 2,
        "cases": len(found.cases),
        "printed_numbers": sum(case.printed_numbers for case in found.cases),
        "printed_checks": _counts(found.published["verdict"], PrintedVerdict),
        "pairs": counts,
        "references": {
            f"{kind}: {verdict}": len(rows)
            for (kind, verdict), rows in found.references.groupby(["kind", "verdict"])
        },
        "claims": _claim_counts(found),
        "windows": {
            "windows": int(found.windows.groupby(SETTING)["windows"].max().sum()),
            **_counts(found.windows["verdict"], PairVerdict),
        },
        "proved_numbers": int((found.published["proved"] != "").sum()),
        "values_compared": int(agreement["n_values"].sum()),
        "worst": _worst(agreement),
        "not_checked": not_checked(found),
    }


def verdict_sentence(found: Verification) -> str:
    """The verdict in one sentence."""
    counts = summarise(found)
    if found.exit_code >= 2:
        n = len(counts["not_checked"])
        things = "1 thing" if n == 1 else f"{n} things"
        whose = ", by an error of the program itself" if found.crashes else ""
        return f"Incomplete: {things} could not be compared{whose}."
    if found.exit_code == 1:
        counts_failing = [len(failing(table)) for table, _ in judged(found)]
        parts = [
            f"{n} {one if n == 1 else many}"
            for n, (one, many) in zip(counts_failing, JUDGED_NOUNS, strict=True)
            if n
        ]
        verb = "does" if sum(counts_failing) == 1 else "do"
        return f"Failed: {' and '.join(parts)} {verb} not hold."
    open_pairs = sum(pairs["undetermined"] for pairs in counts["pairs"].values())
    beyond = (
        f"; {open_pairs} quantities that doubles do not determine have the same bits in ordered "
        "arithmetic"
        if open_pairs
        else ""
    )
    published = (
        f"All {counts['printed_numbers']} published numbers are accounted for, and "
        if counts["printed_numbers"]
        else "No numbers were published here; "
    )
    return f"{published}R and Python agree at every iteration within what rounding allows{beyond}."


def proof_sentence(found: Verification) -> str:
    """How many printed numbers are proved, and how many of those true to the last digit."""
    proved = found.published[found.published["proved"] != ""]
    true = int((proved["digits_correct"] == proved["digits_printed"]).sum())
    return (
        f"{len(proved)} of {len(found.published)} are proved to 30 digits: {true} were printed "
        f"with true digits only, {len(proved) - true} were not"
    )


def oracle_sentence(found: Verification) -> str:
    """How many values were held independently of both languages; empty where none was."""
    held = found.oracles[found.oracles["n_values"] > 0].dropna(subset="ratio_to_tolerance")
    if held.empty:
        return ""
    n_values = held.drop(columns="case").drop_duplicates()["n_values"].sum()
    worst = held.iloc[int(held["ratio_to_tolerance"].argmax())]
    return (
        f"{n_values:,} values of both languages held by oracles, independently of them; largest "
        f"difference {worst['ratio_to_tolerance']:.2f} of its tolerance ({worst['case']}, "
        f"{worst['what']}, {worst['language']} {worst['arithmetic']})"
    )


def _claim_counts(found: Verification) -> dict[str, int]:
    """How many claims hold, do not, or hold under a condition."""
    kinds = found.claims["verdict"].where(~found.claims["verdict"].str.startswith(HOLDS_IF), "if")
    names = {HOLDS: "hold", FAILS: "do not hold", "if": "hold under a condition"}
    return {name: int((kinds == kind).sum()) for kind, name in names.items()}


def window_sentence(found: Verification) -> str:
    """How many windows there are, and how near any came to its tolerance; empty without any."""
    judged_windows = found.windows[found.windows["arithmetic"] == "native"]
    if judged_windows.empty or judged_windows["ratio_to_tolerance"].isna().all():
        return ""
    worst = judged_windows.iloc[
        int(np.nanargmax(judged_windows["ratio_to_tolerance"].astype(float)))
    ]
    n = summarise(found)["windows"]["windows"]
    return (
        f"{n:,} windows of a few iterations from the same state; largest difference "
        f"{worst['ratio_to_tolerance']:.2f} of its tolerance ({where(worst)}, from iteration "
        f"{worst['place']:.0f})"
    )


def accuracy_sentence(found: Verification) -> str:
    """How near what was computed is to what is proved; empty where nothing is."""
    ratios = found.accuracy["ratio_to_tolerance"].astype(float)
    if ratios.isna().all():
        return ""
    worst = found.accuracy.iloc[int(np.nanargmax(ratios))]
    return (
        f"{found.accuracy['n_values'].sum():,} values beside proved ones; largest difference "
        f"{worst['ratio_to_tolerance']:.2f} of what directed rounding explains ({where(worst)} in "
        f"{LANGUAGE_NAMES[worst['language']]})"
    )


def claim_sentence(found: Verification) -> str:
    """How the claims of the sources stand; empty where none was decided."""
    if found.claims.empty:
        return ""
    counts = ", ".join(f"{n} {name}" for name, n in _claim_counts(found).items())
    return f"{len(found.claims)} claims in the sources' own words: {counts}"


def least_reproduced(found: Verification) -> str:
    """Which printed number has the fewest digits in common with the value here."""
    rows = found.published[found.published["verdict"] == "within rounding"]
    if rows.empty:
        return ""
    row = rows.iloc[int(rows["lre"].argmin())]
    return (
        f"{len(rows)} printed numbers differ in their last digits, within rounding; most in "
        f"{where(row)}[{row['index']}]: {row['lre']:.1f} digits in common"
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
