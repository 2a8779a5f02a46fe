"""`nnmirror locate` on somebody's pair: the first value that differs, and where it does not.

Both functions run again in other environments, each in a process of its own: other kernels of a
BLAS, another exp, sums without long double. Python of one may stand beside R of another. One in
which both give the same bits names the cause, of functions too that know no arithmetic.
"""

import argparse
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import product
from typing import Any

import numpy as np

from .. import CASES
from ..case.chosen import chosen_cases
from ..case.contract import Contract
from ..case.inputs import largest
from ..case.pair import PairCase, load_pairs
from ..case.schema import LANGUAGE_NAMES, LANGUAGES, NO_VARIANT, PORTABLE, Language
from ..evidence.profiles import DEFAULT, Environment, environments
from ..judge.structure import aligned, plan, side_by_side
from ..numbers.measures import ulp_distance
from ..report.console import out, progress_bars, say_problems
from ..run.doctor import diagnose
from ..run.leaf import PRESENT, Leaf, Leaves
from ..run.limits import CALL_SECONDS
from ..run.probe import PLAIN, Answer
from ..run.recorded import RecordedAnswer
from ..run.rounding import WITHOUT_LONG_DOUBLE
from ..safety.errors import CaseError
from ..safety.inert import one_line
from .elsewhere import CALLS, called, returned
from .values_table import index_text, shown

SMALL = 1e-6  # of the largest number around: a larger difference is no rounding
CAUSES = {
    "OpenBLAS": "the order of sums in NumPy's BLAS",
    "NumPy exp": "NumPy's own exp",
    "glibc": "exp and its like in the C library",
    "R matprod": "the order of sums in R's matrix product",
    "R with OpenBLAS": "the order of sums in R's BLAS",
    f"R {WITHOUT_LONG_DOUBLE}": "sums in long double (64 bits of precision) in R",
    PORTABLE: "the order of sums, or exp, in matmul, sigmoid or mean",
}
Progress = Callable[[str, int], Callable[[], None]]
Side = tuple[Environment, str, Leaves]  # what a language returned, where, and in which call


@dataclass(frozen=True)
class Place:
    """The first value, in the order returned, that is not the same; ``ulp`` None beyond numbers."""

    output: str
    index: str
    python: str
    r: str
    ulp: int | None = None
    is_small: bool = False


def is_own(case: str | None) -> bool:
    """Whether a command line means a case file, not a built-in case."""
    return case is not None and bool(chosen_cases(CASES, [case])[1])


def locate_pairs(options: argparse.Namespace) -> int:
    """Say for each set of inputs where the two sides of a pair first differ, and why.

    Returns
    -------
    int
        0 every function returned, 2 one did not.
    """
    if options.variant or options.start:
        raise CaseError("--variant and --start are for built-in cases")
    pairs = load_pairs([options.case])
    for pair in pairs:
        if len(pair.functions) < len(LANGUAGES):
            raise CaseError(one_line(f"{pair.path}: has a function in one language only"))
    if say_problems(diagnose()):
        return 2
    timeout = options.timeout or CALL_SECONDS
    with progress_bars() as progress:
        return max([_locate(pair, timeout, options.jobs, progress) for pair in pairs])


def _locate(pair: PairCase, timeout: int, jobs: int, progress: Progress) -> int:
    found = {DEFAULT: called(Environment(DEFAULT), pair.path, timeout)}
    results = [
        [returned(found[DEFAULT], k, n, PLAIN) for k in LANGUAGES] for n in range(len(pair.inputs))
    ]
    places = [
        None
        if isinstance(python, str) or isinstance(r, str)
        else first_place(pair, python, r, largest(inputs.values))
        for (python, r), inputs in zip(results, pair.inputs, strict=True)
    ]
    if any(place is not None and place.is_small for place in places):
        found |= _everywhere(pair, timeout, jobs, progress)
    for n, (result, place) in enumerate(zip(results, places, strict=True)):
        inputs = pair.inputs[n]
        named = [name for name in (inputs.variant, inputs.start) if name != NO_VARIANT]
        out.print(one_line(" ".join([pair.name, *named])), style="bold", soft_wrap=True)
        failed = [
            f"  {LANGUAGE_NAMES[language]}: {one_line(answer)}"
            for language, answer in zip(LANGUAGES, result, strict=True)
            if isinstance(answer, str)
        ]
        told = failed or [_told(place)]
        if place is not None and place.is_small:
            told.append(f"  {cause_of(pair, place, n, found)}")
        out.print("\n".join(told), soft_wrap=True, markup=False, highlight=False)
    return 2 if any(isinstance(answer, str) for result in results for answer in result) else 0


def _everywhere(pair: PairCase, timeout: int, jobs: int, progress: Progress) -> dict[str, Any]:
    """What both functions return in every environment but the default one."""
    tried = [environment for environment in environments() if environment.name != DEFAULT]
    done = progress("environments", len(tried))

    def one(environment: Environment) -> Any:
        answers = called(environment, pair.path, timeout)
        done()
        return answers

    with ThreadPoolExecutor(jobs) as threads:
        return dict(zip([e.name for e in tried], threads.map(one, tried), strict=True))


