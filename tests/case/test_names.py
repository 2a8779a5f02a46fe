import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from compare.case.names import check_names, number_text, refuse_alike, refuse_repeated, variant_name

DOUBLES = st.floats(allow_nan=False, allow_infinity=False)


@settings(deadline=None, derandomize=True)
@given(DOUBLES)
def test_a_number_in_a_name_reads_back_as_the_same_double(value: float) -> None:
    back = float(number_text(value))
    assert (back, math.copysign(1, back)) == (value, math.copysign(1, value))


@settings(deadline=None, derandomize=True)
@given(DOUBLES, DOUBLES)
def test_two_settings_have_two_names(one: float, other: float) -> None:
    same = variant_name({"alpha": one}) == variant_name({"alpha": other})
    assert same == (one == other and math.copysign(1, one) == math.copysign(1, other))


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.001, "0.001"),
        (10.0, "10"),
        (1.1, "1.1"),
        (1000.0, "1000"),
        (0.0001, "0.0001"),
        (1e6, "1e+06"),
        (1e-05, "1e-05"),
        (0.1234567, "0.1234567"),
        (0.1234568, "0.1234568"),
        (999999.5, "999999.5"),
        (100000.0 + 2**-30, "100000.00000000093"),
        (0.1 + 0.2, "0.30000000000000004"),
        (123456789.0, "123456789"),
        (-0.00012345678, "-0.00012345678"),
        (9.9999999e-05, "0.000099999999"),
    ],
)
def test_a_setting_keeps_all_digits_and_its_plain_form(value: float, text: str) -> None:
    assert number_text(value) == text


@settings(deadline=None, derandomize=True)
@given(st.dictionaries(st.sampled_from(["alpha", "beta_1"]), DOUBLES))
def test_a_variants_name_is_safe_as_a_files_name(grid: dict[str, float]) -> None:
    assert set(variant_name(grid)) <= set("abcdefghijklmnopqrstuvwxyz0123456789_.=,+-")


@pytest.mark.parametrize("values", [[1, 1.0], [0.0, -0.0], [0.1, 0.2, 0.1], ["a", "a"]])
def test_a_value_that_stands_twice_is_refused(values: list[float | str]) -> None:
    with pytest.raises(ValueError, match=r"^grid.alpha: .* stands there twice"):
        refuse_repeated("grid.alpha", values)


def test_names_that_some_file_systems_take_for_one_are_refused() -> None:
    refuse_alike(["descent", "descent-bucket"], "cases")
    with pytest.raises(ValueError, match="descent and Descent: cases that differ in upper"):
        refuse_alike(["descent", "Descent"], "cases")


@pytest.mark.parametrize(
    ("inputs", "grid", "weights", "quantities", "reason"),
    [
        (["X"], ["X"], [], [], "grid: X is the name of an input too"),
        (["X"], [], ["X"], [], "starts.r.draws: X is the name of an input too"),
        ([], ["w"], ["w"], [], "starts.r.draws: w is the name of a key of the grid too"),
        ([], [], ["w", "w"], [], "starts.r.draws: w stands there twice"),
        (["arithmetic"], [], [], [], "inputs: arithmetic is the name of the arithmetic too"),
        ([], ["arithmetic"], [], [], "grid: arithmetic is"),
        ([], [], ["arithmetic"], [], "starts.r.draws: arithmetic is"),
        (["y"], [], [], ["y"], "quantities: y is the name of an input too"),
        ([], [], ["w"], ["start_w"], "quantities: start_w begins as"),
    ],
)
def test_a_name_that_would_hide_another_is_refused(
    inputs: list[str], grid: list[str], weights: list[str], quantities: list[str], reason: str
) -> None:
    with pytest.raises(ValueError, match=f"^{reason}"):
        check_names(inputs, grid, {"r": weights}, quantities)


def test_a_quantity_may_be_named_as_the_weight_that_it_is() -> None:
    check_names(["X"], ["alpha"], {"r": ["w"], "numpy": ["w"]}, ["w"])
