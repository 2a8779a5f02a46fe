"""Mutants of an R file, made from its parse tree."""

from collections.abc import Iterator

from compare import ROOT
from selftest.mutant import Mutant
from selftest.r_calls import call_changes
from selftest.r_change import Change, one
from selftest.r_tree import Node, Tree
from selftest.reasons import reason
from selftest.shapes import other_variables

OPERATORS = {
    "'+'": "-",
    "'-'": "+",
    "'*'": "/",
    "'/'": "*",
    "'^'": "*",
    "%*%": "*",
    "%%": "%/%",
    "%/%": "%%",
}
COMMUTES = ("'+'", "'*'")
COMPARISONS = {
    "LT": ("<=", ">", ">="),
    "LE": ("<", ">=", ">"),
    "GT": (">=", "<", "<="),
    "GE": (">", "<=", "<"),
    "EQ": ("!=", "<=", ">="),
    "NE": ("==", "<", ">"),
}
BOOLEANS = {"AND2": "||", "OR2": "&&", "AND": "|", "OR": "&"}
FLIPPED = {"TRUE": "FALSE", "FALSE": "TRUE"}


def r_mutants(stem: str) -> list[Mutant]:
    """Everything in an R file that can be made wrong, each once."""
    tree = Tree(ROOT / "r_impl" / "R" / f"{stem}.R")
    return [_mutant(stem, tree, change) for node in tree.nodes for change in _changes(tree, node)]


def _mutant(stem: str, tree: Tree, change: Change) -> Mutant:
    first = min(node.start for node, _ in change.replaced)[0]
    line = tree.lines[first].strip()
    made = ", ".join(
        f"{' '.join(tree.text(node).split())} -> {new or '(deleted)'}"
        for node, new in change.replaced
    )
    known = reason("r", stem, line, made)
    return Mutant(
        "r",
        change.kind,
        stem,
        f"{stem}.R:{first + 1}: {made}   in `{line}`",
        tree.with_replaced(*change.replaced),
        change.equivalent or known.equivalent,
        known.explained,
    )


def _changes(tree: Tree, node: Node) -> Iterator[Change]:
    if _is_silent(tree, node):
        return
    yield from _operators(tree, node)
    yield from _constants(tree, node)
    yield from _conditions(tree, node)
    yield from _statements(tree, node)
    yield from _variables(tree, node)
    yield from call_changes(tree, node)


def _is_silent(tree: Tree, node: Node) -> bool:
    """It is part of the text of an error."""
    return any(
        _function_name(tree, ancestor) in ("stop", "sprintf") for ancestor in tree.ancestors(node)
    )


def _function_name(tree: Tree, call: Node) -> str:
    """Name of the function that a node calls; empty where it calls none."""
    parts = tree.children(call)
    is_call = len(parts) > 1 and parts[1].token == "'('"
    return tree.text(parts[0]) if is_call else ""


def _operators(tree: Tree, node: Node) -> Iterator[Change]:
    siblings = tree.children(tree.parent(node))
    token = node.text if node.token == "SPECIAL" else node.token
    sides = siblings[0::2]
    if token in OPERATORS:
        yield one("operator", node, OPERATORS[token])
        if len(siblings) == 3:
            commutes = "+ and * commute in IEEE 754 arithmetic" if token in COMMUTES else ""
            swap = ((sides[0], tree.text(sides[1])), (sides[1], tree.text(sides[0])))
            yield Change("operand order", swap, commutes)
    for other in COMPARISONS.get(token, ()):
        yield one("comparison", node, other)
    parent = tree.parent(node)
    if token in BOOLEANS and parent:
        yield one("boolean", node, BOOLEANS[token])
        for side in sides:
            yield one("boolean", parent, tree.text(side))
    if token == "'!'" and parent:
        yield one("boolean", parent, tree.text(siblings[1]))


def _constants(tree: Tree, node: Node) -> Iterator[Change]:
    if node.token != "NUM_CONST":
        return
    is_default = _is_default(tree, node)
    if node.text in FLIPPED:
        yield one("default" if is_default else "constant", node, FLIPPED[node.text])
    elif node.text not in ("NA", "NA_real_"):
        outer = tree.children(tree.grandparent(node))
        is_index = any(n.token in ("'['", "LBB") for n in outer)
        number, suffix = float(node.text.rstrip("L")), "L" if node.text.endswith("L") else ""
        kind = "index" if is_index else "constant"
        yield one(kind, node, f"{number + 1:.17g}{suffix}")
        if is_default:
            yield one("default", node, f"{number * 2 or 1:.17g}")


def _is_default(tree: Tree, node: Node) -> bool:
    siblings = tree.children(tree.grandparent(node))
    parent = tree.parent(node)
    return parent in siblings and siblings[siblings.index(parent) - 1].token == "EQ_FORMALS"


def _conditions(tree: Tree, node: Node) -> Iterator[Change]:
    if node.token not in ("IF", "WHILE"):
        return
    siblings = tree.children(tree.parent(node))
    condition = siblings[siblings.index(node) + 2]
    for new in (f"!({tree.text(condition)})", "TRUE", "FALSE"):
        yield one("condition", condition, new)


def _statements(tree: Tree, node: Node) -> Iterator[Change]:
    """A statement of a block; an assignment or a call that is not its value."""
    siblings = tree.children(tree.parent(node))
    if node.token != "expr" or not siblings or siblings[0].token != "'{'":
        return
    inside = tree.children(node)
    assigns = any(n.token == "LEFT_ASSIGN" for n in inside)
    is_block = any(n.token in ("FOR", "IF", "WHILE") for n in inside)
    is_value = node == siblings[-2] and not assigns and tree.text(node) != "break"
    if not is_block and not is_value:
        yield one("statement", node, "")


def _variables(tree: Tree, node: Node) -> Iterator[Change]:
    if node.token != "SYMBOL":
        return
    if node.text == "arithmetic_native" and _is_default(tree, node):
        yield one("default", node, "arithmetic_portable")
    outer = tree.grandparent(node)
    siblings = tree.children(outer)
    if len(siblings) > 1 and siblings[1].token == "LEFT_ASSIGN" and siblings[0].start == node.start:
        return  # what is assigned to
    functions = [a for a in tree.ancestors(node) if tree.children(a)[0].token == "FUNCTION"]
    if functions:
        first, last = functions[-1].start[0], functions[-1].end[0]
        others = other_variables("r", tree.lines[first : last + 1])
        for line, other in others.get(node.text, []):
            if first + line < node.start[0]:
                yield one("wrong variable", node, other)
