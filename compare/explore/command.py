"""What `nnmirror explore` prints, and its exit code."""

import argparse
from dataclasses import replace

from ..case.input_sets import Inputs
from ..case.pair import PairCase, load_pairs
from ..case.schema import LANGUAGES
from ..case.written import written
from ..report.console import out, progress_bars, say_problems
from ..report.terminal_pairs import print_pairs
from ..run.doctor import diagnose
from ..run.limits import CALL_SECONDS
from ..safety.errors import CaseError
from ..safety.inert import one_line
from ..verify.pairs import verify_pairs
from .kept import FOUND, keep
from .search import Search, search


def explore(options: argparse.Namespace) -> int:
    """Search, show what was found with its reason, keep it where that was asked for.

    Returns
    -------
    int
        0 nothing was found, 1 something was, 2 no input could be compared.

    Raises
    ------
    CaseError
        There is no such case, more than one, or a function in one language only.
    """
    pairs = load_pairs([options.case])
    if len(pairs) != 1 or len(pairs[0].functions) < len(LANGUAGES):
        what = "one case, with a function in each language, is what can be explored"
        raise CaseError(f"{one_line(options.case)}: {what}")
    (pair,) = pairs
    if say_problems(diagnose()):
        return 2
    with progress_bars() as progress:
        done = progress("inputs", options.inputs)
        result = search(pair, options.inputs, options.seconds, options.seed, options.memory, done)
    drawn = f"{result.drawn:,} input{'' if result.drawn == 1 else 's'}"
    again = f"{drawn} (seed {options.seed}, {result.seconds:.0f} s)"
    if not result.found:
        return _nothing(pair, result, again)
    names = keep(pair, result.found) if options.keep else [FOUND] * len(result.found)
    out.print(f"{pair.name}: the two differ, found in {again}\n", soft_wrap=True)
    for inputs, name in zip(result.found, names, strict=True):
        _show(pair, replace(inputs, variant=name), options.memory)
    kept = f"kept as {', '.join(names)} in {pair.path.name}"
    out.print(kept if options.keep else "--keep adds this to the case file", soft_wrap=True)
    return 1


def _nothing(pair: PairCase, result: Search, again: str) -> int:
    compared = result.drawn - result.refused - result.lost
    out.print(
        f"{pair.name}: nothing found on which the two differ, in {again}: {compared:,} compared, "
        f"{result.refused:,} refused by both languages, {result.lost:,} without an end",
        soft_wrap=True,
    )
    return 0 if compared else 2


def _show(pair: PairCase, inputs: Inputs, memory: float) -> None:
    """The inputs as one writes them, then what `verify` says of them."""
    one = replace(pair, inputs=[inputs], printed=[])
    judged = verify_pairs([one], 1, CALL_SECONDS, memory, lambda *_: lambda: None)
    out.print(written(inputs.values), soft_wrap=True)
    print_pairs(out, judged.outputs, judged.messages, judged.explanations)
