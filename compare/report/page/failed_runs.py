"""What was not compared: runs without a result, and what stands in their way."""

import re
from shlex import quote

import pandas as pd

from ...case.schema import LANGUAGE_NAMES
from ...case.setting import SETTING, name_in, setting_name
from ..summary import NOT_CHECKED
from .failure import COMMAND, Failure
from .stored import Stored

JUDGED = ("published", "agreement", "windows", "accuracy")
RUN = re.compile(
    r"(?P<case>\S+) (?P<variant>\S+) start=(?P<start>\S+) "
    r"(?P<language>python|r) (?P<arithmetic>\S+)"
)


def not_compared(stored: Stored) -> list[Failure]:
    """One for each reason: of runs that failed first, then of single quantities."""
    reasons: dict[str, list[str]] = {}
    for problem in stored.results.problems:
        subject, _, reason = problem.partition(": ")
        reasons.setdefault(reason or subject, []).append(subject)
    found = [_failed_runs(reason, subjects, stored) for reason, subjects in reasons.items()]
    table = _rows(stored)
    others = table[~table["reason"].isin(reasons)]
    for (name, why), rows in others.groupby(["case", "reason"], sort=False):
        what = f"{rows.iloc[0]['quantity']} of {name_in(rows.iloc[0])} was not compared"
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
    failed = {run["language"] for run in runs}
    sides = " and ".join(name for side, name in LANGUAGE_NAMES.items() if side in failed)
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


def _rows(stored: Stored) -> pd.DataFrame:
    references = stored["references"].assign(quantity=lambda t: t["kind"])
    tables = (*(stored[name] for name in JUDGED), references)
    columns = [*SETTING, "quantity", "reason"]
    return pd.concat([t.loc[t["verdict"] == NOT_CHECKED, columns] for t in tables])
