"""How a change that makes both languages the same is said beside what else is known."""

from typing import Any

import numpy as np

from compare.explain.remedy import Remedy
from compare.run.leaf import numbers
from compare.verify.explanations import explanation_rows
from compare.verify.judge_outputs import judge_outputs
from compare.verify.pair_runs import PairRuns
from tests.judge.leaves import side
from tests.verify.test_judge_outputs import made
from tests.verify.test_remedies import SEVENTHS, THIRDS, ddof


def rows(runs: PairRuns, mending: list[Remedy]) -> list[tuple[Any, ...]]:
    judged = judge_outputs(runs)["native"]
    return [row[4:] for row in explanation_rows(runs, judged, mending)]


def test_a_remedy_by_itself_is_the_advice() -> None:
    runs = made(THIRDS, SEVENTHS[::-1])
    remedy = Remedy(ddof(1), {"value": 3}, 1, 41.4)
    ((*named, evidence, advice),) = rows(runs, [remedy])
    assert named == ["argument", "ddof=1", 3, 3, "41"]
    assert (evidence, advice) == (remedy.evidence("value"), remedy.advice)


def test_a_remedy_is_the_advice_for_a_cause_that_the_values_name() -> None:
    runs = made(THIRDS, tuple(2 * value for value in THIRDS))
    in_r = Remedy(ddof(2, "r"), {"value": 3}, 1, 30.0)
    mending = [Remedy(ddof(1), {"value": 3}, 1, 41.4), in_r]
    ((name, *_, evidence, advice),) = rows(runs, mending)
    assert name == "factor"
    assert evidence.startswith("from the values: R = Python x 2, in all 3 values; by trial: with")
    assert advice.endswith(
        ": either ddof=1 in np.std() (a.py, line 2) or ddof = 2 in np.std() (a.py, line 2)"
    )


def test_no_argument_is_advice_for_a_sign_that_is_the_librarys_choice() -> None:
    matrix = np.array([[1 / 3, 2 / 7], [4 / 3, 5 / 7], [1 / 9, 3 / 11]])
    runs = made((0.0,), (0.0,))
    for language, sign in (("python", 1), ("r", -1)):
        name: Any = language
        values = matrix * [1, sign]
        runs.leaves[name] = {"value": numbers("float64", "real number", values)}
        runs.sides[name] = {"value": side(*values.ravel())}
    ((name, *_, evidence, _),) = rows(runs, [Remedy(ddof(1), {"value": 6}, 1, 41.4)])
    assert name == "sign of columns"
    assert "by trial" not in evidence
