"""What went wrong, in the order in which a newcomer should look at it."""

from collections.abc import Iterator
from shlex import quote
from typing import Any

import pandas as pd

from ...case.schema import LANGUAGE_NAMES, NO_VARIANT
from ...case.setting import SETTING, name_in
from ...run.environment import COMMAND
from .failed_runs import not_compared
from .failure import Failure
from .mismatches import mismatches
from .stored import Stored


def failures(stored: Stored) -> list[Failure]:
    """Runs without a result first, then pairs that disagree, then numbers, then references."""
    return [
        *not_compared(stored),
        *_disagreements(stored),
        *_in_windows(stored),
        *mismatches(stored),
        *_beyond_proofs(stored),
        *_contradictions(stored),
    ]


def _disagreements(stored: Stored) -> list[Failure]:
    cards = []
    for key, rows in _disagreeing(stored["agreement"], SETTING):
        names = dict(zip(SETTING, map(str, key), strict=True))
        differences = stored["first_differences"]
        for column, name in names.items():
            differences = differences[differences[column] == name]
        row = rows.iloc[0]
        facts = [
            ("quantity", f"{row['quantity']}, {row['arithmetic']} arithmetic"),
            ("compared", row["reason"]),
        ]
        cause = ""
        if not differences.empty:
            at = differences.iloc[0]
            cause = at["cause"]
            if at["iteration"]:
                place = f"{at['quantity']}[{at['index']}]" if at["index"] else at["quantity"]
                facts += [
                    ("differs", f"{place} of iteration {at['iteration']}"),
                    ("Python", f"{at['python']:.17g}"),
                    ("R", f"{at['r']:.17g}"),
                    ("apart", f"{at['ulps']:,.0f} ULP"),
                ]
        facts += [
            ("written in", f"{case.python} and {case.r}")
            for case in stored.cases
            if case.name == names["case"]
        ]
        variant = [] if names["variant"] == NO_VARIANT else ["--variant", quote(names["variant"])]
        command = ["locate", quote(names["case"]), *variant, "--start", quote(names["start"])]
        what = f"R and Python do not agree: {name_in(row)}"
        again = [f"{COMMAND} {' '.join(command)}"]
        cards.append(Failure("disagree", what, names["case"], facts, cause, again, len(rows)))
    return sorted(cards, key=lambda f: not f.cause)


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
