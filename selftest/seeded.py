"""Faults in the data, the transport, the results and the references."""

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from typing import Any

import numpy as np

from compare import CASES
from compare.case.case import load_case
from compare.case.setting import setting_of, settings
from compare.evidence.proof import load
from compare.evidence.prove import reprove
from compare.evidence.spread import Spread, spread_again
from compare.judge.pairs import compare_arrays
from compare.judge.printed import check_printed
from compare.judge.references import CONTRADICTED, judge_proof, judge_spread
from compare.run import r_session
from compare.run.runs import Run, arguments, execute
from selftest.outcome import KILLED, SURVIVED, Outcome

ITERATIONS = 60


def seeded() -> list[Outcome]:
    """Faults in the data, the transport, the results and the references."""
    return [*_wrong_data(), *_wrong_transport(), *_wrong_printed(), *_wrong_references()]


def _run(name: str, variant: str, language: str) -> Run:
    case = load_case(CASES / f"{name}.toml")
    return Run(setting_of(case, variant, "r"), language, "native", ITERATIONS)  # type: ignore[arg-type]


def _judged(kind: str, what: str, python: Any, r: Any, shape: tuple[int, ...]) -> Outcome:
    found = compare_arrays(python, r, shape, np.zeros(shape))
    outcome = KILLED if found.fails else SURVIVED
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
        values = execute(Run(setting_of(case, setting.variant.name, "r"), "r", "native"))
        for printed in case.printed_list():
            if printed.language != "r" or printed.quantity in case.inputs or len(printed.text) < 5:
                continue
            spread = Spread(case).of(
                setting_of(case, printed.variant, printed.start), printed.quantity
            )
            shape = case.shape(printed.quantity)
            right = check_printed(printed, values[printed.quantity], shape, spread)
            wrong = replace(printed, text=_other_digit(printed.text, right.tolerance))
            found = check_printed(wrong, values[printed.quantity], shape, spread)
            outcome = KILLED if found.verdict == "mismatch" else SURVIVED
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
            outcome = KILLED if judged[0] == CONTRADICTED else SURVIVED
            yield Outcome("-", "reference", f"{what}: {setting}", outcome, judged[1])
        measured, stored = spread_again(setting), Spread(case)
        for factor in (0.1, 10.0):
            wrong_spread = {name: values * factor for name, values in measured.items()}
            verdict, reason, _ = judge_spread(setting, stored, wrong_spread)
            outcome = KILLED if verdict == CONTRADICTED else SURVIVED
            yield Outcome(
                "-", "reference", f"a spread {factor:g} times: {setting}", outcome, reason
            )


def run_seeded(_: None) -> list[Outcome]:
    """As a task for a child process, since R is needed."""
    return seeded()
