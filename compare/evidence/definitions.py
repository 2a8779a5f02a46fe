"""The definitions that a function uses, from its own module and a few others."""

import ast
from collections.abc import Sequence
from functools import cache

from .source import absolute, parsed, plain, source

Name = tuple[str, str]


def definitions(function: str, others: Sequence[str]) -> str:
    """A function (``module:function``) and all that it uses from its module and the others.

    For a function whose module holds more than it uses, where what it makes is too dear to be
    made anew for that. Statements that define nothing count where they name something used.
    """
    module, _, name = function.partition(":")
    followed = {m: _by_name(source(m), m.rpartition(".")[0]) for m in (module, *others)}
    reached, waiting, parts = set[Name](), [(module, name)], set[str]()
    while waiting:
        at = waiting.pop()
        if at in reached or at[0] not in followed:
            continue
        reached.add(at)
        for text, used in followed[at[0]].get(at[1], ()):
            parts.add(f"{at[0]}: {text}")
            waiting += [(home or at[0], other) for home, other in used]
    return "\n".join(sorted(parts))


@cache
def _by_name(text: str, package: str) -> dict[str, list[tuple[str, list[Name]]]]:
    """The statements of a module's top level by each name that they define or do something with.

    Each as text, with the names that it uses and the modules that these come from; no module
    where that is this one.
    """
    top = parsed(text).body
    imported = {
        alias.asname or alias.name: (absolute(node, package), alias.name)
        for node in top
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }
    statements: dict[str, list[tuple[str, list[Name]]]] = {}
    for statement in top:
        if isinstance(statement, ast.Import | ast.ImportFrom):
            continue
        used = sorted({n.id for n in ast.walk(statement) if isinstance(n, ast.Name)})
        is_definition = isinstance(statement, ast.FunctionDef | ast.ClassDef)
        entry = plain(statement), [imported.get(name, ("", name)) for name in used]
        for name in [statement.name] if is_definition else used:  # type: ignore[attr-defined]
            statements.setdefault(name, []).append(entry)
    return statements
