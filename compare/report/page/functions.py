"""Somebody's pairs of functions, as the page shows them."""

from dataclasses import dataclass

from ...judge.verdicts import rank
from ..distance import between, in_ulp
from ..judged_pairs import JudgedPair, judged_pairs, of_pair
from .figures import Figures, Panel
from .stored import FunctionFacts, Stored
from .text import small

FEWEST_DRAWN = 20  # values of an output, from which on there is a picture of them
MOST_VALUES = 12  # of an output; all are in the table beside the page
SHOWN = ["index", "python", "r", "ulp", "tolerance", "verdict"]


@dataclass(frozen=True)
class OutputRow:
    """One output of a pair: its verdict, and its worst values where it is no good."""

    output: str
    verdict: str
    n_values: str
    distance: str
    python_digits: str
    r_digits: str
    declared: str
    note: str
    reason: list[str]
    values: list[list[str]]
    more: int
    picture: Panel | None


@dataclass(frozen=True)
class FunctionPage:
    """A pair at one set of inputs."""

    name: str
    facts: FunctionFacts | None
    verdict: str
    fails: bool
    outputs: list[OutputRow]
    messages: list[tuple[str, str]]
    inputs: dict[str, str]


def function_pages(stored: Stored, figures: Figures) -> list[FunctionPage]:
    """Every pair, what fails first."""
    facts = {one.name: one for one in stored.results.functions}
    values = stored["values"]
    pages = []
    tables = [stored[name] for name in ("outputs", "messages", "explanations", "published")]
    for pair in judged_pairs(*tables):
        here = of_pair(values, (pair.case, pair.variant, pair.start))
        rows = []
        for _, row in pair.outputs.iterrows():
            own = here[(here["output"] == row["output"]) & (here["index"] != "*")]
            own = own[own["arithmetic"] == row["arithmetic"]]
            own = own.sort_values("verdict", key=lambda v: -v.map(rank), kind="stable")
            own = own[(own["python"] != "") | (own["r"] != "")]
            picture = figures.of_values(own.sort_index()) if len(own) >= FEWEST_DRAWN else None
            shown = zip(own["python"], own["r"], own["ulp"], strict=True)
            own = own.assign(
                tolerance=[small(float(t or "nan")) for t in own["tolerance"]],
                ulp=[between(*cells) for cells in shown],
            )
            rows.append(
                OutputRow(
                    str(row["name"]),
                    str(row["verdict"]),
                    str(row["n_values"]),
                    in_ulp(row["max_ulp"]),
                    str(row["python_digits"]),
                    str(row["r_digits"]),
                    str(row["declared"]),
                    str(row["note"]),
                    str(row["reason"]).splitlines(),
                    own[SHOWN].head(MOST_VALUES).to_numpy().tolist(),
                    max(0, len(own) - MOST_VALUES),
                    picture,
                )
            )
        pages.append(
            FunctionPage(
                pair.name,
                facts.get(pair.case),
                pair.verdict,
                pair.fails,
                rows,
                pair.messages,
                _inputs(facts.get(pair.case), pair),
            )
        )
    return sorted(pages, key=lambda page: not page.fails)


def _inputs(facts: FunctionFacts | None, pair: JudgedPair) -> dict[str, str]:
    """What the pair was called with here."""
    given = facts.inputs if facts is not None else []
    here = (one.values for one in given if (one.variant, one.start) == (pair.variant, pair.start))
    return next(here, {})
