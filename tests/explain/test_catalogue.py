"""Functions that are known to differ: what is tried first, and what there is to read."""

from typing import Any

import pytest

from compare.case.pair import load_pairs
from compare.explain.catalogue import background, causes, is_known
from compare.run.trial import UNTRIED, Trial
from tools.atlas import ATLAS


def trial(function: str, argument: str = "", language: Any = "python") -> Trial:
    return Trial(language, function, "", 0, argument, 1)


@pytest.mark.parametrize(
    ("function", "argument", "known"),
    [
        ("np.std", "ddof", True),
        ("m.std", "ddof", True),
        ("stats::quantile", "type", True),
        ("t.test", "var.equal", True),
        ("as.POSIXct", "tz", True),
        ("np.std", "axis", True),
        ("np.std", "where", False),
        ("np.stddev", "ddof", False),
        ("my.test", "var.equal", False),
        ("quantile", "ddof", False),
    ],
)
def test_arguments_are_known_by_the_function_that_takes_them(
    function: str, argument: str, known: bool
) -> None:
    assert is_known(trial(function, argument)) is known


def test_what_is_read_is_of_functions_that_are_called() -> None:
    titles = [one.title for one in background([trial("np.percentile"), trial("runif")])]
    assert titles == ["Kinds of quantiles", "Another stream of random numbers"]
    assert background([trial("np.trapezoid")]) == []


def test_each_cause_has_a_pair_and_arguments_that_may_be_tried() -> None:
    pairs = {pair.name for pair in load_pairs([str(ATLAS)])}
    for one in causes():
        assert one.pair in pairs
        assert one.functions
        assert not [name for name in one.arguments if UNTRIED.fullmatch(name)]
    assert len({one.title for one in causes()}) == len(causes())
