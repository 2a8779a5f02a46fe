from dataclasses import replace

import numpy as np
import pytest

from compare.case.case import Printed
from compare.judge.printed import PrintedCheck, check_printed
from compare.numbers.formats import PrintFormat
from tests.nan import same

A = np.array([1.0, 2.0, 3.0])
NONE = np.zeros(3)
SHAPE = (3,)


def printed(text: str, rule: str = "%.3f") -> Printed:
    return Printed("r", "r", "-", "q", (1,), PrintFormat.parse(rule), "here", text, ("r",))


def test_a_number_that_prints_as_published_is_reproduced() -> None:
    found = check_printed(printed("2.000"), A, SHAPE, NONE)
    least = 4 * float(np.spacing(2.0))
    assert found == PrintedCheck("reproduced", "", 2.0, ulp=0, lre=15.95, tolerance=least)
    assert check_printed(printed("2.000"), A, SHAPE, None) == found


def test_a_number_of_just_its_tolerance_from_printing_so_is_within_rounding() -> None:
    spread = np.array([0, 0, 0.125])  # 3.5 is the nearest that prints as 4
    third = Printed("r", "r", "-", "q", (2,), PrintFormat.parse("%.0f"), "here", "4", ("r",))
    found = check_printed(third, A, SHAPE, spread)
    assert found.lre == pytest.approx(np.log10(4), abs=1e-9)
    assert replace(found, lre=0.0) == PrintedCheck(
        "within rounding", "prints as 3 here", 3.0, ulp=2**50, lre=0.0, tolerance=0.5
    )


def test_a_number_one_tolerance_from_printing_so_is_within_rounding() -> None:
    value = np.array([1.0, 2.0005 - 1e-9, 3.0])
    assert check_printed(printed("2.001"), value, SHAPE, NONE).verdict == "mismatch"
    found = check_printed(printed("2.001"), value, SHAPE, np.array([0, 1e-9, 0]))
    assert found.verdict == "within rounding"
    assert found.ulp


def test_a_number_that_doubles_do_not_determine_is_undetermined() -> None:
    spread = np.array([0, 0.5, 0])
    assert check_printed(printed("3.000"), A, SHAPE, spread).verdict == "undetermined"


def test_an_undetermined_number_must_be_near_what_is_recomputed_all_the_same() -> None:
    spread = np.array([0, 0.5, 0])
    assert check_printed(printed("7.000"), A, SHAPE, spread).verdict == "mismatch"
    assert check_printed(printed("4242.123"), A, SHAPE, spread).verdict == "mismatch"


def test_a_printed_count_must_be_the_proved_one_whatever_comes_out_here() -> None:
    spread = np.array([0, 50.0, 0])
    assert check_printed(printed("2.", "array(x)"), A, SHAPE, spread, 2.0).verdict == "reproduced"
    found = check_printed(printed("2.", "array(x)"), A, SHAPE, spread, 3.0)
    assert (found.verdict, found.reason) == ("mismatch", "printed 2., but proved 3.")
    near = check_printed(printed("3.", "array(x)"), A, SHAPE, spread, 3.0)
    assert near.verdict == "undetermined"


def test_a_wrong_digit_is_a_mismatch_that_shows_both() -> None:
    found = check_printed(printed("2.001"), A, SHAPE, NONE)
    assert found.verdict == "mismatch"
    assert found.reason == "printed 2.001, recomputed 2.000 (2.0)"


def test_a_string_that_no_double_prints_is_a_mismatch() -> None:
    found = check_printed(printed("2.00000000000000001", "str(x)"), A, SHAPE, NONE)
    assert (found.verdict, found.ulp) == ("mismatch", None)


@pytest.mark.parametrize("values", [None, A[:1], np.array([1, 2, 3])])
def test_a_run_without_the_value_is_not_compared(values: object) -> None:
    assert check_printed(printed("2.000"), values, SHAPE, NONE).verdict == "not compared"


def test_a_run_that_ends_in_nan_is_a_mismatch() -> None:
    values = np.array([1.0, np.nan, 3.0])
    found = check_printed(printed("2.000"), values, SHAPE, NONE)
    assert (found.verdict, found.reason) == ("mismatch", "the run returned nan")


def test_a_run_without_the_quantity_is_not_compared() -> None:
    expected = PrintedCheck("not compared", "the run did not return it")
    assert same(check_printed(printed("2.000"), None, SHAPE, NONE), expected)
