"""A fingerprint of what a stored reference was made from."""

import ast
import hashlib
import importlib.util
import json
from pathlib import Path

from compare.case import Case


def reference_hash(case: Case) -> str:
    """Hash of a case's numbers and of the Python code that runs it.

    The code counts as its syntax tree without docstrings, so comments and layout are free.
    """
    digest = hashlib.sha256()
    for module in sorted(_modules(case.python.split(":")[0]) | {"python_impl.random_numbers"}):
        digest.update(normalised(_source(module)).encode())
    numbers = case.model_dump(
        include={"python", "inputs", "grid", "starts", "quantities", "trajectories"}
    )
    digest.update(json.dumps(numbers, sort_keys=True).encode())
    return digest.hexdigest()[:16]


def normalised(source: str) -> str:
    """Python source without comments, layout and docstrings."""
    tree = ast.parse(source)
    for node in ast.walk(tree):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef) and ast.get_docstring(
            node
        ):
            node.body = node.body[1:] or [ast.Pass()]
    return ast.unparse(tree)


def _modules(name: str) -> set[str]:
    """The module and everything it imports from its own package."""
    package, found, waiting = name.split(".")[0], set[str](), [name]
    while waiting:
        module = waiting.pop()
        if module in found:
            continue
        found.add(module)
        for node in ast.walk(ast.parse(_source(module))):
            if isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == package:
                waiting.append(str(node.module))
    return found


def _source(module: str) -> str:
    spec = importlib.util.find_spec(module)
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError(f"no source for {module}")
    return Path(spec.origin).read_text(encoding="utf-8")
