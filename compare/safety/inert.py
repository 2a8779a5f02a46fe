"""Texts from cases, runs and R, made so that whatever shows them cannot be made to act by them."""

import re
import unicodedata
from typing import Any

REPLACEMENT = "\ufffd"
KEPT = "\n\t"
# control and format characters (bidirectional marks, zero-width ones), halves of surrogate pairs,
# what is not assigned (XML has no place for some of it), and separators of lines
ACTING = {"Cc", "Cf", "Cs", "Cn", "Zl", "Zp"}
MARKUP = re.compile(r"[\\`*~\[\]|$]|(?<!\w)_|_(?!\w)|#+$|:(?=//)|(?<=\bwww)\.", re.IGNORECASE)
INDEX = re.compile(
    r"(\[\d[\d,]*\](?![(\[]))"
)  # such as error[20000]: no link of ours has that name
ENTITY = re.compile(r"&(?=#|\w)")


def storable(text: str) -> str:
    """The same with an escape for each half of a surrogate pair, which no file can hold."""
    return text.encode("utf-8", "backslashreplace").decode("utf-8")


def visible(text: str) -> str:
    """The same with a replacement character for each one that acts instead of being shown."""
    if text.isprintable():
        return text
    return "".join(
        c if c in KEPT or unicodedata.category(c) not in ACTING else REPLACEMENT for c in text
    )


def one_line(text: Any) -> str:
    """What is visible of a text, on one line."""
    return visible(" ".join(str(text).split()))


def in_markdown(text: Any) -> str:
    """A text on one line in which Markdown and HTML find no markup, in a table's cell too."""
    plain = ENTITY.sub("&amp;", one_line(text)).replace("<", "&lt;")
    return "".join(
        part if INDEX.fullmatch(part) else MARKUP.sub(_escaped, part) for part in INDEX.split(plain)
    )


def _escaped(match: "re.Match[str]") -> str:
    return "".join(f"\\{character}" for character in match[0])


def as_code(text: Any) -> str:
    """A text on one line as a code span of Markdown that it cannot end."""
    line = one_line(text).replace("|", "\\|")  # a cell ends there even in code
    fence = "`" * (_longest_run(line) + 1)
    space = " " if "`" in line else ""
    return f"{fence}{space}{line}{space}{fence}" if line else ""


def code_block(text: Any) -> str:
    """A text as a block of code of Markdown that it cannot end."""
    shown = visible(str(text))
    fence = "`" * max(3, _longest_run(shown) + 1)
    return f"{fence}\n{shown}\n{fence}"


def _longest_run(text: str) -> int:
    return max((len(run) for run in re.findall("`+", text)), default=0)
