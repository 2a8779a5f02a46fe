"""Runs and measurements made up for each claim and difference: as reviewed, and turned round."""

from collections.abc import Callable, Iterable
from typing import Any

import numpy as np

from claims.measured import SIZES
from claims.training import ALPHAS, case_of
from compare.verify.claims import Runs

Given = Any
N = 60_000
LANGUAGES_AGREE = 1e-12


class FakeRuns(Runs):
    """Runs that returned what a test says: by (case, start, language), and by alpha."""

    def __init__(
        self,
        result: Callable[[str, str, str], dict[str, Any]],
        by_alpha: dict[float, Any] | None = None,
    ) -> None:
        self._result, self._by_alpha = result, by_alpha or {}

    def get(
        self, case: str, variant: str = "-", start: str = "numpy", language: str = "python"
    ) -> dict[str, Any]:
        return self._result(case, start, language)

    def variants(self, case: str, *_: Any, **__: Any) -> dict[float, Any]:
        return self._by_alpha.get(case, self._by_alpha)  # type: ignore[call-overload,no-any-return]


def everywhere(**result: Any) -> FakeRuns:
    """The same result from each run."""
    return FakeRuns(lambda *_: result)


def by_alpha(values: dict[Any, Any]) -> FakeRuns:
    """A value for each alpha, or for each case and alpha."""
    return FakeRuns(lambda *_: {}, values)


def ends(**of_alpha: float) -> dict[float, Any]:
    """Errors that fall from 0.5 to what is given for an alpha, and to 0.3 for the others."""
    given = {float(name[1:].replace("_", ".")): end for name, end in of_alpha.items()}
    return {alpha: np.linspace(0.5, given.get(alpha, 0.3), N) for alpha in ALPHAS}


ONE = np.ones((4, 1))
TARGET = np.array([[0.0], [1], [1], [0]])
LOW_LEFT = np.add.outer(np.arange(41.0), np.arange(41.0))  # lowest where both weights are low
CURVE = np.array(case_of("descent").inputs["coefficients"], float)
FALLING = np.linspace(0.5, 0.1, N)
JUMPING = FALLING + 0.1 * (np.arange(N) % 2)


def _minima() -> Any:
    turns = np.roots(np.polyder(CURVE))
    turns = np.sort(turns[np.isreal(turns)].real)
    return turns[np.polyval(np.polyder(CURVE, 2), turns) > 0]


def balls(good: tuple[float, ...]) -> dict[str, Any]:
    """A hundred balls in the minima for some step sizes, anywhere for the others."""
    at_rest, anywhere = np.resize(_minima(), (100, 1)), np.linspace(-4, 4, 100)[:, None]
    ends = {a: at_rest if a in good else anywhere for a in (0.0001, 0.001, 0.005)}
    curve = np.array(case_of("descent").inputs["coefficients"], float)
    return {"coefficients": curve, "ends": {a: [x, x] for a, x in ends.items()}}


def _predictions(of_r: float) -> FakeRuns:
    return FakeRuns(
        lambda _, __, language: {
            "layer_2": ONE * (0.9 if language == "python" else of_r),
            "synapse_0": ONE,
        }
    )


def _nnet(n_weights: float, apart: float = 0.05) -> FakeRuns:
    return FakeRuns(
        lambda case, *_: {
            "fitted": ONE * 0.9 + apart,
            "layer_2": ONE * 0.9,
            "n_weights": n_weights,
            "synapse_0": np.ones((3, 32 if "3" in case else 4)),
            "synapse_1": np.ones((32 if "3" in case else 4, 1)),
        }
    )


def _wide(gradient: float) -> FakeRuns:
    weights = np.ones(5)
    result = {"gradients": np.full(5, gradient), "weights": weights, "start_weights": weights}
    return everywhere(output=np.ones((1, 2)), **result)


def _diverging(end: float) -> FakeRuns:
    error = np.r_[np.linspace(0.4, end, 100), np.full(N - 100, end)]
    weights = {"synapse_0": ONE, "synapse_1": ONE, "layer_1": ONE, "layer_2_delta": 0 * ONE}
    return everywhere(error=error, **weights)


def _surface(surface: Any) -> FakeRuns:
    return everywhere(surface=surface, path_0=np.arange(10_000.0), path_1=-np.arange(10_000.0))


def _bucket(end: float) -> FakeRuns:
    ones = np.ones(100)
    paths = {0.001: 0.9 * ones, 0.1: np.r_[ones[1:], end], 1.0: ones, 1.1: np.r_[ones[1:], 100]}
    return by_alpha({a: path / path[0] for a, path in paths.items()})


def _hidden(at_10: float) -> dict[str, Any]:
    end = {0.1: 0.3, 1.0: 0.001, 10.0: at_10}
    return {"errors": {(s, a): (np.full(10, e),) * 2 for s in SIZES for a, e in end.items()}}


def _glm(network: list[float]) -> dict[str, Any]:
    glm, fitted = np.array([1.7, -2.6]), np.array([0.2, 0.8])
    half = {"glm": glm, "glm_fitted": fitted, "network_at_glm": fitted, "gradient": np.zeros(2)}
    return half | {"network": np.array(network), "iterations_apart": 22, "first_apart": 47.0}


def _nodes(moved: float) -> dict[str, Any]:
    nodes = {"python": np.arange(4), "nearest_in_r": np.array([1, 0, 3, 2])}
    return nodes | {"moved": moved, "distances": np.arange(1.0, 5)}


def _final(best: float) -> dict[str, Any]:
    return {"final": np.array([np.full(100, 0.001 if a == best else 0.3) for a in ALPHAS])}


