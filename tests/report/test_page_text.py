import pytest
from hypothesis import given
from hypothesis import strategies as st

from compare.judge.verdicts import MARKS
from compare.report.distance import share
from compare.report.page.text import (
    Digits,
    aligned,
    anchor,
    brief,
    by_worth,
    is_number,
    kind,
    listed,
    meaningful,
    true_digits,
    whole,
)


@pytest.mark.parametrize(
    ("value", "tolerance", "decimals", "text"),
    [
        (0.0096644916879682994, 1.3e-16, 8, "0.009664491687968"),
        (0.0022489, 0.05, 4, "0.0022"),
        (1.0, 4e-16, 0, "1"),
        (60000.0, 0.0, 0, "60000"),
        (0.1, 0.0, 1, "0.1"),
        (-116.607, 50.0, 3, "-116.607"),
        (1.2345678e-12, 1e-20, 0, "1.2345678e-12"),
        (float("nan"), 1.0, 0, "-"),
        (0.0, 1e-16, 0, "0"),
    ],
)
def test_a_value_ends_where_rounding_begins(
    value: float, tolerance: float, decimals: int, text: str
) -> None:
    assert meaningful(value, tolerance, decimals) == text


@given(st.floats(allow_nan=False, allow_infinity=False), st.floats(1e-300, 1e10))
def test_every_double_can_be_shown(value: float, tolerance: float) -> None:
    shown = meaningful(value, tolerance)
    assert is_number(shown)
    assert abs(float(shown) - value) <= max(10 * tolerance, abs(value) * 1e-14)


def test_digits_are_told_apart_by_what_they_are_worth() -> None:
    assert by_worth("0.0022489", 2, 4) == [
        Digits("0.0022", "true"),
        Digits("48", "reproduced"),
        Digits("9", "undetermined"),
    ]
    assert by_worth("-4.66", 3, 0) == [Digits("-4.66", "true")]
    assert by_worth("0.", 0, 0) == [Digits("0.", "true")]
    assert by_worth("<svg>", 1, 1) == [Digits("<svg>", "unknown")]


def test_only_digits_that_hold_for_the_proved_value_are_true() -> None:
    assert true_digits("0.12349", "0.12344999") == [
        Digits("0.1234", "true"),
        Digits("9", "undetermined"),
    ]
    assert true_digits("0.5", "") == [Digits("0.5", "unknown")]


@given(st.text("0123456789.", min_size=1, max_size=12).filter(is_number), st.integers(0, 12))
def test_no_digit_is_lost(text: str, true: int) -> None:
    assert "".join(part.text for part in by_worth(text, true, 12)) == text


def test_decimal_points_stand_below_each_other() -> None:
    shown = aligned(["-116.6", "0.25", "7", "1.5e-10"])
    assert {text.index(".") for text in shown if "." in text} == {4}
    assert shown[2].endswith("7")
    assert len(shown[2]) == 4


def test_links_are_names_where_names_can_be_links() -> None:
    assert anchor("trask-alphas") == "case-trask-alphas"
    assert anchor("a b") != anchor("a/b")
    assert anchor("a b").removeprefix("case-").isalnum()


def test_long_texts_open_and_all_are_escaped() -> None:
    assert whole("<b>") == "<bdi>&lt;b&gt;</bdi>"
    assert whole("<" * 1000).startswith('<details class="long"><summary><bdi>&lt;')
    assert len(brief("x" * 1000, 50)) == 50


@pytest.mark.parametrize(
    ("ratio", "text"),
    [
        (0.0, "0"),
        (1e-7, "1e-07"),
        (0.0049, "0.0049"),
        (0.005, "0.01"),
        (0.25, "0.25"),
        (12.0, "12.00"),
        (2250857453434755.25, "2.3e+15"),
        (float("inf"), "inf"),
    ],
)
def test_a_share_of_a_tolerance_that_is_not_nothing_never_reads_so(ratio: float, text: str) -> None:
    assert share(ratio) == text
    assert share(float("nan")) == "-"


def test_counts_of_nothing_are_left_out() -> None:
    counts = {"identical": 1234, "agree": 0, "disagree": 2}
    assert listed(counts) == "1,234 identical, 2 disagree"
    assert listed(counts, "disagree") == "1,234 identical"
    assert listed({"agree": 0}) == "none"


def test_every_verdict_is_marked_by_one_rule_and_an_unknown_one_is_bad() -> None:
    assert {verdict: kind(verdict) for verdict in MARKS} == MARKS
    assert kind("holds if alpha stays 10") == "warn"
    assert kind("holds") == "good"
    assert kind("fine") == kind("") == "bad"