def first_place(
    pair: PairCase, python: Leaves, r: Leaves, size: float = 0.0, only: str | None = None
) -> Place | None:
    """The first value that is not the same double, text or truth value; None where all are.

    Outputs that are declared to differ are passed over; all but one where ``only`` names it.
    ``size`` is the largest number among the inputs.
    """
    opening = plan(python, r, pair.names)
    for sides in side_by_side(opening.apply("python", python), opening.apply("r", r)):
        if only not in (None, sides.output) or _is_declared(pair.outputs.get(sides.output)):
            continue
        if sides.python is None or sides.r is None:
            here = ["not there" if one is None else "there" for one in (sides.python, sides.r)]
            return Place(sides.output, "", here[0], here[1])
        if place := _first(sides.output, sides.python, sides.r, pair.names, size):
            return place
    return None


def _is_declared(contract: Contract | None) -> bool:
    if contract is None:
        return False
    return any((contract.compare, contract.known_difference, contract.index_base))


def _first(
    output: str, python: Leaf, r: Leaf, names: Mapping[str, str], size: float
) -> Place | None:
    match = aligned(python, r, names)
    if match.problem or python.kind != r.kind:
        return Place(output, "", python.type, r.type)
    a, b = python.values.ravel()[match.at_python], r.values.ravel()[match.at_r]
    m, n = python.missing.ravel()[match.at_python], r.missing.ravel()[match.at_r]
    differs = np.flatnonzero((m != n) | ((m == PRESENT) & (a != b)))
    if not differs.size:
        return None
    i = int(differs[0])
    texts = [f"{shown(v[i], k[i])}{_hex(v[i], k[i])}" for v, k in ((a, m), (b, n))]
    where = index_text(i, match.shape)
    if python.kind != "number" or m[i] != n[i]:
        return Place(output, where, texts[0], texts[1])
    size = max(size, *(np.abs(v[np.isfinite(v)]).max(initial=0.0) for v in (a, b)))
    small = bool(abs(a[i] - b[i]) <= SMALL * size)
    return Place(
        output, where, texts[0], texts[1], int(ulp_distance(a[i : i + 1], b[i : i + 1])[0]), small
    )


def _hex(value: Any, missing: int) -> str:
    return f" = {float(value).hex()}" if missing == PRESENT and not isinstance(value, str) else ""


def _told(place: Place | None) -> str:
    if place is None:
        return "  both languages give the same bits"
    at = f"[{place.index}]" if place.index else ""
    apart = "" if place.ulp is None else f"   ({place.ulp:,} ULP apart)"
    lines = [f"  first difference: {place.output}{at}", f"    Python {place.python}"]
    lines.append(f"    R      {place.r}{apart}")
    if not place.is_small:
        lines.append("  which is no rounding: `nnmirror verify` says what it is")
    return "\n".join(lines)


def cause_of(pair: PairCase, place: Place, n: int, found: Mapping[str, Any]) -> str:
    """Which environments make an output the same, the fewest changes first, in a sentence.

    Parameters
    ----------
    n : int
        Which set of inputs.
    found : dict
        By environment, what `called` gave.
    """
    options = sorted(
        product(_sides(found, "python", n, pair), _sides(found, "r", n, pair)),
        key=lambda both: len(_changes(*both)),
    )
    for python, r in options:
        if (python[1] == PORTABLE) != (r[1] == PORTABLE):
            continue
        if first_place(pair, python[2], r[2], only=place.output) is None:
            names = _changes(python, r)
            causes = dict.fromkeys(text for name in names for text in _causes(name))
            return (
                f"{place.output} is the same to the bit with {' and '.join(names)}: "
                f"{' and '.join(causes)}"
            )
    tried = sum(not isinstance(answers, str) for answers in found.values())
    return f"{place.output} is the same to the bit in none of {tried} environments tried here"


def _sides(found: Mapping[str, Any], language: Language, n: int, pair: PairCase) -> list[Side]:
    """What a language returned, once for each different result."""
    portable = (PORTABLE,) if pair.arithmetic else ()
    sides: dict[str, Side] = {}
    known = {environment.name: environment for environment in environments()}
    for how in (PLAIN, *CALLS[language], *portable):
        for name, answers in found.items():
            leaves = returned(answers, language, n, how)
            if not isinstance(leaves, str):
                key = RecordedAnswer.of(Answer(leaves)).model_dump_json() + str(how == PORTABLE)
                sides.setdefault(key, (known[name], how, leaves))
    return list(sides.values())


def _changes(python: Side, r: Side) -> list[str]:
    """Names of what is not as it is by default."""
    names = [side[0].name for side in (python, r) if side[0].name != DEFAULT]
    hows = [side[1] for side in (python, r) if side[1] != PLAIN]
    said = {PORTABLE: "portable arithmetic", WITHOUT_LONG_DOUBLE: f"R {WITHOUT_LONG_DOUBLE}"}
    return list(dict.fromkeys([*names, *(said[how] for how in hows)]))


def _causes(name: str) -> Iterator[str]:
    for part in name.split(", "):
        yield from (text for key, text in CAUSES.items() if part.startswith(key))
