"""What was not compared: runs without a result, and what stands in their way."""

from shlex import quote

import pandas as pd

from ...case.schema import LANGUAGE_NAMES
from ...case.setting import SETTING, name_in, setting_name
from ...judge.verdicts import NOT_COMPARED
from ...run.environment import COMMAND
from .failure import Failure
from .stored import FailedRun, Stored

MOST_IN_TITLE = 3
JUDGED = ("published", "agreement", "windows", "accuracy")


def failed_runs(stored: Stored) -> list[Failure]:
    """Runs that ended without a result, one card for each reason."""
    runs: dict[str, list[FailedRun]] = {}
    for run in stored.results.failed_runs:
        runs.setdefault(run.reason, []).append(run)
    return [_failed_runs(reason, failed, stored) for reason, failed in runs.items()]


def in_the_way(stored: Stored) -> list[Failure]:
    """What else was not compared: one card for each reason."""
    problems: dict[str, list[str]] = {}
    for problem in stored.results.problems:
        subject, _, reason = problem.partition(": ")
        problems.setdefault(reason or subject, []).append(subject)
    cards = [_problem(why, subjects) for why, subjects in problems.items()]
    table = _rows(stored)
    runs = [run.reason for run in stored.results.failed_runs]
    others = table[~table["reason"].isin([*runs, *problems])]
    for (name, why), rows in others.groupby(["case", "reason"], sort=False):
        what = f"{rows.iloc[0]['quantity']} of {name_in(rows.iloc[0])} was not compared"
        again = [f"{COMMAND} verify {quote(str(name))} --jobs 1", "make doctor"]
        cards.append(
            Failure("not compared", what, str(name), [("why", str(why))], "", again, len(rows))
        )
    return cards


def _problem(why: str, subjects: list[str]) -> Failure:
    """What stands in the way of several things, or of one; some reasons end in a command."""
    why, colon, arguments = why.partition(f": {COMMAND} ")
    again = f"{COMMAND} {arguments}" if colon else "make doctor"
    named = ", ".join(subjects[:MOST_IN_TITLE])
    more = len(subjects) - MOST_IN_TITLE
    what = f"{named}{f' and {more} more' if more > 0 else ''}: {why}"
    facts = [("of", "; ".join(subjects))] if more > 0 else []
    put_back = "If the code was not meant to change, put it back: then it holds again."
    cause = put_back if colon and "changed" in why else ""
    return Failure("not compared", what, "", facts, cause, [again])


def _failed_runs(reason: str, runs: list[FailedRun], stored: Stored) -> Failure:
    """Runs that ended for one reason."""
    case = next(case for case in stored.cases if case.name == runs[0].case)
    failed = {run.language for run in runs}
    sides = " and ".join(name for side, name in LANGUAGE_NAMES.items() if side in failed)
    facts = [("what it said", reason)]
    facts += [
        ("in", setting_name(run.case, run.variant, run.start) + f", {run.arithmetic}")
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


def _rows(stored: Stored) -> pd.DataFrame:
    references = stored["references"].assign(quantity=lambda t: t["kind"])
    tables = (*(stored[name] for name in JUDGED), references)
    columns = [*SETTING, "quantity", "reason"]
    return pd.concat([t.loc[t["verdict"] == NOT_COMPARED, columns] for t in tables])
