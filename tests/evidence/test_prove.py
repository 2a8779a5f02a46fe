from collections.abc import Callable
from dataclasses import replace

import mpmath
import numpy as np
import pytest
from flint import arb, ctx

from compare.case.case import Case
from compare.case.setting import Setting, settings
from compare.evidence import store as evidence
from compare.evidence.proof import load, path_of
from compare.evidence.prove import TooFewBitsError, prove, reprove, stored, train_on_balls
from compare.evidence.proved_indices import proved_indices
from compare.judge.references import CONTRADICTED, HOLDS, NOT_COMPARED, judge_proof
from compare.numbers.balls import accurate_bits, interval, overlap
from compare.run.runs import Run, arguments, python_function
from python_impl.arithmetic import Arithmetic
from tests.copies import Copy


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
    run = Run(Setting(setting.case, setting.variant, "r"), "python", "native", 1200)
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
    run = Run(Setting(setting.case, setting.variant, "r"), "python", "native", 3000)
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
    monkeypatch.setattr("compare.evidence.prove.BITS", (320, 640))
    proof = prove(setting_of(cases["clark-example-2-nnet"], "r"))
    assert proof.values == {}
    assert proof.reason.startswith("640 bits do not decide the branch `moving = ")
    assert proof.reason.endswith("of nnet.py")
    undecided = str(cases["clark-example-2-nnet"].undecided)
    assert proof.reason == undecided.replace("20480", "640")


def test_the_first_iterations_are_proved_again(cases: dict[str, Case]) -> None:
    setting = setting_of(cases["clark-example-3"], "numpy", "alpha=1")
    again = reprove(setting)
    assert list(again) == ["error"]
    assert list(again["error"]) == [i for i in load(setting).values["error"] if i < 200]
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


@pytest.mark.slow
@pytest.mark.parametrize(
    ("wrong", "forged", "expected"),
    [
        (lambda line: ",".join([*line.split(",")[:3], "1e-60"]), True, "error[9]: stored"),
        (lambda line: line[:-1] + "9", False, "changed by hand"),
        (lambda line: line.replace("0.", "0.0", 1), True, "error[9]: stored"),
        (lambda line: line.replace(",", ";"), True, "is damaged"),
    ],
    ids=["a radius too small", "by hand", "a wrong midpoint", "no CSV"],
)
def test_a_wrong_stored_proof_is_contradicted(
    copy: Copy,
    cases: dict[str, Case],
    wrong: Callable[[str], str],
    forged: bool,
    expected: str,
) -> None:
    kept = path_of(setting_of(cases["clark-example-1"], "r"))
    path = copy.folder / "compare" / "cases" / kept.parent.name / kept.name
    stored = evidence.read(path, "", "")
    (line,) = (line for line in stored.body.split("\n") if line.startswith("error,9,"))
    body = stored.body.replace(line, wrong(line))
    if forged:
        evidence.write(path, stored.header, body)
    else:
        path.write_text(path.read_text().replace(stored.body, body))
    done = copy.compare("verify", "clark-example-1")
    assert done.returncode == (1 if expected.startswith("error") else 2), done.stdout
    assert expected in done.stdout


@pytest.mark.parametrize("name", ["clark-example-1", "dnn-small", "trask-error-surface"])
def test_a_short_run_is_proved_again_as_a_whole(cases: dict[str, Case], name: str) -> None:
    setting = settings(cases[name])[0]
    again = reprove(setting)
    kept = proved_indices(setting.case)
    assert {quantity: list(values) for quantity, values in again.items()} == kept


@pytest.mark.parametrize("notes", [{"seconds": "1000"}, {"bits": "640"}, {"bits": "20"}, {}])
def test_what_a_proof_says_of_its_cost_does_not_decide_what_is_proved_again(
    cases: dict[str, Case], monkeypatch: pytest.MonkeyPatch, notes: dict[str, str]
) -> None:
    setting = setting_of(cases["clark-example-1"], "numpy")
    proof = load(setting)
    monkeypatch.setattr("compare.evidence.prove.BITS", (320, 640))
    said = {} if not notes else proof.made_by | notes
    monkeypatch.setattr("compare.evidence.prove.load", lambda _: replace(proof, made_by=said))
    values = {**proof.values, "synapse_0": dict.fromkeys(range(3), ("1", "0"))}
    again = reprove(setting)
    assert judge_proof(proof, again)[0] == HOLDS
    verdict, reason, _ = judge_proof(replace(proof, values=values), again)
    assert verdict == CONTRADICTED
    assert reason.startswith("synapse_0[0]: stored 1 +/- 0")


def test_a_value_that_is_proved_now_and_not_stored_is_no_agreement(cases: dict[str, Case]) -> None:
    setting = setting_of(cases["clark-example-1"], "numpy")
    proof, again = load(setting), reprove(setting)
    fewer = {name: values for name, values in proof.values.items() if name != "synapse_0"}
    verdict, reason, _ = judge_proof(replace(proof, values=fewer), again)
    assert verdict == NOT_COMPARED
    assert reason == "synapse_0[0]: its proof is not stored"
