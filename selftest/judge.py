"""Run a network with a fault beside the other language's good code, and compare."""

import signal
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any
from unittest.mock import patch

import numpy as np

import python_impl.arithmetic
from compare import CASES, r_session
from compare.case import load_case
from compare.runs import Result, Run, arguments, execute, python_function, settings
from compare.schema import Language
from compare.spread import Spread, spread_again
from compare.truth import CONTRADICTED, judge_spread
from compare.verdicts import compare_arrays
from selftest.faults import Fault
from selftest.nnet import live_nnet, nnet_disagreement
from selftest.outcome import CAUGHT, EQUIVALENT, EXPLAINED, STOPPED, SURVIVED, Outcome

ITERATIONS = 60
CHAPTER = ("clark-example-1", "clark-example-2", "clark-example-3")
PROBES = {
    "arithmetic": dict.fromkeys(CHAPTER, ITERATIONS),
    "one_layer": {"clark-example-1": ITERATIONS},
    "two_layer": dict.fromkeys((*CHAPTER[1:], "trask-direction-changes"), ITERATIONS),
    "error_surface": {"trask-error-surface": ITERATIONS},
    "descent": {"descent-bucket": ITERATIONS, "descent": ITERATIONS},
    "dnn": {"dnn-small": ITERATIONS, "dnn-digits": 1},
}
VARIANTS = ("-", "alpha=0.1", "alpha=10", "alpha=0.005")
EXPECTED_UP, EXPECTED_DOWN, NOISE_ERROR = 1 / 4, 3 / 8, 0.01  # of 100,000 draws
SECONDS = 20  # a fault may loop for ever


class _TimeUpError(Exception):
    pass


@contextmanager
def _time_limit() -> Iterator[None]:
    def stop(*_: object) -> None:
        raise _TimeUpError

    before = signal.signal(signal.SIGALRM, stop)
    signal.alarm(SECONDS)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


def judge_fault(fault: Fault) -> Outcome:
    """Run the code with the fault beside the other language's good code, and compare."""
    _good_results(fault)  # once in a process they take longer than a fault may
    try:
        with _time_limit(), np.errstate(all="ignore"):
            how = _first_disagreement(fault)
    except _TimeUpError:
        return _outcome(fault, STOPPED, f"no end in {SECONDS} s")
    except Exception as error:
        return _outcome(fault, STOPPED, f"{type(error).__name__}: {error}".split("\n")[0])
    if how:
        return _outcome(fault, CAUGHT, how)
    if fault.equivalent:
        return _outcome(fault, EQUIVALENT, fault.equivalent)
    if fault.explained:
        return _outcome(fault, EXPLAINED, fault.explained)
    return _outcome(fault, SURVIVED, "")


def _good_results(fault: Fault) -> None:
    if fault.stem == "nnet":
        live_nnet()
        return
    for i, _ in enumerate(_probes(fault.stem)):
        _good(_other(fault.language), fault.stem, i)


def stopped_outcome(fault: Fault, reason: str) -> Outcome:
    """For a fault that took its process with it."""
    return _outcome(fault, STOPPED, reason)


def _outcome(fault: Fault, outcome: str, how: str) -> Outcome:
    return Outcome(fault.language, fault.kind, fault.what, outcome, how)


def _first_disagreement(fault: Fault) -> str:
    if fault.stem == "nnet":
        return nnet_disagreement(_module(fault).train)
    mutant = _mutant(fault)
    for i, run in enumerate(_probes(fault.stem)):
        given = arguments(run, run.starting_weights())
        if run.iterations is None:
            del given[str(run.case.iterations)]  # what the default says
        found = mutant(run, given)
        good = _good(_other(fault.language), fault.stem, i)
        for quantity in run.case.quantities:
            shape = run.case.shape(quantity, run.iterations)
            spread = None
            if run.arithmetic == "native":
                if quantity not in run.case.trajectories:
                    continue
                spread = _spread(run.case.name).of(run.variant.name, run.start, quantity)
                assert spread is not None
                spread = spread[: shape[0]]
            pair = (found.get(quantity), good[quantity])
            python, r = pair if fault.language == "python" else pair[::-1]
            if compare_arrays(python, r, shape, spread).fails:
                return f"{run}: {quantity}"
    if fault.stem == "arithmetic":
        return _operation_disagreement(fault)
    return _batch_disagreement(fault) if fault.language == "python" else ""


def _operation_disagreement(fault: Fault) -> str:
    """The ordered operations on matrices of other shapes than the cases have, and the noise."""
    generator = np.random.default_rng(1)
    a, b = generator.normal(size=(3, 4)), generator.normal(size=(4, 2))
    good = python_impl.arithmetic.ordered
    if fault.language == "r":
        inside = _sourced(fault)("arithmetic_ordered")
        product = r_session.call(inside.rx2("matmul"), {"a": a, "b": b})
        mean = r_session.call(inside.rx2("mean"), {"x": a})
    else:
        wrong = _module(fault).ordered
        product, mean = wrong.matmul(a, b), wrong.mean(a)
        batch = generator.normal(size=(2, 3, 4))
        one_by_one = np.array([good.mean(x) for x in batch])
        if compare_arrays(wrong.mean(batch), one_by_one, (2,), None).fails:
            return "mean of a batch"
    if compare_arrays(product, good.matmul(a, b), (3, 2), None).fails:
        return "matmul of 3 x 4 and 4 x 2"
    if compare_arrays(np.reshape(mean, 1), np.reshape(good.mean(a), 1), (1,), None).fails:
        return "mean of 3 x 4"
    return _noise_disagreement(fault) if fault.language == "python" else ""


