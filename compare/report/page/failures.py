"""What went wrong, in the order in which a newcomer should look at it."""

from collections.abc import Iterator
from itertools import permutations
from shlex import quote
from typing import Any

import pandas as pd

from ...case.schema import LANGUAGE_NAMES, NO_VARIANT
from ...case.setting import SETTING, name_in
from ...run.environment import COMMAND
from ..distance import in_ulp
from .failed_runs import failed_runs, in_the_way
from .failure import Failure
from .held import changed_statements, oracle_failures
from .mismatches import mismatches
from .stored import Stored

MOST_NAMED = 4


def failures(stored: Stored) -> list[Failure]:
    """Runs without a result first, then pairs that disagree, then all else.

    What else fails in the cases of those that disagree is counted in one card behind them.
    Evidence that a change of the code made stale stands behind what the change did.
    """
    disagreements = _disagreements(stored)
    changed = changed_statements(stored)
    others = {
        "comparisons over a few iterations": _in_windows(stored),
        "printed numbers": mismatches(stored),
        "comparisons with proved values": _beyond_proofs(stored),
        "comparisons with an oracle": oracle_failures(stored),
        "stored references": _contradictions(stored),
    }
    agreement = stored["agreement"]
    disagreeing = set(agreement.loc[agreement["verdict"] == "disagree", "case"])
    following = {
        what: sum(card.rows for card in cards if card.case in disagreeing)
        for what, cards in others.items()
    } | {"reviewed verdicts": len(changed)}
    return [
        *failed_runs(stored),
        *disagreements,
        *(_consequences(following) if disagreements else []),
        *in_the_way(stored),
        *(card for cards in others.values() for card in cards if card.case not in disagreeing),
        *([] if disagreements else changed),
    ]


def _consequences(following: dict[str, int]) -> list[Failure]:
    """One card that counts what fails in the cases of a disagreement; none where nothing does."""
    facts = [(what, f"{n:,}") for what, n in following.items() if n]
    what = "What else fails in the same cases"
    cause = "Most likely it follows from the difference above: mend that first."
    return [Failure("disagree", what, "", facts, cause, rows=0)] if facts else []


def _disagreements(stored: Stored) -> list[Failure]:
    """One for each place where two functions differ first; all that were not located are one."""
    written = {case.name: (case.python, case.r) for case in stored.cases}
    pairs = [
        (dict(zip(SETTING, map(str, key), strict=True)), rows)
        for key, rows in _disagreeing(stored["agreement"], SETTING)
    ]
    located = _located(stored)
    place_of = {tuple(n.values()): _place(located.get(tuple(n.values()))) for n, _ in pairs}
    # not all pairs are located: the others are put to the first place of the same functions
    known = {written.get(key[0]): place for key, place in reversed(place_of.items()) if place}
    groups: dict[Any, list[tuple[dict[str, str], pd.DataFrame]]] = {}
    for names, rows in pairs:
        functions = written.get(names["case"])
        place = place_of[tuple(names.values())] or known.get(functions)
        groups.setdefault((functions, place), []).append((names, rows))
    cards = [
        _disagreement_of(
            sorted(group, key=lambda pair: not place_of[tuple(pair[0].values())]),
            located,
            functions,
            _suspect(stored["references"], {names["case"] for names, _ in group}),
        )
        for (functions, _), group in groups.items()
    ]
    return sorted(cards, key=lambda f: not f.cause)


def _suspect(references: pd.DataFrame, cases: set[str]) -> list[tuple[str, str]]:
    """A fact: which language has other bits than are stored, where the other has those."""
    rows = references[references["case"].isin(cases)]
    holds = {
        name: set(rows.loc[rows["kind"] == f"digest in {name}", "verdict"])
        for name in LANGUAGE_NAMES.values()
    }
    return [
        (
            "look first",
            f"at {one}: its portable runs no longer give the stored bits, those of {other} do",
        )
        for one, other in permutations(holds)
        if "contradicted" in holds[one] and holds[other] == {"holds"}
    ]


def _place(at: dict[Any, Any] | None) -> tuple[str, ...]:
    """What makes two first differences the same: the quantity, and the statements behind it."""
    if at is None or not at["iteration"]:
        return ()
    return tuple(str(at[name]) for name in ("quantity", "python_statements", "r_statements"))


def _located(stored: Stored) -> dict[tuple[str, ...], dict[Any, Any]]:
    """By case, variant and start, where those that were located differ first."""
    rows = stored["first_differences"].to_dict("records")
    return {tuple(str(row[name]) for name in SETTING): row for row in rows}


