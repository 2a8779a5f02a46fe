from functools import partial

import numpy as np
import pytest

from compare.case.schema import Draw, Start
from compare.numbers.measures import Float64s
from compare.run import beside
from compare.run.pool import Failure, run_all
from compare.run.starts import starting_weights

START = Start(
    seed=3,
    draws=[Draw(shape=[2]), Draw(name="w", shape=[2, 3], low=-1, high=1)],
)


def counting(seed: int, n: int) -> Float64s:
    return (np.arange(n) + seed) / 16


def test_an_array_is_filled_as_its_language_does_after_what_is_thrown_away() -> None:
    by_rows = starting_weights("numpy", START, counting)["w"]
    by_columns = starting_weights("r", START, counting)["w"]
    assert by_rows[0].tolist() == [2 * u - 1 for u in (5 / 16, 6 / 16, 7 / 16)]
    assert by_columns[:, 0].tolist() == [2 * u - 1 for u in (5 / 16, 6 / 16)]


def test_normal_numbers_have_a_mean_and_a_standard_deviation() -> None:
    draw = Draw(name="w", shape=[3], mean=2.0, sd=0.5)
    start = Start(seed=3, distribution="normal", draws=[draw])
    drawn = starting_weights("numpy", start, counting)["w"]
    assert drawn.tolist() == [2 + 0.5 * z for z in (3 / 16, 4 / 16, 5 / 16)]


@pytest.mark.parametrize(
    ("distribution", "key"), [("normal", "low"), ("normal", "high"), ("uniform", "mean")]
)
def test_what_another_distribution_takes_is_refused(distribution: str, key: str) -> None:
    table = {"seed": 1, "distribution": distribution, "draws": [{"shape": [1], key: 0.5}]}
    with pytest.raises(ValueError, match=rf"draws\.0\.{key}: not of {distribution} numbers"):
        Start.model_validate(table)


@pytest.mark.parametrize("generator", ["numpy", "r"])
def test_each_language_draws_the_same_normal_numbers(generator: str) -> None:
    in_python = beside.drawn_in_python("python_impl", generator, "normal", 1, 5)
    task = partial(beside.drawn_in_r, "nnmirror", generator, "normal", 1)
    (in_r,) = run_all(task, [5], jobs=1, timeout=60)
    assert not isinstance(in_r, Failure)
    assert np.array_equal(in_python, in_r)


@pytest.mark.parametrize("more", [-1, 1])
def test_a_generator_that_gives_more_or_fewer_numbers_is_noticed(more: int) -> None:
    with pytest.raises(ValueError, match=f"the r generator gave float64 of shape .{8 + more},"):
        starting_weights("r", START, lambda seed, n: counting(seed, n + more))


def test_a_generator_of_other_numbers_is_noticed() -> None:
    with pytest.raises(ValueError, match="the numpy generator gave float32"):
        starting_weights("numpy", START, lambda seed, n: counting(seed, n).astype(np.float32))
