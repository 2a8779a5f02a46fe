"""Functions of somebody's on balls: exact inputs, enclosed results, and what is no proof."""

from dataclasses import dataclass
from fractions import Fraction
from typing import Any, NamedTuple

import numpy as np

from compare.numbers.balls import DecidingBall
from compare.run.on_balls import enclosures, on_balls, precision


class Named(NamedTuple):
    a: Any


@dataclass
class Record:
    b: Any


def enclosed(value: Any, bits: int = 320) -> dict[str, list[str]]:
    with precision(bits):
        return {name: leaf.values.ravel().tolist() for name, leaf in enclosures(value).items()}


def test_doubles_become_exact_balls_and_all_else_stays() -> None:
    inputs = {"x": 0.1, "a": np.array([0.1, 0.2]), "n": 3, "i": np.array([1, 2]), "t": "text"}
    found = on_balls(inputs | {"parts": [0.5, {"y": 0.25}]})
    assert type(found["x"]) is DecidingBall
    assert found["x"].value.is_exact()
    assert found["a"].dtype == object
    assert (found["n"], found["t"]) == (3, "text")
    assert found["i"].dtype == np.int64
    assert type(found["parts"][1]["y"]) is DecidingBall


def test_a_result_is_enclosed_by_name_and_shape() -> None:
    x = on_balls(np.array([[0.1, 0.2], [0.3, 0.4]]))
    with precision(320):
        leaves = enclosures({"matrix": x / 3, "parts": Named(x[0, 0] * 2), "list": [Record(x[1])]})
    assert {name: leaf.shape for name, leaf in leaves.items()} == {
        "matrix": (2, 2),
        "parts.a": (),
        "list.1.b": (2,),
    }
    midpoint, radius = map(Fraction, str(leaves["matrix"].values[0, 0]).split())
    assert abs(midpoint - Fraction(0.1) / 3) <= radius < Fraction(1, 10**33)


def test_what_is_no_ball_and_what_is_too_wide_is_no_proof() -> None:
    x = on_balls(0.1)
    assert enclosed({"double": 0.1, "doubles": np.array([0.1]), "text": "1 0", "none": None}) == {}
    for bits, kept in ((320, False), (1280, True)):
        with precision(bits):
            cancelled = (x + 1e200) - 1e200
        assert bool(enclosed(cancelled, bits)) == kept
    assert enclosed({"mixed": np.array([x, 0.1], object)}) == {}