def _batch_disagreement(fault: Fault) -> str:
    """Several networks at once, as the measuring of spreads trains them."""
    for run in {run.case.name: run for run in reversed(_probes(fault.stem))}.values():
        if how := _disagreement_in_a_batch(fault, run):
            return how
    return ""


def _disagreement_in_a_batch(fault: Fault, run: Run) -> str:
    weights = run.starting_weights()
    batch = {name: np.stack([w, -w, w / 2]) for name, w in weights.items()}
    train, good = (
        _mutant(fault),
        python_function(run.case.python),
    )
    found = train(run, arguments(run, batch))
    for i, sign in enumerate((1.0, -1.0, 0.5)):
        alone = good(
            **arguments(run, {name: sign * w for name, w in weights.items()}),
            arithmetic=python_impl.arithmetic.ordered,
        )
        for quantity in run.case.quantities:
            values = found[quantity]
            mine = values[:, i] if quantity in run.case.trajectories else values[i]
            if compare_arrays(mine, alone[quantity], alone[quantity].shape, None).fails:
                return f"{run}, in a batch: {quantity}"
    return ""


def _mutant(fault: Fault) -> Callable[[Run, dict[str, Any]], Result]:
    """Train with the fault, in a run's arithmetic."""
    if fault.language == "python":
        module = _module(fault)

        def in_python(run: Run, given: dict[str, Any]) -> Result:
            home = module if fault.stem == "arithmetic" else python_impl.arithmetic
            name = run.case.python.split(":")[1]
            here = run.case.python.startswith(f"python_impl.{fault.stem}:")
            train = getattr(module, name) if here else python_function(run.case.python)
            result: Result = train(**given, arithmetic=getattr(home, run.arithmetic))
            return result

        return in_python
    inside = _sourced(fault)

    def in_r(run: Run, given: dict[str, Any]) -> Result:
        arithmetic = inside(f"arithmetic_{run.arithmetic}")
        found: Result = r_session.call(
            inside(run.case.r.split("::")[1]), given | {"arithmetic": arithmetic}
        )
        return found

    return in_r


def _sourced(fault: Fault) -> Callable[[str], Any]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"{fault.stem}.R"
        path.write_text(fault.source, encoding="utf-8")
        return r_session.sourced(path, package="nnmirror")


def _module(fault: Fault) -> ModuleType:
    module = ModuleType(f"python_impl.{fault.stem}")
    exec(compile(fault.source, f"{fault.stem}.py", "exec"), module.__dict__)
    return module


@cache
def _probes(stem: str) -> list[Run]:
    """Short runs in both arithmetics, and one for each function that relies on its defaults."""
    runs = [
        Run(setting.case, setting.variant, setting.start, "python", arithmetic, iterations)
        for name, iterations in PROBES[stem].items()
        for setting in settings(load_case(CASES / f"{name}.toml"))
        if setting.variant.name in VARIANTS
        for arithmetic in ("ordered", "native")
    ]
    first = runs[0]
    if stem != "arithmetic":
        runs.append(Run(first.case, first.variant, first.start, "python", "native"))
    return runs


def _other(language: str) -> Language:
    return "r" if language == "python" else "python"


@cache
def _good(language: Language, stem: str, i: int) -> Result:
    """What the good code of a language gives for a probe."""
    run = _probes(stem)[i]
    return execute(replace(run, language=language))


@cache
def _spread(name: str) -> Spread:
    return Spread(load_case(CASES / f"{name}.toml"))


def _noise_disagreement(fault: Fault) -> str:
    """Does the noise round up and down equally often, and is its spread still the stored one?"""
    # 0.5 + 0.5 u moves up where u > 2^-53, down where u < -2^-54, of u within +-2^-52
    moved = _module(fault).noisy(1).sigmoid(np.zeros((1000, 100)))  # sigmoid(0) = 0.5
    up, down = np.mean(moved > 0.5), np.mean(moved < 0.5)
    if abs(up - EXPECTED_UP) > NOISE_ERROR or abs(down - EXPECTED_DOWN) > NOISE_ERROR:
        return f"noise moves 0.5 up in {up:.1%} and down in {down:.1%} of cases"
    for name in ("clark-example-2", "clark-example-2-nnet"):
        setting = settings(load_case(CASES / f"{name}.toml"))[0]
        with patch("compare.spread.noisy", _module(fault).noisy):
            verdict, reason, _ = judge_spread(setting, _spread(name), spread_again(setting))
        if verdict == CONTRADICTED:
            return f"{setting}: spread of {reason}"
    return ""
