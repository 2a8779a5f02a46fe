"""What a program calls: `compare` and `assert_agrees`, in processes of their own."""

import os
import subprocess
import sys
from functools import partial
from pathlib import Path
from threading import Lock
from types import ModuleType
from typing import Any

import cloudpickle
import numpy as np
import pandas as pd
import pytest

import compare
from compare.library.outcome import Outcome, failure

X = [1.5, 2.5, 4.0]


def test_a_closure_and_the_source_of_an_r_function_are_compared_value_by_value() -> None:
    factor = 2.0

    def twice(x: Any) -> dict[str, Any]:
        return {"twice": x * factor, "spread": np.std(x)}

    table = compare.compare(
        python=twice,
        r="function(x) list(twice = x * 2, spread = sd(x))",
        inputs={"x": np.array(X)},
    )
    assert list(table["output"]) == ["twice"] * 3 + ["spread"]
    assert list(table["python"][:3]) == [3.0, 5.0, 8.0]
    assert list(table["verdict"]) == ["identical"] * 3 + ["disagree"]
    assert table["python"][3] == np.std(X)  # to the last digit
    assert table.attrs["exit_code"] == 1
    (found,) = table.attrs["explanations"]
    assert "divided by n in Python, divided by n - 1 in R" in found["evidence"]


@pytest.mark.slow
def test_every_kind_of_input_arrives_in_both_languages(tmp_path: Path) -> None:
    (tmp_path / "given.R").write_text(
        "f <- function(matrix, n, text, yes, names, nested, na.rm) {\n"
        "  list(matrix = matrix, n = n, text = text, yes = yes, names = names, rm = na.rm,\n"
        "    inner = nested$inner)\n}\n"
    )
    inputs = {
        "matrix": np.arange(6.0).reshape(2, 3),
        "n": np.int64(3),
        "text": "a",
        "yes": True,
        "names": np.array(["b", "c"]),
        "nested": {"inner": pd.Series(X)},
        "na.rm": True,
    }

    def f(*args: Any, **named: Any) -> dict[str, Any]:
        matrix, n, text, yes, names, nested, na_rm = (*args, *named.values())
        given = {"matrix": matrix, "n": n, "text": text, "yes": yes, "names": names, "rm": na_rm}
        return given | {"inner": nested["inner"]}

    table = compare.assert_agrees(python=f, r=f"{tmp_path}/given.R:f", inputs=inputs)
    assert set(table["verdict"]) == {"identical"}
    assert len(table) == 6 + 1 + 1 + 1 + 2 + 1 + 3


def test_a_disagreement_is_told_as_an_assertion_with_its_reason(tmp_path: Path) -> None:
    report = tmp_path / "report"
    with pytest.raises(AssertionError) as raised:
        compare.assert_agrees(python="numpy:std", r="stats::sd", inputs={"x": X}, report=report)
    assert isinstance(raised.value, compare.DisagreementError)
    said = str(raised.value).split("\n")
    assert said[0] == "value: disagree"
    assert f"{np.std(X)} in Python, {np.std(X, ddof=1)} in R" in said[1]
    assert "ULP apart, tolerance " in said[2]
    assert said[-1].endswith("ddof=1 in numpy.std()")
    assert (report / "index.html").is_file()


@pytest.mark.slow
def test_what_a_case_file_says_more_can_be_said(tmp_path: Path) -> None:
    table = compare.assert_agrees(
        python=lambda x: {"v": -x[:, None]},
        r="function(x) list(v = as.matrix(x))",
        inputs={"x": X},
        case={"outputs": {"v": {"compare": "up to sign of columns"}}},
    )
    assert set(table["verdict"]) == {"identical"}


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"inputs": {"x": pd.DataFrame({"a": X})}}, r"inputs\.x: pass a table's columns"),
        ({"inputs": {"x": np.ma.masked_less(X, 2)}}, "a MaskedArray is of no type"),
        ({"inputs": {"x": np.array([1j])}}, r"^inputs\.x: array-0\.npy: holds complex128"),
        ({"inputs": {"a b": 1.0}}, r"^inputs\.a b: is no name of an argument"),
        ({"inputs": {"x": object()}}, r"inputs\.x: a object is of no type for both"),
        ({"python": lambda x: 1 / 0}, "division by zero"),
        pytest.param({"r": "function(x) stop('no')"}, "no", marks=pytest.mark.slow),
        pytest.param({"r": "stats::no_such_function"}, "no_such", marks=pytest.mark.slow),
        ({"r": "nonsense"}, "'nonsense' is not"),
        ({"case": {"no_key": 1}}, "no_key"),
        ({"python": partial(np.interp, left=Lock())}, "cannot be handed over"),
    ],
)
def test_what_cannot_be_compared_says_why(changed: dict[str, Any], said: str) -> None:
    given: dict[str, Any] = {"python": "numpy:mean", "r": "base::mean", "inputs": {"x": X}}
    with pytest.raises(compare.NotComparedError, match=said):
        compare.compare(**(given | changed))


