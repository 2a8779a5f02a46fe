"""Which source files of this project a function is computed by, and what they say."""

import ast
import importlib.util
import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

from .. import ROOT
from ..run.environment import CHECKOUT

PACKAGES = ("python_impl", "compiled", "compare", "oracles", "claims", "selftest")
# What only shows results (the command line, the terminal, the report), and what others call.
NOT_FOLLOWED = tuple(
    f"compare.{name}" for name in ("__main__", "cli", "commands", "report", "library")
)


def _all_of(package: str) -> tuple[str, ...]:
    return tuple(f"{package}.{p.stem}" for p in sorted((ROOT / package).glob("[a-z]*.py")))


# What is imported by a name that is made while running, or used in a process of its own.
ALSO_USED: dict[str, tuple[str, ...]] = {
    "compare": (),  # what others call
    "compare.cli": (),  # commands, by which no evidence is made
    "compare.verify.claims": _all_of("claims"),
    "compare.verify.oracles": _all_of("oracles"),
    "compare.evidence.profiles": ("compare.verify.verify", "compare.run.doctor"),
    "compare.run.r_session": (),  # rpy2
    "compare.run.beside": _all_of("python_impl"),
    "compare.run.runs": _all_of("python_impl"),
    "selftest.refusals": _all_of("python_impl"),
}
NOT_SAID = {"ctx", "kind", "type_comment", "type_ignores"}


def modules_of(functions: Iterable[str], packages: tuple[str, ...] = PACKAGES) -> list[str]:
    """The modules of functions (each ``module:function``) and all that these import.

    Only modules of the packages count, without those that only show results.

    Raises
    ------
    LookupError
        There is no such function.
    """
    seen = {_module_of(function) for function in functions}
    reached, waiting = list[str](), list(seen)
    while waiting:
        module = waiting.pop()
        reached.append(module)
        new = {*_imported(module), *ALSO_USED.get(module, ())} - seen
        seen |= new
        waiting += [name for name in new if _is_followed(name, packages)]
    return sorted(reached)


def _module_of(function: str) -> str:
    module, _, name = function.partition(":")
    try:
        top = parsed(source(module)).body
    except (ModuleNotFoundError, OSError):
        raise LookupError(f"{function}: there is no such module") from None
    if not any(isinstance(node, ast.FunctionDef) and node.name == name for node in top):
        raise LookupError(f"{function}: there is no such function")
    return module


def source(module: str) -> str:
    """Source text of a module.

    Raises
    ------
    ModuleNotFoundError
        It has none.
    """
    text = _path(module).read_text(encoding="utf-8")
    return text if CHECKOUT else _as_in_a_checkout(text)


def _as_in_a_checkout(text: str) -> str:
    """Source text with the names of modules that a checkout has: what tools/wheel.py changed."""
    inside = "|".join(name for name in PACKAGES if name != "compare")
    text = re.sub(rf"^(\s*(?:from|import) )nnmirror\.({inside})\b", r"\1\2", text, flags=re.M)
    return re.sub(r"^(\s*(?:from|import) )nnmirror\b", r"\1compare", text, flags=re.M)


def r_sources(modules: Iterable[str]) -> list[Path]:
    """The R and C files that modules name and that stand beside them."""
    named = ((_path(module), name) for module in modules for name in _r_names(source(module)))
    beside = (path.with_name(name) for path, name in named)
    return sorted(path for path in beside if path.is_file())


@cache
def _r_names(text: str) -> list[str]:
    constants = [node.value for node in ast.walk(parsed(text)) if isinstance(node, ast.Constant)]
    return [c for c in constants if isinstance(c, str) and re.fullmatch(r"[\w.-]+\.[Rc]", c)]


@cache
def normalised(text: str) -> str:
    """Python source without comments, layout and docstrings."""
    return plain(parsed(text))


@cache
def parsed(text: str) -> ast.Module:
    """The syntax tree of a source text; not to be changed."""
    return ast.parse(text)


def plain(node: Any) -> str:
    """A syntax tree as text: the fields that are not empty, in the order of their names.

    `ast.unparse` and `ast.dump` change from one version of Python to the next; this does not.
    """
    if isinstance(node, list):
        return f"[{','.join(map(plain, node))}]"
    if not isinstance(node, ast.AST):
        return f"{type(node).__name__} {node!a}"
    said = {name: value for name, value in ast.iter_fields(node) if name not in NOT_SAID}
    if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
        said["body"] = node.body[1 if ast.get_docstring(node, clean=False) is not None else 0 :]
    if isinstance(node, ast.JoinedStr):
        said["values"] = _joined(node.values)
    fields = [f"{k}={plain(v)}" for k, v in sorted(said.items()) if v is not None and v != []]
    return f"{type(node).__name__}({','.join(fields)})"


def _joined(values: list[Any]) -> list[Any]:
    """The parts of an f-string, neighbouring texts as one: some versions of Python split them."""
    parts: list[Any] = []
    for value in values:
        text: Any = value.value if isinstance(value, ast.Constant) else None
        if text == "":
            continue
        if text is not None and parts and isinstance(parts[-1], str):
            parts[-1] += text
        else:
            parts.append(value if text is None else text)
    return parts


def _imported(module: str) -> list[str]:
    is_package = _path(module).name == "__init__.py"
    return _names_in_imports(source(module), module if is_package else module.rpartition(".")[0])


@cache
def _names_in_imports(text: str, package: str) -> list[str]:
    """What a module of a package imports, whether each is a module or something in one."""
    names: list[str] = []
    for node in ast.walk(parsed(text)):
        if isinstance(node, ast.Import):
            for alias in node.names:
                names += _with_parents(alias.name)
        elif isinstance(node, ast.ImportFrom):
            base = absolute(node, package)
            names += [*_with_parents(base), *(f"{base}.{alias.name}" for alias in node.names)]
    return names


def absolute(node: ast.ImportFrom, package: str) -> str:
    """What ``from ... import`` in a module of a package imports from, by its whole name."""
    parents = package.split(".")
    above = parents[: len(parents) + 1 - node.level] if node.level else []
    return ".".join([*above, *([node.module] if node.module else [])])


def _with_parents(module: str) -> list[str]:
    parts = module.split(".")
    return [".".join(parts[:n]) for n in range(1, len(parts) + 1)]


def _is_followed(module: str, packages: tuple[str, ...]) -> bool:
    if module.split(".")[0] not in packages:
        return False
    if any(module == name or module.startswith(f"{name}.") for name in NOT_FOLLOWED):
        return False
    try:
        _path(module)
    except ModuleNotFoundError:
        return False
    return True


def _path(module: str) -> Path:
    """The file of a module: of this project by where this file stands, whatever is imported."""
    parts = module.split(".")
    if parts[0] in PACKAGES:
        inside = parts if CHECKOUT or parts[0] != "compare" else parts[1:]
        here = ROOT.joinpath(*inside)
        for path in (here.with_suffix(".py"), here / "__init__.py"):
            if path.is_file():
                return path
        raise ModuleNotFoundError(f"no source for {module}")
    spec = importlib.util.find_spec(module)
    if spec is None or spec.origin is None or not spec.origin.endswith(".py"):
        raise ModuleNotFoundError(f"no source for {module}")
    return Path(spec.origin)
