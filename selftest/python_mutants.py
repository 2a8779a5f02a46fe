"""Mutants of a Python file, made from its syntax tree."""

import ast
import copy
from collections.abc import Iterator

from compare import ROOT
from selftest.mutant import Mutant
from selftest.python_changes import Place, changes
from selftest.reasons import reason
from selftest.shapes import other_variables


def python_mutants(stem: str) -> list[Mutant]:
    """Everything in a Python file that `changes` knows to make wrong, each once."""
    text = (ROOT / "python_impl" / f"{stem}.py").read_text(encoding="utf-8")
    tree, lines = ast.parse(text), text.split("\n")
    places = _places(tree, lines)
    mutants = []
    for position, node in enumerate(ast.walk(tree)):
        for kind, change in changes(node, places.get(id(node), Place())):
            wrong = copy.deepcopy(tree)
            target = list(ast.walk(wrong))[position]
            before = ast.unparse(target)
            new, equivalent = change(target)
            _Replace(target, new).visit(wrong)
            ast.fix_missing_locations(wrong)
            after = "(deleted)" if isinstance(new, ast.Pass) else ast.unparse(new)
            number = getattr(node, "lineno", 0)
            line = lines[number - 1].strip()
            made = f"{before} -> {after}"
            known = reason("python", stem, line, made)
            what = f"{stem}.py:{number}: {made}   in `{line}`"
            mutants.append(
                Mutant(
                    "python",
                    kind,
                    stem,
                    what,
                    ast.unparse(wrong),
                    equivalent or known.equivalent,
                    known.explained,
                )
            )
    return mutants


class _Replace(ast.NodeTransformer):
    """Put one node in another's place."""

    def __init__(self, old: ast.AST, new: ast.AST) -> None:
        self._old, self._new = old, new

    def visit(self, node: ast.AST) -> ast.AST:
        if node is self._old:
            return self._new
        return self.generic_visit(node)


def _places(tree: ast.Module, lines: list[str]) -> dict[int, Place]:
    """What the parents of a node say about it, by the node's id."""
    found: dict[int, Place] = {}
    for node, place in _marked(tree, lines):
        found[id(node)] = found.get(id(node), Place()) | place
    return found


def _marked(tree: ast.Module, lines: list[str]) -> Iterator[tuple[ast.AST, Place]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.If | ast.While | ast.IfExp):
            yield node.test, Place(is_condition=True)
        if isinstance(node, ast.Subscript):
            yield from ((part, Place(is_index=True)) for part in ast.walk(node.slice))
        if isinstance(node, ast.Raise):
            yield from ((part, Place(is_silent=True)) for part in ast.walk(node) if part != node)
        if isinstance(node, ast.AnnAssign):
            yield from ((part, Place(is_silent=True)) for part in ast.walk(node.annotation))
        if isinstance(node, ast.ClassDef | ast.FunctionDef):
            said = [*node.decorator_list]
            if isinstance(node, ast.FunctionDef):
                arguments = [*node.args.args, *node.args.kwonlyargs]
                said += [a.annotation for a in arguments if a.annotation]
                said += [node.returns] if node.returns else []
                yield from ((default, Place(is_default=True)) for default in node.args.defaults)
                yield from _in_function(node, lines)
            yield from ((part, Place(is_silent=True)) for top in said for part in ast.walk(top))


def _in_function(function: ast.FunctionDef, lines: list[str]) -> Iterator[tuple[ast.AST, Place]]:
    first = function.lineno - 1
    others = other_variables("python", lines[first : function.end_lineno])
    for node in ast.walk(function):
        if isinstance(node, ast.stmt) and node is not function:
            yield node, Place(is_in_function=True)
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load):
            names = [n for i, n in others.get(node.id, []) if first + i + 1 < node.lineno]
            yield node, Place(same_shape=tuple(names))
