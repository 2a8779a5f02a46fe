"""One browser for all tests of pages: Playwright allows no two in a process."""

import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, sync_playwright

CHROMIUM = shutil.which("chromium")
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]


def need_chromium() -> None:
    """Skip a whole module where Debian's chromium is missing."""
    if CHROMIUM is None:
        reason = "no chromium, so no test of the page in a browser: make browser"
        pytest.skip(reason, allow_module_level=True)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Debian's chromium, without a window."""
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield started
        started.close()


@pytest.fixture
def nothing_stays_open(browser: Browser) -> Iterator[None]:
    """A page goes on drawing as long as it is open, and takes time from the next test."""
    before = list(browser.contexts)
    yield
    for context in browser.contexts:
        if context not in before:
            context.close()
