"""The parse tree of an R file, as R gives it, and its text with a part replaced."""

import csv
import io
import subprocess
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Node:
    """A node of the parse tree; lines and columns from 0, the end not included."""

    id: str
    parent: str
    token: str
    start: tuple[int, int]
    end: tuple[int, int]
    text: str


class Tree:
    """An R file: its lines, and its nodes with their parents and children."""

    def __init__(self, path: Path) -> None:
        self.lines = path.read_text(encoding="utf-8").split("\n")
        self.nodes = _nodes(path)
        self._by_id = {node.id: node for node in self.nodes}
        self._children: dict[str, list[Node]] = {}
        for node in self.nodes:
            if node.token != "COMMENT":
                self._children.setdefault(node.parent, []).append(node)

    def children(self, node: Node | None) -> list[Node]:
        """What a node consists of, comments left out."""
        return self._children.get(node.id, []) if node else []

    def parent(self, node: Node) -> Node | None:
        """None for what stands at the top of the file."""
        return self._by_id.get(node.parent)

    def grandparent(self, node: Node) -> Node | None:
        """The call or subscript that a name or number belongs to."""
        parent = self.parent(node)
        return self.parent(parent) if parent else None

    def ancestors(self, node: Node) -> list[Node]:
        """From the parent to the top."""
        parent = self.parent(node)
        return [parent, *self.ancestors(parent)] if parent else []

    def text(self, node: Node) -> str:
        """The node as the file has it."""
        (first, left), (last, right) = node.start, node.end
        if first == last:
            return self.lines[first][left:right]
        middle = self.lines[first + 1 : last]
        return "\n".join([self.lines[first][left:], *middle, self.lines[last][:right]])

    def with_replaced(self, *changed: tuple[Node, str]) -> str:
        """The whole file with these nodes' text replaced."""
        offsets = [0]
        for line in self.lines:
            offsets.append(offsets[-1] + len(line) + 1)
        text = "\n".join(self.lines)
        for node, new in sorted(changed, key=lambda change: change[0].start, reverse=True):
            start, end = (offsets[line] + column for line, column in (node.start, node.end))
            text = text[:start] + new + text[end:]
        return text

    def arguments(self, call: Node | None) -> list[list[Node]]:
        """The nodes of each argument of a call: one where it has no name, three where it has."""
        inside = self.children(call)[2:-1]
        found: list[list[Node]] = [[]]
        for node in inside:
            if node.token == "','":
                found.append([])
            else:
                found[-1].append(node)
        return [argument for argument in found if argument]


def _nodes(path: Path) -> list[Node]:
    script = str(Path(__file__).with_name("parse_tree.R"))
    table = subprocess.run(
        ["Rscript", "--vanilla", script, str(path)], capture_output=True, text=True, check=True
    ).stdout
    return [
        Node(
            row["id"],
            row["parent"],
            row["token"],
            (int(row["line1"]) - 1, int(row["col1"]) - 1),
            (int(row["line2"]) - 1, int(row["col2"])),
            row["text"],
        )
        for row in csv.DictReader(io.StringIO(table), delimiter="\t")
    ]
