"""The verdict on a verification in one sentence."""

import pandas as pd

from ..case.setting import SETTING
from ..judge.verdicts import INCOMPLETE, rank
from .summary import summarise
from .verification import Verification, failing, judged

JUDGED_NOUNS = [  # of the tables that `judged` lists
    ("printed number", "printed numbers"),
    ("comparison of R with Python", "comparisons of R with Python"),
    ("comparison in windows", "comparisons in windows"),
    ("comparison with proved values", "comparisons with proved values"),
    ("stored reference", "stored references"),
    ("quantity checked by an oracle", "quantities checked by oracles"),
    ("reviewed verdict on a claim or difference", "reviewed verdicts on claims or differences"),
    ("output of a pair", "outputs of pairs"),
]


def verdict_sentence(verification: Verification) -> str:
    """The verdict in one sentence."""
    counts = summarise(verification)
    fails = _fails(verification)
    if verification.exit_code >= 2:
        n = len(counts["not_checked"])
        things = "1 thing" if n == 1 else f"{n} things"
        whose = ", by an error of the program itself" if verification.crashes else ""
        beside = f"; of what was compared, {fails}" if fails else ""
        return f"Incomplete: {things} could not be compared{whose}{beside}."
    if fails:
        return f"Failed: {fails}."
    if not verification.cases:
        return pairs_sentence(verification)
    open_pairs = sum(pairs["undetermined"] for pairs in counts["pairs"].values())
    beyond = (
        f"; {open_pairs} quantities with fewer than six determined digits pass by portable runs "
        "and windows"
        if open_pairs
        else ""
    )
    published = (
        f"All {counts['printed_numbers']} published numbers are accounted for, and "
        if counts["printed_numbers"]
        else "No numbers were published here; "
    )
    return f"{published}R and Python nowhere differ by more than rounding explains{beyond}."


def _fails(verification: Verification) -> str:
    """What was compared and does not hold, counted; empty where all of it holds."""
    tables = [failing(table) for table, _ in judged(verification)]
    counts = [int((~table["verdict"].isin(INCOMPLETE)).sum()) for table in tables]
    parts = [
        f"{n} {one if n == 1 else many}"
        for n, (one, many) in zip(counts, JUDGED_NOUNS, strict=True)
        if n
    ]
    said = " and ".join(filter(None, [", ".join(parts[:-1]), *parts[-1:]]))
    return f"{said} {'does' if sum(counts) == 1 else 'do'} not hold" if parts else ""


def _printed(verdicts: "pd.Series[str]") -> str:
    """How printed numbers are reproduced, where none of them fails; empty where there are none."""
    counts = {str(k): int(n) for k, n in verdicts.value_counts().items()}
    if set(counts) - {"reproduced"}:
        said = ", ".join(f"{counts[v]} {v}" for v in sorted(counts, key=rank))
        return f"Of {len(verdicts)} printed numbers {said}"
    if len(verdicts) == 1:
        return "The printed number is reproduced"
    return f"All {len(verdicts)} printed numbers are reproduced" if counts else ""


def pairs_sentence(verification: Verification) -> str:
    """How many outputs of pairs there are, where none of them fails."""
    outputs = verification.outputs
    n, pairs = len(outputs), len(outputs[SETTING].drop_duplicates())
    counts = {str(k): int(v) for k, v in outputs["verdict"].value_counts().items()}
    said = ", ".join(f"{counts[v]} {v}" for v in sorted(counts, key=rank))
    printed = _printed(verification.published["verdict"])
    if not n:
        return f"{printed}."
    return f"{printed}{'; ' if printed else ''}" + (
        f"R and Python agree in {'the only output' if n == 1 else f'all {n} outputs'} of "
        f"{'one pair' if pairs == 1 else f'{pairs} pairs'}: {said}."
    )
