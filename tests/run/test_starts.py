import numpy as np
import pytest

from compare.case.schema import Draw, Start
from compare.numbers.measures import Float64s
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


@pytest.mark.parametrize("more", [-1, 1])
def test_a_generator_that_gives_more_or_fewer_numbers_is_noticed(more: int) -> None:
    with pytest.raises(ValueError, match=f"the r generator gave float64 of shape .{8 + more},"):
        starting_weights("r", START, lambda seed, n: counting(seed, n + more))


def test_a_generator_of_other_numbers_is_noticed() -> None:
    with pytest.raises(ValueError, match="the numpy generator gave float32"):
        starting_weights("numpy", START, lambda seed, n: counting(seed, n).astype(np.float32))
