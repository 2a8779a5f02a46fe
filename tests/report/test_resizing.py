"""Charts are as wide as their places, when these grow and shrink, too."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.report.conftest import need_chromium

need_chromium()
pytestmark = pytest.mark.usefixtures("nothing_stays_open")
# the least and the largest share of its place's width that a chart takes
SHARES = """() => {
  const drawn = [...document.querySelectorAll("[data-drawn=done]")];
  const shares = drawn.filter((place) => place.checkVisibility())
    .map((place) => place.querySelector("svg").getBoundingClientRect().width / place.clientWidth);
  return [shares.length, Math.min(...shares), Math.max(...shares)];
}"""


def test_a_chart_fills_its_place_after_the_window_has_changed(
    browser: Browser, report: Path
) -> None:
    page = browser.new_context(viewport={"width": 390, "height": 900}).new_page()
    page.goto(f"{(report / 'index.html').as_uri()}#case-clark-example-2")
    page.wait_for_selector("html[data-charts=drawn]", timeout=60_000)
    for width in (390, 1440, 390):
        page.set_viewport_size({"width": width, "height": 900})
        for _ in range(50):
            page.wait_for_timeout(100)
            n, least, largest = page.evaluate(SHARES)
            if least > 0.97:
                break
        assert n >= 4
        assert 0.97 < least <= largest < 1.01
