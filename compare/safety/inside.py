"""Paths that are made from names: none of them leads out of its folder."""

from pathlib import Path

from .errors import CaseError
from .inert import one_line

LONGEST = 240  # bytes; most file systems take 255, and a suffix is put on while writing


def inside(folder: Path, *names: str) -> Path:
    """The path of ``names``, one below the other, in a folder.

    Raises
    ------
    CaseError
        A name is not that of one file or folder, or a link on the way leads out of the folder.
    """
    for name in names:
        if reason := _unusable(name):
            raise CaseError(f"{one_line(name)!r} {reason}")
    path = folder.joinpath(*names)
    if not path.parent.resolve().is_relative_to(folder.resolve()):
        raise CaseError(f"{path.parent} is a link that leads out of {folder}")
    return path


def _unusable(name: str) -> str:
    if name in ("", ".", "..") or "/" in name or "\\" in name:
        return "leads out of its folder"
    if "\0" in name or len(name.encode("utf-8", "surrogateescape")) > LONGEST:
        return "cannot be the name of a file"
    return ""
