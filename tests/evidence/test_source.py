import ast

import pytest

from compare import ROOT
from compare.evidence.source import (
    ALSO_USED,
    NOT_FOLLOWED,
    modules_of,
    normalised,
    r_sources,
    source,
)


def test_comments_docstrings_and_layout_do_not_count() -> None:
    plain = "def f(x):\n    return x + 1\n"
    dressed = (
        '"""Module."""\n\n# why\ndef f(x):\n    """Doc."""\n    return (x  # here\n        + 1)\n'
    )
    assert normalised(plain) == normalised(dressed)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("x + 1", "x - 1"),
        ("x < 1", "x <= 1"),
        ("x + 1", "x + 1.0"),
        ("'1'", "1"),
        ("'1'", "b'1'"),
        ("f(x, y)", "f(y, x)"),
        ("f(x)", "f(*x)"),
        ("f(x=1)", "f(y=1)"),
        ("f'{x}'", "f'{x!r}'"),
        ("f'{x}'", "f'{x:.3f}'"),
        ("f'a{x}'", "f'{x}a'"),
        ("lambda x: x", "lambda x=1: x"),
        ("[x for x in y]", "(x for x in y)"),
        ("x if y else z", "z if y else x"),
        ("not x", "x"),
        ("0.1", "0.10000000000000002"),
        ("True", "1"),
    ],
)
def test_whatever_may_change_a_value_counts(one: str, other: str) -> None:
    assert normalised(one) != normalised(other)


def test_a_docstring_counts_only_where_it_is_one() -> None:
    assert normalised("def f():\n    'a'\n    return 1") == normalised("def f():\n    return 1")
    assert normalised("x = 'a'") != normalised("x = 'b'")


def test_every_python_says_the_same() -> None:
    """As it stands, so that another version of Python that says something else is noticed."""
    text = "@d\ndef f(x, /, *y: int, z=1.5) -> None:\n    return f'a{x!r:>{y}}b' 'c'\n"
    assert normalised(text) == (
        "Module(body=[FunctionDef(args=arguments(kw_defaults=[Constant(value=float 1.5)],"
        "kwonlyargs=[arg(arg=str 'z')],posonlyargs=[arg(arg=str 'x')],"
        "vararg=arg(annotation=Name(id=str 'int'),arg=str 'y')),"
        "body=[Return(value=JoinedStr(values=[str 'a',FormattedValue(conversion=int 114,"
        "format_spec=JoinedStr(values=[str '>',FormattedValue(conversion=int -1,"
        "value=Name(id=str 'y'))]),value=Name(id=str 'x')),str 'bc']))],"
        "decorator_list=[Name(id=str 'd')],name=str 'f',returns=Constant())])"
    )


def test_imports_are_followed_however_they_are_written() -> None:
    found = modules_of(["compare.verify.false_positives:count_false_positives"])
    assert {
        "compare.judge.pairs",
        "compare.evidence.spread",
        "compare.numbers.measures",
        "compare",
    } <= set(found)
    assert {"python_impl.two_layer", "python_impl.nnet"} <= set(found)  # named by cases
    assert "compare.verify.verify" in modules_of(
        ["compare.evidence.profiles:run_profiles"]
    )  # in a child process
    assert "claims.training" in modules_of(["claims.chapter:separation"])
    assert "compare.verify.tables" in modules_of(
        ["compare.verify.verify:verify"]
    )  # from compare import tables


def test_what_only_shows_is_not_followed() -> None:
    for function in ("compare.verify.verify:verify", "selftest.judge:judge_mutant"):
        found = modules_of([function])
        assert not {m for m in found for n in NOT_FOLLOWED if m == n or m.startswith(f"{n}.")}
    for name in NOT_FOLLOWED:
        path = ROOT.joinpath(*name.split("."))
        assert path.with_suffix(".py").is_file() or (path / "__init__.py").is_file(), name


def test_every_module_that_imports_by_a_made_name_says_which() -> None:
    for folder in ("compare", "python_impl", "compiled", "claims", "selftest"):
        for path in (ROOT / folder).glob("*.py"):
            names = {n.id for n in ast.walk(ast.parse(path.read_text())) if isinstance(n, ast.Name)}
            if names & {"import_module", "__import__"}:
                assert f"{folder}.{path.stem}".removesuffix(".__init__") in ALSO_USED


def test_what_is_named_besides_is_there() -> None:
    for modules in ALSO_USED.values():
        for module in modules:
            assert source(module)


def test_an_r_file_that_a_module_names_counts() -> None:
    assert [p.name for p in r_sources(["claims.measured"])] == ["logistic_regression.R"]
    assert [p.name for p in r_sources(["selftest.r_tree"])] == ["parse_tree.R"]
