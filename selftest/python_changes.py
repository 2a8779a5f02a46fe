"""What can be made wrong in one node of a Python syntax tree."""

import ast
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

Change = Callable[[Any], tuple[ast.AST, str]]  # the new node, and why no value changes

OPERATORS: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Div,
    ast.Div: ast.Mult,
    ast.Pow: ast.Mult,
    ast.Mod: ast.FloorDiv,
}
COMPARISONS: dict[type[ast.cmpop], tuple[type[ast.cmpop], ...]] = {
    ast.Lt: (ast.LtE, ast.Gt, ast.GtE),
    ast.LtE: (ast.Lt, ast.GtE, ast.Gt),
    ast.Gt: (ast.GtE, ast.Lt, ast.LtE),
    ast.GtE: (ast.Gt, ast.LtE, ast.Lt),
    ast.Eq: (ast.NotEq, ast.LtE, ast.GtE),
    ast.NotEq: (ast.Eq, ast.Lt, ast.Gt),
    ast.Is: (ast.IsNot,),
    ast.IsNot: (ast.Is,),
}
COMMUTES = (ast.Add, ast.Mult)
OTHER_ARITHMETIC = "__import__('python_impl.arithmetic').arithmetic.portable"


@dataclass(frozen=True)
class Place:
    """What stands around a node.

    Attributes
    ----------
    is_silent : bool
        It computes nothing: an annotation, a decorator, the text of an error.
    same_shape : tuple of str
        The variables that could be confused with this one.
    """

    is_silent: bool = False
    is_index: bool = False
    is_condition: bool = False
    is_default: bool = False
    is_in_function: bool = False
    same_shape: tuple[str, ...] = ()

    def __or__(self, other: "Place") -> "Place":
        return Place(
            self.is_silent or other.is_silent,
            self.is_index or other.is_index,
            self.is_condition or other.is_condition,
            self.is_default or other.is_default,
            self.is_in_function or other.is_in_function,
            self.same_shape or other.same_shape,
        )


def changes(node: ast.AST, place: Place) -> Iterator[tuple[str, Change]]:
    """Each way to make this node wrong: its kind, and how."""
    if place.is_silent:
        return
    if place.is_condition:
        for text in ("not ({})", "True", "False"):
            yield "condition", _rewritten(text)
    if place.is_default:
        yield from _defaults(node)
    for name in place.same_shape:
        yield "wrong variable", _rewritten(name)
    if isinstance(node, ast.expr):
        yield from _operators(node)
        yield from _constants(node, place)
        yield from _calls(node)
    if isinstance(node, ast.stmt) and place.is_in_function:
        yield from _statements(node)


def _operators(node: ast.expr) -> Iterator[tuple[str, Change]]:
    if isinstance(node, ast.BinOp) and type(node.op) in OPERATORS:
        yield "operator", _with("op", OPERATORS[type(node.op)]())
        yield "operand order", _swapped
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        yield "operator", _with("op", ast.UAdd())
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        yield "boolean", _part("operand")
    if isinstance(node, ast.Compare):
        for other in COMPARISONS.get(type(node.ops[0]), ()):
            yield "comparison", _with("ops", [other()])
    if isinstance(node, ast.BoolOp):
        yield "boolean", _with("op", ast.Or() if isinstance(node.op, ast.And) else ast.And())
        for i in range(len(node.values)):
            yield "boolean", _part("values", i)


def _constants(node: ast.expr, place: Place) -> Iterator[tuple[str, Change]]:
    if not isinstance(node, ast.Constant):
        return
    if type(node.value) in (int, float):
        yield ("index" if place.is_index else "constant"), _with("value", node.value + 1)  # type: ignore[operator]
    if isinstance(node.value, bool) and not place.is_default:
        yield "constant", _with("value", not node.value)


def _defaults(node: ast.AST) -> Iterator[tuple[str, Change]]:
    if isinstance(node, ast.Constant) and isinstance(node.value, bool):
        yield "default", _with("value", not node.value)
    elif isinstance(node, ast.Constant) and isinstance(node.value, int | float):
        yield "default", _with("value", node.value * 2 or 1)
    elif isinstance(node, ast.Name) and node.id == "native":
        yield "default", _rewritten(OTHER_ARITHMETIC)


def _calls(node: ast.expr) -> Iterator[tuple[str, Change]]:
    if isinstance(node, ast.Attribute) and node.attr in ("T", "mT"):
        yield "call dropped", _part("value")
    if not isinstance(node, ast.Call):
        return
    name, n = ast.unparse(node.func), len(node.args)
    if n == 1 and not node.keywords and not isinstance(node.args[0], ast.Starred):
        yield "call dropped", _part("args", 0)
    if n == 0 and not node.keywords and isinstance(node.func, ast.Attribute):
        yield "call dropped", lambda call: (call.func.value, "")
    if name == "range":
        for i in range(min(n, 2)):
            yield "range", _argument_moved(i, "({}) - 1")
            yield "range", _argument_moved(i, "({}) + 1")
    for i in range(len(node.keywords)):
        yield "keyword dropped", _without_keyword(i)
    for i in range(n - 1):
        if ast.unparse(node.args[i]) == ast.unparse(node.args[i + 1]):
            continue
        if "matmul" in name or all(isinstance(a, ast.Name) for a in node.args[i : i + 2]):
            yield "argument order", _arguments_swapped(i)


def _statements(node: ast.stmt) -> Iterator[tuple[str, Change]]:
    is_text = isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    if isinstance(node, ast.AugAssign):
        yield "operator", _with("op", OPERATORS[type(node.op)]())
        yield "operator", lambda s: (ast.Assign([s.target], s.value), "")
    kinds = ast.Assign | ast.AugAssign | ast.Expr | ast.Raise | ast.Break
    if isinstance(node, kinds) and not is_text:
        yield "statement", lambda _: (ast.Pass(), "")


def _with(field: str, value: Any) -> Change:
    def change(node: ast.AST) -> tuple[ast.AST, str]:
        fields = dict(ast.iter_fields(node)) | {field: value}
        return ast.copy_location(type(node)(**fields), node), ""

    return change


def _part(field: str, i: int | None = None) -> Change:
    """A part of the node in its place."""

    def change(node: ast.AST) -> tuple[ast.AST, str]:
        part = getattr(node, field)
        return (part if i is None else part[i]), ""

    return change


def _rewritten(text: str) -> Change:
    """The expression that this text gives with the node's own in its braces."""

    def change(node: ast.AST) -> tuple[ast.AST, str]:
        return _expression(text.format(ast.unparse(node))), ""

    return change


def _expression(text: str) -> ast.expr:
    return ast.parse(text, mode="eval").body


def _swapped(node: ast.BinOp) -> tuple[ast.AST, str]:
    commutes = isinstance(node.op, COMMUTES)
    swapped = ast.BinOp(node.right, node.op, node.left)
    return swapped, "+ and * commute in IEEE 754 arithmetic" if commutes else ""


def _argument_moved(i: int, text: str) -> Change:
    def change(node: ast.Call) -> tuple[ast.AST, str]:
        node.args[i] = _expression(text.format(ast.unparse(node.args[i])))
        return node, ""

    return change


def _without_keyword(i: int) -> Change:
    def change(node: ast.Call) -> tuple[ast.AST, str]:
        del node.keywords[i]
        return node, ""

    return change


def _arguments_swapped(i: int) -> Change:
    def change(node: ast.Call) -> tuple[ast.AST, str]:
        node.args[i], node.args[i + 1] = node.args[i + 1], node.args[i]
        return node, ""

    return change
