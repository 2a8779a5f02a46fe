"""Which variables have the same shape: as the comments at the ends of the lines say."""

import re

ASSIGNED = {
    "python": re.compile(r"^\s*(\w+) = .*  # \(([^)]+)\)$"),
    "r": re.compile(r"^\s*(\w+) <- .* # (\w+(?: [+] \w+)? x [^#]+)$"),
}


def other_variables(language: str, lines: list[str]) -> dict[str, list[tuple[int, str]]]:
    """For each variable of a function, the others of its shape, each with its line.

    Parameters
    ----------
    lines : list of str
        The function's own lines.

    Returns
    -------
    dict
        Of each name, the line (from 0) on which another of its shape is assigned, and that one.
    """
    found = [
        (i, match[1], match[2])
        for i, line in enumerate(lines)
        if (match := ASSIGNED[language].match(line))
    ]
    return {
        name: [(i, other) for i, other, its in found if its == shape and other != name]
        for _, name, shape in found
    }
