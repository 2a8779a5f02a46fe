"""That values were rounded is told by what they are on inputs with all digits."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from compare.explain.formats import is_short
from compare.explain.from_values import explain
from compare.explain.remedy import Formats
from tests.explain.made import observed

X = np.array([1.23456789, 2.3456789, 3.45678912, 4.56789123])
NONE: frozenset[str] = frozenset()


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ([1.25, 2.5], True),
        ([1.0, 123456.0], True),
        ([1.23456e-9, 4.5e7], True),
        ([1 / 3], False),
        ([1.25, 1 / 3], False),
        ([1234.5 / 7], False),
        ([12345.678901234567], False),
        ([], True),
    ],
)
def test_short_values_have_few_digits_each_or_a_step(values: Any, expected: bool) -> None:
    assert is_short(np.array(values, float)) is expected


@pytest.mark.parametrize(
    ("rounded", "name"), [(np.round(X, 2), "rounded"), (X.astype(np.float32), "single precision")]
)
@pytest.mark.parametrize("language", ["python", "r"])
def test_only_a_language_that_is_short_by_itself_rounded(
    rounded: Any, name: str, language: str
) -> None:
    sides = (rounded, X) if language == "python" else (X, rounded)
    both = observed(*sides)
    other = {"python": "r", "r": "python"}[language]
    for short, expected in ((language, [name]), (other, [])):
        held = frozenset({short})
        found = explain(replace(both, short=held, single=held))
        assert [f.hypothesis.name for f in found[:1]] == expected
    assert explain(replace(both, short=NONE, single=NONE)) == []


def test_more_digits_than_values_have_are_not_what_they_were_rounded_to() -> None:
    short = np.array([7.25, 3.125, 5.375, 6.75])
    noisy = short * (1 + np.array([3e-8, -4e-8, 2e-8, 4e-8]))
    assert explain(observed(short, noisy)) == []


def test_beyond_the_overflow_values_are_as_they_are() -> None:
    short = np.array([1.25, 2.5, 5.75])
    noisy = observed(short, short * (1 + 1e-8 * np.array([1, -2, 3])))
    assert explain(replace(noisy, short=NONE, single=NONE)) == []


def test_formats_are_told_by_output_and_language() -> None:
    held = Formats({"python": frozenset({"a"}), "r": frozenset({"a", "b"})}, {"r": frozenset("b")})
    assert held.of("a") == (frozenset({"python", "r"}), NONE)
    assert held.of("b") == (frozenset({"r"}), frozenset({"r"}))
    assert held.of("c") == (NONE, NONE)
