"""The checker is checked: deliberate faults, and whether comparing values notices them."""

import signal
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any
from unittest.mock import patch

import numpy as np
import pandas as pd

import python_impl.arithmetic
from compare import CASES, r_session
from compare.case import Case, Variant, load_case
from compare.faults import Fault, python_faults, r_faults
from compare.proof import load
from compare.prove import reprove
from compare.runs import Result, Run, Setting, arguments, execute, python_function, settings
from compare.spread import Spread, rounding_spread, spread_again
from compare.truth import CONTRADICTED, judge_proof, judge_spread
from compare.verdicts import check_printed, compare_arrays
from python_impl.random_numbers import r_state

ITERATIONS = 60
EXPECTED_UP, EXPECTED_DOWN, NOISE_ERROR = 1 / 4, 3 / 8, 0.01  # of 100,000 draws
SECONDS = 20  # a fault may loop for ever
DEFAULT_MAXIT = 100
ROUNDING_OF_TEN_ITERATIONS = 1e-9
# The first still goes on after 100 iterations; the next four were sought: they tell apart faults
# in the line search and the restarts that no other of 12,000 fits showed.
SOUGHT = [(8, 2), (9, 3), (12, 2), (380, 2), (477, 2)]
NNET_SETTINGS = [*SOUGHT, *((seed, 1 + seed % 6) for seed in range(101, 131))]
CAUGHT, STOPPED, SURVIVED = "caught", "stopped", "survived"
EQUIVALENT, EXPLAINED = "equivalent", "explained"


@dataclass(frozen=True)
class Outcome:
    """What became of a fault.

    Attributes
    ----------
    outcome : str
        ``caught`` by comparing values; ``stopped`` by an error before there were values;
        ``equivalent``, it cannot change a value, and did not; ``explained``, it could, but for
        the reason given no run shows it; ``survived``, which is a failure of the checker.
    """

    language: str
    kind: str
    what: str
    outcome: str
    how: str


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


def all_faults() -> list[Fault]:
    """The faults in the networks and in the arithmetic, in both languages."""
    stems = ("arithmetic", "one_layer", "two_layer")
    in_both = [
        fault for stem in stems for make in (python_faults, r_faults) for fault in make(stem)
    ]
    return [*in_both, *python_faults("nnet")]


def judge_fault(fault: Fault) -> Outcome:
    """Run the code with the fault beside the other language's good code, and compare."""
    try:
        with _time_limit():
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


def stopped_outcome(fault: Fault, reason: str) -> Outcome:
    """For a fault that took its process with it."""
    return _outcome(fault, STOPPED, reason)


def _outcome(fault: Fault, outcome: str, how: str) -> Outcome:
    return Outcome(fault.language, fault.kind, fault.what, outcome, how)


def _first_disagreement(fault: Fault) -> str:
    if fault.stem == "nnet":
        return _nnet_disagreement(fault)
    mutant = _mutant(fault)
    for run in _probes(fault.stem):
        given = arguments(run, run.starting_weights())
        if run.iterations is None:
            del given[str(run.case.iterations)]  # what the default says
        found = mutant(run, given)
        good = _good(_other(run.language), run)
        for quantity in run.case.quantities:
            shape = run.case.shape(quantity, run.iterations)
            spread = None
            if run.arithmetic == "native":
                if quantity not in run.case.trajectories:
                    continue
                spread = _spread(run.case).of(run.variant.name, run.start, quantity)
                assert spread is not None
                spread = spread[: shape[0]]
            pair = (found.get(quantity), good[quantity])
            python, r = pair if fault.language == "python" else pair[::-1]
            if compare_arrays(python, r, shape, spread).verdict == "disagree":
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
        if compare_arrays(wrong.mean(batch), one_by_one, (2,), None).verdict == "disagree":
            return "mean of a batch"
    if compare_arrays(product, good.matmul(a, b), (3, 2), None).verdict == "disagree":
        return "matmul of 3 x 4 and 4 x 2"
    if (
        compare_arrays(np.reshape(mean, 1), np.reshape(good.mean(a), 1), (1,), None).verdict
        == "disagree"
    ):
        return "mean of 3 x 4"
    return _noise_disagreement(fault) if fault.language == "python" else ""


def _batch_disagreement(fault: Fault) -> str:
    """Several networks at once, as the measuring of spreads trains them."""
    run = _probes(fault.stem)[0]
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
            if (
                compare_arrays(mine, alone[quantity], alone[quantity].shape, None).verdict
                == "disagree"
            ):
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
    names = {
        "arithmetic": ("clark-example-1", "clark-example-2", "clark-example-3"),
        "one_layer": ("clark-example-1",),
        "two_layer": ("clark-example-2", "clark-example-3"),
    }[stem]
    runs = [
        Run(setting.case, setting.variant, setting.start, "python", arithmetic, ITERATIONS)
        for name in names
        for setting in settings(load_case(CASES / f"{name}.toml"))
        if setting.variant.name in ("-", "alpha=0.1", "alpha=10")
        for arithmetic in ("ordered", "native")
    ]
    first = runs[0]
    if stem != "arithmetic":
        runs.append(Run(first.case, first.variant, first.start, "python", "native"))
    return runs


