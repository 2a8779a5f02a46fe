import copy as copying
import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compare import CASES
from compare.case import Case, load_case, load_cases
from compare.schema import CaseError

TEXT = (CASES / "clark-example-1.toml").read_text()
GOOD = tomllib.loads(TEXT)


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ('title = "', 'titel = "', "titel: Extra inputs are not permitted"),
        ("source = ", "# source = ", "source: Field required"),
        ("[1, 1, 1]]", "[1, 1]]", "inputs.X.*rows of equal length"),
        ("[1, 1, 1]]", "[1, 1, nan]]", "inputs.X.*finite number"),
        ("maxiter = 10000", "maxiter = inf", "inputs.maxiter.*finite number"),
        ("python_impl.one_layer:train", "one_layer.train", "python: String should match"),
        ("nnmirror::one_layer_train", "one_layer_train()", "r: String should match"),
        (
            'trajectories = ["error"]',
            'trajectories = ["eror"]',
            "trajectories: unknown name 'eror'",
        ),
        ('error = ["maxiter"]', 'error = ["n"]', "quantities.error: unknown name 'n'"),
        ("printed_numbers = 16", "printed_numbers = 17", "17 expected, but 16 are listed"),
        ("printed_numbers = 16", "printed_numbers = -1", "printed_numbers: .* greater than"),
        ('["0.00966449"], ', "", r"printed.0.values: shape \(3, 1\), but layer_1 has \(4, 1\)"),
        ('["0.00966449"]', '["0.00966449", "1"]', "printed.0.values: rows of different lengths"),
        ('"0.00966449"', '"O.00966449"', "is not a printed decimal number"),
        ('"0.00966449"', "0.00966449", "printed.0.values.*valid string"),
        ('format = "%.9f"', 'format = "%9f"', "printed.2.format: unknown print format"),
        ("[starts.r]", "[starts.matlab]", "starts: unknown name 'matlab'"),
        ("seed = 1\n", 'seed = "1"\n', "starts.numpy.seed: .*valid integer"),
        ("shape = [3, 1]", "shape = [0, 1]", "shape.0: .*greater than or equal to 1"),
        ("[inputs]", "[inputs", "line"),
        ('quantities = ["synapse_0"]', 'quantities = ["w"]', "figure.0.quantities: unknown name"),
        ('kind = "weights"', 'kind = "pie"', "figure.0: .*'weights', 'counts', 'surface', 'curve'"),
    ],
)
def test_a_wrong_file_is_refused_with_file_key_and_reason(
    tmp_path: Path, old: str, new: str, reason: str
) -> None:
    assert old in TEXT
    path = tmp_path / "wrong.toml"
    path.write_text(TEXT.replace(old, new, 1))
    with pytest.raises(CaseError, match=f"^wrong.toml: .*{reason}"):
        load_case(path)


def test_an_index_past_the_end_is_refused(tmp_path: Path) -> None:
    text = (CASES / "clark-example-2.toml").read_text()
    path = tmp_path / "wrong.toml"
    path.write_text(text.replace("index = [0, 10000, 20000]", "index = [0, 10000, 30000]"))
    with pytest.raises(CaseError, match=r"printed.0.index: 30000 is past the last, 29999"):
        load_case(path)
    path.write_text(text.replace("index = [0, 10000, 20000]", "index = [0, 10000]"))
    with pytest.raises(CaseError, match=r"printed.0.index: needs one number for each value"):
        load_case(path)


def paths(value: Any, at: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Where every value of nested tables and arrays stands."""
    inside = value.items() if isinstance(value, dict) else enumerate(value)
    return [
        path
        for key, v in inside
        for path in [(*at, key), *(paths(v, (*at, key)) if isinstance(v, dict | list) else [])]
    ]


@given(
    st.sampled_from(paths(GOOD)),
    st.sampled_from([None, float("nan"), "", -1, [], {}, [[]], "1; import os", 10**400]),
)
def test_any_value_replaced_by_nonsense_is_refused_or_still_a_whole_case(
    path: tuple[Any, ...], nonsense: Any
) -> None:
    content = copying.deepcopy(GOOD)
    *parents, last = path
    place = content
    for key in parents:
        place = place[key]
    place[last] = nonsense
    try:
        case = Case.model_validate({"name": "nonsense", **content})
    except ValueError:
        return
    assert len(case.printed_list()) == case.printed_numbers
    assert all(case.shape(name) is not None for name in case.quantities)


def test_an_unknown_case_is_refused_with_the_known_ones() -> None:
    with pytest.raises(CaseError, match="unknown case 'x', known are clark-example-1, "):
        load_cases(CASES, ["x"])


def test_a_grid_makes_one_variant_for_each_value() -> None:
    (case,) = load_cases(CASES, ["clark-example-3"])
    assert [v.name for v in case.variants()] == [
        f"alpha={a}" for a in ("0.001", "0.01", "0.1", "1", "10", "100", "1000")
    ]
    assert case.variants()[4].settings == {"alpha": 10}


def test_a_prefix_run_has_shorter_trajectories_only() -> None:
    (case,) = load_cases(CASES, ["clark-example-2"])
    assert case.shape("error", 2000) == (2000,)
    assert case.shape("layer_1", 2000) == (4, 4)


def with_table(tmp_path: Path, table: str, **keys: str) -> Path:
    given = {"file": '"t.csv"', "rows": "[0, 2]", "columns": "[0, 2]"} | keys
    lines = "\n".join(f"{key} = {value}" for key, value in given.items())
    text = (CASES / "trask-two-layer.toml").read_text()
    text = text.replace("X = [[0, 1], [0, 1], [1, 0], [1, 0]]\n", "")
    text = text.replace("[quantities]", f"[inputs.X]\n{lines}\n\n[quantities]")
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "t.csv").write_text(table)
    path = tmp_path / "tabled.toml"
    path.write_text(text)
    return path


def test_an_input_may_stand_in_a_table_beside_the_case(tmp_path: Path) -> None:
    path = with_table(tmp_path, "# made by hand\n2,4,0\n6,8,1\n", divide_by="2")
    assert load_case(path).inputs["X"] == [[1.0, 2.0], [3.0, 4.0]]


def test_a_column_of_classes_may_become_columns_of_0_and_1(tmp_path: Path) -> None:
    path = with_table(tmp_path, "5,1\n5,0\n", columns="[1, 2]", one_hot="2")
    assert load_case(path).inputs["X"] == [[0.0, 1.0], [1.0, 0.0]]


@pytest.mark.parametrize(
    ("table", "keys", "reason"),
    [
        ("1,2\n", {}, "inputs.X: t.csv has 1 rows and 2 columns"),
        (
            "1,2\n3,4\n",
            {"columns": "[1, 2]", "one_hot": "3"},
            "inputs.X: one_hot: needs one column of",
        ),
        ("1,2\n3,4\n", {"divide_by": "0"}, "inputs.X: divide_by: Input should be greater than 0"),
        ("1,2\n3,4\n", {"file": '"../t.csv"'}, "inputs.X: file: String should match"),
        ("1,2\n3,4\n", {"file": '"u.csv"'}, "inputs.X: .*u.csv not found"),
        ("1,two\n3,4\n", {}, "inputs.X: could not convert string 'two'"),
    ],
)
def test_a_table_that_does_not_fit_is_refused(
    tmp_path: Path, table: str, keys: dict[str, str], reason: str
) -> None:
    with pytest.raises(CaseError, match=f"^tabled.toml: {reason}"):
        load_case(with_table(tmp_path, table, **keys))