def _disagreement_of(
    pairs: list[tuple[dict[str, str], pd.DataFrame]],
    located: dict[tuple[str, ...], dict[Any, Any]],
    functions: tuple[str, str] | None,
    suspect: list[tuple[str, str]],
) -> Failure:
    """Pairs of runs of the same functions that differ first at one place, by the first of them."""
    names, rows = pairs[0]
    row = rows.iloc[0]
    facts = [
        ("quantity", f"{row['quantity']}, {row['arithmetic']} arithmetic"),
        ("compared", row["reason"]),
        *suspect,
    ]
    at = located.get(tuple(names.values()))
    cause = "" if at is None else at["cause"]
    if at is not None and at["iteration"]:
        apart = in_ulp(at["ulps"])
        apart = f", by {apart}" if apart.endswith("ULP") else f": {apart}"
        place = f"{at['quantity']}[{at['index']}]" if at["index"] else at["quantity"]
        facts = [
            ("differs", f"{place} of iteration {at['iteration']}{apart}"),
            ("Python", f"{at['python']:.17g}"),
            ("R", f"{at['r']:.17g}"),
            *suspect,
            *_statements(at),
        ]
    if functions and not any(name == "in R" for name, _ in facts):
        facts.append(("written in", " and ".join(functions)))
    if len(pairs) > 1:
        others = [name_in(rows.iloc[0]) for _, rows in pairs[1:]]
        more = f" and {len(others) - MOST_NAMED} more" if len(others) > MOST_NAMED else ""
        facts.append(("also", "; ".join(others[:MOST_NAMED]) + more))
    variant = [] if names["variant"] == NO_VARIANT else ["--variant", quote(names["variant"])]
    command = ["locate", quote(names["case"]), *variant, "--start", quote(names["start"])]
    what = f"R and Python do not agree: {name_in(row)}"
    again = [f"{COMMAND} {' '.join(command)}"]
    n = sum(len(rows) for _, rows in pairs)
    return Failure("disagree", what, names["case"], facts, cause, again, n)


def _statements(at: dict[Any, Any]) -> Iterator[tuple[str, str]]:
    """The last statement of each language, beside each other, then those that it takes from."""
    sides = [(f"in {n}", at[f"{k}_statements"].splitlines()) for k, n in LANGUAGE_NAMES.items()]
    for i in range(1, 1 + max(len(lines) for _, lines in sides)):
        yield from ((name, lines[-i]) for name, lines in sides if i <= len(lines))


def _in_windows(stored: Stored) -> list[Failure]:
    """Pairs whose whole runs pass, and that do not agree over a few iterations."""
    whole = stored["agreement"].loc[stored["agreement"]["verdict"] == "disagree", SETTING]
    known = set(whole.itertuples(index=False, name=None))
    return [
        _disagreement(
            f"R and Python do not agree from the same state: {name_in(rows.iloc[0])}",
            f"{rows.iloc[0]['quantity']}, {rows.iloc[0]['arithmetic']} arithmetic",
            rows,
        )
        for key, rows in _disagreeing(stored["windows"], SETTING)
        if key not in known
    ]


def _beyond_proofs(stored: Stored) -> list[Failure]:
    """Runs further from the proved values than their own rounding explains."""
    cards = []
    for (*_, language), rows in _disagreeing(stored["accuracy"], [*SETTING, "language"]):
        side, row = LANGUAGE_NAMES.get(language, language), rows.iloc[0]
        what = f"{side} is not as near the proved values as its rounding explains: {name_in(row)}"
        cards.append(_disagreement(what, f"{row['quantity']} in {side}", rows))
    return cards


def _disagreeing(table: pd.DataFrame, key: list[str]) -> Iterator[tuple[Any, pd.DataFrame]]:
    return iter(table[table["verdict"] == "disagree"].groupby(key, sort=False))


def _disagreement(what: str, quantity: str, rows: pd.DataFrame) -> Failure:
    """Rows of one run or pair that disagree, by the first of them."""
    name = str(rows.iloc[0]["case"])
    facts = [("quantity", quantity), ("compared", rows.iloc[0]["reason"])]
    again = [f"{COMMAND} verify {quote(name)}"]
    return Failure("disagree", what, name, facts, "", again, len(rows))


def _contradictions(stored: Stored) -> list[Failure]:
    references = stored["references"]
    commands = {
        "proof": "prove --again",
        "spread": "measure",
        **{f"digest in {language}": "locate" for language in LANGUAGE_NAMES.values()},
    }
    return [
        Failure(
            "contradicted",
            f"A stored {row['kind']} does not fit what is found now: {name_in(row)}",
            row["case"],
            [("found", row["reason"])],
            "The code of the network, the case or the machine's arithmetic has changed since.",
            [f"{COMMAND} {commands.get(row['kind'], 'verify')} {quote(row['case'])}"],
        )
        for _, row in references[references["verdict"] == "contradicted"].iterrows()
    ]