def _other(language: str) -> str:
    return "r" if language == "python" else "python"


@cache
def _good_by_key(language: str, key: str) -> Result:
    run = _RUNS[key]
    return execute(Run(run.case, run.variant, run.start, language, run.arithmetic, run.iterations))  # type: ignore[arg-type]


_RUNS: dict[str, Run] = {}


def _good(language: str, run: Run) -> Result:
    key = f"{run} {run.iterations}"
    _RUNS[key] = run
    return _good_by_key(language, key)


@cache
def _spread_by_name(name: str) -> Spread:
    return Spread(load_case(CASES / f"{name}.toml"))


def _spread(case: Case) -> Spread:
    return _spread_by_name(case.name)


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
            verdict, reason, _ = judge_spread(setting, _spread(setting.case), spread_again(setting))
        if verdict == CONTRADICTED:
            return f"{setting}: spread of {reason}"
    return ""


@cache
def _live_nnet() -> list[tuple[dict[str, Any], Result, dict[str, Any]]]:
    """Arguments, live nnet's fit and the rounding spread, over 30 seeds and settings."""
    template = load_case(CASES / "clark-example-2-nnet.toml")
    fits = []
    for seed, size in NNET_SETTINGS:
        wts = {"name": "Wts", "shape": [size * 5 + 1], "low": -0.7, "high": 0.7}
        content = template.model_dump() | {"printed": [], "printed_numbers": 0}
        content["inputs"] |= {
            "size": size,
            "maxit": 30 if seed in range(102, 131, 3) else DEFAULT_MAXIT,
        }
        content["starts"] = {"r": {"seed": seed, "draws": [wts]}}
        case = Case.model_validate(content)
        run = Run(case, Variant("-", {}), "r", "r", "native")
        given = arguments(run, run.starting_weights())
        if content["inputs"]["maxit"] == DEFAULT_MAXIT:
            del given["maxit"]  # what the default says
        fits.append((given, execute(run), rounding_spread(Setting(case, run.variant, "r"))))
    return fits


def _nnet_disagreement(fault: Fault) -> str:
    train = _module(fault).train
    for (seed, size), (given, live, spread) in zip(NNET_SETTINGS, _live_nnet(), strict=True):
        found = train(**given)
        for quantity in spread:
            good = np.asarray(live[quantity])
            judged = compare_arrays(found[quantity], good, good.shape, spread[quantity])
            if judged.verdict == "disagree":
                return f"seed {seed}, size {size}: {quantity}"
    return _nnet_other_disagreement(train)


def _nnet_other_disagreement(train: Callable[..., Result]) -> str:
    """Weights drawn from a state of R's generator, and two outputs, beside live nnet."""
    (given, live, _), state = _live_nnet()[1], r_state(NNET_SETTINGS[1][0])
    drawn = train(**{k: v for k, v in given.items() if k != "Wts"}, random_state=state)
    start = live["weights"][0]
    if compare_arrays(drawn["weights"][0], start, start.shape, None).verdict == "disagree":
        return "weights drawn from a state"
    two = given | {"y": np.hstack([given["y"], 1 - given["y"]]), "maxit": 10}
    two["Wts"] = np.linspace(-0.7, 0.7, 4 * two["size"] + 2 * (two["size"] + 1))
    good = r_session.call("nnmirror::nnet_train", two)
    found = train(**two)
    for quantity in ("value", "weights"):
        near = np.full(good[quantity].shape, ROUNDING_OF_TEN_ITERATIONS)
        if compare_arrays(found[quantity], good[quantity], near.shape, near).verdict == "disagree":
            return f"two outputs: {quantity}"
    return ""


def planted() -> list[Outcome]:
    """Faults in the data, the transport, the results and the references."""
    return [*_wrong_data(), *_wrong_transport(), *_wrong_printed(), *_wrong_references()]


def _run(name: str, variant: str, language: str) -> Run:
    case = load_case(CASES / f"{name}.toml")
    (chosen,) = (v for v in case.variants() if v.name == variant)
    return Run(case, chosen, "r", language, "native", ITERATIONS)  # type: ignore[arg-type]


def _judged(kind: str, what: str, python: Any, r: Any, shape: tuple[int, ...]) -> Outcome:
    found = compare_arrays(python, r, shape, np.zeros(shape))
    outcome = CAUGHT if found.verdict == "disagree" else SURVIVED
    return Outcome("-", kind, what, outcome, found.reason)


def _wrong_data() -> Iterator[Outcome]:
    run = _run("clark-example-2", "-", "python")
    good = execute(run)
    given = arguments(run, run.starting_weights())
    X, y, w = given["X"], given["y"], given["synapse_0"]
    digit, sign, swapped = X.copy(), w.copy(), X[[1, 0, 2, 3]]
    digit[3, 0] = 1.1
    sign[0, 0] *= -1
    for what, changed in (
        ("a digit of X", {"X": digit}),
        ("a sign of a starting weight", {"synapse_0": sign}),
        ("two rows of X swapped", {"X": swapped}),
        ("two rows of y swapped", {"y": y[[1, 0, 2, 3]]}),
        ("one iteration fewer", {"maxiter": ITERATIONS - 1}),
    ):
        wrong = r_session.call(run.case.r, given | changed)
        yield _judged("data", what, good["error"], wrong["error"], (ITERATIONS,))


