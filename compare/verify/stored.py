"""All that is stored of some cases: spreads, directed rounding and proofs."""

from dataclasses import dataclass, field

from ..case.case import Case
from ..case.setting import Setting, settings
from ..evidence.directed_spread import Directed
from ..evidence.proof import MissingProofError, Proof, command, load
from ..evidence.spread import Spread


@dataclass(frozen=True)
class StoredEvidence:
    """What was measured and proved of some cases before.

    Attributes
    ----------
    spreads, directed : dict
        By the case's name.
    proofs : dict
        By setting; one without values where there is none.
    missing, stale : list of str
        Which proofs there are not, and which were made from other code.
    """

    spreads: dict[str, Spread]
    directed: dict[str, Directed]
    proofs: dict[Setting, Proof] = field(default_factory=dict)
    missing: list[str] = field(default_factory=list)
    stale: list[str] = field(default_factory=list)

    @classmethod
    def of(cls, cases: list[Case]) -> "StoredEvidence":
        """Read it."""
        evidence = cls({c.name: Spread(c) for c in cases}, {c.name: Directed(c) for c in cases})
        for setting in (s for case in cases for s in settings(case)):
            try:
                proof = load(setting)
            except MissingProofError as error:
                proof = Proof({}, str(error), {})
                evidence.missing.append(str(error))
            if proof.stale:
                evidence.stale.append(
                    f"{setting}: its proof is stale, the code changed: {command(setting)}"
                )
            evidence.proofs[setting] = proof
        return evidence

    def problems(self, accept_stale: bool) -> list[str]:
        """What of it cannot be trusted."""
        measured: list[tuple[str, Spread | Directed]] = [
            *self.spreads.items(),
            *self.directed.items(),
        ]
        untrusted = [
            f"{name}: {stored.problem}"
            for name, stored in measured
            if stored.problem and not (accept_stale and stored.stored)
        ]
        stale = [] if accept_stale else self.stale
        return [*untrusted, *self.missing, *stale]
