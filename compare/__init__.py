"""Cases, runs, comparisons, verdicts, report: one direction, no cycles."""

from pathlib import Path

from compare.environment import pin

ROOT = Path(__file__).resolve().parents[1]
CASES = ROOT / "compare" / "cases"
REFERENCE = ROOT / "compare" / "reference"

pin()
