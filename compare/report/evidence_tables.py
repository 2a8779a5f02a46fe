"""Stored evidence as it is shown: fewer rows, fewer digits."""

import pandas as pd

from ..case.setting import where
from ..evidence.table_checks import EVERYWHERE
from .distance import share

BY_KIND, BY_NUMBER = "selftest", "profile_numbers"
BY_CASE, BY_ENVIRONMENT = "false_positives", "profiles"
SHOWN_ENVIRONMENTS = 3
TITLES = {
    BY_KIND: "The checker, checked: mutants of the networks and what became of them",
    "explained_mutants": "Mutants that change no result of any run, each with the reason",
    BY_CASE: "False positives: correct runs that would be called a disagreement",
    BY_ENVIRONMENT: "The same in other arithmetic environments",
    BY_NUMBER: "Printed numbers that move between environments",
}


def shown(name: str, table: pd.DataFrame) -> pd.DataFrame:
    """The table in few rows and digits."""
    special = {
        BY_KIND: _by_kind,
        BY_NUMBER: _by_number,
        BY_CASE: _by_case,
        BY_ENVIRONMENT: _by_environment,
    }
    return special[name](table) if name in special else table.map(_shorter)


def _by_kind(table: pd.DataFrame) -> pd.DataFrame:
    """One row for each kind of mutant, and one for all of them."""
    counts = table.columns[2:]
    total = {**dict.fromkeys(table.columns, ""), "kind": "all"}
    sums = table[counts].astype(int).sum().astype(str)
    return pd.concat([table, pd.DataFrame([total | sums.to_dict()])], ignore_index=True)


def _by_case(table: pd.DataFrame) -> pd.DataFrame:
    """One row for each case and one for all: how many runs, and which came nearest.

    Cases that share their runs have the same rows; all together has them once.
    """
    cases = without_total(table)
    once = cases[~cases.drop(columns="case").duplicated()]
    rows = []
    for case, of_case in [*cases.groupby("case", sort=False), ("all, each run once", once)]:
        worst = of_case.iloc[int(of_case["worst_ratio"].astype(float).argmax())]
        rows.append(
            {
                "case": case,
                "correct runs": of_case["runs"].astype(int).sum(),
                "false positives": of_case["false_positives"].astype(int).sum(),
                "worst ratio to tolerance": share(float(worst["worst_ratio"])),
                "there": where(worst.rename({"where": "quantity"})),
            }
        )
    return pd.DataFrame(rows)


def without_total(table: pd.DataFrame) -> pd.DataFrame:
    """A stored table without the row that sums the others, which whoever sums them has twice."""
    return table[table["case"] != EVERYWHERE] if "case" in table else table


def _by_environment(profiles: pd.DataFrame) -> pd.DataFrame:
    """One row for each environment; why one has no effect here, its file says."""
    note = profiles["not applicable"].ne("").map({True: " (not applicable here)", False: ""})
    named = profiles.assign(environment=profiles["environment"] + note)
    return named.drop(columns="not applicable").map(_shorter)


def _by_number(numbers: pd.DataFrame) -> pd.DataFrame:
    """One row for each printed number: where it is reproduced, and how true it is elsewhere."""
    rows = []
    keys = ["case", "variant", "start", "quantity", "index", "printed"]
    for key, of_number in numbers.groupby(keys, sort=False):
        number = pd.Series(dict(zip(keys, key, strict=True)))
        good = of_number.loc[of_number["verdict"] == "reproduced", "environment"]
        digits = of_number["lre_proved"].replace("", "nan").astype(float)
        span = [f"{end:.1f}" for end in (digits.min(), digits.max()) if digits.notna().any()]
        rows.append(
            {
                "number": f"{where(number)}[{number['index']}]",
                "printed": number["printed"],
                "reproduced in": f"{len(good)} of {len(of_number)}"
                + (": " + "; ".join(good) if 0 < len(good) <= SHOWN_ENVIRONMENTS else ""),
                "correct digits": " to ".join(dict.fromkeys(span)) or "-",
            }
        )
    return pd.DataFrame(rows)


def _shorter(text: str) -> str:
    """A number of a stored table, without digits that mean nothing here."""
    try:
        return f"{float(text):.6g}" if "." in text and not text.startswith("0.00") else text
    except ValueError:
        return text
