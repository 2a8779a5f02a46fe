"""Reports of one word, for tests of the folder that they go into."""

from pathlib import Path

from compare.report.destination import check_destination, put_in_place, staged
from compare.report.files import FILES, MARKER, PICTURE_FILES, PICTURES


def write_report(folder: Path, text: str) -> None:
    """All the files of a report, each with the same text."""
    real = check_destination(folder)
    with staged(real) as fresh:
        fill(fresh, text)
        put_in_place(fresh, real)


def fill(fresh: Path, text: str) -> None:
    (fresh / PICTURES).mkdir()
    for name in sorted(FILES - {MARKER}):
        (fresh / name).write_text(text)
    for name in sorted(PICTURE_FILES):
        (fresh / PICTURES / name).write_text(text)


def texts(folder: Path) -> list[str]:
    """What the files of a report hold, which is one text where the report is whole."""
    files = [p for p in folder.rglob("*") if p.is_file() and p.name != MARKER]
    assert len(files) == len(FILES) - 1 + len(PICTURE_FILES)
    return sorted({p.read_text() for p in files})


def tree(folder: Path) -> list[str]:
    return sorted(str(p.relative_to(folder)) for p in folder.rglob("*"))


def users_file(folder: Path) -> None:
    (folder / "thesis.tex").write_text("dear")


def a_file_more(report: Path) -> None:
    (report / "notes.txt").write_text("mine")
