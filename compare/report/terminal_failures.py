"""What went wrong, in the terminal: the same cards as on the page."""

from collections.abc import Sequence

from rich.console import Console

from ..safety.inert import one_line
from .page.failure import Failure
from .page.text import SIGNS, brief, kind

WHOLE, NAMED, WIDTH = 3, 60, 500


def print_failures(console: Console, failures: Sequence[Failure]) -> None:
    """The first few with what is known of them and what to do next; of the others a line each."""
    for failure in failures[:WHOLE]:
        console.print()
        title, *lines = in_lines(failure)
        console.print(title, style="bold red", soft_wrap=True)
        for line in lines:
            console.print(line, soft_wrap=True)
    if failures[WHOLE:]:
        console.print()
    for failure in failures[WHOLE : WHOLE + NAMED]:
        said = [fact for _, fact in failure.facts] or failure.next or [failure.cause]
        console.print(f"{_title(failure)}: {_plain(said[0])}", style="red", soft_wrap=True)
    if len(failures) > WHOLE + NAMED:
        console.print(f"and {len(failures) - WHOLE - NAMED} more, in the report")
    if failures:
        console.print()


def in_lines(failure: Failure) -> list[str]:
    """Its title, then a line for each fact, for the cause and for each command."""
    facts = [*failure.facts, ("why", failure.cause), *(("next", line) for line in failure.next)]
    width = max(len(name) for name, _ in facts)
    return [
        _title(failure),
        *(f"  {name:{width}}  {_plain(fact)}" for name, fact in facts if fact),
    ]


def _title(failure: Failure) -> str:
    sign = SIGNS[kind(failure.verdict)]
    return f"{sign} {failure.verdict}: {_plain(failure.what)}"


def _plain(text: str) -> str:
    return brief(one_line(text), WIDTH)
