"""python -m tools.falseness FOLDER: how often a reason is named that is not the reason.

Two counts over all pairs below FOLDER. *Paired wrongly*: Python's values of one output beside R's
of another of the same length, neither a copy of the other. *Faults*: R's values of an output that
agrees, after something that no hypothesis is about. Prints each reason that is named, and counts.
"""

import argparse
import sys
import threading
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import permutations
from pathlib import Path
from typing import Any

import numpy as np

from compare.case.pair import PairCase, load_pairs
from compare.case.schema import NATIVE
from compare.explain.from_values import explain
from compare.explain.hypothesis import Observed
from compare.numbers.measures import Float64s
from compare.run.probe import probe
from compare.run.session import Session
from compare.verify.experiments import kept_formats
from compare.verify.explanations import observed
from compare.verify.judge_outputs import judge_outputs
from compare.verify.run_pair import run_pair, with_draws

MEMORY, SECONDS = 8.0, 60.0
FRESH = 1e-9  # relative: two outputs that are closer are copies of each other


def _of_one(x: Float64s, generator: np.random.Generator) -> Float64s:
    changed = x.copy()
    changed[generator.integers(x.size)] *= 1 + 1e-4 * generator.normal()
    return changed


FAULTS: dict[str, Callable[[Float64s, np.random.Generator], Any]] = {
    "noise of 1e-3": lambda x, g: x * (1 + 1e-3 * g.normal(size=x.shape)),
    "noise of 1e-7": lambda x, g: x * (1 + 1e-7 * g.normal(size=x.shape)),
    "one value by 1e-4": _of_one,
    "a drift": lambda x, g: x * (1 + 1e-4 * np.arange(1, x.size + 1)),
    "a wave": lambda x, g: x + 0.01 * np.sin(37.1 * x),
    "a power of 1.03": lambda x, g: np.sign(x) * np.abs(x) ** 1.03,
    "damped": lambda x, g: np.tanh(0.7 * x),
    "mixed with its mean": lambda x, g: 0.9 * x + 0.1 * x.mean() + 0.01 * x.max(),
    "smoothed": lambda x, g: (np.r_[x[1:], x[-1]] + 2 * x) / 3,
    "clipped": lambda x, g: np.clip(x, *np.quantile(x, [0.2, 0.8])),
    "summed up": lambda x, g: np.cumsum(x) * 0.37,
    "another half": lambda x, g: np.where(np.arange(x.size) % 2, x, x * g.uniform(0.5, 2)),
}


def outputs(pairs: list[PairCase]) -> Iterator[tuple[str, bool, Observed]]:
    """Name, whether it agrees, and values of every output of numbers."""
    stop = threading.Event()
    for pair in pairs:
        with Session(probe, SECONDS) as session:
            for inputs in pair.inputs:
                runs = run_pair(session, pair, with_draws(inputs), MEMORY, stop)
                formats = kept_formats(session, runs, MEMORY, stop)
                for output in judge_outputs(runs).get(NATIVE, []):
                    seen = observed(runs, output, formats)
                    if seen is not None and np.ptp(seen.python) > 0:
                        good = output.verdict in ("identical", "agree")
                        yield f"{pair.name} {inputs.variant} {output.output}", good, seen


def wrongly_paired(all_outputs: Sequence[tuple[str, bool, Observed]]) -> Iterator[tuple[str, bool]]:
    """What is tried, and whether a reason with a cause is named."""
    for (one, _, a), (other, _, b) in permutations(all_outputs, 2):
        if a.python.shape != b.r.shape or _alike(a, b):
            continue
        tolerance = np.maximum(a.tolerance, b.tolerance)
        yield from _named(f"{one} | {other}", replace(a, r=b.r, tolerance=tolerance))


def _alike(a: Observed, b: Observed) -> bool:
    """Whether two outputs are of one thing: sorted, they are the same in one language."""
    return any(
        np.allclose(np.sort(x), np.sort(y), rtol=FRESH)
        for x, y in ((a.python, b.python), (a.r, b.r), (a.python, b.r))
    )


def faulty(all_outputs: Sequence[tuple[str, bool, Observed]]) -> Iterator[tuple[str, bool]]:
    """What is tried, and whether a reason with a cause is named."""
    for name, agrees, seen in all_outputs:
        if not agrees or seen.r.size < 2:
            continue
        generator = np.random.default_rng(1)
        for fault, change in FAULTS.items():
            changed = np.asarray(change(seen.r, generator), float)
            if (np.abs(changed - seen.r) > seen.tolerance).any():
                yield from _named(f"{name}: {fault}", replace(seen, r=changed))


def _named(what: str, seen: Observed) -> Iterator[tuple[str, bool]]:
    found = [finding.hypothesis for finding in explain(seen)]
    named = any(hypothesis.cause for hypothesis in found)
    if named:
        print(f"{what}: {'; '.join(hypothesis.fact for hypothesis in found)}")
    yield what, named


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the pairs, try what is false, and count."""
    parser = argparse.ArgumentParser(prog="python -m tools.falseness")
    parser.add_argument("folders", type=Path, nargs="+")
    folders = parser.parse_args(arguments).folders
    found = list(outputs(load_pairs([str(folder) for folder in folders])))
    for what, tried in (("paired wrongly", wrongly_paired(found)), ("faults", faulty(found))):
        count = Counter(named for _, named in tried)
        print(f"{what}: {count[True]} of {count.total()} explained")
    return 0


if __name__ == "__main__":
    sys.exit(main())
