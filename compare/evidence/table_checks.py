"""What each stored table must say to be one: its columns, its rows, counts that add up."""

import math
import re
from collections.abc import Callable, Sequence
from functools import cache
from typing import get_args

import pandas as pd

from .. import CASES
from ..case.case import Case, load_cases
from ..case.setting import settings
from ..case.words import PrintedVerdict

SETTING = ("case", "variant", "start")
EVERYWHERE = "all"
LANGUAGES_OF_FAULTS = {"-", "python", "r"}
OUTCOMES = ("caught", "stopped", "equivalent", "explained", "survived")
ENVIRONMENT_COUNTS = (
    *("reproduced", "within rounding", "undetermined", "mismatch"),
    *("identical", "agree", "undetermined pairs", "disagree", "ordered identical"),
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
    there = set(table[list(SETTING)].itertuples(index=False, name=None))
    for row in sorted(wanted - there):
        raise TableError(f"there is no row for {' '.join(row)}")
    for row in sorted(there - wanted):
        raise TableError(f"there is no setting {' '.join(row)}")


def _selftest(table: pd.DataFrame, _: bool) -> None:
    _columns(table, ["language", "kind", "faults", *OUTCOMES])
    _unique(table, ["language", "kind"])
    counts = _counts(table, ["faults", *OUTCOMES])
    if set(table["language"]) != LANGUAGES_OF_FAULTS:
        raise TableError(f"its languages are {', '.join(sorted(set(table['language'])))}")
    wrong = (counts["faults"] == 0) | (counts["faults"] != counts[list(OUTCOMES)].sum(axis=1))
    for kind in table["kind"][wrong]:
        raise TableError(f"its counts of {kind} do not add up")


def _false_alarms(table: pd.DataFrame, fresh: bool) -> None:
    rate = ["runs", "false_alarms", "rate", "low", "high"]
    _columns(table, [*SETTING, *rate, "worst_ratio", "where"])
    _unique(table, SETTING)
    counts = _counts(table, ["runs", "false_alarms"])
    for column in ("rate", "low", "high"):
        _numbers(table, column, 0, 1)
    _numbers(table, "worst_ratio")
    rates = table[["rate", "low", "high"]].astype(float)
    off = (rates["rate"] - counts["false_alarms"] / counts["runs"].clip(lower=1)).abs()
    for case in table["case"][(counts["runs"] == 0) | (off > NEAR)]:
        raise TableError(f"its rate of {case} is not that of its alarms among its runs")
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


def _partings(table: pd.DataFrame, fresh: bool) -> None:
    at = ["iteration", "quantity", "index", "python", "r", "ulps", "doubling"]
    _columns(table, [*SETTING, *at, "cause"])
    _unique(table, SETTING)
    _each(table, "iteration", r"[0-9]{0,9}")
    _each(table, "index", r"([0-9]+(,[0-9]+)*)?")
    _each(table, "ulps", r"[0-9]+")
    _each(table, "cause", r"\S.*")
    parted = table["iteration"] != ""
    for column in ("python", "r"):
        _numbers(table[parted], column, -math.inf)
        if (table[column][~parted] != "").any():
            raise TableError(f"it has a value of {column} where nothing differs")
    if ((table["ulps"] == "0") == parted).any():
        raise TableError("its distances do not fit its iterations")
    if fresh:
        _every_setting(table)


def _profiles(table: pd.DataFrame, fresh: bool) -> None:
    _columns(table, ["environment", "dropped", *ENVIRONMENT_COUNTS, "worst ratio", "exit code"])
    _unique(table, ["environment"])
    kept = table[table["dropped"] == ""]
    if not len(kept) or kept["environment"].iloc[0] != "default":
        raise TableError("the default environment is not there")
    dropped = table[table["dropped"] != ""].drop(columns=["environment", "dropped"])
    if (dropped != "").any(axis=None):
        raise TableError("it has counts of an environment that was dropped")
    # pandas writes counts beside empty cells as floats
    plain = kept.assign(**{c: kept[c].str.removesuffix(".0") for c in ENVIRONMENT_COUNTS})
    counts = _counts(plain, ENVIRONMENT_COUNTS)
    _numbers(kept, "worst ratio")
    _each(kept, "exit code", r"[012](\.0)?")
    checks = counts[list(ENVIRONMENT_COUNTS[:4])].sum(axis=1)
    if fresh:
        wanted = sum(len(p.checked_in) for case in _built_in() for p in case.printed_list())
        if (checks != wanted).any():
            raise TableError(f"its printed numbers do not add up to {wanted}")
    failed = (counts["mismatch"] > 0) | (counts["disagree"] > 0)
    if (failed & kept["exit code"].str.startswith("0")).any():
        raise TableError("it has exit code 0 where something disagrees")


def _profile_numbers(table: pd.DataFrame, _: bool) -> None:
    keys = ["case", "variant", "language", "start", "quantity", "index", "printed"]
    _columns(table, [*keys, "environment", "value", "lre_proved", "verdict"])
    _unique(table, [*keys, "environment"])
    _numbers(table, "value", -math.inf)
    _numbers(table[table["lre_proved"] != ""], "lre_proved")
    _each(table, "verdict", "|".join(get_args(PrintedVerdict)))
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
    "false_alarms": _false_alarms,
    "partings": _partings,
    "profiles": _profiles,
    "profile_numbers": _profile_numbers,
    "claims": _claims,
}
