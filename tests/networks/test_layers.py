"""Who may know whom."""

import ast
import re

import pytest

from compare import ROOT

ALLOWED = {
    "numpy",
    "scipy.special",
    "python_impl",
    "collections",
    "dataclasses",
    "itertools",
    "math",
    "typing",
}


def imported(source: str) -> set[str]:
    tree = ast.walk(ast.parse(source))
    nodes = [node for node in tree if isinstance(node, ast.Import | ast.ImportFrom)]
    return {
        str(node.module) if isinstance(node, ast.ImportFrom) else alias.name
        for node in nodes
        for alias in node.names
    }


@pytest.mark.parametrize(
    "path", sorted((ROOT / "python_impl").glob("*.py")), ids=lambda path: path.name
)
def test_the_networks_import_numpy_and_each_other_only(path) -> None:  # type: ignore[no-untyped-def]
    for name in imported(path.read_text()):
        assert any(name == a or name.startswith(a + ".") for a in ALLOWED), name


def test_the_r_package_does_not_know_python() -> None:
    files = set((ROOT / "r_impl" / "R").glob("*.R"))
    for path in files - {ROOT / "r_impl" / "R" / "compare.R"}:  # which runs the command
        assert not re.search(r"reticulate|python_impl|compare", path.read_text()), path.name
    description = (ROOT / "r_impl" / "DESCRIPTION").read_text()
    assert re.search(r"^Imports: nnet, stats, utils$", description, re.M)


def test_nothing_below_selftest_is_used_by_the_product() -> None:
    for folder in ("python_impl", "compare"):
        for path in (ROOT / folder).rglob("*.py"):
            assert not any(name.split(".")[0] == "selftest" for name in imported(path.read_text()))


def test_compare_knows_no_network_by_name() -> None:
    for path in (ROOT / "compare").rglob("*.py"):
        source = path.read_text()
        assert not re.search(r"one_layer|two_layer|synapse|clark-example-\d", source) or (
            path.name == "cli.py" and not re.search(r"one_layer|two_layer|synapse", source)
        ), path.name
