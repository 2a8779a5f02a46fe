"""What was decided of a claim, and whether that is the verdict that was reviewed."""

from dataclasses import dataclass

from .verdicts import CHANGED, REVIEWED

HOLDS, FAILS, HOLDS_IF = "holds", "does not hold", "holds if "


@dataclass(frozen=True)
class Decision:
    """``verdict``: holds, does not hold, or holds if ...; ``evidence``: what was measured."""

    verdict: str
    evidence: str

    def __post_init__(self) -> None:
        if self.verdict not in (HOLDS, FAILS) and not self.verdict.startswith(HOLDS_IF):
            raise ValueError(f"{self.verdict!r} is not a verdict")


def review(now: str, reviewed: str, evidence: str) -> tuple[str, str]:
    """Is a verdict still the one that was reviewed? As reviewed or changed, and the reason."""
    if now == reviewed:
        return REVIEWED, ""
    return CHANGED, f"now {now!r}, reviewed as {reviewed!r}: {evidence}"
