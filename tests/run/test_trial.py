"""What may be passed in place of an argument, and how it is written."""

import math
from typing import Any

import numpy as np
import pytest

from compare.run.computed import COMPUTED, SWAPPED
from compare.run.trial import TIGHT, Trial, other_values


@pytest.mark.parametrize(
    ("name", "default", "words", "values"),
    [
        ("paired", False, [], [False, True]),
        ("ddof", 0, [], [0, 1, 2]),
        ("fill", 0.5, [], [0.0, 0.5, 1.0]),
        ("k", 7, [], [7]),
        ("conf_level", 0.95, [], [0.95]),
        ("axis", None, [], [None, 0, 1]),
        ("axis", -1, [], [None, 0, 1]),
        ("type", 7, [], list(range(1, 10))),
        ("type", "chars", ["bytes"], ["chars", "bytes"]),
        ("method", None, ["a", "b", "a"], [None, "a", "b"]),
        ("tz", "", [], ["UTC"]),
        ("exact", None, [], [None, True, False]),
        ("rel.tol", 1e-4, [], [1e-4, TIGHT]),
        ("xtol", None, [], [None, TIGHT]),
        ("epsabs", 1.49e-8, [], [1.49e-8, TIGHT]),
        ("dtype", None, ["float32"], []),
        ("keepdims", False, [], []),
        ("overwrite_input", False, [], []),
        ("rng", 1, [], []),
        ("plot", False, [], []),
        ("file", "", ["stdout"], []),
    ],
)
def test_other_values_are_those_that_the_default_and_the_words_give(
    name: str, default: Any, words: list[str], values: list[Any]
) -> None:
    assert other_values(name, default, words) == values


def test_no_more_words_are_tried_than_a_choice_has() -> None:
    assert len(other_values("method", "a", [f"w{i}" for i in range(50)])) == 17


def trial(language: Any, argument: str, value: Any, **more: Any) -> Trial:
    return Trial(
        language, "np.std", more.pop("place", "pair.py, line 6"), 3, argument, value, **more
    )


def test_a_change_is_written_as_in_its_language() -> None:
    assert trial("python", "ddof", 1).text == "ddof=1"
    assert trial("python", "bc_type", "natural").text == "bc_type='natural'"
    assert trial("r", "paired", True).text == "paired = TRUE"
    assert trial("r", "tz", "UTC").text == 'tz = "UTC"'
    assert trial("r", "type", 6).text == "type = 6"
    assert trial("python", "0", None, computed="1 / {}", source="1 / k").text == "1 / k"
    assert trial("python", "ddof", 1).where == "np.std() (pair.py, line 6)"
    assert trial("python", "ddof", 1, place="").where == "np.std()"


def test_only_a_tolerance_tightens() -> None:
    assert trial("r", "rel.tol", TIGHT).tightens
    assert not trial("r", "rel.tol", 1e-4).tightens
    assert not trial("python", "0", None, computed="1 / {}").tightens


@pytest.mark.parametrize(
    ("name", "before", "value", "written", "passed"),
    [
        ("1 / {}", 9.0, 4.0, "1 / b in place of b", [9.0, 0.25]),
        ("{}**2", 9.0, 4.0, "b**2 in place of b", [9.0, 16.0]),
        ("np.sqrt({})", 9.0, 4.0, "np.sqrt(b) in place of b", [9.0, 2.0]),
        ("{} + 1", 9.0, 4.0, "b + 1 in place of b", [9.0, 5.0]),
        ("{} - 1", 9.0, 4.0, "b - 1 in place of b", [9.0, 3.0]),
        ("-{}", 9.0, 4.0, "-b in place of b", [9.0, -4.0]),
        ("1 - {}", 9.0, 0.25, "1 - b in place of b", [9.0, 0.75]),
        ("{} / 100", 9.0, 25.0, "b / 100 in place of b", [9.0, 0.25]),
        ("100 * {}", 9.0, 0.25, "100 * b in place of b", [9.0, 25.0]),
        ("{} / 2", 9.0, 0.5, "b / 2 in place of b", [9.0, 0.25]),
        ("2 * {}", 9.0, 0.5, "2 * b in place of b", [9.0, 1.0]),
        ("np.radians({})", 9.0, 180.0, "np.radians(b) in place of b", [9.0, math.pi]),
        ("np.degrees({})", 9.0, math.pi, "np.degrees(b) in place of b", [9.0, 180.0]),
        ("np.exp({})", 9.0, 0.0, "np.exp(b) in place of b", [9.0, 1.0]),
        ("np.log({})", 9.0, 1.0, "np.log(b) in place of b", [9.0, 0.0]),
        ("{} - {before}", 9.0, 4.0, "b - a in place of b", [9.0, -5.0]),
        (SWAPPED, 9.0, 4.0, "b before a", [4.0, 9.0]),
    ],
)
def test_what_is_computed_from_an_argument(
    name: str, before: float, value: float, written: str, passed: list[float]
) -> None:
    computed = COMPUTED[name]
    assert computed.fits(value, before)
    assert computed.written({"0": "a", "1": "b"}, 1) == written
    assert computed.arguments("1", (before, value, "rest")) == pytest.approx([*passed, "rest"])


def test_only_numbers_are_computed_with() -> None:
    once, twice = COMPUTED["1 / {}"], COMPUTED[SWAPPED]
    assert once.fits(np.array([1, 2]), None)
    assert once.fits(np.float64(2), None)
    for other in (True, np.array([True]), "2", None, [1.0], np.zeros(100_001)):
        assert not once.fits(other, None)
    assert not twice.fits(2.0, None)
    assert once.written({"0": "n - 1"}, 0) == "1 / (n - 1) in place of n - 1"
    assert once.arguments("0", (4.0, 1.0)) == [0.25, 1.0]
