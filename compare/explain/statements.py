"""The statements that compute a quantity, in both languages, to be read side by side."""

import ast
import re
from collections.abc import Collection, Iterable
from importlib.util import find_spec
from pathlib import Path

from .. import ROOT
from ..run.r_package import SOURCE
from .cause import OPERATIONS

MOST = 4
Statement = tuple[int, str, set[str]]  # line, text, and the names in it
_ASSIGNED = r"^\s*{}(\[.*?\]|\$\w+)*\s*<-"
_GOES_ON = re.compile(r"([-+*/^(,&|=]|%\S*%|<-|\{)\s*$")


def statements(reference: str, quantity: str, returned: Collection[str]) -> list[str]:
    """Where a quantity is computed last, and what only that takes: ``file, line n: statement``.

    Parameters
    ----------
    reference : str
        ``package.module:function`` in Python, ``nnmirror::function`` in R.
    returned : collection of str
        Quantities that are compared themselves, and so are not looked into.

    Returns
    -------
    list of str
        In the order of the file; empty where the source says nothing of such a name.
    """
    source = _in_r(reference) if "::" in reference else _in_python(reference)
    if source is None:
        return []
    path, found = source
    seen = {*returned, *OPERATIONS} - {quantity}
    wanted, chosen = [quantity], dict[int, str]()
    while wanted:
        name = wanted.pop()
        if name in seen or len(chosen) == MOST:
            continue
        seen.add(name)
        for line, text, names in found(name)[-1:]:
            chosen[line] = text
            wanted += sorted(names)
    shown = path.relative_to(ROOT) if path.is_relative_to(ROOT) else path.name
    return [f"{shown}, line {line}: {text}" for line, text in sorted(chosen.items())]


class _Python:
    """The assignments in a function of a Python file."""

    def __init__(self, path: Path, function: str) -> None:
        self.source = path.read_text(encoding="utf-8")
        tree = ast.parse(self.source)
        named = [n for n in ast.walk(tree) if isinstance(n, ast.FunctionDef) and n.name == function]
        self.nodes = sorted(
            (
                node
                for node in ast.walk(named[0] if named else tree)
                if isinstance(node, ast.Assign | ast.AugAssign)
            ),
            key=lambda node: node.lineno,
        )

    def __call__(self, name: str) -> list[Statement]:
        return [
            (
                node.lineno,
                _one_line(ast.get_source_segment(self.source, node) or ""),
                {n.id for n in ast.walk(node.value) if isinstance(n, ast.Name)},
            )
            for node in self.nodes
            if name in {n for target in _targets(node) for n in _assigned(target)}
        ]


def _targets(node: ast.Assign | ast.AugAssign) -> list[ast.expr]:
    return node.targets if isinstance(node, ast.Assign) else [node.target]


def _assigned(target: ast.expr) -> Iterable[str]:
    """The names that a target changes: ``error`` in ``error[j]``."""
    if isinstance(target, ast.Tuple):
        return [name for part in target.elts for name in _assigned(part)]
    while isinstance(target, ast.Subscript | ast.Attribute):
        target = target.value
    return [target.id] if isinstance(target, ast.Name) else []


class _R:
    """The assignments in a function of an R file."""

    def __init__(self, lines: list[str], first: int) -> None:
        ends = (i for i in range(first, len(lines)) if lines[i].startswith("}"))
        self.lines, self.first = lines[: next(ends, len(lines) - 1) + 1], first

    def __call__(self, name: str) -> list[Statement]:
        begins = re.compile(_ASSIGNED.format(re.escape(name)))
        return [
            (i + 1, text, set(re.findall(r"[A-Za-z.][\w.]*", text.partition("<-")[2])))
            for i in range(self.first, len(self.lines))
            if begins.match(self.lines[i])
            for text in [self._whole(i)]
        ]

    def _whole(self, i: int) -> str:
        """A statement that goes on below its first line, without comments."""
        parts = [_bare(self.lines[i])]
        while _GOES_ON.search(parts[-1]) and i + len(parts) < len(self.lines):
            parts.append(_bare(self.lines[i + len(parts)]))
        return _one_line(" ".join(parts))


def _in_python(reference: str) -> tuple[Path, _Python] | None:
    module, _, function = reference.partition(":")
    try:
        spec = find_spec(module)
        path = Path(spec.origin) if spec is not None and spec.origin else None
        return (path, _Python(path, function)) if path else None
    except (ImportError, OSError, SyntaxError, ValueError):
        return None


def _in_r(reference: str) -> tuple[Path, _R] | None:
    package, _, function = reference.partition("::")
    if package != "nnmirror":
        return None
    defines = re.compile(rf"^{re.escape(function)} <- function")
    for path in sorted((SOURCE / "R").glob("*.R")):
        lines = path.read_text(encoding="utf-8").splitlines()
        for i, line in enumerate(lines):
            if defines.match(line):
                return path, _R(lines, i)
    return None


def _bare(line: str) -> str:
    """A line of R without its comment; no text in ours has a # in it."""
    return line.partition("#")[0].strip()


def _one_line(text: str) -> str:
    return " ".join(text.split())
