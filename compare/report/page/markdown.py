"""``report.md``: what the page says, in Markdown, short enough for a CI job summary."""

from collections.abc import Iterable
from typing import Any

from markupsafe import Markup

from ...safety.inert import as_code, code_block, in_markdown
from .html import templates
from .text import Digits


def markdown(shown: dict[str, Any]) -> str:
    """The whole page; whatever comes from cases and runs is text in which no markup is found."""
    environment = templates(finalize=_as_text)
    environment.globals |= {"table": _table}
    environment.filters |= {"code": _code, "block": _block}
    return environment.get_template("report.md.j2").render(**shown)


def _as_text(value: Any) -> Markup:
    return value if isinstance(value, Markup) else Markup(in_markdown(value))


def _code(value: str | Iterable[Digits]) -> Markup:
    """A number or a command, as code."""
    text = value if isinstance(value, str) else "".join(part.text for part in value)
    return Markup(as_code(text) or "-")


def _block(lines: Iterable[str]) -> Markup:
    return Markup(code_block("\n".join(lines)))


def _table(columns: Iterable[str], rows: Iterable[Iterable[str]]) -> Markup:
    """A table, without the end of its last line."""
    head = [columns, ["---" for _ in columns]]
    lines = ["| " + " | ".join(map(_as_text, cells)) + " |" for cells in (*head, *rows)]
    return Markup("\n".join(lines))
