import pickle

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from compare.numbers.formats import PrintFormat
from compare.numbers.measures import from_ordinal, ordinal


@pytest.mark.parametrize(
    ("rule", "value", "printed"),
    [
        ("str(x)", 0.1 + 0.2, "0.30000000000000004"),
        ("str(round(x, 5))", 0.0046292, "0.00463"),
        ("array(x)", 0.009664492, "0.00966449"),
        ("array(x)", 0.0, "0."),
        ("array(round(x, 3))", 0.18004, "0.18"),
        ("array(round(x, 3))", -10.0691, "-10.069"),
        ("glue(x)", 0.0105538166393651249, "0.0105538166393651"),
        ("glue(round(x, 5))", 0.005897, "0.0059"),
        ("%.3f", 0.0, "0.000"),
        ("%.12g", 0.12523107366012, "0.12523107366"),
        ("%.12g", 0.5, "0.5"),
        ("%.0f", 21.0, "21"),
        ("%.3f", -0.0, "-0.000"),
        ("str(round(x, 99))", 1e300, "1e+300"),
        ("glue(round(x, 22))", 1e-7, "1e-07"),
    ],
)
def test_a_number_is_written_as_the_source_writes_it(rule: str, value: float, printed: str) -> None:
    format_ = PrintFormat.parse(rule)
    assert format_(value) == printed
    assert format_.text == rule
    assert pickle.loads(pickle.dumps(format_))(value) == printed


def test_the_numpy_rule_is_what_numpy_prints() -> None:
    x = np.random.default_rng(0).uniform(size=100)
    for value in x:
        assert f"[{PrintFormat.parse('array(x)')(value)}]" == str(np.array([value]))
        rounded = np.round(np.array([value]), 3)
        assert f"[{PrintFormat.parse('array(round(x, 3))')(value)}]" == str(rounded)


@pytest.mark.parametrize(
    "rule",
    [
        *("repr", "%d", "%3g", "str(y)", "array(round(x))", "", "%.100f", "%.\u0663f", "%.3f\n"),
        *("array(round(x, 100))", "str(round(x, -1))", "%.f", "%s", "%.3e"),
    ],
)
def test_an_unknown_rule_is_refused_with_the_known_ones(rule: str) -> None:
    with pytest.raises(ValueError, match="unknown print format") as error:
        PrintFormat.parse(rule)
    known = "str(x), array(x), glue(x), %.3f, %.12g"
    assert str(error.value) == f"unknown print format {rule!r}, known are {known}"


@settings(deadline=None, derandomize=True)
@given(st.floats(0.001, 0.999), st.integers(-(10**6), 10**6))
def test_the_nearest_value_prints_alike_and_its_inner_neighbour_does_not(
    value: float, steps: int
) -> None:
    write = PrintFormat.parse("glue(x)")
    other = from_ordinal(ordinal(value) + steps)
    printed = write(value)
    nearest = write.nearest(other, printed)
    if nearest is None:  # 15 digits need not lead back to a double that prints so
        return
    assert write(nearest) == printed
    if nearest != other:
        toward = 1 if other > nearest else -1
        assert write(from_ordinal(ordinal(nearest) + toward)) != printed


def test_no_double_prints_as_an_impossible_string() -> None:
    write = PrintFormat.parse("str(x)")
    assert write.nearest(0.1, "0.10000000000000001") is None


@pytest.mark.parametrize("value", [0.001, -0.001, 1.0, -1.0, 0.0])
def test_the_nearest_value_that_prints_as_a_negative_zero_prints_so(value: float) -> None:
    write = PrintFormat.parse("%.3f")
    nearest = write.nearest(value, "-0.000")
    assert nearest is not None
    assert write(nearest) == "-0.000"