@pytest.mark.slow
def test_one_output_of_several_that_was_not_compared_fails_an_assertion() -> None:
    with pytest.raises(compare.DisagreementError, match="only_in_python"):
        compare.assert_agrees(
            python=lambda x: {"v": x, "only_in_python": 1.0},
            r="function(x) list(v = x)",
            inputs={"x": X},
        )


def test_a_script_needs_no_guard_and_keeps_its_environment(tmp_path: Path) -> None:
    """A function of ``__main__`` that uses a module beside the script, called without a guard."""
    (tmp_path / "helper.py").write_text("def double(x):\n    return x * 2\n")
    (tmp_path / "script.py").write_text(
        "import compare, helper, numpy as np\n"
        "def f(x):\n    return helper.double(x)\n"
        "t = compare.compare(python=f, r='function(x) x * 2', inputs={'x': np.ones(2)})\n"
        "print(set(t['verdict']))\n"
    )
    done = subprocess.run(
        [sys.executable, "-W", "error", "script.py"],
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": str(compare.ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout) == (0, "{'identical'}\n"), done.stderr


@pytest.mark.parametrize(
    ("r", "ulp", "said"),
    [
        ("-1.5", "9", "of opposite signs, tolerance 2"),
        ("1.75", "9", "9 ULP apart, tolerance 2"),
        ("b", "", "no distance, tolerance 2"),
    ],
)
def test_a_distance_is_told_where_it_says_something(r: str, ulp: str, said: str) -> None:
    names = {"case": "c", "variant": "-", "start": "-", "arithmetic": "native", "output": "v"}
    value = {"index": "", "python": "1.5", "r": r, "ulp": ulp, "tolerance": "2"}
    outcome = Outcome(
        1,
        "",
        pd.DataFrame([names | {"verdict": "disagree", "fails": "True", "note": ""}]),
        pd.DataFrame([names | value | {"verdict": "disagree"}]),
        pd.DataFrame(columns=[*names, "hypothesis", "evidence", "advice"]),
    )
    assert failure(outcome, outcome.outputs.iloc[0]).split("\n")[1:] == [
        f"  the value: 1.5 in Python, {r} in R",
        f"  {said}",
    ]


def test_a_failure_names_the_first_bad_value_and_counts_the_others() -> None:
    output = {"case": "c", "variant": "k=1", "start": "-", "arithmetic": "native", "output": "v"}
    values = [
        output | {"index": str(i), "python": "1", "r": str(r), "ulp": "7", "tolerance": "2"}
        for i, r in enumerate((1, 3, 4))
    ]
    for value, verdict in zip(values, ("identical", "disagree", "disagree"), strict=True):
        value["verdict"] = verdict
    outcome = Outcome(
        1,
        "",
        pd.DataFrame([output | {"verdict": "disagree", "fails": "True", "note": ""}]),
        pd.DataFrame(values),
        pd.DataFrame([output | {"hypothesis": "no known pattern", "evidence": "", "advice": ""}]),
    )
    assert failure(outcome, outcome.outputs.iloc[0]).split("\n") == [
        "v (k=1): disagree",
        "  [1]: 1 in Python, 3 in R",
        "  7 ULP apart, tolerance 2",
        "  and 1 more of 3 values",
        "  why: no known pattern",
    ]


@pytest.mark.slow
def test_arrays_of_names_that_are_alike_stay_apart(tmp_path: Path) -> None:
    """As names of files these would be one, or none at all."""
    (tmp_path / "pick.R").write_text("f <- function(a, a.b) list(v = a$b - a.b)\n")

    def f(*, a: dict[str, Any], **named: Any) -> dict[str, Any]:
        return {"v": a["b"] - named["a.b"]}

    inputs = {"a": {"b": np.array([3.0, 5.0])}, "a.b": np.array([1.0, 2.0])}
    table = compare.assert_agrees(python=f, r=f"{tmp_path}/pick.R:f", inputs=inputs)
    assert list(table["python"]) == [2.0, 3.0]


@pytest.mark.slow
def test_a_function_of_a_module_that_nothing_finds_goes_by_value() -> None:
    module = ModuleType("made_here")
    exec("def g(x):\n    return x * 3\ndef f(x):\n    return g(x)\n", module.__dict__)
    sys.modules["made_here"] = module
    try:
        compare.assert_agrees(python=module.f, r="function(x) x * 3", inputs={"x": X})
        assert cloudpickle.list_registry_pickle_by_value() == set()
    finally:
        del sys.modules["made_here"]
