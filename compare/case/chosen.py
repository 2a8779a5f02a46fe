"""Which cases a command line means: built-in names, files and folders of somebody's own."""

from collections.abc import Sequence
from pathlib import Path

from ..safety.errors import CaseError
from .case import Case
from .lock import reviewed_cases
from .pair import PairCase, is_path, load_pairs
from .schema import one_line


def chosen_cases(folder: Path, arguments: Sequence[str]) -> tuple[list[Case], list[PairCase]]:
    """The built-in cases of a folder and the pairs that are named; without any, all built-in ones.

    Raises
    ------
    CaseError
        An unknown name, a file that cannot be used, or two cases of one name.
    """
    is_folder = {text: _is_folder(folder, text) for text in arguments}
    pairs = load_pairs([text for text in arguments if is_path(text) or is_folder[text]])
    names = [text for text in arguments if not (is_path(text) or is_folder[text])]
    cases = reviewed_cases(folder, names) if names or not pairs else []
    for pair in pairs:
        if any(pair.name.casefold() == case.name.casefold() for case in cases):
            raise CaseError(one_line(f"{pair.path}: a built-in case is named {pair.name} too"))
    return cases, pairs


def _is_folder(built_in: Path, text: str) -> bool:
    """Whether a bare word names a folder here; a built-in case of that name goes first."""
    return not (built_in / f"{text}.toml").exists() and Path(text).is_dir()
