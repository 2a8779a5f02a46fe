"""python -m tests.rooms: which room of compare/ imports which, from the ground up.

A room is a package or a module directly below compare/. Its floor is one above the highest room
that it imports.
"""

import ast
from collections.abc import Iterator
from pathlib import Path

from compare import ROOT
from compare.evidence.source import absolute

COMPARE = ROOT / "compare"


def imports(path: Path) -> Iterator[str]:
    """Whole names of what a module below compare/ imports from this project."""
    package = ".".join(path.relative_to(ROOT).parts[:-1])
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from (f"{absolute(node, package)}.{alias.name}" for alias in node.names)


def rooms() -> dict[str, set[str]]:
    """Each room, and the other rooms that it imports."""
    modules = [p for p in COMPARE.rglob("*.py") if p.parent != COMPARE or p.stem[0] != "_"]
    names = {path: path.relative_to(COMPARE).parts[0].removesuffix(".py") for path in modules}
    found: dict[str, set[str]] = {name: set() for name in names.values()}
    for path, name in names.items():
        for imported in imports(path):
            first, *rest = imported.split(".")
            if first == "compare" and rest and rest[0] in found and rest[0] != name:
                found[name].add(rest[0])
    return found


def floors() -> dict[str, int]:
    """The floor of each room.

    Raises
    ------
    RecursionError
        Two rooms import each other.
    """
    found = rooms()

    def floor(name: str) -> int:
        return 1 + max(map(floor, found[name]), default=0)

    return {name: floor(name) for name in found}


if __name__ == "__main__":
    graph = rooms()
    for name, floor in sorted(floors().items(), key=lambda item: item[1]):
        print(f"{floor:3} {name:10} <- {', '.join(sorted(graph[name]))}")
    print(f"{len(graph)} rooms, {sum(map(len, graph.values()))} arrows")
