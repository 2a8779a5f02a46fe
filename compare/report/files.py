"""What a report's folder holds: the only names that the program writes, replaces and deletes."""

import os
from pathlib import Path

MARKER = ".nnmirror"
MARKER_TEXT = "nnmirror wrote this folder, and replaces it as a whole.\n"
TABLES = (
    "published",
    "agreement",
    "predictions",
    "trajectories",
    "windows",
    "sensitivity",
    "accuracy",
    "references",
    "final_values",
    "first_differences",
    "oracles",
    "claims",
    "differences",
    "values",
    "outputs",
    "messages",
    "explanations",
)
STORED_TABLES = ("selftest", "explained_mutants", "false_positives", "profiles", "profile_numbers")
RESULTS, CASES, JUNIT, PAGE, MARKDOWN = (
    "results.json",
    "cases.json",
    "junit.xml",
    "index.html",
    "report.md",
)
CERTIFICATE, BADGE = "certificate.md", "badge.svg"
IN_THE_MAKING = tuple(f".{name}" for name in (PAGE, CERTIFICATE, BADGE, MARKDOWN))
BY_OTHER_COMMANDS = ("bench.csv",)
DIFF = "diff.csv"  # since a former report
BY_FORMER_VERSIONS = ("finals.csv", "partings.csv", "false_alarms.csv")
PICTURES = "pictures"
FILES = frozenset(
    [
        *(f"{name}.csv" for name in (*TABLES, *STORED_TABLES)),
        *(RESULTS, CASES, JUNIT, PAGE, MARKDOWN, CERTIFICATE, BADGE, *IN_THE_MAKING, MARKER),
        *BY_OTHER_COMMANDS,
        DIFF,
        *BY_FORMER_VERSIONS,
    ]
)
PICTURE_FILES = frozenset(
    f"{dot}{name}.png" for name in ("pair", "errors", "differences") for dot in ("", ".")
)


def bears_the_marker(folder: Path) -> bool:
    """Whether the program wrote this folder."""
    path = folder / MARKER
    try:
        return not path.is_symlink() and path.read_text(encoding="utf-8") == MARKER_TEXT
    except (OSError, ValueError):
        return False


def foreign(folder: Path) -> str:
    """Something in a folder that the program does not write there; empty where there is none."""
    with os.scandir(folder) as entries:
        for entry in sorted(entries, key=lambda e: e.name):
            if entry.name == PICTURES and entry.is_dir(follow_symlinks=False):
                with os.scandir(entry) as pictures:
                    strange = [p.name for p in pictures if not _is_file(p, PICTURE_FILES)]
                if strange:
                    return f"{PICTURES}/{min(strange)}"
            elif not _is_file(entry, FILES):
                return entry.name
    return ""


def _is_file(entry: "os.DirEntry[str]", names: frozenset[str]) -> bool:
    return entry.name in names and entry.is_file(follow_symlinks=False)


def _is_only_begun(folder: Path) -> bool:
    """Whether nothing is in a folder, or no more than what writing its marker had come to."""
    names = [path.name for path in folder.iterdir()]
    if names != [MARKER]:
        return not names
    return MARKER_TEXT.startswith((folder / MARKER).read_text(encoding="utf-8"))


def delete(folder: Path) -> bool:
    """Delete what the program wrote, its marker last, and the folder; False where more is in it."""
    try:
        if foreign(folder) or not (bears_the_marker(folder) or _is_only_begun(folder)):
            return False
        for name in PICTURE_FILES:
            (folder / PICTURES / name).unlink(missing_ok=True)
        if (folder / PICTURES).is_dir():
            (folder / PICTURES).rmdir()
        for name in sorted(FILES, key=lambda n: n == MARKER):
            (folder / name).unlink(missing_ok=True)
        folder.rmdir()
    except (OSError, ValueError):
        return False
    return True
