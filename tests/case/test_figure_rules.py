from typing import Any

import pytest

from compare.case.figure_rules import check_figure
from compare.case.figures import Curve, HeatMaps, Surface

INPUTS = {"low": -1, "high": 1, "coefficients": [1.0, 0.0], "X": [[1.0]]}
SHAPES: dict[str, tuple[int, ...]] = {
    **{"low": (), "high": (), "coefficients": (2,), "X": (1, 1)},
    **{"surface": (3, 3), "x": (9,), "y": (9,), "counts": (2, 3), "accuracy": ()},
}
SURFACE: dict[str, Any] = {
    "kind": "surface",
    "title": "t",
    "quantity": "surface",
    "path": ["x", "y"],
}
SURFACE |= {"low": "low", "high": "high"}
CURVE: dict[str, Any] = {"kind": "curve", "title": "t", "polynomial": "coefficients", "path": "x"}
CURVE |= {"between": [-1, 1]}
MAPS: dict[str, Any] = {"kind": "counts", "title": "t", "quantities": ["counts"]}
KINDS: dict[Any, Any] = {"surface": Surface, "curve": Curve, "counts": HeatMaps}


def check(content: dict[str, Any]) -> None:
    figure = KINDS[content["kind"]].model_validate(content)
    check_figure("figure.0", figure, INPUTS, list(SHAPES)[4:], ["x", "y"], SHAPES.__getitem__)


@pytest.mark.parametrize("good", [SURFACE, CURVE, MAPS])
def test_what_can_be_drawn_is_accepted(good: dict[str, Any]) -> None:
    check(good)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (MAPS | {"quantities": ["other"]}, "quantities: unknown name 'other'"),
        (MAPS | {"quantities": ["x"]}, "quantities: x has 1 axes, expected 2"),
        (MAPS | {"quantities": ["accuracy"]}, "quantities: accuracy has 0 axes, expected 2"),
        (CURVE | {"polynomial": "x"}, "polynomial: unknown name 'x'"),
        (CURVE | {"polynomial": "X"}, "polynomial: X has 2 axes, expected 1"),
        (CURVE | {"path": "counts"}, "path: unknown name 'counts'"),
        (CURVE | {"between": [1, 1]}, "between: 1.0 is not below 1.0"),
        (SURFACE | {"quantity": "x"}, "quantity: x has 1 axes, expected 2"),
        (SURFACE | {"low": "X"}, "low: X has 2 axes, expected 0"),
        (SURFACE | {"low": "high", "high": "low"}, "1 is not below -1"),
        (SURFACE | {"path": ["x", "surface"]}, "path: unknown name 'surface'"),
    ],
)
def test_what_cannot_be_drawn_is_refused_by_key(content: dict[str, Any], reason: str) -> None:
    with pytest.raises(ValueError, match=f"^figure.0.*{reason}"):
        check(content)
