"""Which cards a failing report has, and what each is made of."""

import io
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest
from rich.console import Console

from compare.judge.verdicts import FAILING
from compare.report.page.failures import failures
from compare.report.page.stored import Stored, load
from compare.report.terminal_failures import print_failures

FIRST, SECOND = "initial weights from NumPy", "initial weights from R"


@pytest.fixture
def stored(failing_report: Callable[[str], Path]) -> Stored:
    """A report on clark-example-1, whose two pairs disagree by one statement in R."""
    return load(failing_report("disagreement"))


def changed(stored: Stored, **tables: pd.DataFrame) -> Stored:
    return replace(stored, tables={**stored.tables, **tables})


def without(table: pd.DataFrame, start: str) -> pd.DataFrame:
    return table[table["start"] != start]


def test_pairs_that_differ_first_at_one_statement_are_one_card(stored: Stored) -> None:
    card, consequences, *_ = failures(stored)
    facts = dict(card.facts)
    assert card.what.endswith(FIRST)
    assert facts["also"].endswith(SECOND)
    assert consequences.what == "What else fails in the same cases"
    wrong = {name: stored[name]["verdict"].isin(FAILING).sum() for name in ("published", "oracles")}
    counted = dict(consequences.facts)
    assert counted["printed numbers"] == str(wrong["published"])
    assert counted["comparisons with an oracle"] == str(wrong["oracles"])
    assert all(n > 1 for n in wrong.values())


@pytest.mark.parametrize(
    ("start", "named", "also"), [("r", FIRST, SECOND), ("numpy", SECOND, FIRST)]
)
def test_a_pair_that_was_not_located_is_put_to_one_of_the_same_functions_that_was(
    stored: Stored, start: str, named: str, also: str
) -> None:
    located = without(stored["first_differences"], start)
    card, *_ = failures(changed(stored, first_differences=located))
    assert card.what.endswith(named)
    assert card.cause
    assert dict(card.facts)["also"].endswith(also)


def test_where_a_pair_that_agrees_differs_first_explains_no_other(stored: Stored) -> None:
    agreement = stored["agreement"].copy()
    agreement.loc[agreement["start"] == "numpy", "verdict"] = "agree"
    only_agreeing = without(stored["first_differences"], "r")
    card, *_ = failures(changed(stored, agreement=agreement, first_differences=only_agreeing))
    assert card.what.endswith(SECOND)
    assert card.cause == ""
    assert "written in" in dict(card.facts)


def test_a_failure_in_another_case_than_the_disagreement_has_a_card_of_its_own(
    stored: Stored,
) -> None:
    published = stored["published"].copy()
    published.loc[published.index[0], ["case", "verdict"]] = ["elsewhere", "mismatch"]
    titles = [card.what for card in failures(changed(stored, published=published))]
    assert any("elsewhere" in title for title in titles)


def test_what_a_change_made_stale_stands_behind_what_the_change_did(stored: Stored) -> None:
    stale = "clark-example-1: its rounding spread is stale, the code or the case changed"
    measure = "python -m compare measure clark-example-1"
    never = "clark-example-1: its rounding spread was never measured"
    unread = "clark-example-2: its file cannot be read: it is a folder"
    problems = [f"{stale}: {measure}", f"{never}: {measure}", unread]
    found = failures(
        replace(stored, results=stored.results.model_copy(update={"problems": problems}))
    )
    by_title = {card.what: place for place, card in enumerate(found)}
    assert found[0].verdict == "disagree"
    assert found[by_title[stale]].next == [measure]
    assert "put it back" in found[by_title[stale]].cause
    assert found[by_title[never]].next == [measure]
    assert found[by_title[never]].cause == ""
    assert found[by_title[unread]].next == ["make doctor"]
    assert min(by_title[title] for title in (stale, never, unread)) > 1
    console = Console(width=200, file=(file := io.StringIO()))
    print_failures(console, [*found[:3], found[by_title[stale]]])
    assert file.getvalue().splitlines()[-2].endswith(f"{stale}: {measure}")


def test_the_language_whose_portable_bits_are_no_longer_the_stored_ones_is_named(
    stored: Stored,
) -> None:
    facts = dict(failures(stored)[0].facts)
    assert facts["look first"].startswith("at R: ")  # whose statement was changed
    names = [name for name, _ in failures(stored)[0].facts]
    statements = [name for name in names if name.startswith("in ")]
    assert statements[:2] == ["in Python", "in R"]
    references = stored["references"].copy()
    references.loc[references["kind"].str.startswith("digest"), "verdict"] = "contradicted"
    card, *_ = failures(changed(stored, references=references))
    assert "look first" not in dict(card.facts)


def test_reviewed_verdicts_that_change_with_a_disagreement_are_counted_with_it(
    stored: Stored,
) -> None:
    claims = stored["claims"].copy()
    claims.loc[claims.index[:2], "verdict"] = "changed"
    with_them = changed(stored, claims=claims)
    counted = dict(failures(with_them)[1].facts)
    before = dict(failures(stored)[1].facts)
    assert int(counted["reviewed verdicts"]) - int(before.get("reviewed verdicts", 0)) == 2
    agreement = stored["agreement"].assign(verdict="agree")
    alone = failures(changed(with_them, agreement=agreement))
    assert sum(card.what.startswith("Its verdict has changed") for card in alone) >= 2
    assert "What else fails in the same cases" not in {card.what for card in alone}
