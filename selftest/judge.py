"""Run a mutant beside the other language's good code, and compare."""

import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import numpy as np

from selftest import mutated
from selftest.batches import disagreement_in_batches
from selftest.direct import disagreement_in_checks, disagreement_in_random_numbers
from selftest.mutant import Mutant
from selftest.nnet import live_nnet, nnet_disagreement
from selftest.operations import disagreement_in_operations
from selftest.outcome import EQUIVALENT, EXPLAINED, KILLED, KILLED_BY_ERROR, SURVIVED, Outcome
from selftest.probes import disagreement_in_runs, good_result, probes
from selftest.refusals import disagreement_in_defaults, disagreement_in_refusals

SECONDS = 3  # of this process's own time: a mutant may loop for ever

Check = Callable[[Mutant], str]
BY_RUNS: tuple[Check, ...] = (disagreement_in_runs,)
BY_REFUSALS: tuple[Check, ...] = (disagreement_in_refusals, disagreement_in_defaults)
CHECKS: dict[str, tuple[Check, ...]] = {
    "arithmetic": (*BY_RUNS, disagreement_in_operations),
    "checks": (disagreement_in_checks,),
    "random_numbers": (disagreement_in_random_numbers, disagreement_in_defaults),
    "nnet": (nnet_disagreement, disagreement_in_defaults),
}


class _TimeUpError(BaseException):
    """Not an Exception: what is judged may catch those."""


@contextmanager
def _time_limit() -> Iterator[None]:
    def stop(*_: object) -> None:
        raise _TimeUpError

    before = signal.signal(signal.SIGPROF, stop)
    signal.setitimer(signal.ITIMER_PROF, SECONDS)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


def judge_mutant(mutant: Mutant) -> Outcome:
    """Run the mutant beside the other language's good code, and compare."""
    _good_results(mutant)  # once in a process they take longer than a mutant may
    try:
        with _time_limit(), np.errstate(all="ignore"):
            how = _first_disagreement(mutant)
    except _TimeUpError:
        return _outcome(mutant, KILLED_BY_ERROR, f"no end in {SECONDS} s")
    except Exception as error:
        return _outcome(mutant, KILLED_BY_ERROR, f"{type(error).__name__}: {error}".split("\n")[0])
    if how:
        return _outcome(mutant, KILLED, how)
    if mutant.equivalent:
        return _outcome(mutant, EQUIVALENT, mutant.equivalent)
    if mutant.explained:
        return _outcome(mutant, EXPLAINED, mutant.explained)
    return _outcome(mutant, SURVIVED, "")


def _good_results(mutant: Mutant) -> None:
    if mutant.stem == "nnet":
        live_nnet()
    elif mutant.stem not in CHECKS or mutant.stem == "arithmetic":
        for i, _ in enumerate(probes(mutant.stem)):
            good_result(mutated.other(mutant.language), mutant.stem, i)


def _first_disagreement(mutant: Mutant) -> str:
    in_batches = (disagreement_in_batches,) if mutant.language == "python" else ()
    checks = CHECKS.get(mutant.stem, (*BY_RUNS, *BY_REFUSALS, *in_batches))
    return next((how for check in checks if (how := check(mutant))), "")


def killed_by_error(mutant: Mutant, reason: str) -> Outcome:
    """For a mutant that took its process with it."""
    return _outcome(mutant, KILLED_BY_ERROR, reason)


def _outcome(mutant: Mutant, outcome: str, how: str) -> Outcome:
    return Outcome(mutant.language, mutant.kind, mutant.what, outcome, how)
