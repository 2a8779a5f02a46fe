from pathlib import Path
from typing import Any

import numpy as np
import pytest

from compare.case.files import read_toml
from compare.case.inputs import largest, read_inputs


def read(folder: Path, text: str) -> Any:
    (folder / "x.toml").write_text(f"x = {text}\n")
    return read_inputs("inputs", read_toml(folder / "x.toml"), folder)["x"]


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        ("3", int, 3),
        ("20000.0", float, 20000.0),
        ("1e3", float, 1000.0),
        ("true", bool, True),
        ("'text'", str, "text"),
        ("-inf", float, -np.inf),
        ("9223372036854775807", int, 2**63 - 1),
    ],
)
def test_a_scalar_has_the_type_that_is_written(
    tmp_path: Path, text: str, kind: type, value: Any
) -> None:
    found = read(tmp_path, text)
    assert type(found) is kind
    assert found == value


@pytest.mark.parametrize(
    ("text", "dtype", "value"),
    [
        ("[1, 2]", np.int64, [1, 2]),
        ("[1, 2.5]", np.float64, [1.0, 2.5]),
        ("[1.0, 2.0]", np.float64, [1.0, 2.0]),
        ("[]", np.float64, []),
        ("[true, false]", np.bool_, [True, False]),
        ("[[1, 2], [3, 4], [5, 6]]", np.int64, [[1, 2], [3, 4], [5, 6]]),
        ("[[[1.5]], [[2.5]]]", np.float64, [[[1.5]], [[2.5]]]),
        ("[nan, inf]", np.float64, [np.nan, np.inf]),
    ],
)
def test_rectangular_lists_are_arrays(
    tmp_path: Path, text: str, dtype: type, value: list[Any]
) -> None:
    found = read(tmp_path, text)
    assert found.dtype == dtype
    np.testing.assert_array_equal(found, value)
    assert found.shape == np.shape(value)


@pytest.mark.parametrize(
    "value",
    [[[1, 2], [3]], ["a", "b"], [[], [1]], [True, 1], [[1.5], 2.5], [["a"], ["b"]], [[], []]],
)
def test_other_lists_stay_lists(tmp_path: Path, value: list[Any]) -> None:
    text = repr(value).replace("True", "true")
    assert read(tmp_path, text) == value


def test_a_table_is_a_dict_of_values(tmp_path: Path) -> None:
    assert read(tmp_path, "{ a = [1, 2], b = { c = 'd' } }") == {"a": [1, 2], "b": {"c": "d"}}


CSVS = {
    "one column of doubles": ("1.5\n2.5\n", np.array([1.5, 2.5])),
    "whole numbers": ("1\n2\n", np.array([1, 2])),
    "whole beside doubles": ("1\n2.5\n", np.array([1.0, 2.5])),
    "hexadecimal": ("0x1.8p+1\n-0x1p-1\n", np.array([3.0, -0.5])),
    "a head": ("a,b\n1,2\n3,4\n", np.array([[1, 2], [3, 4]])),
    "nothing below a head": ("a,b\n", np.empty((0, 2))),
    "spaces and a mark": ("\ufeffa\n 1.5 \n", np.array([1.5])),
    "beyond 64 bits": ("99999999999999999999999\n", np.array([1e23])),
    "nan and inf": ("nan\n-inf\n", np.array([np.nan, -np.inf])),
}


@pytest.mark.parametrize("what", CSVS)
def test_a_csv_file_is_a_vector_or_a_matrix(tmp_path: Path, what: str) -> None:
    text, value = CSVS[what]
    (tmp_path / "t.csv").write_text(text)
    found = read(tmp_path, '{ csv = "t.csv" }')
    assert found.dtype == value.dtype
    np.testing.assert_array_equal(found, value)


