"""The two halves have the same files, functions, arguments, defaults and results."""

import inspect
import re
from importlib import import_module
from types import ModuleType

import pytest

from compare import ROOT
from compare.case.case import Case, Variant
from compare.case.setting import Setting
from compare.run.pool import run_all
from compare.run.runs import Run, execute

STEMS = sorted(p.stem for p in (ROOT / "python_impl").glob("*.py") if p.stem != "__init__")
# a dict needs no method to print; comparing is in compare/library
ONLY_IN_R = {"nnmirror-package", "check_digests", "fit", "compare", "handed_over", "toml"}
EXPORTED = re.findall(r"export\((\w+)\)", (ROOT / "r_impl" / "NAMESPACE").read_text())


def public_functions(module: ModuleType) -> list[str]:
    return [
        name
        for name, function in inspect.getmembers(module, inspect.isfunction)
        if function.__module__ == module.__name__ and not name.startswith("_")
    ]


def r_arguments(stem: str, function: str) -> dict[str, str]:
    """Arguments and defaults as the R source writes them, defaults as text."""
    source = (ROOT / "r_impl" / "R" / f"{stem}.R").read_text()
    found = re.search(rf"^{stem}_{function} <- function\(([^)]*)\)", source, re.M)
    assert found, f"{stem}.R defines no {stem}_{function}"
    pairs = [argument.partition("=") for argument in found[1].split(",")]
    return {name.strip(): default.strip() for name, _, default in pairs}


def test_the_files_have_the_same_stems_and_each_has_its_tests() -> None:
    r_stems = {p.stem for p in (ROOT / "r_impl" / "R").glob("*.R")} - ONLY_IN_R
    assert r_stems == set(STEMS)
    for stem in STEMS:
        assert (ROOT / "tests" / "networks" / f"test_{stem}.py").is_file()
        assert (ROOT / "r_impl" / "tests" / "testthat" / f"test-{stem}.R").is_file()


@pytest.mark.parametrize("stem", [s for s in STEMS if s not in ("arithmetic", "checks")])
def test_the_functions_have_the_same_arguments_and_defaults(stem: str) -> None:
    module = import_module(f"python_impl.{stem}")
    functions = public_functions(module)
    assert sorted(name for name in EXPORTED if name.startswith(stem)) == sorted(
        f"{stem}_{name}" for name in functions
    )
    for function in functions:
        python = {
            name: parameter.default
            for name, parameter in inspect.signature(getattr(module, function)).parameters.items()
        }
        r = r_arguments(stem, function)
        assert list(python) == list(r)
        for name, default in python.items():
            assert same_default(default, r[name]), f"{stem}.{function}: default of {name}"


def same_default(python: object, r: str) -> bool:
    if python is inspect.Parameter.empty:
        return r == ""
    if python is None:
        return r == "NULL"
    if isinstance(python, bool):
        return r == str(python).upper()
    if isinstance(python, int | float):
        return float(r) == python
    return r == "arithmetic_native" and python is import_module("python_impl.arithmetic").native


def test_the_arithmetics_have_the_same_names_and_operations() -> None:
    arithmetic = import_module("python_impl.arithmetic")
    source = (ROOT / "r_impl" / "R" / "arithmetic.R").read_text()
    for name in ("native", "portable"):
        assert isinstance(getattr(arithmetic, name), arithmetic.Arithmetic)
        operations = re.search(rf"^arithmetic_{name} <- list\((.*?)^\)", source, re.M | re.S)
        assert operations
        assert re.findall(r"^  (\w+) = ", operations[1], re.M) == ["matmul", "sigmoid", "mean"]


def test_the_results_have_the_same_names_in_the_order_that_the_case_lists(
    cases: dict[str, Case],
) -> None:
    runs = [
        Run(Setting(case, variant, start), language, "native", 2)
        for case in cases.values()
        for variant in [Variant("first", case.variants()[0].settings)]
        for start in list(case.starts)[:1]
        for language in ("python", "r")
    ]
    for run, result in zip(runs, run_all(execute, runs, 1, 300), strict=True):
        assert isinstance(result, dict), result
        starts = [f"start_{name}" for name in run.setting.weight_names]
        assert list(result) == [*starts, *run.case.quantities], str(run)
