"""What sources say in words, as page and Markdown show it."""

import html
from pathlib import Path

import pandas as pd

from compare.report.page.claims import claims as page_claims
from compare.report.page.stored import load


def test_claims_that_do_not_hold_come_first(report: Path) -> None:
    page = (report / "index.html").read_text()
    claims = pd.read_csv(report / "claims.csv")
    order = {"does not hold": 0, "holds": 2}
    ranks = claims["verdict"].map(lambda verdict: order.get(verdict, 1))
    section = page[page.index('id="claims"') :]
    shown = [
        section.index(html.escape(text).replace("&#x27;", "&#39;")) for text in claims["claim"]
    ]
    by_place = [rank for _, rank in sorted(zip(shown, ranks, strict=True))]
    assert by_place == sorted(ranks)
    assert set(by_place) == {0, 1, 2}


def test_a_long_list_of_counts_is_a_table_with_all_of_them(report: Path) -> None:
    shown = {claim.id: claim for claim in page_claims(load(report))}
    nodes = shown["chapter-hidden-50"]
    assert nodes.columns == ["", "0.1", "1", "10"]
    assert [row[0] for row in nodes.rows][:2] == ["4 nodes", "8 nodes"]
    again = "; ".join(
        ", ".join([row[0], *(f"{a}: {n}" for a, n in zip(nodes.columns[1:], row[1:], strict=True))])
        for row in nodes.rows
    )
    assert f"{nodes.said}: {again}" == nodes.evidence
    assert not any(claim.rows for claim in shown.values() if claim is not nodes)


def test_verdicts_in_markdown_are_marked_as_such(report: Path) -> None:
    text = (report / "report.md").read_text()
    assert r"\*\*" not in text
    differences = pd.read_csv(report / "differences.csv")
    section = text[text.index("R and Python code differ") :]
    assert section.count("✓ holds") == (differences["verdict"] == "holds").sum() > 0
