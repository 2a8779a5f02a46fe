"""What went wrong, in the order in which a newcomer should look at it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from shlex import quote
from typing import Any

import numpy as np
import pandas as pd

from ...case.schema import NO_VARIANT
from ...case.setting import setting_name
from ..summary import LANGUAGE_NAMES
from .stored import Stored
from .text import common_digits, decimals_of, meaningful

PAIR = ["case", "variant", "start"]
JUDGED = ("published", "agreement", "windows", "accuracy")
COMMAND = "python -m compare"
RUN = re.compile(
    r"(?P<case>\S+) (?P<variant>\S+) start=(?P<start>\S+) "
    r"(?P<language>python|r) (?P<arithmetic>\S+)"
)


@dataclass(frozen=True)
class Failure:
    """One thing to look at.

    Attributes
    ----------
    facts : list of (str, str)
        Label and value, such as both values.
    cause : str
        What is known of why.
    next : list of str
        Commands.
    rows : int
        How many rows of the tables fail with it.
    """

    verdict: str
    what: str
    case: str
    facts: list[tuple[str, str]]
    cause: str = ""
    next: list[str] = field(default_factory=list)
    rows: int = 1


def failures(stored: Stored) -> list[Failure]:
    """Runs without a result first, then pairs that disagree, then numbers, then references."""
    return [
        *_without_result(stored),
        *_disagreements(stored),
        *_in_windows(stored),
        *_mismatches(stored),
        *_beyond_proofs(stored),
        *_contradictions(stored),
    ]


def _without_result(stored: Stored) -> list[Failure]:
    reasons: dict[str, list[str]] = {}
    for problem in stored.results.problems:
        subject, _, reason = problem.partition(": ")
        reasons.setdefault(reason or subject, []).append(subject)
    found = [_failed_runs(reason, subjects, stored) for reason, subjects in reasons.items()]
    table = _rows(stored, "not compared")
    others = table[~table["reason"].isin(reasons)]
    for (name, why), rows in others.groupby(["case", "reason"], sort=False):
        what = f"{rows.iloc[0]['quantity']} of {_setting(rows.iloc[0])} was not compared"
        again = [f"{COMMAND} verify {quote(str(name))} --jobs 1", "make doctor"]
        found.append(
            Failure("not compared", what, str(name), [("why", str(why))], "", again, len(rows))
        )
    return found


def _failed_runs(reason: str, subjects: list[str], stored: Stored) -> Failure:
    """Runs that ended for one reason; or something else that was in the way."""
    runs = [match for subject in subjects if (match := RUN.fullmatch(subject))]
    cases = {case.name: case for case in stored.cases}
    if len(runs) < len(subjects) or any(run["case"] not in cases for run in runs):
        what = ", ".join(subjects[:3])
        return Failure("not compared", what, "", [("why", reason)], "", ["make doctor"])
    case = cases[runs[0]["case"]]
    names = {"python": "Python", "r": "R"}
    failed = {run["language"] for run in runs}
    sides = " and ".join(names[side] for side in names if side in failed)
    facts = [("what it said", reason)]
    facts += [
        ("in", setting_name(run["case"], run["variant"], run["start"]) + f", {run['arithmetic']}")
        for run in runs[:4]
    ]
    cause = ""
    if len(failed) == 1:
        function = case.r if "r" in failed else case.python
        cause = f"Only {sides} failed, so look at {function}, or at {sides} itself."
    return Failure(
        "not compared",
        f"{sides} gave no result: {case.name}",
        case.name,
        facts,
        cause,
        [f"{COMMAND} verify {quote(case.name)} --jobs 1", "make doctor"],
        len(runs),
    )


def _rows(stored: Stored, verdict: str) -> pd.DataFrame:
    references = stored["references"].assign(quantity=lambda t: t["kind"])
    tables = (*(stored[name] for name in JUDGED), references)
    columns = [*PAIR, "quantity", "reason"]
    return pd.concat([t.loc[t["verdict"] == verdict, columns] for t in tables])


def _setting(row: "pd.Series[Any]") -> str:
    return setting_name(row["case"], row["variant"], row["start"])


def _disagreements(stored: Stored) -> list[Failure]:
    agreement = stored["agreement"]
    found = []
    for key, rows in agreement[agreement["verdict"] == "disagree"].groupby(PAIR, sort=False):
        names = dict(zip(PAIR, map(str, key), strict=True))
        parting = stored["partings"]
        for column, name in names.items():
            parting = parting[parting[column] == name]
        row = rows.iloc[0]
        facts = [
            ("quantity", f"{row['quantity']}, {row['arithmetic']} arithmetic"),
            ("compared", row["reason"]),
        ]
        cause = ""
        if not parting.empty:
            at = parting.iloc[0]
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
        what = f"R and Python do not agree: {_setting(row)}"
        again = [f"{COMMAND} {' '.join(command)}"]
        found.append(Failure("disagree", what, names["case"], facts, cause, again, len(rows)))
    return sorted(found, key=lambda f: not f.cause)


def _in_windows(stored: Stored) -> list[Failure]:
    """Pairs whose whole runs pass, and that do not agree over a few iterations."""
    whole = stored["agreement"].loc[stored["agreement"]["verdict"] == "disagree", PAIR]
    known = set(whole.itertuples(index=False, name=None))
    return [
        _disagreement(
            f"R and Python do not agree from the same state: {_setting(rows.iloc[0])}",
            f"{rows.iloc[0]['quantity']}, {rows.iloc[0]['arithmetic']} arithmetic",
            rows,
        )
        for key, rows in _disagreeing(stored["windows"], PAIR)
        if key not in known
    ]


def _beyond_proofs(stored: Stored) -> list[Failure]:
    """Runs further from the proved values than their own rounding explains."""
    found = []
    for (*_, language), rows in _disagreeing(stored["accuracy"], [*PAIR, "language"]):
        side, row = LANGUAGE_NAMES.get(language, language), rows.iloc[0]
        what = f"{side} is not as near the proved values as its rounding explains: {_setting(row)}"
        found.append(_disagreement(what, f"{row['quantity']} in {side}", rows))
    return found


def _disagreeing(table: pd.DataFrame, key: list[str]) -> Iterator[tuple[Any, pd.DataFrame]]:
    return iter(table[table["verdict"] == "disagree"].groupby(key, sort=False))


def _disagreement(what: str, quantity: str, rows: pd.DataFrame) -> Failure:
    """Rows of one run or pair that disagree, by the first of them."""
    name = str(rows.iloc[0]["case"])
    facts = [("quantity", quantity), ("compared", rows.iloc[0]["reason"])]
    again = [f"{COMMAND} verify {quote(name)}"]
    return Failure("disagree", what, name, facts, "", again, len(rows))


def _mismatches(stored: Stored) -> list[Failure]:
    published = stored["published"]
    found = []
    keys = [*PAIR, "language", "quantity"]
    for _, rows in published[published["verdict"] == "mismatch"].groupby(keys, sort=False):
        row = rows.iloc[0]
        decimals = decimals_of(row["printed"])
        facts = [
            ("number", f"{row['quantity']}[{row['index']}] in {row['language']}; {row['place']}"),
            ("printed", row["printed"]),
            ("here", meaningful(row["recomputed"], row["tolerance"], decimals)),
        ]
        if row["proved"]:
            facts.append(("exactly", row["proved"]))
        if np.isnan(row["recomputed"]):
            facts[-1] = ("why", row["reason"])
        found.append(
            Failure(
                "mismatch",
                f"A printed number does not come out: {_setting(row)}",
                row["case"],
                facts,
                _blame(row, stored),
                [f"{COMMAND} show {quote(row['case'])}"],
                len(rows),
            )
        )
    return found


def _blame(row: "pd.Series[Any]", stored: Stored) -> str:
    """Which side to look at: the printed number, one language, or both."""
    pair = stored["agreement"]
    for column in PAIR:
        pair = pair[pair[column] == row[column]]
    if (pair["verdict"] == "disagree").any():
        return "R and Python differ in this run: begin there."
    if np.isnan(row["recomputed"]):
        return ""
    here = meaningful(row["recomputed"], row["tolerance"], decimals_of(row["printed"]))
    if row["proved"] and common_digits(here, row["proved"]) >= row["digits_printed"]:
        return (
            "The value here is proved: from these data and this start nothing else can come out. "
            "So the printed number, or the data and settings in the case file, are not the "
            "source's."
        )
    return (
        "R and Python agree with each other, so it is not the port: compare what both compute, "
        "and the case file, with the source."
    )


def _contradictions(stored: Stored) -> list[Failure]:
    references = stored["references"]
    commands = {"proof": "prove --again", "spread": "measure"}
    return [
        Failure(
            "contradicted",
            f"A stored {row['kind']} does not fit what is found now: {_setting(row)}",
            row["case"],
            [("found", row["reason"])],
            "The code of the network, the case or the machine's arithmetic has changed since.",
            [f"{COMMAND} {commands.get(row['kind'], 'verify')} {quote(row['case'])}"],
        )
        for _, row in references[references["verdict"] == "contradicted"].iterrows()
    ]
