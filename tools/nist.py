"""python -m tools.nist: NIST's certified regressions in both languages, as this program finds them.

Verifies `examples/nist` and prints the page `docs/nist.md`. Exit code 2 where a case has no report.
"""

import re
import sys
import tempfile
from pathlib import Path

from compare import ROOT
from compare.case.pair import PairCase, load_pairs
from compare.library.outcome import NotComparedError, Outcome, run_command

NIST = ROOT / "examples" / "nist"
HEAD = """# NIST's certified regressions

Made by `make nist` from `examples/nist`: least squares by NumPy's `lstsq` and R's `lm` on the
[Statistical Reference Datasets](https://www.itl.nist.gov/div898/strd/), beside the coefficients
that NIST certified. The digits are the log relative error (McCullough 1998), -log10(|x - c| /
|c|), of the coefficient that has fewest; the determined digits are those that rounding leaves,
measured without knowing the certified ones. They belong to this machine's BLAS: another one
moves them by a digit or so.

| data | verdict | Python: certified digits | R | Python: determined digits | R |
|---|---|---|---|---|---|"""
FOOT = """
In every row where the coefficients are found, the certified digits are at least the determined
ones, which know nothing of NIST: that is what determined digits are for. They speak of what is
computed, and do not say whether it is what was meant: *filip* has some, and neither language
finds its coefficients.

*filip* is a polynomial of degree 10 whose powers nearly depend on each other. R's `lm` takes a
column for made up of the others at a tolerance of 1e-7, and leaves its coefficient out as NA
(R-help has discussed it since 2006); NumPy's `lstsq` takes small singular values for zero, and
returns another, shorter solution. *filip-tight* has both tolerances at 0, and both languages
find the first digits of all eleven coefficients.
"""


def row(pair: PairCase, outcome: Outcome) -> str:
    """A line of the table."""
    output = outcome.outputs.iloc[0]
    digits = [certified_digits(output["note"], language) for language in ("Python", "R")]
    cells = (
        f"[{pair.name}](../examples/nist/{pair.path.name})",
        output["verdict"],
        *digits,
        output["python_digits"],
        output["r_digits"],
    )
    return f"| {' | '.join(cells)} |"


def certified_digits(note: str, language: str) -> str:
    """Fewest digits of a language; what is said in their place where it has none."""
    if found := re.search(rf"{language} has (\S+) certified digits", note):
        return found[1]
    if found := re.search(rf"{language} has (\S+) where \S+ is certified", note):
        return {"nan": "a coefficient is NA"}.get(found[1], found[1])
    found = re.search(rf"{language} has (\S+), \S+ from the certified (\S+?),", note)
    return f"none: {float(found[1]):.4g} for {float(found[2]):.4g}" if found else "-"


def main() -> int:
    """Verify, and print the page."""
    lines = []
    for pair in load_pairs([str(NIST)]):
        with tempfile.TemporaryDirectory() as folder:
            try:
                outcome = run_command(pair.path, Path(folder) / "report")
            except NotComparedError as error:
                print(error, file=sys.stderr)
                return 2
        lines.append(row(pair, outcome))
    print(HEAD, *lines, FOOT, sep="\n", end="")
    return 0


if __name__ == "__main__":
    sys.exit(main())
