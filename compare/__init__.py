"""Cases, runs, comparisons, verdicts, report: one direction, no cycles."""

from .run.environment import ROOT as ROOT
from .run.environment import pin

CASES = ROOT / "compare" / "cases"

pin()
