"""Numbers that were printed, or certified, for an output of a pair: do they come out again?"""

import re
from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

import numpy as np

from ..case.case import Printed
from ..case.contract import Published
from ..case.pair import PairCase
from ..case.schema import LANGUAGES, NO_VARIANT, Language
from ..judge.printed import PrintedCheck, check_printed
from ..numbers.formats import PrintFormat
from .pair_runs import PairRuns

UNPROVED = "numbers of a pair are not proved"


def published_rows(runs: PairRuns) -> Iterator[dict[str, Any]]:
    """One row for each printed number and language that must print it, as `tables.PUBLISHED`."""
    for published in runs.pair.printed:
        if published.variant not in (None, runs.inputs.variant):
            continue
        for language in LANGUAGES:
            if language in runs.pair.functions and published.language in (None, language):
                yield from _rows(runs, published, language)


def unmatched(pair: PairCase) -> list[str]:
    """What is printed for inputs that the case does not have."""
    known = {inputs.variant for inputs in pair.inputs}
    return [
        f"{pair.name}: printed.{i}.variant: {p.variant} is none of {', '.join(sorted(known))}"
        for i, p in enumerate(pair.printed)
        if p.variant is not None and p.variant not in known
    ]


def _rows(runs: PairRuns, published: Published, language: Language) -> Iterator[dict[str, Any]]:
    places = published.index or list(range(1, len(published.values) + 1))
    for place, text in zip(places, published.values, strict=True):
        index, check = _check(runs, published, language, place, text)
        yield {
            "case": runs.pair.name,
            "variant": runs.inputs.variant,
            "start": "",
            "language": language,
            "quantity": published.output,
            "index": ",".join(str(i + 1) for i in index),
            "printed": text,
            **asdict(check),
            "format": printed_format(text).text,
            "place": published.place or "",
            "printed_by": published.language or "",
            "proved": "",
            "unproved": UNPROVED,
        }


def _check(
    runs: PairRuns, published: Published, language: Language, place: int, text: str
) -> tuple[tuple[int, ...], PrintedCheck]:
    errors = runs.said("error", language)
    leaf = runs.leaves.get(language, {}).get(published.output)
    if errors or leaf is None or leaf.kind != "number" or leaf.values.dtype.kind != "f":
        why = errors[0].text if errors else f"{published.output} is no number that was returned"
        return (), PrintedCheck("not compared", why)
    n = leaf.values.size
    if published.index is None and n != len(published.values):
        why = f"{len(published.values)} numbers are printed, {n} values came out"
        return (), PrintedCheck("not compared", why)
    if place > n:
        return (), PrintedCheck("not compared", f"index {place} is past the last, {n}")
    side = runs.sides[language][published.output]
    if not side.repeats.ravel()[place - 1]:
        return (), PrintedCheck("not compared", f"{language} does not repeat itself")
    index = tuple(map(int, np.unravel_index(place - 1, leaf.shape)))
    number = Printed(
        language,
        "",
        NO_VARIANT,
        published.output,
        index,
        printed_format(text),
        published.place or "",
        text,
        (language,),
    )
    spread = np.where(np.isfinite(side.spread), side.spread, np.finfo(float).max)
    return index, check_printed(number, leaf.values, leaf.shape, spread.reshape(leaf.shape))


def printed_format(text: str) -> PrintFormat:
    """The rule by which a number would be printed with as many digits as this one."""
    mantissa, e, exponent = re.fullmatch(r"([^eE]+)([eE]?)(.*)", text).groups()  # type: ignore[union-attr]
    decimals = len(mantissa.partition(".")[2])
    if not e:
        point = "." if mantissa.endswith(".") else ""
        return PrintFormat(f"%.{decimals}f", lambda x: f"{x:.{decimals}f}{point}")

    def write(x: float) -> str:
        digits, _, power = f"{x:.{decimals}e}".partition("e")
        same = float(f"1e{power}") == float(f"1e{exponent}")
        return f"{digits}{e}{exponent}" if same else f"{digits}e{power}"

    return PrintFormat(f"%.{decimals}e", write)
