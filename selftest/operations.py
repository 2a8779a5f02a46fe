"""Faults in the three operations of an arithmetic, and in the noise that measures rounding."""

from unittest.mock import patch

import numpy as np

import python_impl.arithmetic
from compare import CASES
from compare.case.case import load_case
from compare.case.setting import settings
from compare.evidence.spread import Spread, spread_again
from compare.judge.references import CONTRADICTED, judge_spread
from compare.run import r_session
from selftest import mutated
from selftest.mutant import Mutant
from selftest.probes import differ

EXPECTED_UP, EXPECTED_DOWN, NOISE_ERROR = 1 / 4, 3 / 8, 0.01  # of 100,000 draws
ROUNDING = 1e-14  # of the mean of twelve numbers near 1


def disagreement_in_operations(mutant: Mutant) -> str:
    """The portable operations on matrices of other shapes than the cases have, and the noise."""
    generator = np.random.default_rng(1)
    a, b = generator.normal(size=(3, 4)), generator.normal(size=(4, 2))
    good = python_impl.arithmetic.portable
    if mutant.language == "r":
        inside = mutated.sourced(mutant)("arithmetic_portable")
        product = r_session.call(inside.rx2("matmul"), {"a": a, "b": b})
        mean = r_session.call(inside.rx2("mean"), {"x": a})
    else:
        wrong = mutated.module(mutant).portable
        product, mean = wrong.matmul(a, b), wrong.mean(a)
        batch = generator.normal(size=(2, 3, 4))
        if differ(wrong.mean(batch), np.array([good.mean(x) for x in batch]), (2,)):
            return "mean of a batch"
        native = mutated.module(mutant).native.mean(batch)
        if np.shape(native) != (2,) or np.abs(native - good.mean(batch)).max() > ROUNDING:
            return "native mean of a batch"
    if differ(product, good.matmul(a, b), (3, 2)):
        return "matmul of 3 x 4 and 4 x 2"
    if differ(np.reshape(mean, 1), np.reshape(good.mean(a), 1), (1,)):
        return "mean of 3 x 4"
    return _disagreement_in_noise(mutant) if mutant.language == "python" else ""


def _disagreement_in_noise(mutant: Mutant) -> str:
    """What is wrong with the noise: one way more often, or another spread than is stored."""
    # 0.5 + 0.5 u moves up where u > 2^-53, down where u < -2^-54, of u within +-2^-52
    noisy = mutated.module(mutant).noisy
    sigmoids = noisy(1).sigmoid(np.zeros((1000, 100)))  # sigmoid(0) = 0.5
    products = noisy(1).matmul(np.ones((1000, 1)), np.full((1, 100), 0.5))
    for what, moved in (("sigmoid", sigmoids), ("product", products)):
        up, down = np.mean(moved > 0.5), np.mean(moved < 0.5)
        if abs(up - EXPECTED_UP) > NOISE_ERROR or abs(down - EXPECTED_DOWN) > NOISE_ERROR:
            return f"noise moves a {what} of 0.5 up in {up:.1%} and down in {down:.1%} of cases"
    if (noisy(2).sigmoid(np.zeros((10, 10))) == noisy(3).sigmoid(np.zeros((10, 10)))).all():
        return "two seeds give the same noise"
    for name in ("clark-example-2", "clark-example-2-nnet"):
        case = load_case(CASES / f"{name}.toml")
        setting = settings(case)[0]
        with patch("compare.evidence.spread.arithmetic_in_python", lambda *_: noisy):
            verdict, reason, _ = judge_spread(setting, Spread(case), spread_again(setting))
        if verdict == CONTRADICTED:
            return f"{setting}: spread of {reason}"
    return ""
