"""What each stored table must say to be one: its columns, its rows, counts that add up."""

import math
import re
from collections.abc import Callable, Sequence
from functools import cache

import pandas as pd

from .. import CASES
from ..case.case import Case, load_cases
from ..case.setting import SETTING, settings

EVERYWHERE = "all"
LANGUAGES_OF_MUTANTS = {"-", "python", "r"}
NOT_APPLICABLE = "not applicable"
OUTCOMES = ("killed", "killed_by_error", "equivalent", "explained", "survived")
ENVIRONMENT_COUNTS = (
    *("reproduced", "within rounding", "undetermined", "mismatch"),
    *("identical", "agree", "undetermined pairs", "disagree", "portable identical"),
)
VERDICT = r"holds|does not hold|holds if .+"
NEAR = 1e-12


class TableError(Exception):
    """A table that does not say what such a table has to say."""


def _columns(table: pd.DataFrame, wanted: Sequence[str]) -> None:
    if list(table) != list(wanted):
        raise TableError(f"its columns are {', '.join(map(str, table))}")
    if table.empty:
        raise TableError("it has no rows")


def _unique(table: pd.DataFrame, keys: Sequence[str]) -> None:
    twice = table[table.duplicated(list(keys))]
    if not twice.empty:
        raise TableError(f"{' '.join(twice.iloc[0][list(keys)])} stands there twice")


def _each(table: pd.DataFrame, column: str, pattern: str) -> None:
    for text in table[column]:
        if not re.fullmatch(pattern, text):
            raise TableError(f"{text!r} is no {column}")


def _numbers(table: pd.DataFrame, column: str, low: float = 0, high: float = math.inf) -> None:
    for text in table[column]:
        if not (low <= float(text) <= high and math.isfinite(float(text))):
            raise TableError(f"{text!r} is no {column}")


def _counts(table: pd.DataFrame, columns: Sequence[str]) -> pd.DataFrame:
    for column in columns:
        _each(table, column, r"[0-9]{1,9}")
    return table[list(columns)].astype(int)


@cache
def _built_in() -> list[Case]:
    return load_cases(CASES)


def _every_setting(table: pd.DataFrame) -> None:
    wanted = {
        (s.case.name, s.variant.name, s.start) for case in _built_in() for s in settings(case)
    }
    there = set(table[SETTING].itertuples(index=False, name=None))
    for row in sorted(wanted - there):
        raise TableError(f"there is no row for {' '.join(row)}")
    for row in sorted(there - wanted):
        raise TableError(f"there is no setting {' '.join(row)}")


def _selftest(table: pd.DataFrame, _: bool) -> None:
    _columns(table, ["language", "kind", "mutants", *OUTCOMES])
    _unique(table, ["language", "kind"])
    counts = _counts(table, ["mutants", *OUTCOMES])
    if set(table["language"]) != LANGUAGES_OF_MUTANTS:
        raise TableError(f"its languages are {', '.join(sorted(set(table['language'])))}")
    wrong = (counts["mutants"] == 0) | (counts["mutants"] != counts[list(OUTCOMES)].sum(axis=1))
    for kind in table["kind"][wrong]:
        raise TableError(f"its counts of {kind} do not add up")


def _explained_mutants(table: pd.DataFrame, _: bool) -> None:
    columns = ["language", "mutant", "reason"]
    _columns(table, columns)
    _unique(table, ["language", "mutant"])
    for column in columns:
        _each(table, column, r"\S.*")


def _false_positives(table: pd.DataFrame, fresh: bool) -> None:
    rate = ["runs", "false_positives", "rate", "low", "high"]
    _columns(table, [*SETTING, *rate, "worst_ratio", "where"])
    _unique(table, SETTING)
    counts = _counts(table, ["runs", "false_positives"])
    for column in ("rate", "low", "high"):
        _numbers(table, column, 0, 1)
    _numbers(table, "worst_ratio")
    rates = table[["rate", "low", "high"]].astype(float)
    off = (rates["rate"] - counts["false_positives"] / counts["runs"].clip(lower=1)).abs()
    for case in table["case"][(counts["runs"] == 0) | (off > NEAR)]:
        raise TableError(f"its rate of {case} is not that of its false positives among its runs")
    for case in table["case"][(rates["low"] > rates["rate"]) | (rates["rate"] > rates["high"])]:
        raise TableError(f"its rate of {case} is not in its interval")
    last, others = table.iloc[-1], table.iloc[:-1]
    worst = table["worst_ratio"].astype(float)
    if last["case"] != EVERYWHERE or (counts.iloc[:-1].sum() != counts.iloc[-1]).any():
        raise TableError("its last row is not the sum of the others")
    if worst.iloc[:-1].max() != worst.iloc[-1]:
        raise TableError("its last row has not the worst ratio of the others")
    if fresh:
        _every_setting(others)


