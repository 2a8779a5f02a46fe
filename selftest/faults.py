"""Deliberate faults in the networks, made from their syntax trees."""

import ast
import copy
import csv
import io
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from compare import ROOT

PARTNER = {"+": "-", "-": "+", "*": "/", "/": "*", "**": "*", "%*%": "*"}
PYTHON_OPERATORS = {ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Div: "/", ast.Pow: "**"}
PYTHON_PARTNER: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Div,
    ast.Div: ast.Mult,
    ast.Pow: ast.Mult,
}
COMMUTES = ("+", "*")
# Faults that change no value, and why. Text of the change, without file and line.
EQUIVALENT = {
    "v + v * generator.uniform(-2.0 ** (-52), 2.0 ** (-52), v.shape) -> "
    "v - v * generator.uniform(-2.0 ** (-52), 2.0 ** (-52), v.shape)": (
        "u and -u have the same distribution"
    ),
    "self.layers(weights)[1] - self.y -> self.y - self.layers(weights)[1]": (
        "only its square is used, and negation is exact"
    ),
    "trial - value -> value - trial": "only its absolute value is used, and negation is exact",
}
# Faults that no run shows, and why: what stands in the line, the change, the reason.
EXPLAINED = [
    (
        "if slope < 0:",
        "0 -> 1",
        "the slope is -g'Bg with B positive definite: at most zero but for rounding, and at zero "
        "the direction is zero too, so that the search moves nothing",
    ),
    (
        "RELATIVE_TEST =",
        "10.0 -> 11.0",
        "it decides only in which of many ever smaller steps a search that lowers nothing gives up",
    ),
    (
        "compared = zip(",
        "RELATIVE_TEST ",
        "it decides only in which of many ever smaller steps a search that lowers nothing gives up",
    ),
    (
        "surface = one_layer.train(",
        "1 -> 2",
        "only the error before the first update is used",
    ),
    (
        "enough = trial > abstol",
        "abs(value) + reltol -> abs(value) - reltol",
        "it moves the threshold by less than a last place of any value above abstol",
    ),
]


@dataclass(frozen=True)
class Fault:
    """A file with one thing wrong in it.

    Attributes
    ----------
    stem : str
        The file: ``python_impl/STEM.py`` or ``r_impl/R/STEM.R``.
    what : str
        The line, and what became of it.
    source : str
        The whole file with the fault.
    equivalent : str
        Why the fault cannot change any value; empty where it can.
    explained : str
        Why no run shows it, although it could; empty where one should.
    """

    language: str
    kind: str
    stem: str
    what: str
    source: str
    equivalent: str = ""
    explained: str = ""


def all_faults() -> list[Fault]:
    """The faults in the networks and in the arithmetic, in both languages."""
    stems = ("arithmetic", "one_layer", "two_layer", "error_surface", "descent", "dnn")
    in_both = [
        fault for stem in stems for make in (python_faults, r_faults) for fault in make(stem)
    ]
    return [*in_both, *python_faults("nnet")]


def python_faults(stem: str) -> list[Fault]:
    """Every operator, constant, index and operand order of a Python file, each once wrong."""
    text = (ROOT / "python_impl" / f"{stem}.py").read_text(encoding="utf-8")
    tree, lines = ast.parse(text), text.split("\n")
    _drop_annotations(tree)
    in_index = {
        id(node)
        for subscript in ast.walk(tree)
        if isinstance(subscript, ast.Subscript)
        for node in ast.walk(subscript.slice)
    }
    faults = []
    for position, node in enumerate(ast.walk(tree)):
        for kind, change in _changes(node, id(node) in in_index):
            wrong = copy.deepcopy(tree)
            target = list(ast.walk(wrong))[position]
            before = ast.unparse(target)
            equivalent = change(target)
            made = f"{before} -> {ast.unparse(target)}"
            equivalent = equivalent or EQUIVALENT.get(made, "")
            number = getattr(node, "lineno", 0)
            line = lines[number - 1].strip()
            why = [r for place, c, r in EXPLAINED if place in line and made.startswith(c)]
            what = f"{stem}.py:{number}: {made}   in `{line}`"
            source = ast.unparse(ast.fix_missing_locations(wrong))
            explained = why[0] if why else ""
            faults.append(Fault("python", kind, stem, what, source, equivalent, explained))
    return faults


