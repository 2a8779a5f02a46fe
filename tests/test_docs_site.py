"""The docs as one site, made with what is installed for it alone."""

import importlib.util
import re
from pathlib import Path

import pytest

from tools.docs import HELP, SITE, help_pages, main


def test_each_page_of_rs_help_is_there_and_asks_for_nothing(tmp_path: Path) -> None:
    help_pages(tmp_path / "r")
    assert {p.stem for p in (tmp_path / "r").glob("*.html")} == {
        "index",
        *(page.stem for page in HELP.glob("*.Rd")),
    }
    for page in (tmp_path / "r").glob("*.html"):
        text = page.read_text(encoding="utf-8")
        assert not re.search(r"<script|<link|<img|\bsrc=", text)
        assert "<h" in text
    assert "Train a network" in (tmp_path / "r" / "index.html").read_text()


@pytest.mark.slow
@pytest.mark.skipif(importlib.util.find_spec("furo") is None, reason="no Sphinx here: make docs")
def test_the_site_opens_from_disk() -> None:
    assert main() == 0
    assert (SITE / "index.html").is_file()
    for page in SITE.rglob("*.html"):
        assert not re.search(
            r"<(script|link|img|iframe)[^>]*(src|href)=\"(https?:)?//", page.read_text()
        ), page
