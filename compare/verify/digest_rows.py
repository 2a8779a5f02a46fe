"""The bits of portable runs, in each language alone, beside the digests that are kept."""

from collections.abc import Collection

from ..case.case import Case
from ..case.schema import LANGUAGE_NAMES, PORTABLE, Language
from ..case.setting import Setting
from ..evidence.digests import Digest, digests
from ..judge.references import CONTRADICTED, HOLDS, Judged
from ..run.doctor import python_facts
from ..run.pool import Failure
from ..run.results import Results
from ..run.returned import misshapen

MACHINE = ("CPU", "libm", "libm exp", "NumPy BLAS")


def judge_digests(
    setting: Setting, language: Language, results: Results, kept: Collection[Digest]
) -> Judged | None:
    """Verdict, reason, number of digests that the run of a language reaches.

    None where there are no bits to hold: that is seen, and said, by the comparison of the two runs.
    """
    result = results.get(setting, language, PORTABLE)
    iterations = results.iterations(setting, language, PORTABLE)
    if isinstance(result, Failure) or any(
        misshapen(result.get(quantity), setting.case.shape(quantity, iterations))
        for quantity in setting.case.quantities
    ):
        return None
    found = digests(setting, result, iterations)
    differing = [digest for digest in found if digest not in kept]
    if not differing:
        return HOLDS, "", len(found)
    return CONTRADICTED, _first_of(differing, found, language), len(found)


def has_digests(case: Case) -> bool:
    """Whether it runs in portable arithmetic."""
    return PORTABLE in case.arithmetics


def _first_of(differing: list[Digest], found: list[Digest], language: Language) -> str:
    """Between which two places the bits part, and on what machine."""
    first = min(differing, key=lambda digest: digest.iteration)
    before = [d.iteration for d in found if d.quantity == first.quantity and d not in differing]
    until = f"the first {max(before):,} iterations are as kept, " if before else ""
    facts = python_facts()
    machine = ", ".join(f"{name} {facts[name]}" for name in MACHINE)
    return (
        f"{first.quantity} in {LANGUAGE_NAMES[language]} has other bits than every machine should: "
        f"{until}{first.iteration:,} are not ({machine})"
    )
