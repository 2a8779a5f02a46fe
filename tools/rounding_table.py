"""python -m tools.rounding_table: what directed rounding and moved inputs do to known functions.

Prints the table of `docs/rounding.md`: for twenty functions of NumPy, SciPy and R the largest
change of any of their values, in units in its last place, by each of the two measures.
"""

import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np

from compare.case.schema import Language
from compare.judge.changes import Changes
from compare.run.leaf import Leaf
from compare.run.probe import MOVED, PLAIN, Answer, Call, probe
from compare.run.rounding import MODES
from compare.run.session import Session

MEMORY, SECONDS = 8.0, 120.0
X = np.linspace(0.05, 0.95, 200)
MATRIX = np.array([[1 / (i + j + 0.5) + (i == j) for j in range(20)] for i in range(20)])
SAMPLE = np.sin(np.arange(1, 201) * 1.7) + X
FUNCTIONS: list[tuple[Language, str, dict[str, Any]]] = [
    ("python", "numpy:exp", {"x": X}),
    ("python", "numpy:tanh", {"x": X}),
    ("python", "numpy:mean", {"a": SAMPLE}),
    ("python", "numpy:std", {"a": SAMPLE}),
    ("python", "numpy:cumsum", {"a": SAMPLE}),
    ("python", "numpy.linalg:solve", {"a": MATRIX, "b": SAMPLE[:20]}),
    ("python", "scipy.special:expit", {"x": X}),
    ("python", "scipy.special:ndtr", {"x": X}),
    ("python", "scipy.special:betainc", {"a": 2.5, "b": 1.5, "x": X}),
    ("python", "scipy.special:gammaln", {"x": X}),
    ("r", "base::exp", {"x": X}),
    ("r", "base::mean", {"x": SAMPLE}),
    ("r", "stats::sd", {"x": SAMPLE}),
    ("r", "base::cumsum", {"x": SAMPLE}),
    ("r", "base::solve", {"a": MATRIX, "b": SAMPLE[:20]}),
    ("r", "stats::pnorm", {"q": X}),
    ("r", "stats::qnorm", {"p": X}),
    ("r", "stats::pbeta", {"q": X, "shape1": 2.5, "shape2": 1.5}),
    ("r", "base::lgamma", {"x": X}),
    ("r", "base::choose", {"n": X, "k": 2}),
]


def main() -> int:
    """Measure and print."""
    print("| language | function | directed rounding | moved inputs |\n|---|---|---:|---:|")
    with tempfile.TemporaryDirectory() as folder, Session(probe, SECONDS) as session:
        for language, function, inputs in FUNCTIONS:
            call = Call(language, function, Path(folder), inputs, None, MEMORY, PLAIN)
            directed, moved = (_largest(session, call, hows) for hows in (MODES, MOVED))
            print(f"| {language} | `{function}` | {directed} | {moved} |", flush=True)
    return 0


def _largest(session: Session, call: Call, hows: tuple[str, ...]) -> str:
    """Largest change, in units in the last place of the value that it is a change of."""
    plain = _leaf(session.do(call))
    changes = Changes(plain)
    for leaf in _members(session, call, hows):
        changes.add(leaf)
    values = np.abs(plain.values.ravel())
    with np.errstate(divide="ignore", invalid="ignore"):
        units = changes.side().spread / np.spacing(values)
    return f"{np.nanmax(units):.3g}"


def _members(session: Session, call: Call, hows: tuple[str, ...]) -> Iterator[Leaf]:
    for how in hows:
        yield _leaf(session.do(Call(**{**vars(call), "how": how})))


def _leaf(answer: Answer) -> Leaf:
    return answer.leaves["value"]


if __name__ == "__main__":
    sys.exit(main())
