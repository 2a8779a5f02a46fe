import copy as copying
import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from compare import CASES
from compare.case.case import Case, load_case, load_cases
from compare.safety.errors import CaseError

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
        ("title = ", 'name = "descent-bucket"\ntitle = ', "name: Extra inputs are not permitted"),
        ("[inputs]", "[grid]\nX = [1]\n[inputs]", "grid: X is the name of an input too"),
        ("[inputs]", "[grid]\narithmetic = [1]\n[inputs]", "grid: arithmetic is the name of the"),
        ("[inputs]", "[grid]\nalpha = [1, 1.0]\n[inputs]", "grid.alpha: 1 stands there twice"),
        ("[inputs]", "[grid]\nalpha = [0.0, -0.0]\n[inputs]", "grid.alpha: -0 stands there twice"),
        ("[inputs]", '[grid]\n"../a" = [1]\n[inputs]', "grid.../a.*: String should match"),
        ("[inputs]", '[grid]\n"a\\nb" = [1]\n[inputs]', r"grid.a\\nb.*: String should match"),
        (
            "[inputs]",
            "[grid]\nalpha = [1]\nalpha = [2]\n[inputs]",
            "Cannot overwrite a value .at line",
        ),
        ("layer_1 = [4, 1]", '"layer/1" = [4, 1]', "quantities.layer/1.*: String should match"),
        ("layer_1 = [4, 1]", "start_x = [4, 1]", "quantities: start_x begins as"),
        ("layer_1 = [4, 1]", "y = [4, 1]", "quantities: y is the name of an input too"),
        ('[{ name = "synapse_0"', '[{ name = "X"', "starts.numpy.draws: X is the name of an input"),
        (
            "takes_batch",
            'arithmetics = ["portable"]\ntakes_batch',
            "arithmetics: native is missing",
        ),
        ("takes_batch", "arithmetics = []\ntakes_batch", "arithmetics: native is missing"),
        (
            "takes_batch",
            'arithmetics = ["native", "native"]\ntakes_batch',
            "arithmetics: native stands there twice",
        ),
        ('trajectories = ["error"]', "trajectories = []", "trajectories: error is not one of them"),
        (
            'trajectories = ["error"]',
            'trajectories = ["error", "layer_1"]',
            "trajectories: layer_1 has 2 axes",
        ),
        ("maxiter = 10000", "maxiter = 0", "inputs.maxiter: as a length, it has to be a whole"),
        ("maxiter = 10000", "maxiter = -1", "inputs.maxiter: as a length"),
        ("maxiter = 10000", "maxiter = true", "inputs.maxiter: as a length"),
        ("maxiter = 10000", "maxiter = 1e4", "inputs.maxiter: as a length"),
        ("maxiter = 10000", "maxiter = 1" + 400 * "0", "inputs.maxiter: a whole number beyond"),
        ("maxiter = 10000", "maxiter = 0x" + 5000 * "f", "inputs.maxiter: a whole number beyond"),
        ("maxiter = 10000", "maxiter = 1" + 5000 * "0", "4300"),
        ("maxiter = 10000", "maxiter = 9007199254740993", "inputs.maxiter: a whole number beyond"),
        ("maxiter = 10000", "maxiter = 9007199254740992", "iterations: more than 2147483647"),
        ("[1, 1, 1]]", "[1, 1, 9007199254740993]]", "inputs.X: a whole number beyond"),
        ("synapse_0 = [3, 1]", "synapse_0 = [65536, 65536]", "quantities.synapse_0: more than"),
        ("y = [[0], [0], [1], [1]]", "y = [[0], [0], [1]]", "prediction and target: .* shapes"),
        ("low = -1, high = 1", "low = 1, high = 1", "starts.numpy.draws.0: no numbers lie between"),
        (
            "low = -1, high = 1",
            "low = -1e308, high = 1e308",
            "starts.numpy.draws.0: no numbers lie",
        ),
        ("seed = 1\n", "seed = -1\n", "starts.numpy.seed: .*greater than or equal to 0"),
        ("seed = 1\n", "seed = 4294967296\n", "starts.numpy.seed: .*less than or equal to"),
        ("shape = [3, 1]", "shape = [65536, 65536]", "starts.numpy.draws: more than 2147483647"),
        ('"%.9f"', '"%.1f"', "printed.2.values: %.1f prints no number as 0.009670417"),
        ('"%.9f"', '"%.10f"', "printed.2.values: %.10f prints no number as 0.009670417"),
        ('"%.9f"', '"%.1000f"', "printed.2.format: unknown print format"),
        ('"0.00966449"', '"\u0660.00966449"', "is not a printed decimal number"),
        (
            'quantity = "layer_1"',
            'quantity = "layer_1"\nindex = []',
            "printed.0.index: .*at least 1",
        ),
        (
            'quantity = "layer_1"',
            'quantity = "layer_1"\nindex = [0, 0]',
            "printed.0: index: 0 stands there twice",
        ),
        (
            'quantity = "layer_1"',
            'quantity = "layer_1"\nchecked_in = ["python"]',
            "printed.0: checked_in: python stands there twice",
        ),
        (
            'quantities = ["synapse_0"]',
            'quantities = ["error"]',
            "figure.0.quantities: error has 1",
        ),
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


def test_a_number_printed_in_two_places_has_to_be_one_number(tmp_path: Path) -> None:
    text = (CASES / "clark-example-2.toml").read_text()
    path = tmp_path / "twice.toml"
    rounded = 'values = ["0.0059"]'
    assert text.count(rounded) == 1
    path.write_text(text)
    assert load_case(path).printed_numbers == 88  # 0.0058973637409426 and 0.0059 are one
    path.write_text(text.replace(rounded, 'values = ["0.0058"]'))
    with pytest.raises(CaseError, match=r"error .29999. is 0.0058973637409426 .* and 0.0058 in"):
        load_case(path)
    again = text[text.rindex("[[printed]]") :]
    path.write_text(text.replace("printed_numbers = 88", "printed_numbers = 92") + "\n" + again)
    with pytest.raises(CaseError, match=r"synapse_1 .0, 0. is listed twice from the same place"):
        load_case(path)


def test_values_that_agree_to_six_digits_are_two_variants(tmp_path: Path) -> None:
    path = tmp_path / "close.toml"
    path.write_text(TEXT.replace("[inputs]", "[grid]\nalpha = [0.1234567, 0.1234568]\n[inputs]", 1))
    text = path.read_text().replace("quantity = ", 'variant = "alpha=0.1234567"\nquantity = ')
    path.write_text(text)
    names = [variant.name for variant in load_case(path).variants()]
    assert names == ["alpha=0.1234567", "alpha=0.1234568"]


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


@settings(deadline=None, derandomize=True)
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
