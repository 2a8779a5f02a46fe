from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from compare.run.in_python import FoundError, bound, load


def named(x: int, y: int = 0) -> Any: ...
def only_by_position(a: int, /, b: int) -> Any: ...
def only_by_name(a: int, *, b: int) -> Any: ...
def any_number(first: int, *rest: int, last: int = 0) -> Any: ...
def any_names(a: int, **more: int) -> Any: ...


@pytest.mark.parametrize(
    ("function", "inputs", "args", "kwargs"),
    [
        (named, {"y": 1, "x": 2}, [], {"y": 1, "x": 2}),
        (named, {"a": 1, "b": 2}, [], {"x": 1, "y": 2}),
        (named, {"a": 1, "x": 2}, [], {"x": 2, "y": 1}),
        (named, {"x": 1}, [], {"x": 1}),
        (only_by_position, {"b": 2, "z": 1}, [1], {"b": 2}),
        (only_by_name, {"z": 1, "b": 2}, [], {"a": 1, "b": 2}),
        (any_number, {"p": 1, "q": 2, "r": 3, "last": 4}, [1, 2, 3], {"last": 4}),
        (any_names, {"a": 1, "z": 2}, [], {"a": 1, "z": 2}),
        (partial(named, y=1), {"x": 3}, [], {"x": 3}),
        (np.std, {"x": 1.0}, [], {"a": 1.0}),
        (np.sin, {"angle": 1.0}, [1.0], {}),
        (max, {"a": 1, "b": 2}, [1, 2], {}),
    ],
)
def test_inputs_go_by_name_and_else_by_position(
    function: Any, inputs: dict[str, Any], args: list[Any], kwargs: dict[str, Any]
) -> None:
    assert bound(function, inputs) == (args, kwargs)


def test_an_input_without_a_place_is_named() -> None:
    with pytest.raises(FoundError, match="takes no argument for y, z"):
        bound(lambda x: x, {"x": 1, "y": 2, "z": 3})


def test_a_file_is_loaded_with_its_neighbours(tmp_path: Path) -> None:
    (tmp_path / "beside_it.py").write_text("CONSTANT = 5\n")
    (tmp_path / "own.py").write_text(
        "from dataclasses import dataclass\nfrom beside_it import CONSTANT\n"
        "@dataclass\nclass A:\n    x: int\ndef f(): return A(CONSTANT)\n"
    )
    assert load(tmp_path / "own.py", "", "f")().x == 5


def test_two_files_of_one_name_are_two_modules(tmp_path: Path) -> None:
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "same.py").write_text(f"def f(): return {name!r}\n")
    assert load(tmp_path / "one" / "same.py", "", "f")() == "one"
    assert load(tmp_path / "two" / "same.py", "", "f")() == "two"


def test_a_method_of_a_class_in_a_module_is_found() -> None:
    assert load(None, "fractions", "Fraction.from_float")(0.5) == 0.5


@pytest.mark.parametrize("name", ["nothing", "pi"])
def test_what_is_no_function_is_said(name: str) -> None:
    with pytest.raises(FoundError, match="math has "):
        load(None, "math", name)
