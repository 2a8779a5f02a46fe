"""What a paper's supplement or a README shows of a verification: half a page, and a badge."""

import hashlib
from pathlib import Path
from xml.sax.saxutils import escape

from ...safety.inert import in_markdown
from ..status import STATUS, verify_command
from .stored import Stored
from .text import listed

COLOURS = {"holds": "#17692f", "fails": "#b3261e", "incomplete": "#845400"}
LETTER, PADDING, HEIGHT = 7, 10, 20  # of a badge, in pixels


def certificate(stored: Stored, folder: Path) -> str:
    """Verdict, versions, processor, counts, digests and the command that repeats it."""
    results, facts = stored.results, stored.results.provenance
    lines = {
        "verdict": f"{STATUS[results.exit_code]}: {results.verdict}",
        "date, commit": f"{facts.get('written', 'unknown')}, {facts.get('commit', 'unknown')}",
        "languages": f"Python {facts.get('Python', 'unknown')}; {facts.get('R', 'R unknown')}",
        "packages": ", ".join(f"{n} {facts[n]}" for n in ("numpy", "rpy2") if n in facts),
        "processor": f"with {facts.get('CPU', 'unknown')}; {facts.get('libm', 'libm unknown')}",
        "BLAS": f"{facts.get('NumPy BLAS', 'unknown')}; in R {facts.get('R BLAS', 'unknown')}",
        **{unit: listed(n) for unit, n in _counts(stored).items() if any(n.values())},
        **dict(line.split(": ", 1) for line in results.left_open),
        "values.csv": f"SHA-256 {hashlib.sha256((folder / 'values.csv').read_bytes()).hexdigest()}",
    }
    kinds = stored["references"]
    digests = kinds[kinds["kind"].str.startswith("digest")]
    if len(digests) and (digests["verdict"] == "holds").all():
        lines["portable runs"] = (
            f"{len(digests)} of both languages have the digests that they have on every machine: "
            f"digests.txt, SHA-256 {results.digests}"
        )
    table = "\n".join(f"| {in_markdown(k)} | {in_markdown(v)} |" for k, v in lines.items() if v)
    again = verify_command(facts, bool(results.functions))
    command = "\n".join(f"    {line}" for line in again)
    return (
        f"# R beside Python: certificate of nnmirror\n\n| | |\n| --- | --- |\n{table}\n\n"
        f"To repeat it:\n\n{command}\n"
    )


def _counts(stored: Stored) -> dict[str, dict[str, int]]:
    results = stored.results
    outputs = stored["outputs"]["verdict"].value_counts()
    digits = results.proved_digits
    proved = {f"of {digits['printed']:,} printed digits": digits["correct"]} if stored.cases else {}
    return {
        "printed numbers": results.printed_checks,
        **{f"quantities, {name} arithmetic": counts for name, counts in results.pairs.items()},
        "outputs of pairs": {str(verdict): int(n) for verdict, n in outputs.items()},
        "proved correct": proved,
    }


def badge(stored: Stored) -> str:
    """A picture of the verdict in a few words, as they stand at the top of a README."""
    status = STATUS[stored.results.exit_code]
    n = stored.results.printed_numbers
    left, right = "nnmirror", f"{status}, {n:,} numbers" if n else status
    widths = [len(text) * LETTER + 2 * PADDING for text in (left, right)]
    parts = [
        f'<rect x="{x}" width="{width}" height="{HEIGHT}" fill="{colour}"/>'
        f'<text x="{x + width / 2}" y="14" fill="#fff" text-anchor="middle" '
        f'font-family="Verdana, DejaVu Sans, sans-serif" font-size="11">{escape(text)}</text>'
        for x, width, colour, text in (
            (0, widths[0], "#24292f", left),
            (widths[0], widths[1], COLOURS[status], right),
        )
    ]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{sum(widths)}" height="{HEIGHT}" '
        f'role="img" aria-label="{escape(left)}: {escape(right)}">{"".join(parts)}</svg>\n'
    )
