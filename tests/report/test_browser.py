"""The page in a real browser: Debian's chromium, without a window."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.conftest import BROKEN
from tests.marks import some_slow
from tests.report.conftest import need_chromium

WIDTHS = (1440, 390)
need_chromium()
pytestmark = pytest.mark.usefixtures("nothing_stays_open")


@dataclass
class Opened:
    """A page, what it said to the console, and what it asked for."""

    page: Page
    said: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)

    def go(self, path: Path, fragment: str = "") -> None:
        self.page.goto(f"{path.as_uri()}{fragment}")
        self.page.wait_for_selector("html[data-charts=drawn]", timeout=120_000)


def opened(
    browser: Browser, width: int = 1440, scheme: Literal["light", "dark"] = "light"
) -> Opened:
    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)
    found = Opened(context.new_page())
    found.page.on("console", lambda message: found.said.append(message.text))
    found.page.on("pageerror", lambda error: found.said.append(str(error)))
    found.page.on("request", lambda request: found.asked.append(request.url))
    found.page.on("dialog", lambda dialog: found.said.append(f"dialog: {dialog.message}"))
    return found


@pytest.fixture(scope="module")
def wide(browser: Browser, report: Path) -> Opened:
    """The report at 1440 points, every chart of its first page drawn."""
    found = opened(browser)
    found.go(report / "index.html")
    return found


def test_nothing_is_asked_for_and_the_console_is_silent(wide: Opened, report: Path) -> None:
    assert wide.asked == [(report / "index.html").as_uri()]
    assert wide.said == []


def test_every_displayed_chart_is_drawn(wide: Opened) -> None:
    charts: dict[str, Any] = wide.page.evaluate(
        """() => {
          const places = [...document.querySelectorAll("[data-chart]")];
          const displayed = places.filter((place) => place.checkVisibility());
          const drawn = displayed.filter((place) => place.querySelector("svg path, svg rect"));
          return { displayed: displayed.length, drawn: drawn.length };
        }"""
    )
    assert charts["displayed"] > 40
    assert charts["drawn"] == charts["displayed"]


def test_a_drawn_chart_says_what_it_shows_and_opens_its_values(wide: Opened) -> None:
    said = wide.page.evaluate(
        """() => [...document.querySelectorAll("[data-drawn=done]")]
          .map((place) => place.getAttribute("role") + ": " + place.getAttribute("aria-label"))"""
    )
    assert len(said) > 40
    assert all(text.startswith("img: ") and "Vega" not in text for text in said)
    assert any("error over the iterations: with initial weights" in text for text in said)
    values = wide.page.locator("#trajectories ~ * details.values").first
    values.locator("summary").click()
    head = ["weights from", "iteration", "Python", "R", "difference", "tolerance"]
    expect(values.locator("th")).to_have_text(head)  # it is filled when it opens
    rows = values.locator("tbody tr").all_inner_texts()
    assert rows[0].split()[:2] == ["NumPy", "0"]
    assert any(row.split()[1] == "29999" for row in rows)


def test_pointing_at_a_line_tells_iteration_and_values(wide: Opened) -> None:
    wide.page.locator("#trajectories ~ * [data-chart]").first.hover()
    mark = wide.page.locator("#trajectories ~ * [data-chart] .mark-symbol path").nth(100)
    mark.hover(force=True)
    tooltip = wide.page.locator("#tip")
    tooltip.wait_for(timeout=60_000)
    names = tooltip.locator("dt").all_inner_texts()
    assert names == ["weights from", "iteration", "Python", "R", "difference", "tolerance"]
    start, *values = tooltip.locator("dd").all_inner_texts()
    assert start in {"NumPy", "R"}
    assert len([float(text) for text in values]) == 5
    wide.page.mouse.move(5, 5)
    expect(tooltip).to_be_hidden()


def test_filters_show_what_was_asked_for_and_rows_open(wide: Opened) -> None:
    page = wide.page
    form = page.locator("form.filters").first
    form.get_by_label("case").select_option("clark-example-2")
    form.get_by_label("language").select_option("r")
    rows = page.locator("#numbers > tbody:not([hidden], .beyond)")
    assert rows.count() > 5
    for text in rows.all_inner_texts():
        assert "clark-example-2" in text
        assert "in R" in text
    assert form.locator("output").inner_text().startswith(f"{rows.count()} of ")
    row = rows.first
    detail = row.locator("tr.detail")
    assert not detail.is_visible()
    button = row.locator("button.opens")
    button.focus()
    page.keyboard.press("Enter")
    assert detail.is_visible()
    assert button.get_attribute("aria-expanded") == "true"
    for word in ("printed", "here", "exactly", "tolerance"):
        assert word in detail.inner_text()
    page.keyboard.press("Enter")
    assert not detail.is_visible()
    form.get_by_role("button", name="clear").click()
    expect(form.locator("output")).to_contain_text("541")
    page.get_by_role("button", name="show all").click()
    assert rows.count() == 541


def test_a_case_has_a_page_of_its_own_by_link_and_back(browser: Browser, report: Path) -> None:
    found = opened(browser)
    found.go(report / "index.html", "#case-trask-direction-changes")
    page = found.page
    assert page.get_by_role("heading", level=1).all_inner_texts() == [
        "Seven step sizes: how often each update changes direction"
    ]
    assert page.locator("#case-trask-direction-changes [data-drawn=done]").count() > 20
    page.get_by_role("link", name="all cases").first.click()
    page.wait_for_selector("main.overview")
    assert page.locator("#verdict h1").is_visible()
    assert not page.locator("#case-trask-direction-changes").is_visible()
    assert found.said == []


@pytest.mark.parametrize("width", some_slow(WIDTHS, 390))
def test_nothing_is_wider_than_the_screen(browser: Browser, report: Path, width: int) -> None:
    found = opened(browser, width)
    for fragment in ("#case-clark-example-3", "#verdict"):
        found.go(report / "index.html", fragment)
        assert found.page.evaluate("document.documentElement.scrollWidth") <= width
        wider: list[str] = found.page.evaluate(
            """() => [...document.querySelectorAll("main *")]
              .filter((e) => e.checkVisibility() && !e.closest(".scroll, pre, svg"))
              .filter((e) => e.getBoundingClientRect().right > innerWidth + 1)
              .map((e) => e.outerHTML.slice(0, 100))"""
        )
        assert wider == []


@pytest.mark.parametrize(
    ("width", "scheme", "fragment"),
    [
        pytest.param(1440, "light", "", marks=pytest.mark.slow),
        pytest.param(390, "dark", "", marks=pytest.mark.slow),
        pytest.param(1440, "dark", "#case-clark-example-2", marks=pytest.mark.slow),
    ],
)
def test_axe_finds_nothing_in_either_theme(
    browser: Browser, report: Path, width: int, scheme: Literal["light", "dark"], fragment: str
) -> None:
    found = opened(browser, width, scheme)
    found.go(report / "index.html", fragment)
    # what is not displayed is not judged, and takes axe most of its time
    hidden = "document.querySelectorAll('tbody[hidden], .case-page:not(:target)')"
    found.page.evaluate(f"{hidden}.forEach((element) => element.remove())")
    result = Axe().run(found.page)
    assert result.violations_count == 0, result.generate_report()
    passed = {rule["id"] for rule in result.response["passes"]}
    assert {"color-contrast", "html-has-lang", "document-title"} <= passed


@pytest.mark.slow
@pytest.mark.parametrize(("what", "scheme"), [("mismatch", "light"), ("disagreement", "dark")])
def test_axe_finds_nothing_on_a_failing_page_and_would_find_too_little_contrast(
    browser: Browser,
    failing_report: Callable[[str], Path],
    what: str,
    scheme: Literal["light", "dark"],
) -> None:
    found = opened(browser, 390, scheme)
    found.go(failing_report(what) / "index.html")
    result = Axe().run(found.page)
    assert result.violations_count == 0, result.generate_report()
    found.page.evaluate("document.documentElement.style.setProperty('--quiet', '#777')")
    result = Axe().run(found.page, options={"runOnly": ["color-contrast"]})
    assert result.violations_count == 1


@pytest.mark.slow
def test_it_prints_dark_on_white_from_either_theme(browser: Browser, report: Path) -> None:
    found = opened(browser, 794)  # A4 at 96 points an inch
    found.go(report / "index.html")
    schemes: list[Literal["light", "dark"]] = ["light", "dark"]
    for scheme in schemes:
        found.page.emulate_media(media="print", color_scheme=scheme)
        body = "getComputedStyle(document.body)"
        assert found.page.evaluate(f"{body}.backgroundColor") == "rgb(255, 255, 255)"
        assert found.page.evaluate(f"{body}.color") == "rgb(0, 0, 0)"
    assert not found.page.locator("nav").is_visible()
    assert not found.page.locator("form.filters").is_visible()
    assert found.page.locator("#numbers thead").is_visible()
    assert not found.page.locator("#numbers .opens").first.is_visible()
    assert found.page.evaluate("document.documentElement.scrollWidth") <= 794
    assert len(found.page.pdf(format="A4")) > 100_000


@pytest.mark.slow
def test_texts_that_would_run_or_break_the_page_lie_there_and_can_be_read(
    browser: Browser, poisoned_report: Path
) -> None:
    for width in WIDTHS:
        found = opened(browser, width)
        found.go(poisoned_report / "index.html")
        assert found.said == []
        assert len(found.asked) == 1
        assert found.page.evaluate("document.documentElement.scrollWidth") <= width
        shown = found.page.locator("body").inner_text()
        assert "<svg onload=alert(1)>" in shown
        assert "]]></script><img src=x onerror=alert(1)>" in shown


@pytest.mark.parametrize("what", some_slow(BROKEN, "disagreement"))
def test_a_failing_page_shows_cause_and_next_step_on_its_first_screen(
    browser: Browser, failing_report: Callable[[str], Path], what: str
) -> None:
    found = opened(browser)
    found.go(failing_report(what) / "index.html")
    card = found.page.locator(".failure").first
    box = card.bounding_box()
    assert box is not None
    assert box["y"] + box["height"] <= 900
    text = card.inner_text()
    cause = {"mismatch": "proved", "disagreement": "not rounding", "crash": "signal 9"}
    assert cause[what] in text
    assert "python -m compare" in text
    assert found.said == []
