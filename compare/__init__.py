"""Cases, runs, comparisons, verdicts, report: one direction, no cycles."""

from compare.environment import ROOT as ROOT
from compare.environment import pin

CASES = ROOT / "compare" / "cases"
REFERENCE = ROOT / "compare" / "reference"

pin()
