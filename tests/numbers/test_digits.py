import numpy as np
import pytest

from compare.numbers.digits import digits_correct, digits_printed, error_ulp, lre_of_proved, shown


@pytest.mark.parametrize(
    ("text", "digits"),
    [("0.0022489756615412743", 17), ("-6.970", 4), ("0.18", 2), ("21", 2), ("0.000", 3), ("0.", 0)],
)
def test_significant_digits_are_counted_as_printed(text: str, digits: int) -> None:
    assert digits_printed(text) == digits


@pytest.mark.parametrize(
    ("text", "exact", "digits"),
    [
        ("0.0022489756615412743", "0.00225453417479158570394364139575", 2),
        ("3.1416", "3.14159265358979", 5),
        ("3.1417", "3.14159265358979", 4),
        ("1.000", "0.99951", 4),
        ("1.000", "0.9994", 3),
        ("-2.5", "2.5", 0),
        ("0.000", "0.00049", 3),
        ("0.000", "0.0051", 1),
        ("0.1250", "0.12505", 4),
    ],
)
def test_a_digit_is_true_within_half_a_unit_of_it(text: str, exact: str, digits: int) -> None:
    assert digits_correct(text, (exact, "0")) == digits


def test_a_digit_must_be_true_for_the_whole_interval() -> None:
    assert digits_correct("0.1250", ("0.12505", "1e-30")) == 3


def test_error_is_counted_in_last_places_of_the_double() -> None:
    value = 1 / 3
    assert error_ulp(value, ("0." + "3" * 60, "0")) == pytest.approx(1 / 3, abs=1e-12)


def test_digits_of_a_double_are_judged_beyond_its_own_precision() -> None:
    third = "0." + "3" * 60
    x = np.array([1 / 3, 1 / 3 + 3 * np.spacing(1 / 3)])
    digits = lre_of_proved(x, [(third, "0"), (third, "0")])
    assert digits[0] == 15.95
    assert digits[1] == pytest.approx(-np.log10((3 - 1 / 3) * np.spacing(1 / 3) * 3), abs=1e-6)


def test_a_proved_value_is_shown_to_30_digits() -> None:
    assert shown(("0.00225453417479158570394364139574936285", "1e-38")) == (
        "0.00225453417479158570394364139575"
    )


def test_an_error_beyond_all_doubles_is_infinite() -> None:
    assert error_ulp(5e-324, ("0.5", "0")) == float("inf")


def test_digits_of_a_double_are_those_in_common_with_the_proved_value() -> None:
    x = np.array([1.001, 20.02, 1e-7, 2.0, -9.0, 0.5])
    proved = [(text, "0") for text in ("1", "20", "0", "1", "1", "0.5")]
    digits = lre_of_proved(x, proved)
    assert digits == pytest.approx([3, 3, 7, 0, 0, 15.95], abs=1e-9)
    assert not np.signbit(digits).any()
