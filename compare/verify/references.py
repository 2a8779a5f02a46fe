"""What is stored beside what is proved and measured now."""

from dataclasses import dataclass
from typing import Any

import pandas as pd

from ..case.case import Case
from ..case.schema import LANGUAGE_NAMES, LANGUAGES
from ..case.setting import SETTING, Setting, settings
from ..evidence.digests import read_digests
from ..evidence.proof import Proof
from ..judge.plausible import rounding_errors
from ..judge.references import Judged, Live, judge_directed, judge_proof, judge_spread
from ..numbers.measures import Float64s
from ..run.pool import Failure
from ..run.results import Results
from .digest_rows import has_digests, judge_digests
from .stored import StoredEvidence

COLUMNS = [*SETTING, "kind", "n_values", "bits", "seconds", "verdict", "reason"]


@dataclass(frozen=True)
class Again:
    """What is proved and measured now, by setting."""

    proofs: dict[Setting, Live]
    spreads: dict[Setting, dict[str, Float64s] | Failure]
    directed: dict[Setting, dict[str, dict[str, Float64s]] | Failure]


def references(
    cases: list[Case], results: Results, stored: StoredEvidence, again: Again
) -> pd.DataFrame:
    """Up to five rows for each setting: whether what is stored fits what is found now."""
    rows = []
    kept = frozenset(read_digests())
    for setting in (s for case in cases for s in settings(case)):
        case, proof = setting.case.name, stored.proofs[setting]
        rows.append(_row(setting, "proof", judge_proof(proof, again.proofs.get(setting)), proof))
        python, r = (results.get(setting, language) for language in LANGUAGES)
        errors = rounding_errors(setting, python, r, proof)
        spread = judge_spread(setting, stored.spreads[case], again.spreads[setting], errors)
        rows.append(_row(setting, "spread", spread))
        if setting in again.directed:
            judged = judge_directed(setting, stored.directed[case], again.directed[setting])
            rows.append(_row(setting, "directed rounding", judged))
        for language in LANGUAGES if has_digests(setting.case) else ():
            digests = judge_digests(setting, language, results, kept)
            if digests is not None:
                rows.append(_row(setting, f"digest in {LANGUAGE_NAMES[language]}", digests))
    return pd.DataFrame(rows, columns=COLUMNS)


def _row(setting: Setting, kind: str, judged: Judged, proof: Proof | None = None) -> dict[str, Any]:
    verdict, reason, n = judged
    made_by = proof.made_by if proof else {}
    return {
        **setting.labels,
        "kind": kind,
        "n_values": n,
        "bits": made_by.get("bits", ""),
        "seconds": made_by.get("seconds", ""),
        "verdict": verdict,
        "reason": reason,
    }
