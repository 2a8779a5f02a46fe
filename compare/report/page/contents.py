"""What the pages say, in the order in which they say it."""

from collections import Counter
from dataclasses import dataclass
from typing import Any

import pandas as pd

from ...judge.verdicts import rank
from ...safety.errors import ReportError
from ..evidence_tables import TITLES, shown
from ..sensitivity import worst_of_each_setting
from ..status import STATUS, verify_command
from .claims import claims
from .failures import failures
from .figures import Figures, Panel
from .functions import function_pages
from .held import held
from .pairs import PairRow, Prediction, pairs, predictions
from .published import Number, numbers
from .stored import CaseFacts, Stored
from .text import anchor, listed
from .tiles import function_tiles, tiles
from .truth import false_digits, fewest_correct_digits, unproved

MOST_MOVED = 40
UNITS = {
    "printed": "printed numbers",
    "native": "quantities in native arithmetic",
    "portable": "in portable arithmetic",
}


@dataclass(frozen=True)
class CasePage:
    """All that the report has of one case."""

    facts: CaseFacts
    anchor: str
    length: str
    worst: str
    result: str
    numbers: list[Number]
    pairs: list[PairRow]
    predictions: list[Prediction]
    trajectories: list[Panel]
    differences: list[Panel]
    weights: list[tuple[str, list[Panel]]]
    pictures: list[tuple[str, list[Panel]]]


def page_contents(stored: Stored, figures: Figures) -> dict[str, Any]:
    """Everything that the template shows."""
    functions = function_pages(stored, figures)
    pages = {*(page.name for page in functions), *(case.name for case in stored.cases)}
    published = numbers(stored["published"], pages)
    all_pairs, predicted = pairs(stored), predictions(stored)
    of_case = stored.results.by_case
    cases = [
        CasePage(
            case,
            anchor(case.name),
            _length(case, figures),
            *_judged(of_case.get(case.name, {})),
            [n for n in published if n.case == case.name],
            [p for p in all_pairs if p.case == case.name],
            [p for p in predicted if p.case == case.name],
            *figures.runs(case),
            figures.final_values(case, ("weights",)),
            figures.final_values(case, ("counts", "surface", "curve")),
        )
        for case in stored.cases
    ]
    printed = [page for page in cases if page.numbers and page.trajectories]
    grids = _without_repeats([p for p in printed if len(p.trajectories) > 2], figures)
    in_grids = {page.anchor for page in grids}
    return {
        "results": stored.results,
        "status": STATUS[stored.results.exit_code],
        "repeat": verify_command(stored.results.provenance, bool(stored.results.functions)),
        "failures": failures(stored),
        "functions": functions,
        "since": _since(stored),
        "tiles": tiles(stored) if stored.cases else function_tiles(stored, functions),
        "largest_difference": figures.largest_difference(),
        "numbers": published,
        "grids": grids,
        "singles": [page for page in cases if page.trajectories and page.anchor not in in_grids],
        "pairs": all_pairs,
        "false_digits": _rows(false_digits(stored)),
        "correct_digits": _rows(fewest_correct_digits(stored)),
        "unproved": unproved(stored),
        "sensitivity": _rows(worst_of_each_setting(stored["sensitivity"])),
        "located": stored.results.evidence.get("first_differences"),
        "predictions": predicted,
        "cases": cases,
        "evidence": [_evidence(name, stored) for name in TITLES if name in stored.tables],
        "decided": stored.results.evidence.get("claims"),
        "held": held(stored),
        "claims": claims(stored),
        "differences": stored["differences"].to_dict("records"),
        "verdict_order": sorted(set(stored["published"]["verdict"]), key=rank, reverse=True),
        "languages": sorted(set(stored["published"]["language"])),
    }


def _since(stored: Stored) -> dict[str, Any] | None:
    """What moved since a former report, counted, and the rows that weigh most."""
    former = stored.results.since
    if former is None:
        return None
    moved = stored["diff"]
    counts = Counter(zip(moved["table"], moved["column"], strict=True))
    return {
        "written": former.written,
        "commit": former.commit,
        "counts": [(f"{table}, {column}", f"{n:,}") for (table, column), n in counts.items()],
        "more": max(0, len(moved) - MOST_MOVED),
        **_rows(moved.head(MOST_MOVED)),
    }


def _judged(counts: dict[str, dict[str, int]]) -> tuple[str, str]:
    """A case's worst verdict, and all of its verdicts in a sentence."""
    said = [
        f"{sum(n.values()):,} {UNITS.get(unit, unit)}: {listed(n)}"
        for unit, n in counts.items()
        if n
    ]
    verdicts = [verdict for n in counts.values() for verdict in n]
    return max(verdicts, key=rank, default="not compared"), f"{'; '.join(said)}."


def _length(case: CaseFacts, figures: Figures) -> str:
    """How many iterations a run has: as asked for, or as it stops by itself."""
    if case.iterations is not None:
        return f"{case.iterations:,} iterations"
    last = figures.last_iterations(case)
    return f"stops by itself, here after {' or '.join(f'{n:,}' for n in last)} iterations"


def _evidence(name: str, stored: Stored) -> dict[str, Any]:
    facts = stored.results.evidence[name]
    try:
        table = shown(name, stored[name])
    except (KeyError, ValueError) as error:
        raise ReportError(f"{name}.csv: {error}") from None
    return {
        "name": name,
        "title": TITLES[name],
        "command": facts.command,
        "machine": facts.machine,
        "stale": facts.stale,
        **_rows(table),
    }


def _rows(table: pd.DataFrame) -> dict[str, Any]:
    return {"columns": list(table.columns), "rows": table.astype(str).to_numpy().tolist()}


def _without_repeats(pages: list[CasePage], figures: Figures) -> list[CasePage]:
    """One page for runs that two cases share."""
    last = {figures.values(page.facts): page for page in reversed(pages)}
    return [page for page in pages if last[figures.values(page.facts)] is page]
