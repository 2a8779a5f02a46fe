"""The short runs by which a mutant is told apart."""

from dataclasses import dataclass, replace
from functools import cache
from typing import Any

import numpy as np

from compare import CASES
from compare.case.case import load_case
from compare.case.setting import settings
from compare.evidence.spread import Spread
from compare.judge.pairs import compare_arrays
from compare.run.runs import Result, Run, arguments
from selftest import mutated
from selftest.mutant import Mutant

ITERATIONS = 60
CHAPTER = ("clark-example-1", "clark-example-2", "clark-example-3")
PROBES = {
    "arithmetic": dict.fromkeys(CHAPTER, ITERATIONS),
    "one_layer": {"clark-example-1": ITERATIONS},
    "two_layer": dict.fromkeys((*CHAPTER[1:], "trask-direction-changes"), ITERATIONS),
    "error_surface": {"trask-error-surface": ITERATIONS},
    "descent": {"descent-bucket": ITERATIONS, "descent": ITERATIONS},
    "dnn": {"dnn-small": ITERATIONS},
}
VARIANTS = ("-", "alpha=0.1", "alpha=10", "alpha=0.005")


@dataclass(frozen=True)
class Probe:
    """A run, and what it is given in place of the case's own arguments."""

    run: Run
    changed: dict[str, Any]

    def arguments(self) -> dict[str, Any]:
        """What both languages are given."""
        return arguments(self.run, self.run.starting_weights()) | self.changed

    def __str__(self) -> str:
        return f"{self.run}" + (f", other {', '.join(self.changed)}" if self.changed else "")


@cache
def probes(stem: str) -> list[Probe]:
    """Short runs in both arithmetics, and some with other inputs than the cases have."""
    found = [
        Probe(Run(s, "python", arithmetic, iterations), {})
        for name, iterations in PROBES[stem].items()
        for s in settings(load_case(CASES / f"{name}.toml"))
        if s.variant.name in VARIANTS
        for arithmetic in ("portable", "native")
    ]
    (first, *_), last = found, found[-1]
    few = replace(first.run, iterations=3)
    if stem == "two_layer":
        counting = replace(last.run, arithmetic="portable")
        w = counting.starting_weights()
        # Updates of exactly 0, before others and after: the test `update > 0` at its edge.
        found += [
            Probe(counting, {"synapse_1": np.zeros_like(w["synapse_1"])}),
            Probe(counting, {"y": np.ones((4, 1)), "alpha": 1e4}),
            Probe(counting, {"y": np.zeros((4, 1)), "alpha": 1e4}),
        ]
    if stem == "dnn":
        narrow = {"layers": np.array([2.0, 1, 1, 2]), "weights": np.linspace(-1, 1, 9)}
        found += [Probe(replace(first.run, iterations=3), narrow), _few_digits()]
    if stem == "one_layer":
        found.append(Probe(few, {"X": np.array([[0.5, -2, 3], [1, 0, 7]]), "y": np.ones((2, 1))}))
    return found


def _few_digits() -> Probe:
    """The digits' network with so few of them that a mutant does not take seconds to judge."""
    (setting,) = settings(load_case(CASES / "dnn-digits.toml"))
    run = Run(setting, "python", "portable", 2)
    given = arguments(run, {})
    few = {name: given[name][:20] for name in ("data", "y_true", "new_data", "new_y_true")}
    # so trained it says one class of all, and there are true ones below and above that
    return Probe(run, few | {"c": 1.0, "learning_rate": 0.5})


def disagreement_in_runs(mutant: Mutant) -> str:
    """The first probe and quantity that is not the other language's; empty where all are."""
    train = mutated.train(mutant)
    for i, probe in enumerate(probes(mutant.stem)):
        found = train(probe.run, probe.arguments())
        good = good_result(mutated.other(mutant.language), mutant.stem, i)
        if list(found) != list(good):
            return f"{probe}: returned {', '.join(found)}"
        for quantity in probe.run.case.quantities:
            pair = (found.get(quantity), good[quantity])
            python, r = pair if mutant.language == "python" else pair[::-1]
            if _differs(probe, quantity, python, r, np.shape(good[quantity])):
                return f"{probe}: {quantity}"
    return ""


def _differs(probe: Probe, quantity: str, python: Any, r: Any, shape: tuple[int, ...]) -> bool:
    run = probe.run
    if run.arithmetic == "portable":
        return differ(python, r, shape)
    if quantity not in run.case.trajectories:
        return False
    spread = _spread(run.case.name).of(run.setting, quantity)
    assert spread is not None
    return differ(python, r, shape, spread[: shape[0]])


def differ(python: Any, r: Any, shape: tuple[int, ...], spread: Any = None) -> bool:
    """Whether the project's own comparison calls the two different; without a spread, to a bit."""
    return compare_arrays(python, r, shape, spread).fails


@cache
def good_result(language: str, stem: str, i: int) -> Result:
    """What the good code of a language gives for a probe."""
    probe = probes(stem)[i]
    return mutated.good(mutated.in_language(probe.run, language), probe.arguments())


@cache
def _spread(name: str) -> Spread:
    return Spread(load_case(CASES / f"{name}.toml"))
