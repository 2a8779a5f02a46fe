from typing import Any

import numpy as np
import pytest

from compare.run.moved import MOVES, can_move, moved


def test_inputs_are_moved_by_one_unit_in_the_last_place_or_not() -> None:
    x = np.linspace(0.1, 1.9, 19)
    inputs: dict[str, Any] = {"x": x, "s": 0.3, "l": [[0.1], [0.7]], "t": {"a": np.array([0.1])}}
    all_moves = [moved(inputs, k) for k in range(1, MOVES + 1)]
    for k, one in enumerate(all_moves, 1):
        direction = np.inf if k % 2 else -np.inf
        steps = one["x"] != x
        assert steps.any()
        np.testing.assert_array_equal(one["x"][steps], np.nextafter(x, direction)[steps])
    assert len({one["x"].tobytes() for one in all_moves}) == MOVES
    assert {one["s"] for one in all_moves} == {
        0.3,
        np.nextafter(0.3, 1),
        np.nextafter(0.3, 0),
    }
    assert {tuple(map(tuple, one["l"])) for one in all_moves} != {((0.1,), (0.7,))}
    assert {float(one["t"]["a"][0]) for one in all_moves} != {0.1}
    assert inputs["x"] is x
    assert moved(inputs, 3)["x"].tolist() == all_moves[2]["x"].tolist()


@pytest.mark.parametrize(
    "value",
    [3, "text", True, np.array([1, 2]), 2.0, np.array([1.0, np.nan, np.inf]), [1, "a"], {"a": 1}],
)
def test_what_is_whole_or_no_number_is_never_moved(value: Any) -> None:
    assert not can_move({"x": value})
    for k in range(1, 5):
        np.testing.assert_array_equal(moved({"x": value}, k)["x"], value)


def test_neighbours_never_change_places() -> None:
    x = np.array([0.1, np.nextafter(0.1, 1)])
    assert can_move({"x": x})
    for k in range(1, MOVES + 1):
        low, high = moved({"x": x}, k)["x"]
        assert low <= high