def _first_differences(table: pd.DataFrame, fresh: bool) -> None:
    at = ["iteration", "quantity", "index", "python", "r", "ulps", "doubling"]
    _columns(table, [*SETTING, *at, "cause"])
    _unique(table, SETTING)
    _each(table, "iteration", r"[0-9]{0,9}")
    _each(table, "index", r"([0-9]+(,[0-9]+)*)?")
    _each(table, "ulps", r"[0-9]+")
    _each(table, "cause", r"\S.*")
    differs = table["iteration"] != ""
    for column in ("python", "r"):
        _numbers(table[differs], column, -math.inf)
        if (table[column][~differs] != "").any():
            raise TableError(f"it has a value of {column} where nothing differs")
    if ((table["ulps"] == "0") == differs).any():
        raise TableError("its distances do not fit its iterations")
    if fresh:
        _every_setting(table)


def _profiles(table: pd.DataFrame, fresh: bool) -> None:
    _columns(
        table, ["environment", NOT_APPLICABLE, *ENVIRONMENT_COUNTS, "worst ratio", "exit code"]
    )
    _unique(table, ["environment"])
    applicable = table[table[NOT_APPLICABLE] == ""]
    if applicable.empty or applicable["environment"].iloc[0] != "default":
        raise TableError("the default environment is not there")
    others = table[table[NOT_APPLICABLE] != ""].drop(columns=["environment", NOT_APPLICABLE])
    if (others != "").any(axis=None):
        raise TableError("it has counts of an environment that is not applicable")
    # pandas writes counts beside empty cells as floats
    plain = applicable.assign(
        **{c: applicable[c].str.removesuffix(".0") for c in ENVIRONMENT_COUNTS}
    )
    counts = _counts(plain, ENVIRONMENT_COUNTS)
    _numbers(applicable, "worst ratio")
    _each(applicable, "exit code", r"[012](\.0)?")
    checks = counts[list(ENVIRONMENT_COUNTS[:4])].sum(axis=1)
    if fresh:
        wanted = sum(len(p.checked_in) for case in _built_in() for p in case.printed_list())
        if (checks != wanted).any():
            raise TableError(f"its printed numbers do not add up to {wanted}")
    failed = (counts["mismatch"] > 0) | (counts["disagree"] > 0)
    if (failed & applicable["exit code"].str.startswith("0")).any():
        raise TableError("it has exit code 0 where something disagrees")


def _profile_numbers(table: pd.DataFrame, _: bool) -> None:
    keys = ["case", "variant", "language", "start", "quantity", "index", "printed"]
    _columns(table, [*keys, "environment", "value", "lre_proved", "verdict"])
    _unique(table, [*keys, "environment"])
    _numbers(table, "value", -math.inf)
    _numbers(table[table["lre_proved"] != ""], "lre_proved")
    _each(table, "verdict", "|".join(ENVIRONMENT_COUNTS[:4]))
    if table.groupby(keys)["environment"].count().nunique() != 1:
        raise TableError("not every number has a row for each environment")
    good = table.assign(good=table["verdict"] == "reproduced").groupby(keys)["good"].all()
    if good.any():
        raise TableError("it has a number that every environment reproduces")


def _claims(table: pd.DataFrame, _: bool) -> None:
    _columns(table, ["id", "verdict", "evidence"])
    _unique(table, ["id"])
    _each(table, "id", r"[a-z0-9-]+")
    _each(table, "verdict", VERDICT)
    _each(table, "evidence", r"(?s)\S.*")


CHECKS: dict[str, Callable[[pd.DataFrame, bool], None]] = {
    "selftest": _selftest,
    "explained_mutants": _explained_mutants,
    "false_positives": _false_positives,
    "first_differences": _first_differences,
    "profiles": _profiles,
    "profile_numbers": _profile_numbers,
    "claims": _claims,
}
