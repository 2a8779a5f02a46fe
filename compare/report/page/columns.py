"""The tables of a report: their columns, and how each is read and checked."""

import re
from pathlib import Path
from typing import Any

import pandas as pd

from ...case.setting import SETTING
from ...safety.errors import ReportError
from ...safety.inert import visible

DIFF_COLUMNS = ["table", "key", "column", "old", "new"]
MUTANTS = ["mutants", "killed", "killed_by_error", "equivalent", "explained", "survived"]
TEXTS = {
    "published": [
        *SETTING,
        *("language", "quantity", "index", "printed", "verdict", "reason", "place", "printed_by"),
        *("proved", "unproved"),
    ],
    "agreement": [*SETTING, "arithmetic", "quantity", "verdict", "iterations", "reason"],
    "trajectories": [*SETTING, "arithmetic", "quantity"],
    "windows": [*SETTING, "arithmetic", "quantity", "verdict", "reason"],
    "sensitivity": [*SETTING, "quantity", "where"],
    "accuracy": [*SETTING, "language", "quantity", "verdict", "reason"],
    "final_values": [*SETTING, "quantity", "index", "proved"],
    "predictions": SETTING,
    "references": [*SETTING, "kind", "verdict", "reason"],
    "first_differences": [
        *SETTING,
        "iteration",
        "quantity",
        "index",
        "doubling",
        "cause",
        "located",
        *("python_statements", "r_statements"),
    ],
    "oracles": ["case", "language", "arithmetic", "what", "verdict", "reason"],
    "claims": ["id", "source", "claim", "verdict", "evidence", "reviewed"],
    "differences": ["id", "python", "r", "consequence", "verdict", "evidence", "reviewed"],
    "values": [*SETTING, "arithmetic", "output", "index", "python", "r", "ulp", "verdict", "note"],
    "outputs": [
        *SETTING,
        "arithmetic",
        "output",
        "verdict",
        "fails",
        "n_values",
        "declared",
        "note",
    ],
    "messages": [*SETTING, "language", "kind", "text"],
    "explanations": [*SETTING, "output", "hypothesis", "evidence", "advice"],
    "selftest": MUTANTS,
    "diff": DIFF_COLUMNS,
}
NUMBERS = {
    "published": [
        *("recomputed", "ulp", "lre", "tolerance"),
        *("digits_printed", "digits_correct", "error_ulp"),
    ],
    "agreement": [
        *("n_values", "max_abs", "max_ulp", "first_difference", "min_lre", "ratio_to_tolerance"),
        "digits",
    ],
    "trajectories": ["iteration", "python", "r", "difference", "tolerance"],
    "windows": ["windows", "n_values", "max_abs", "ratio_to_tolerance", "place"],
    "sensitivity": ["largest_passing", "relative_to"],
    "accuracy": ["n_values", "min_lre", "index", "median_lre", "ratio_to_tolerance"],
    "final_values": ["python", "r"],
    "predictions": ["row", "target", "python", "r"],
    "first_differences": ["python", "r", "ulps"],
    "oracles": ["n_values", "ratio_to_tolerance"],
}
OPTIONAL_NUMBERS = {"predictions": ["alternative_r", "alternative_python"]}
PATTERNS = {
    ("final_values", "index"): r"\d+(,\d+)*|",
    ("first_differences", "iteration"): r"\d*",
    ("agreement", "iterations"): r"all|\d+",
    ("outputs", "fails"): r"True|False",
    ("outputs", "n_values"): r"\d+",
    **{("selftest", column): r"\d+" for column in MUTANTS},
}


def read_texts(path: Path, columns: list[str]) -> pd.DataFrame:
    """A table of a report as it is written, every cell a text.

    Raises
    ------
    ReportError
        It cannot be read, or lacks one of the columns.
    """
    try:
        table = pd.read_csv(path, dtype=str, keep_default_na=False)
    except pd.errors.EmptyDataError:
        table = pd.DataFrame(columns=columns, dtype=str)
    except (OSError, ValueError) as error:
        raise ReportError(f"{path}: {error}") from None
    for column in columns:
        if column not in table:
            raise ReportError(f"{path}: no column {column!r}")
    return table


def read_table(path: Path, name: str) -> pd.DataFrame:
    """A table of a report, texts as str and numbers as float.

    Raises
    ------
    ReportError
        It cannot be read, or something in it cannot stand there.
    """
    table = read_texts(path, [*TEXTS.get(name, []), *NUMBERS.get(name, [])])
    numbers = [*NUMBERS.get(name, []), *OPTIONAL_NUMBERS.get(name, [])]
    for column in table.columns:
        if column not in numbers:
            known = {text: made_visible(text) for text in table[column].unique()}
            pattern = PATTERNS.get((name, str(column)), "(?s).*")
            wrong = [text for text in known if not re.fullmatch(pattern, text)]
            if wrong:
                raise ReportError(f"{path}: column {column!r}: {wrong[0]!r} cannot stand there")
            table[column] = table[column].map(known)
            continue
        try:
            table[column] = table[column].replace("", "nan").astype(float)
        except ValueError as error:
            raise ReportError(f"{path}: column {column!r}: {error}") from None
    return table


def made_visible(content: Any) -> Any:
    """The same with a replacement character for each one that a page would act on, not show."""
    if isinstance(content, str):
        return visible(content)
    if isinstance(content, list):
        return [made_visible(item) for item in content]
    if isinstance(content, dict):
        return {made_visible(key): made_visible(item) for key, item in content.items()}
    return content
