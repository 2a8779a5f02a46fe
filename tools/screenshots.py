"""Take the pictures of the report's first screen that the README shows."""

import shutil
import sys
from pathlib import Path
from typing import Literal

from playwright.sync_api import sync_playwright

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "report" / "index.html"
WIDTH, HEIGHT = 1280, 800
THEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")


def main() -> int:
    """Write docs/report-light.png and docs/report-dark.png."""
    chromium = shutil.which("chromium")
    if chromium is None:
        print("screenshots need chromium: make browser", file=sys.stderr)
        return 2
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        for theme in THEMES:
            page = browser.new_page(viewport={"width": WIDTH, "height": HEIGHT}, color_scheme=theme)
            page.goto(PAGE.as_uri())
            page.wait_for_selector("html[data-charts=drawn]", timeout=120_000)
            page.screenshot(path=ROOT / "docs" / f"report-{theme}.png")
        browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