def _gradients(factor: float) -> dict[str, Any]:
    derivative = np.linspace(1, 2, 29)
    known = {"layers": [2, 3, 3, 2], "weights": np.ones(29), "derivative": derivative}
    return known | {"gradients": derivative * factor}


def _exact(after_1000: float) -> dict[str, Any]:
    target = np.array([0.3, 0.67])
    start = {"target": target, "at_the_end": target, "done": 8000, "others": target + ONE}
    return start | {"after_1000": target + after_1000}


def _scaled(apart: float) -> dict[str, Any]:
    target = np.array([[0.3, 0.67]])
    output = {"output": target + apart, "output_in_r": target + apart}
    return {"target": target, "error": np.linspace(1, 0, 10_000), **output}


def _streams(from_r: float) -> FakeRuns:
    def result(_: str, start: str, language: str) -> dict[str, Any]:
        rounding = LANGUAGES_AGREE if language == "r" else 0.0
        weights = {name: np.full((2, 2), rounding) for name in ("synapse_0", "synapse_1")}
        end = (0.006 if start == "numpy" else from_r) + rounding
        return {"error": np.array([0.5, end]), **weights}

    return FakeRuns(result)


def _positive(end: float) -> dict[str, Any]:
    return {"errors": {a: [np.linspace(0.5, e, 99) for e in (0.001, end)] for a in ALPHAS}}


def _draws(first: float) -> dict[str, Any]:
    return {"24": np.linspace(1.15, 0, 22), "16": np.linspace(first, 0, 22)}


def _turns(of_10: int) -> FakeRuns:
    counts = {0.001: 0, 1000.0: 5, 10.0: of_10}
    return by_alpha({a: np.full((2, 2), counts.get(a, 1)) for a in ALPHAS})


def _both(pair: Iterable[Given]) -> tuple[Given, Given]:
    as_reviewed, turned = pair
    return as_reviewed, turned


# each as it was reviewed, and turned round
DOCTORED: dict[str, tuple[Given, Given]] = {
    "chapter-separation": _both(
        {"first_column": ONE, "y": ONE, "weights": w} for w in ([7, 9, 12, 14], [7, 9, 12, 12.1])
    ),
    "chapter-logistic-regression": (_glm([1.3, -2.0]), _glm([1.7, -2.6])),
    "chapter-same-prediction": (_predictions(0.9), _predictions(0.2)),
    "chapter-same-prediction-elsewhere": _both(
        {"1": np.repeat([0.005, 0.3], [99, n]), "10": np.full(100, 0.01)} for n in (1, 0)
    ),
    "chapter-node-order": (_nodes(1e-15), _nodes(0.1)),
    "chapter-nnet-parameters": (_nnet(161), _nnet(9)),
    "chapter-alpha-10-best": (by_alpha(ends(a10=0.001)), by_alpha(ends(a1=0.001))),
    "chapter-alpha-10-elsewhere": (_final(10.0), _final(1.0)),
    "chapter-hidden-50": (_hidden(0.3), _hidden(0.001)),
    "post-bucket": (_bucket(1e-9), _bucket(0.9)),
    "post-100-balls": (balls((0.001,)), balls(())),
    "post-first-weight-high": (_surface(LOW_LEFT[::-1]), _surface(LOW_LEFT)),
    "post-alpha-0-001": _both(everywhere(error=np.linspace(0.5, e, N)) for e in (0.48, 0.1)),
    "post-alpha-0-01": _both(
        by_alpha(ends(a10=0.001) | {0.01: error}) for error in (FALLING, JUMPING)
    ),
    "post-alpha-1": _both(
        {"with_alpha": [ONE, ONE], "without": [ONE, w]} for w in (ONE, ONE + 2.0**-52)
    ),
    "post-alpha-10": (by_alpha(ends(a10=0.001)), by_alpha(ends(a1=0.001))),
    "post-alpha-100": _both(everywhere(error=e, layer_2=ONE) for e in (FALLING, JUMPING)),
    "post-alpha-1000": (_diverging(0.5), _diverging(0.45)),
    "post-direction-changes": (_turns(9), _turns(2)),
    "post-size-of-weights": _both(
        by_alpha({a: np.full((2, 2), w) for a, w in zip(ALPHAS, sizes, strict=True)})
        for sizes in (range(7), range(7, 0, -1))
    ),
    "post-32-nodes": _both(
        by_alpha(
            {"trask-alphas": {1.0: np.full(N, 0.0013)}, "trask-hidden-32": {1.0: np.full(N, e)}}
        )
        for e in (0.0009, 0.0013)
    ),
    "post-3-nodes": _both({n: np.full(100, e) for n in "4321"} for e in (0.001, 0.3)),
    "page-shapes": (_gradients(1), _gradients(1 + 1e-9)),
    "page-exact": (_exact(0.06), _exact(0)),
    "page-wide": (_wide(0.0), _wide(1e-300)),
    "page-scaled": (_scaled(1e-16), _scaled(0.2)),
    "page-absorbed": _both(
        {"c": 0.01, "ratios": [np.full(4, r) for r in of_layers]}
        for of_layers in ((1e6, 1e4, 1e2), (1e2, 1e2, 1e2))
    ),
    "page-digits": (everywhere(accuracy=0.94), everywhere(accuracy=0.1)),
    "streams": (_streams(0.007), _streams(0.006)),
    "counting": _both(everywhere(error=e) for e in (FALLING, np.full(N, 0.5))),
    "unused-draws": (_draws(1.01), _draws(1.15)),
    "positive-weights": (_positive(0.5), _positive(0.001)),
    "only-the-last": (by_alpha(ends(a10=0.001)), by_alpha(ends(a1000=0.001))),
    "biases": (_nnet(161), _nnet(16)),
}
