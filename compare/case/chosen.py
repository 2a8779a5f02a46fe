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
    pairs = load_pairs([text for text in arguments if is_path(text)])
    names = [text for text in arguments if not is_path(text)]
    cases = reviewed_cases(folder, names) if names or not pairs else []
    for pair in pairs:
        if any(pair.name.casefold() == case.name.casefold() for case in cases):
            raise CaseError(one_line(f"{pair.path}: a built-in case is named {pair.name} too"))
    return cases, pairs