def _wrong_transport() -> Iterator[Outcome]:
    good = execute(_run("clark-example-2", "-", "python"))
    other = execute(_run("clark-example-3", "alpha=1", "python"))
    wrong_case = execute(_run("clark-example-3", "alpha=10", "r"))
    square, error = good["layer_1"], good["error"]
    holed = error.copy()
    holed[7] = np.nan
    for kind, what, python, r in (
        ("transport", "a matrix transposed", square, square.T.copy()),
        ("transport", "the last row dropped", square, square[:-1]),
        ("transport", "integers for doubles", np.round(square), np.round(square).astype(np.int64)),
        ("transport", "NaN on one side", error, holed),
        ("transport", "a row too many", square, np.vstack([square, square[:1]])),
        ("results", "an empty array", error, error[:0]),
        ("results", "nothing returned", error, None),
        ("results", "a trajectory shifted by one", error, np.roll(error, 1)),
        ("results", "the right numbers of the wrong case", other["error"], wrong_case["error"]),
    ):
        yield _judged(kind, what, python, r, np.shape(python))


def _wrong_printed() -> Iterator[Outcome]:
    """One digit of a printed number changed, for numbers that are not printed in full."""
    for name in ("clark-example-1", "clark-example-2-nnet", "clark-example-3-nnet"):
        case = load_case(CASES / f"{name}.toml")
        setting = settings(case)[-1]
        values = execute(Run(case, setting.variant, "r", "r", "native"))
        for printed in case.printed_list():
            if printed.language != "r" or printed.quantity in case.inputs or len(printed.text) < 5:
                continue
            spread = _spread(case).of(printed.variant, printed.start, printed.quantity)
            shape = case.shape(printed.quantity)
            right = check_printed(printed, values[printed.quantity], shape, spread)
            wrong = replace(printed, text=_other_digit(printed.text, right.tolerance))
            found = check_printed(wrong, values[printed.quantity], shape, spread)
            outcome = CAUGHT if found.verdict == "mismatch" else SURVIVED
            what = f"{printed.text} -> {wrong.text} in {name}"
            yield Outcome("-", "printed digit", what, outcome, found.reason)


def _other_digit(text: str, tolerance: float) -> str:
    """The number with its last digit changed that rounding does not reach."""
    unit = float(Decimal(1).scaleb(int(Decimal(text).as_tuple().exponent)))
    for i in range(len(text) - 1, -1, -1):
        if text[i].isdigit():
            if unit > 4 * tolerance:
                return text[:i] + str((int(text[i]) + 5) % 10) + text[i + 1 :]
            unit *= 10
    raise ValueError(f"rounding reaches every digit of {text}")


def _wrong_references() -> Iterator[Outcome]:
    case = load_case(CASES / "clark-example-1.toml")
    for setting in settings(case):
        again, proof = reprove(setting), load(setting)
        for what, wrong in (
            ("a radius too small", lambda m, r: (m, "1e-55")),
            (
                "a midpoint off in its 30th digit",
                lambda m, r: (m[:31] + "9" + m[32:] if m[31] != "9" else m[:31] + "1" + m[32:], r),
            ),
        ):
            values = {
                **proof.values,
                "error": {i: wrong(*e) for i, e in proof.values["error"].items()},
            }
            judged = judge_proof(type(proof)(values, "", proof.made_by), again)
            outcome = CAUGHT if judged[0] == CONTRADICTED else SURVIVED
            yield Outcome("-", "reference", f"{what}: {setting}", outcome, judged[1])
        measured, stored = spread_again(setting), Spread(case)
        for factor in (0.3, 10.0):
            wrong_spread = {name: values * factor for name, values in measured.items()}
            verdict, reason, _ = judge_spread(setting, stored, wrong_spread)
            outcome = CAUGHT if verdict == CONTRADICTED else SURVIVED
            yield Outcome(
                "-", "reference", f"a spread {factor:g} times: {setting}", outcome, reason
            )


def run_planted(_: None) -> list[Outcome]:
    """As a task for a child process, since R is needed."""
    return planted()


def outcome_table(outcomes: list[Outcome]) -> pd.DataFrame:
    """One row for each language and kind: how many faults, and what became of them."""
    table = pd.DataFrame([vars(outcome) for outcome in outcomes])
    counts = table.pivot_table(
        index=["language", "kind"], columns="outcome", values="what", aggfunc="count", fill_value=0
    )
    kinds = [CAUGHT, STOPPED, EQUIVALENT, EXPLAINED, SURVIVED]
    counts = counts.reindex(columns=kinds, fill_value=0)
    counts.insert(0, "faults", counts.sum(axis=1))
    return counts.reset_index()
