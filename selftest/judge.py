"""Run a network with a fault beside the other language's good code, and compare."""

import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import numpy as np

from selftest import mutants
from selftest.batches import disagreement_in_batches
from selftest.direct import disagreement_in_checks, disagreement_in_random_numbers
from selftest.fault import Fault
from selftest.nnet import live_nnet, nnet_disagreement
from selftest.operations import disagreement_in_operations
from selftest.outcome import CAUGHT, EQUIVALENT, EXPLAINED, STOPPED, SURVIVED, Outcome
from selftest.probes import disagreement_in_runs, good_result, probes
from selftest.refusals import disagreement_in_defaults, disagreement_in_refusals

SECONDS = 3  # of this process's own time: a fault may loop for ever

Check = Callable[[Fault], str]
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
    elif fault.stem not in CHECKS or fault.stem == "arithmetic":
        for i, _ in enumerate(probes(fault.stem)):
            good_result(mutants.other(fault.language), fault.stem, i)


def _first_disagreement(fault: Fault) -> str:
    in_batches = (disagreement_in_batches,) if fault.language == "python" else ()
    checks = CHECKS.get(fault.stem, (*BY_RUNS, *BY_REFUSALS, *in_batches))
    return next((how for check in checks if (how := check(fault))), "")


def stopped_outcome(fault: Fault, reason: str) -> Outcome:
    """For a fault that took its process with it."""
    return _outcome(fault, STOPPED, reason)


def _outcome(fault: Fault, outcome: str, how: str) -> Outcome:
    return Outcome(fault.language, fault.kind, fault.what, outcome, how)
