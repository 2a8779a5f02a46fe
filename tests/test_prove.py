from collections.abc import Callable

import mpmath
import numpy as np
import pytest
from flint import arb, ctx

from compare.balls import accurate_bits, interval, overlap
from compare.case import Case
from compare.proof import load, path_of
from compare.prove import TooFewBitsError, prove, reprove, stored, train_on_balls
from compare.runs import Run, Setting, arguments, python_function, settings
from python_impl.arithmetic import Arithmetic
from tests.conftest import Copy


def setting_of(case: Case, start: str, variant: str = "-") -> Setting:
    (found,) = (s for s in settings(case) if (s.start, s.variant.name) == (start, variant))
    return found


@pytest.mark.parametrize("start", ["numpy", "r"])
@pytest.mark.parametrize(
    ("name", "variant"), [("clark-example-2", "-"), ("clark-example-3", "alpha=10")]
)
def test_every_output_is_a_ball_with_a_radius_and_100_bits(
    cases: dict[str, Case], name: str, variant: str, start: str
) -> None:
    setting = setting_of(cases[name], start, variant)
    found = train_on_balls(setting, bits=640, iterations=50)
    assert list(found) == list(setting.case.quantities)
    for values in found.values():
        assert values.dtype == object
        for ball in values.flat:
            assert isinstance(ball, arb)
            assert not ball.is_exact()
            assert ball.rel_accuracy_bits() >= 100


def test_the_working_precision_is_given_back(cases: dict[str, Case]) -> None:
    before = ctx.prec
    train_on_balls(setting_of(cases["clark-example-1"], "r"), 320, iterations=1)
    assert ctx.prec == before


def test_too_few_bits_are_noticed_before_the_end(cases: dict[str, Case]) -> None:
    with pytest.raises(TooFewBitsError):
        train_on_balls(setting_of(cases["clark-example-2"], "numpy"), 120, iterations=600)


def test_a_chunked_training_is_the_training(cases: dict[str, Case]) -> None:
    setting = setting_of(cases["clark-example-1"], "r")
    found = train_on_balls(setting, 320, iterations=1200)
    run = Run(setting.case, setting.variant, "r", "python", "native", 1200)
    doubles = python_function(setting.case.python)(**arguments(run, run.starting_weights()))
    for name, values in doubles.items():
        np.testing.assert_allclose([float(b) for b in found[name].flat], values.ravel(), rtol=1e-12)


@pytest.mark.parametrize("start", ["numpy", "r"])
def test_twice_the_precision_proves_the_same_numbers(cases: dict[str, Case], start: str) -> None:
    setting = setting_of(cases["clark-example-1"], start)
    kept = load(setting).values
    finer = stored(setting.case, train_on_balls(setting, 640))
    assert sum(map(len, kept.values())) == sum(map(len, finer.values())) > 290
    for quantity, values in kept.items():
        for index, enclosure in values.items():
            assert overlap(enclosure, finer[quantity][index])
            assert enclosure[0][:30] == finer[quantity][index][0][:30]


def test_another_library_computes_the_proved_numbers(cases: dict[str, Case]) -> None:
    """A second opinion: mpmath has its own arithmetic, and no balls."""
    setting = setting_of(cases["clark-example-1"], "r")
    run = Run(setting.case, setting.variant, "r", "python", "native", 3000)
    exact = np.vectorize(mpmath.mpf, otypes=[object])
    given = {
        name: exact(value) if isinstance(value, np.ndarray) else value
        for name, value in arguments(run, run.starting_weights()).items()
    }
    by_mpmath = Arithmetic(
        matmul=np.matmul,
        sigmoid=np.vectorize(lambda x: 1 / (1 + mpmath.exp(-x)), otypes=[object]),
        mean=lambda x: x.mean(axis=(-2, -1)),
    )
    with mpmath.workprec(400):
        error = python_function(setting.case.python)(**given, arithmetic=by_mpmath)["error"]
        proved = load(setting).values["error"]
        checked = [i for i in proved if i < 3000]
        assert len(checked) > 200
        for i in checked:
            off = abs(error[i] - mpmath.mpf(proved[i][0]))
            assert off <= mpmath.mpf(proved[i][1]) + mpmath.mpf(10) ** -60


def test_a_proof_that_balls_cannot_give_names_the_branch(
    cases: dict[str, Case], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("compare.prove.BITS", (320, 640))
    proof = prove(setting_of(cases["clark-example-2-nnet"], "r"))
    assert proof.values == {}
    assert proof.reason.startswith("640 bits do not decide the branch `moving = ")
    assert proof.reason.endswith("of nnet.py")


def test_the_first_iterations_are_proved_again(cases: dict[str, Case]) -> None:
    setting = setting_of(cases["clark-example-3"], "numpy", "alpha=1")
    again = reprove(setting)
    assert list(again) == ["error"]
    assert max(again["error"]) == 199
    assert all(
        overlap(load(setting).values["error"][i], e)
        for i, e in again["error"].items()
        if i in load(setting).values["error"]
    )


def test_stored_strings_come_from_balls_of_30_digits(cases: dict[str, Case]) -> None:
    found = train_on_balls(setting_of(cases["clark-example-1"], "r"), 320, iterations=10)
    assert min(accurate_bits(values) for values in found.values()) > 110
    midpoint, radius = interval(found["error"][9])
    assert len(midpoint) > 32
    assert float(radius) < 1e-34


@pytest.mark.parametrize(
    ("wrong", "expected"),
    [
        (lambda line: ",".join([*line.split(",")[:3], "1e-60"]), "contradicted"),
        (lambda line: line.replace("0.", "0.0", 1), "contradicted"),
        (lambda line: line.replace(",", ";"), "damaged"),
    ],
    ids=["a radius too small", "a wrong midpoint", "no CSV"],
)
def test_a_wrong_stored_proof_is_caught(
    copy: Copy, cases: dict[str, Case], wrong: Callable[[str], str], expected: str
) -> None:
    kept = path_of(setting_of(cases["clark-example-1"], "r"))
    path = copy.folder / "compare" / "reference" / kept.parent.name / kept.name
    lines = path.read_text().split("\n")
    at = next(i for i, line in enumerate(lines) if line.startswith("error,9,"))
    lines[at] = wrong(lines[at])
    path.write_text("\n".join(lines))
    done = copy.compare("verify", "clark-example-1")
    assert done.returncode == (1 if expected == "contradicted" else 2), done.stdout
    assert expected in done.stdout
    assert "error[9]: stored" in done.stdout or expected == "damaged"
