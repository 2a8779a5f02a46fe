"""What a call came to, written to a file and read again."""

import json

import numpy as np
import pytest
from pydantic import ValidationError

from compare.run import leaf
from compare.run.leaf import Leaf, Leaves
from compare.run.pool import Failure
from compare.run.probe import Answer
from compare.run.recorded import RecordedAnswer

LEAVES: Leaves = {
    "plain": leaf.numbers("double", "real number", np.array([[0.1, -0.0], [5e-324, 1e308]])),
    "lost": leaf.numbers("double", "real number", [np.nan, np.nan, np.inf], [True, False, False]),
    "complex": leaf.numbers("complex", "complex number", np.array([1 + 2j, complex(-0.0, 3.0)])),
    "big": leaf.numbers("int64", "whole number", np.array([2**53 + 1])),
    "named": leaf.numbers("double", "real number", [1.0, 2.0], labels=(("a", "b"),)),
    "texts": leaf.texts("character", ["\u00e9", None]),
    "none": leaf.nothing("NULL"),
    "other": leaf.other("closure", "return numbers"),
    "scalar": leaf.numbers("double", "real number", 2.5),
    "empty": leaf.numbers("double", "real number", np.empty((0, 3))),
}


def read_again(answer: Answer | Failure, plain: Leaves | None = None) -> Answer | Failure:
    text = json.dumps(RecordedAnswer.of(answer, plain).model_dump(exclude_defaults=True))
    return RecordedAnswer.model_validate_json(text).answer(plain)


def bits(one: Leaf) -> tuple[object, ...]:
    values = one.values.tolist() if one.values.dtype == object else one.values.tobytes()
    told = (one.kind, one.type, one.family, one.shape, one.labels, one.advice, one.rounded)
    return *told, values, one.missing.tolist()


@pytest.mark.parametrize("name", LEAVES)
def test_values_are_read_again_to_the_bit(name: str) -> None:
    answer = read_again(Answer({name: LEAVES[name]}, ("careful",), ("well",), "printed", ("x",)))
    assert isinstance(answer, Answer)
    assert bits(answer.leaves[name]) == bits(LEAVES[name])
    assert (answer.warned, answer.said) == (("careful",), ("well",))
    assert (answer.printed, answer.changed) == ("printed", ("x",))


def test_an_error_and_a_death_are_kept_as_such() -> None:
    assert read_again(Answer(error="no good")) == Answer(error="no good")
    assert read_again(Failure("died")) == Failure("died")


def test_a_value_that_moved_is_written_as_its_distance() -> None:
    plain = {name: LEAVES[name] for name in ("plain", "complex", "texts")}
    up = {
        **plain,
        "plain": leaf.numbers(
            "double", "real number", np.array([[np.nextafter(0.1, 1), 0.0], [-5e-324, 1e-308]])
        ),
        "complex": leaf.numbers(
            "complex", "complex number", np.array([1 + 2j, complex(0.0, np.nextafter(3.0, 0))])
        ),
    }
    recorded = RecordedAnswer.of(Answer(up), plain)
    assert recorded.leaves is None
    assert recorded.ulps is not None
    assert recorded.ulps.keys() == {"plain", "complex"}
    assert recorded.ulps["plain"][:3] == [1, 0, -2]
    assert recorded.ulps["complex"] == [0, 0, 0, -1]
    answer = read_again(Answer(up), plain)
    assert isinstance(answer, Answer)
    for name in up:
        assert (answer.leaves[name].values == up[name].values).all()


@pytest.mark.parametrize(
    "other",
    [
        {"x": leaf.numbers("double", "real number", [1.0, np.nan])},
        {"x": leaf.numbers("double", "real number", [1.0])},
        {"x": leaf.numbers("integer", "whole number", [1, 2])},
        {"y": leaf.numbers("double", "real number", [1.0, 2.0])},
        {},
    ],
    ids=["missing", "shorter", "type", "name", "nothing"],
)
def test_what_differs_in_more_than_numbers_is_written_whole(other: Leaves) -> None:
    plain = {"x": leaf.numbers("double", "real number", [1.0, 2.0])}
    assert RecordedAnswer.of(Answer(other), plain).ulps is None
    answer = read_again(Answer(other), plain)
    assert isinstance(answer, Answer)
    assert {k: bits(v) for k, v in answer.leaves.items()} == {k: bits(v) for k, v in other.items()}


def test_texts_that_differ_are_written_whole() -> None:
    recorded = RecordedAnswer.of(
        Answer({"x": leaf.texts("character", ["b"])}), {"x": leaf.texts("character", ["a"])}
    )
    assert recorded.ulps is None


@pytest.mark.parametrize(
    "damage",
    [
        {"values": ["0x1p+0"]},
        {"values": ["one", "0x1p+0"]},
        {"values": [None, "0x1p+0"]},
        {"shape": [2, 2]},
        {"missing": [1]},
        {"is_complex": True},
        {"kind": "thing"},
    ],
)
def test_a_damaged_leaf_is_refused(damage: dict[str, object]) -> None:
    whole = {"kind": "number", "type": "double", "shape": [2], "values": ["0x1p+0", "nan"]}
    RecordedAnswer.model_validate({"leaves": {"x": whole}})
    with pytest.raises(ValidationError):
        RecordedAnswer.model_validate({"leaves": {"x": whole | damage}})
