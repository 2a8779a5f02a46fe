"""What oracles and reviewed verdicts hold: a sentence, and what does not hold."""

from shlex import quote

from ...case.schema import LANGUAGE_NAMES
from ...judge.verdicts import CHANGED, FAILING
from ...run.environment import COMMAND
from ..distance import share
from ..verification import reviewed
from .failure import Failure
from .stored import Stored


def held(stored: Stored) -> str:
    """How many values the oracles hold; empty where there are none."""
    rows = stored["oracles"].drop(columns="case").drop_duplicates()
    rows = rows[rows["n_values"] > 0]
    if rows.empty:
        return ""
    worst = share(rows["ratio_to_tolerance"].max())
    return (
        f"Against a mistake that both languages share, {rows['n_values'].sum():,.0f} values of "
        "both are checked by oracles: formulas written in another way and evaluated in balls, "
        "derivatives by complex steps, and steps worked by hand. The largest difference is "
        f"{worst} of its tolerance, four times what rounding can do to the formula."
    )


def oracle_failures(stored: Stored) -> list[Failure]:
    """Quantities that an oracle does not find."""
    oracles = stored["oracles"]
    failing = oracles[oracles["verdict"].isin(FAILING)]
    cards = []
    for (case, verdict), rows in failing.groupby(["case", "verdict"], sort=False):
        sides = " and ".join(LANGUAGE_NAMES.get(name, name) for name in rows["language"].unique())
        row = rows.iloc[0]
        facts = [
            ("quantity", f"{row['what']}, {row['arithmetic']} in {sides}"),
            ("found", row["reason"]),
        ]
        cards.append(
            Failure(
                str(verdict),
                f"An oracle does not find what it must: {case}, {sides}",
                str(case),
                facts,
                "",
                [f"{COMMAND} verify {quote(str(case))}"],
                len(rows),
            )
        )
    return cards


def changed_statements(stored: Stored) -> list[Failure]:
    """Claims and differences with another verdict than was reviewed."""
    cards = []
    for name in ("claims", "differences"):
        statements = reviewed(stored[name])
        cards += [
            Failure(
                CHANGED, f"Its verdict has changed: {row['case']}", "", [("found", row["reason"])]
            )
            for _, row in statements[statements["verdict"] == CHANGED].iterrows()
        ]
    return cards
