"""What `nnmirror prove` does, and its exit code."""

import argparse

from .. import CASES
from ..case.case import load_cases
from ..case.setting import settings
from ..evidence.proof import Proof, is_proved, save
from ..evidence.prove import prove
from ..report.console import progress_bars, say_failures
from ..run.cluster import on_cluster
from ..run.pool import Failure, run_all


def prove_cases(options: argparse.Namespace) -> int:
    """Prove what is not proved yet."""
    todo = [
        setting
        for case in load_cases(CASES, options.cases)
        for setting in settings(case)
        if options.again or not is_proved(setting)
    ]

    def keep(number: int, proof: Proof | Failure) -> None:
        if not isinstance(proof, Failure):  # an interruption loses only the rest
            save(todo[number], proof)

    with on_cluster(options.dask), progress_bars() as progress:
        done = progress("proofs", len(todo))
        proofs = run_all(prove, todo, options.jobs, options.timeout, done, keep)
    return 2 if say_failures(zip(todo, proofs, strict=True)) else 0
