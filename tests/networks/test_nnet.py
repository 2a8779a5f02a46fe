"""The mirror of nnet beside live nnet, and beside what its algorithm promises."""

import numpy as np
import pytest

from compare.case.case import Case, Variant
from compare.case.setting import Setting
from compare.evidence.spread import rounding_spread
from compare.judge.pairs import compare_arrays
from compare.run.pool import Failure, run_all
from compare.run.runs import Result, Run, execute
from python_impl import nnet
from python_impl.arithmetic import native
from python_impl.random_numbers import r_state
from tests.conftest import JOBS

Array = np.ndarray
SETTINGS = [(seed, 1 + seed % 8) for seed in range(2, 36)]
ONLY = Variant("-", {})


def refit(template: Case, seed: int, size: int) -> Case:
    """The chapter's data, from another seed, with another number of hidden units."""
    wts = {"name": "Wts", "shape": [size * 5 + 1], "low": -0.7, "high": 0.7}
    content = template.model_dump() | {"printed": [], "printed_numbers": 0}
    content["inputs"]["size"] = size
    content["starts"] = {"r": {"seed": seed, "draws": [wts]}}
    return Case.model_validate(content)


@pytest.fixture(scope="module")
def fits(cases: dict[str, Case]) -> list[tuple[Case, Result, Result]]:
    """Case, live nnet's fit and the mirror's, over many seeds and sizes."""
    refits = [refit(cases["clark-example-2-nnet"], *setting) for setting in SETTINGS]
    runs = [Run(Setting(c, ONLY, "r"), lang, "native") for c in refits for lang in ("r", "python")]
    found = run_all(execute, runs, JOBS, timeout=300)
    results = [f for f in found if not isinstance(f, Failure)]
    assert len(results) == len(runs)
    return list(zip(refits, results[::2], results[1::2], strict=True))


@pytest.mark.parametrize("i", range(len(SETTINGS)), ids=[f"seed{s}-size{h}" for s, h in SETTINGS])
def test_the_mirror_follows_live_nnet_from_other_seeds_and_sizes(
    fits: list[tuple[Case, Result, Result]], i: int
) -> None:
    case, r, python = fits[i]
    assert python["convergence"] == r["convergence"]
    assert len(python["value"]) == len(r["value"])
    spread = rounding_spread(Setting(case, ONLY, "r"))
    for quantity in ("value", "weights", "fitted", "final_value", "coefficients"):
        found = compare_arrays(
            python[quantity], r[quantity], python[quantity].shape, spread[quantity]
        )
        assert not found.fails, f"{quantity}: {found.reason}"
        assert not found.without_a_digit, quantity


def test_weights_drawn_from_a_state_are_those_of_the_stream(
    truth_table: tuple[Array, Array],
) -> None:
    from_state = nnet.train(*truth_table, 4, random_state=r_state(1, 24))
    given = nnet.train(*truth_table, 4, Wts=from_state["weights"][0])
    for name, values in given.items():
        np.testing.assert_array_equal(values, from_state[name])


def test_the_gradient_is_that_of_the_sum_of_squares(truth_table: tuple[Array, Array]) -> None:
    X, y = truth_table
    network = nnet._Network(X, y, 3, native)
    weights = np.random.default_rng(4).normal(size=16)
    h = 1e-6
    for i, derivative in enumerate(network.gradient(weights)):
        step = np.eye(16)[i] * h
        central = (network.value(weights + step) - network.value(weights - step)) / (2 * h)
        assert derivative == pytest.approx(central, rel=1e-6, abs=1e-9)


def test_the_value_never_rises_and_the_last_one_is_final(
    truth_table: tuple[Array, Array],
) -> None:
    fit = nnet.train(*truth_table, 4, random_state=r_state(5))
    assert (np.diff(fit["value"]) <= 0).all()
    assert fit["final_value"] == fit["value"][-1]
    np.testing.assert_array_equal(fit["coefficients"], fit["weights"][-1])


def test_a_limit_of_iterations_is_kept_and_told(truth_table: tuple[Array, Array]) -> None:
    fit = nnet.train(*truth_table, 4, random_state=r_state(1, 24), maxit=5)
    assert fit["convergence"] == 1
    assert fit["value"].shape == (5,)
