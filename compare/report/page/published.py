"""Rows of what was published, and what each opens to."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from ...case.schema import NO_VARIANT
from ...case.setting import setting_name, start_in_words
from ...judge.verdicts import rank
from .text import (
    Digits,
    brief,
    by_worth,
    common_digits,
    count,
    decimals_of,
    indents,
    meaningful,
    number_anchors,
    small,
    true_digits,
)

MOST_DECIMALS = 17


@dataclass(frozen=True)
class Number:
    """A row of what was published, and what it opens to; ``page`` is the case or pair it is of."""

    case: str
    page: str
    language: str
    verdict: str
    anchor: str
    where: str
    indent: str
    printed: list[Digits]
    here: str
    true: str
    lines: list[tuple[str, str, list[Digits]]]
    facts: list[tuple[str, str]]


def numbers(table: pd.DataFrame, pages: Collection[str]) -> list[Number]:
    """The published numbers, what fails first; ``pages`` are the cases and pairs to link to."""
    anchored = zip(number_anchors(table), table.to_dict("records"), strict=True)
    rows = sorted(anchored, key=lambda pair: -rank(pair[1]["verdict"]))
    spaces = indents([row["printed"] for _, row in rows])
    return [
        _number({str(k): v for k, v in row.items()}, anchor, space, pages)
        for (anchor, row), space in zip(rows, spaces, strict=True)
    ]


def _number(row: dict[str, Any], anchor: str, indent: str, pages: Collection[str]) -> Number:
    printed, proved = row["printed"], row["proved"]
    here = _here(row)
    n_true = 0 if np.isnan(row["digits_correct"]) else int(row["digits_correct"])
    n_same = len(printed) if row["verdict"] == "reproduced" else common_digits(printed, here)
    colours = by_worth(printed, n_true, n_same)
    exact = [proved] if proved else []
    worths = [colours, true_digits(here, proved), *([Digits(brief(e), "true")] for e in exact)]
    names = ["printed", "here", *(["exactly"] if exact else [])]
    facts = [("printed in", f"{row['place']} ({row['printed_by']})")]
    if row["reason"]:
        facts.append(("found", row["reason"]))
    facts.append(("digits reproduced (LRE)", f"{row['lre']:.1f}"))
    if not np.isnan(row["ulp"]):
        facts.append(("ULP to a double that prints so", count(row["ulp"])))
    facts.append(("tolerance", small(row["tolerance"])))
    if not proved:
        facts.append(("not proved", row["unproved"]))
    names_of_page = (setting_name(row["case"], row["variant"], row["start"]), row["case"])
    return Number(
        row["case"],
        next((name for name in names_of_page if name in pages), ""),
        row["language"],
        row["verdict"],
        anchor,
        _where(row),
        indent,
        colours,
        here,
        _true(n_true, int(row["digits_printed"])) if proved else "not proved",
        list(zip(names, indents([printed, here, *exact]), worths, strict=True)),
        facts,
    )


def _true(n_true: int, n_printed: int) -> str:
    return f"{n_true} of {n_printed}" if n_printed else "no digit printed"


def _here(row: dict[str, Any]) -> str:
    """The value here, as far as it means something, and as far as it shows what differs."""
    decimals = decimals_of(row["printed"])
    here = meaningful(row["recomputed"], row["tolerance"], decimals)
    while row["verdict"] != "reproduced" and here == row["printed"] and decimals < MOST_DECIMALS:
        decimals += 1
        here = meaningful(row["recomputed"], row["tolerance"], decimals)
    return here


def _where(row: dict[str, Any]) -> str:
    variant = "" if row["variant"] == NO_VARIANT else f"{row['variant']}, "
    start = f", {start_in_words(row['start'])}" if row["start"] else ""
    return f"{variant}{row['quantity']}[{row['index']}]{start}"
