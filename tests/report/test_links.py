"""Links into the page, opened cold; filters, sorting and copies; in a real browser."""

from pathlib import Path

import pandas as pd
import pytest
from playwright.sync_api import Browser, Page

from tests.marks import some_slow
from tests.report.conftest import need_chromium

need_chromium()
pytestmark = pytest.mark.usefixtures("nothing_stays_open")
SHOWN = "tbody:not([hidden], .beyond)"
LATER = ("trajectories", "claims", "provenance")
ONE = "n-clark-example-2-numpy-error-10000-python"


NO_CHARTS = (
    "window.requestIdleCallback = () => {}; IntersectionObserver.prototype.observe = () => {}"
)


def cold(browser: Browser, report: Path, address: str, charts: bool = False) -> Page:
    """The page opened with an address, nothing of it loaded before; without charts it is ready."""
    context = browser.new_context(permissions=["clipboard-read", "clipboard-write"])
    page = context.new_page()
    if not charts:
        page.add_init_script(NO_CHARTS)
    page.goto(f"{(report / 'index.html').as_uri()}{address}", wait_until="load")
    page.wait_for_function("getComputedStyle(document.querySelector('nav')).position === 'sticky'")
    return page


@pytest.mark.parametrize("how_many", some_slow([1, 8], 1))
def test_every_case_has_the_rows_of_its_numbers_however_it_is_opened(
    browser: Browser, report: Path, how_many: int
) -> None:
    published = pd.read_csv(report / "published.csv")
    counts = published["case"].value_counts()
    assert len(counts) == 8
    for case, n in list(counts.items())[:how_many]:
        page = cold(browser, report, f"#case-{case}")
        rows = page.locator(f"#case-{case} table.numbers > tbody")
        assert rows.count() == n
        assert rows.first.is_visible()
        page.reload()
        assert rows.count() == n
        page.get_by_role("link", name="all cases").first.click()
        page.wait_for_selector("main.overview")
        assert page.locator(f"#numbers > {SHOWN}").count() == 25


@pytest.mark.parametrize(
    "section", ["published", *(pytest.param(s, marks=pytest.mark.slow) for s in LATER)]
)
def test_a_section_is_in_sight_however_it_is_opened(
    browser: Browser, report: Path, section: str
) -> None:
    page = cold(browser, report, f"#{section}", charts=True)
    page.wait_for_selector("html[data-charts=drawn]", timeout=120_000)
    box = page.locator(f"#{section}").bounding_box()
    assert box is not None
    nav = page.locator("nav").bounding_box()
    assert nav is not None
    assert nav["height"] <= box["y"] < 720
    assert page.locator(f"#numbers > {SHOWN}").count() == 25


def test_a_link_to_a_number_opens_its_row(browser: Browser, report: Path) -> None:
    page = cold(browser, report, f"#{ONE}")
    assert page.locator(f"#{ONE} tr.detail").is_visible()
    last = page.locator("#numbers > tbody.beyond").last.get_attribute("id")
    page.evaluate(f"location.hash = '{last}'")
    page.wait_for_selector(f"#{last} tr.detail")
    assert page.locator(f"#{last} tr.detail").is_visible()


@pytest.mark.parametrize("width", [1440, 390])
def test_a_first_part_of_the_numbers_is_shown_and_all_of_them_without_scripts(
    browser: Browser, report: Path, width: int
) -> None:
    shown = {}
    for scripts in (True, False):
        context = browser.new_context(
            viewport={"width": width, "height": 900}, java_script_enabled=scripts
        )
        page = context.new_page()
        page.goto((report / "index.html").as_uri())
        page.wait_for_selector("#numbers")
        shown[scripts] = [
            page.locator(f"#numbers {rows}").evaluate_all(
                "rows => rows.filter((row) => row.checkVisibility()).length"
            )
            for rows in ("> tbody", "tr.detail")
        ]
    assert shown == {True: [25, 0], False: [541, 541]}


def test_filters_stand_in_the_address_and_are_read_from_it(browser: Browser, report: Path) -> None:
    page = cold(browser, report, "")
    form = page.locator("form.filters")
    form.get_by_label("case").select_option("clark-example-2")
    form.get_by_label("text").fill("layer_1[0")
    rows = page.locator(f"#numbers > {SHOWN}")
    count = rows.count()
    assert 0 < count < 25
    assert all("layer_1[0" in text for text in rows.all_inner_texts())
    query = page.url.partition("index.html")[2]
    again = cold(browser, report, query)
    assert again.locator(f"#numbers > {SHOWN}").count() == count


def test_a_column_sorts_by_its_numbers_and_turns(browser: Browser, report: Path) -> None:
    page = cold(browser, report, "")
    page.get_by_role("button", name="show all").click()
    head = page.locator("#numbers th").nth(1)
    for order in ("ascending", "descending"):
        head.get_by_role("button").click()
        assert head.get_attribute("aria-sort") == order
        cells = page.locator("#numbers > tbody > tr:first-child > td:nth-child(2)")
        values = [float(text) for text in cells.all_text_contents()]
        assert values == sorted(values, reverse=order == "descending")
        assert len(values) == 541


def test_commands_and_numbers_are_copied(browser: Browser, report: Path) -> None:
    page = cold(browser, report, f"#{ONE}")
    page.locator(f"#{ONE} .lines .copies").first.click()
    assert page.evaluate("navigator.clipboard.readText()") == "0.008584525653247153"
    page.locator("#provenance ~ .copies").first.click()
    assert "make setup" in page.evaluate("navigator.clipboard.readText()")


def test_a_table_in_a_cell_keeps_heads_and_rows_on_a_phone(browser: Browser, report: Path) -> None:
    page = browser.new_context(viewport={"width": 390, "height": 900}).new_page()
    page.add_init_script(NO_CHARTS)
    page.goto((report / "index.html").as_uri())
    inner = page.locator(".stack table")
    assert inner.count() > 0
    for table in inner.all():
        assert table.locator("th").first.is_visible()
        boxes = [
            cell.bounding_box() for cell in table.locator("tbody tr").first.locator("td").all()
        ]
        assert len({box["y"] for box in boxes if box is not None}) == 1


def test_print_keeps_every_row(browser: Browser, report: Path) -> None:
    page = cold(browser, report, "")
    page.emulate_media(media="print")
    rows = page.locator("#numbers > tbody")
    assert rows.count() == 541
    assert rows.last.is_visible()
    assert not page.locator("nav").is_visible()


def test_cases_lead_to_the_one_before_and_the_one_after(browser: Browser, report: Path) -> None:
    page = cold(browser, report, "#case-clark-example-2")
    page.locator("#case-clark-example-2 a[rel=next]").click()
    page.wait_for_selector("#case-clark-example-2-nnet")
    assert page.locator("#case-clark-example-2-nnet h1").is_visible()
    page.locator("#case-clark-example-2-nnet a[rel=prev]").click()
    assert page.locator("#case-clark-example-2 h1").is_visible()