def _drop_annotations(tree: ast.Module) -> None:
    """Docstrings and annotations compute nothing."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef):
            node.returns = None
            for argument in [*node.args.args, *node.args.kwonlyargs]:
                argument.annotation = None


def _changes(node: ast.AST, is_index: bool) -> Iterator[tuple[str, Callable[[Any], str]]]:
    if isinstance(node, ast.BinOp) and type(node.op) in PYTHON_PARTNER:
        yield "operator", _other_operator
        yield "operand order", _swapped
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        yield "operator", _without_minus
    if isinstance(node, ast.Constant) and type(node.value) in (int, float):
        yield ("index" if is_index else "constant"), _one_more
    if isinstance(node, ast.Call) and len(node.args) == 2 and "matmul" in ast.unparse(node.func):
        yield "operand order", _swapped_arguments


def _other_operator(node: ast.BinOp) -> str:
    node.op = PYTHON_PARTNER[type(node.op)]()
    return ""


def _swapped(node: ast.BinOp) -> str:
    node.left, node.right = node.right, node.left
    operator = PYTHON_OPERATORS[type(node.op)]
    return f"{operator} commutes in IEEE 754 arithmetic" if operator in COMMUTES else ""


def _without_minus(node: ast.UnaryOp) -> str:
    node.op = ast.UAdd()
    return ""


def _one_more(node: ast.Constant) -> str:
    node.value = node.value + 1  # type: ignore[operator]
    return ""


def _swapped_arguments(node: ast.Call) -> str:
    node.args.reverse()
    return ""


def r_faults(stem: str) -> list[Fault]:
    """The same for an R file."""
    path = ROOT / "r_impl" / "R" / f"{stem}.R"
    script = str(Path(__file__).with_name("parse_tree.R"))
    table = subprocess.run(
        ["Rscript", "--vanilla", script, str(path)], capture_output=True, text=True, check=True
    ).stdout
    nodes = list(csv.DictReader(io.StringIO(table), delimiter="\t"))
    lines = path.read_text(encoding="utf-8").split("\n")
    children: dict[str, list[dict[str, str]]] = {}
    for node in nodes:
        children.setdefault(node["parent"], []).append(node)
    faults = []
    for node in nodes:
        siblings = [n for n in children[node["parent"]] if n["token"] != "COMMENT"]
        token, text = node["token"], node["text"]
        if text in PARTNER and token in ("'+'", "'-'", "'*'", "'/'", "SPECIAL"):
            faults.append(_r_fault(stem, "operator", lines, node, PARTNER[text]))
            if len(siblings) == 3:
                faults.append(_r_swap(stem, lines, siblings[0], siblings[2], text))
        if token == "NUM_CONST" and text.replace(".", "").isdigit():
            index = any(n["token"] == "'['" for n in children.get(_parent_of(nodes, node), []))
            kind = "index" if index else "constant"
            faults.append(_r_fault(stem, kind, lines, node, f"{float(text) + 1:g}"))
        if token == "SYMBOL_FUNCTION_CALL" and "matmul" in text:
            call = children[_parent_of(nodes, node)]
            arguments = [n for n in call if n["token"] == "expr"][1:]
            if len(arguments) == 2:
                faults.append(_r_swap(stem, lines, arguments[0], arguments[1], "matmul"))
    return faults


def _parent_of(nodes: list[dict[str, str]], node: dict[str, str]) -> str:
    """Id of the node two levels up: the call or subscript that a leaf belongs to."""
    (parent,) = (n for n in nodes if n["id"] == node["parent"])
    return parent["parent"]


def _r_fault(stem: str, kind: str, lines: list[str], node: dict[str, str], new: str) -> Fault:
    line, start, end = int(node["line1"]) - 1, int(node["col1"]) - 1, int(node["col2"])
    wrong = lines[line][:start] + new + lines[line][end:]
    what = f"{stem}.R:{line + 1}: {lines[line].strip()} -> {wrong.strip()}"
    source = "\n".join([*lines[:line], wrong, *lines[line + 1 :]])
    return Fault("r", kind, stem, what, source)


def _r_swap(
    stem: str, lines: list[str], left: dict[str, str], right: dict[str, str], operator: str
) -> Fault:
    line = int(left["line1"]) - 1
    text = lines[line]
    a, b = (int(left["col1"]) - 1, int(left["col2"])), (int(right["col1"]) - 1, int(right["col2"]))
    wrong = text[: a[0]] + text[slice(*b)] + text[a[1] : b[0]] + text[slice(*a)] + text[b[1] :]
    equivalent = f"{operator} commutes in IEEE 754 arithmetic" if operator in COMMUTES else ""
    what = f"{stem}.R:{line + 1}: {text.strip()} -> {wrong.strip()}"
    source = "\n".join([*lines[:line], wrong, *lines[line + 1 :]])
    return Fault("r", "operand order", stem, what, source, equivalent)
