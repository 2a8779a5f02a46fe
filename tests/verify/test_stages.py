from typing import Any

import numpy as np
import pytest

from compare.case.case import PORTABLE_ITERATIONS, Case
from compare.case.schema import LANGUAGES
from compare.case.setting import Setting, settings
from compare.run.pool import Failure
from compare.run.results import Results
from compare.run.runs import Run
from compare.verify.stages import (
    ITERATIONS_BEYOND_SEPARATION,
    _batches,
    portable_iterations,
)
from compare.verify.stored import StoredEvidence


def iterations(setting: Setting, python: Any, r: Any) -> int | None:
    results = Results()
    for language, result in (("python", python), ("r", r)):
        run = Run(setting, language, "native")  # type: ignore[arg-type]
        results.add(run, result)
    return portable_iterations(setting, results, StoredEvidence.of([setting.case]))


@pytest.fixture
def example_2(cases: dict[str, Case]) -> Setting:
    return settings(cases["clark-example-2"])[0]


def result(setting: Setting) -> dict[str, np.ndarray]:
    return {name: np.ones(setting.case.shape(name)) for name in setting.case.quantities}


def test_a_prefix_is_enough_where_the_native_runs_stay_together(example_2: Setting) -> None:
    same = result(example_2)
    assert iterations(example_2, same, same) == PORTABLE_ITERATIONS


def test_the_prefix_reaches_beyond_the_iteration_where_native_runs_differ_visibly(
    example_2: Setting,
) -> None:
    python, r = result(example_2), result(example_2)
    r["error"][20_000:] += 1e-5
    assert iterations(example_2, python, r) == 20_000 + ITERATIONS_BEYOND_SEPARATION


def test_a_case_whose_iterations_are_long_says_how_many_are_enough(cases: dict[str, Case]) -> None:
    (digits,) = settings(cases["dnn-digits"])
    same = result(digits)
    assert iterations(digits, same, same) == digits.case.portable_iterations == 5


def test_all_iterations_run_where_the_prefix_would_pass_the_end(example_2: Setting) -> None:
    python, r = result(example_2), result(example_2)
    r["error"][29_900:] += 1e-5
    assert iterations(example_2, python, r) is None


def test_all_iterations_run_where_doubles_do_not_determine_the_weights(
    cases: dict[str, Case],
) -> None:
    (setting,) = (s for s in settings(cases["trask-alphas"]) if s.variant.name == "alpha=1000")
    assert iterations(setting, result(setting), result(setting)) is None


@pytest.mark.parametrize("failed", [("python",), ("r",), ("python", "r")])
def test_a_short_case_whose_native_run_failed_runs_no_longer_than_it_is(
    cases: dict[str, Case], failed: tuple[str, ...]
) -> None:
    setting = settings(cases["descent-bucket"])[0]
    python, r = (
        Failure("died") if language in failed else result(setting) for language in ("python", "r")
    )
    assert iterations(setting, python, r) is None


def test_a_missing_quantity_changes_nothing(example_2: Setting) -> None:
    python, r = result(example_2), result(example_2)
    del r["error"]
    python["layer_1"] = np.ones(2)
    assert iterations(example_2, python, r) == PORTABLE_ITERATIONS


def test_what_differs_in_its_variant_alone_is_one_call_in_python(cases: dict[str, Case]) -> None:
    case, digits = cases["clark-example-3"], cases["dnn-digits"]
    runs = [
        Run(s, language, "portable", None if s.variant.name == "alpha=10" else 2000)
        for s in (*settings(case), *settings(digits))
        for language in LANGUAGES
    ]
    sizes = sorted(len(batch) for batch in _batches(runs))
    # each start has six variants of 2,000 iterations; alpha = 10, R's, and the digits run alone
    assert sizes == [1] * (2 + 14 + 2) + [6, 6]
    assert sum(sizes) == len(runs)
