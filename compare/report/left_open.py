"""What a verification leaves open."""

from ..case.setting import name_in
from .verification import Verification, not_checked


def left_open(verification: Verification) -> list[str]:
    """What was not compared, not proved, or stored before the code changed: a line for each."""
    n = len(not_checked(verification))
    lines = [f"not compared: {n if n else 'nothing'}"]
    proofs = verification.references[verification.references["kind"] == "proof"]
    unproved = proofs[proofs["verdict"] == "unproved"]
    if len(unproved):
        named = "; ".join(name_in(row) for _, row in unproved.iterrows())
        lines.append(f"not proved: {len(unproved)} of {len(proofs)} settings ({named})")
    if verification.outdated:
        lines.append(f"stored before the code changed: {', '.join(verification.outdated)}")
    return lines
