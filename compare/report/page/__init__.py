"""The pages of a report, made from its files alone."""

from pathlib import Path

import numpy as np

from ...safety.errors import ReportError, described
from ..files import BADGE, CERTIFICATE, MARKDOWN, PAGE
from .certificate import badge, certificate
from .contents import page_contents
from .failure import Failure
from .figures import Figures
from .html import page
from .markdown import markdown
from .pictures import write_pictures
from .stored import load


def build_page(folder: Path) -> list[Failure]:
    """Write into a report's folder all that is read there: pages, pictures, certificate, badge.

    Returns
    -------
    list of Failure
        What went wrong, as all of them show it.

    Raises
    ------
    ReportError
        A file is missing or cannot be used; it names file, key and reason.
    """
    stored = load(folder)
    figures = Figures(stored)
    shown = page_contents(stored, figures)
    shown["certificate"] = certificate(stored, folder)
    shown["pictures"] = write_pictures(shown, figures, folder)
    for name, text in (
        (CERTIFICATE, shown["certificate"]),
        (BADGE, badge(stored)),
        (MARKDOWN, markdown(shown)),
        (PAGE, page(shown, figures.charts)),
    ):
        fresh = folder / f".{name}"
        fresh.write_text(text, encoding="utf-8")
        fresh.replace(folder / name)
    failed: list[Failure] = shown["failures"]
    return failed


def rebuild_page(folder: Path) -> None:
    """Write the pages into a folder that somebody may have changed.

    Raises
    ------
    ReportError
        It is no report; a file is missing or cannot be used; or the files do not fit together.
    """
    try:
        with np.errstate(all="ignore"):  # whatever numbers stand there
            build_page(folder)
    except (ArithmeticError, LookupError, TypeError, ValueError, RecursionError) as error:
        raise ReportError(f"{folder}: its files do not fit together ({described(error)})") from None
