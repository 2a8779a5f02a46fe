"""Whether numbers that were printed, or certified, for an output of a pair are reproduced."""

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
from ..numbers.digits import digits_correct, digits_printed, error_ulp, shown
from ..numbers.formats import PrintFormat
from .pair_proofs import enclosures
from .pair_runs import PairRuns

UNPROVED = "balls = true would prove it, where the Python function takes balls"
NO_ENCLOSURE = "no balls enclose it"


def published_rows(runs: PairRuns) -> Iterator[dict[str, Any]]:
    """One row for each printed number and language that must print it, as `tables.PUBLISHED`."""
    for published in runs.pair.printed:
        if published.variant not in (None, runs.inputs.variant):
            continue
        if published.start not in (None, runs.inputs.start):
            continue
        for language in LANGUAGES:
            if language in runs.pair.functions and published.language in (None, language):
                yield from _rows(runs, published, language)


def unmatched(pair: PairCase) -> list[str]:
    """What is printed for inputs that the case does not have."""
    return [
        f"{pair.name}: printed.{i}.{key}: {asked} is none of {', '.join(sorted(known))}"
        for key in ("variant", "start")
        for known in [{getattr(inputs, key) for inputs in pair.inputs}]
        for i, p in enumerate(pair.printed)
        for asked in [getattr(p, key)]
        if asked is not None and asked not in known
    ]


def _rows(runs: PairRuns, published: Published, language: Language) -> Iterator[dict[str, Any]]:
    places = published.index or list(range(1, len(published.values) + 1))
    for place, text in zip(places, published.values, strict=True):
        index, check = _check(runs, published, language, place, text)
        yield {
            "case": runs.pair.name,
            "variant": runs.inputs.variant,
            "start": runs.inputs.start.replace(NO_VARIANT, ""),
            "language": language,
            "quantity": published.output,
            "index": ",".join(str(i + 1) for i in index),
            "printed": text,
            **asdict(check),
            "format": printed_format(text).text,
            "place": published.place or "",
            "printed_by": published.language or "",
            **_truth(runs, published.output, place, text, check.recomputed),
        }


def _truth(
    runs: PairRuns, output: str, place: int, text: str, recomputed: float | None
) -> dict[str, Any]:
    """The exact value where balls enclose it, and how many digits of it were printed right."""
    exact = enclosures(runs.proved.get(output))
    if place > len(exact):
        return {"proved": "", "unproved": NO_ENCLOSURE if runs.pair.balls else UNPROVED}
    proved = exact[place - 1]
    return {
        "proved": shown(proved),
        "digits_printed": digits_printed(text),
        "digits_correct": digits_correct(text, proved),
        "error_ulp": None if recomputed is None else error_ulp(recomputed, proved),
        "unproved": "",
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