def test_columns_are_chosen_by_name_and_texts_stay_texts(tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text("a,b,c\n1,x,2\n3,y,4\n")
    chosen = read(tmp_path, '{ csv = "t.csv", columns = ["c", "a"] }')
    assert chosen.tolist() == [[2, 1], [4, 3]]
    assert read(tmp_path, '{ csv = "t.csv", columns = ["b"] }') == ["x", "y"]


@pytest.mark.parametrize(
    ("text", "spec", "reason"),
    [
        ("1,2\n3\n", '{ csv = "t.csv" }', "t.csv: its lines have different lengths"),
        ("a\n1\nb\n", '{ csv = "t.csv" }', "t.csv: 'b' in row 2 is no number"),
        ("", '{ csv = "t.csv" }', "t.csv: holds no values"),
        ("a\n1\n", '{ csv = "t.csv", columns = ["b"] }', "t.csv: has no column 'b', it has a"),
        ("a\n1\n", '{ csv = "t.csv", columns = [] }', "columns: is a list of names"),
        ("a\n1_0\n", '{ csv = "t.csv", columns = ["a"], more = 1 }', "is written { csv ="),
        ("1\n", "{ csv = 1 }", "is written { csv ="),
        ("1\n", '{ npy = "t.csv" }', "t.csv: "),
        ("1\n", '{ npy = "t.csv", x = 1 }', 'is written { npy = "file.npy" }'),
    ],
)
def test_a_table_that_cannot_be_read_is_named(
    tmp_path: Path, text: str, spec: str, reason: str
) -> None:
    (tmp_path / "t.csv").write_text(text)
    with pytest.raises(ValueError, match=r"inputs\.x: ") as raised:
        read(tmp_path, spec)
    assert reason in str(raised.value)


@pytest.mark.parametrize(
    ("array", "kind"),
    [
        (np.array([[1, 2], [3, 4]], np.int8), "i"),
        (np.array([1.5, 2.5], np.float32), "f"),
        (np.array([True, False]), "b"),
    ],
)
def test_an_npy_file_is_its_array(tmp_path: Path, array: Any, kind: str) -> None:
    np.save(tmp_path / "a.npy", array)
    found = read(tmp_path, '{ npy = "a.npy" }')
    assert found.dtype.kind == kind
    np.testing.assert_array_equal(found, array)


def test_an_npy_file_of_one_value_is_a_scalar(tmp_path: Path) -> None:
    np.save(tmp_path / "a.npy", np.array(3))
    found = read(tmp_path, '{ npy = "a.npy" }')
    assert (type(found), found) == (int, 3)


@pytest.mark.parametrize("array", [np.array([1j]), np.array([2**63], np.uint64), np.array(["a"])])
def test_an_npy_file_of_what_both_languages_do_not_share_is_refused(
    tmp_path: Path, array: Any
) -> None:
    np.save(tmp_path / "a.npy", array)
    with pytest.raises(ValueError, match=r"a\.npy: holds .*, which is no number of both"):
        read(tmp_path, '{ npy = "a.npy" }')


def test_a_pickle_is_never_loaded(tmp_path: Path) -> None:
    np.save(tmp_path / "a.npy", np.array([{"a": 1}], object), allow_pickle=True)
    with pytest.raises(ValueError, match="allow_pickle"):
        read(tmp_path, '{ npy = "a.npy" }')


def test_an_input_nested_too_deep_is_refused(tmp_path: Path) -> None:
    deep = "[" * 25 + "'a'" + "]" * 25
    with pytest.raises(ValueError, match=r"inputs\.x: is nested too deep"):
        read(tmp_path, deep)


def test_whole_numbers_by_themselves_are_no_measure_of_size() -> None:
    assert largest({"n": 60000, "flag": True, "text": "1e9"}) == 0
    inputs = {"x": np.array([1, -7]), "y": 2.5, "parts": [[-9.5], {"z": np.array([np.inf, 3])}]}
    assert largest(inputs) == 9.5
    assert largest({"x": np.array([1, -7]), "n": 60000}) == 7
