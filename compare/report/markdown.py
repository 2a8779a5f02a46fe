"""The report as a page of Markdown, short enough for a CI job summary."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from ..case.setting import where
from ..judge.verdicts import rank
from ..safety.inert import code_block, in_markdown
from .markdown_claims import claim_sections
from .markdown_evidence import evidence_sections
from .markdown_pairs import pair_sections
from .markdown_table import markdown_table
from .markdown_truth import not_reproduced, truth, unproved
from .page.pictures import Picture
from .pair_summary import pair_summaries
from .sensitivity import worst_of_each_setting
from .summary import (
    oracle_sentence,
    summarise,
    verdict_sentence,
    window_sentence,
)
from .verification import Verification, failing, judged, not_checked

SHOWN_FAILURES = 20
SHOWN_SETTINGS = 10


def markdown(
    verification: Verification, provenance: dict[str, str], pictures: Sequence[Picture] = ()
) -> str:
    """The whole page: failures first; ``pictures`` are files beside it."""
    sections = [
        f"# nnmirror\n\n**{in_markdown(verdict_sentence(verification))}**",
        _failures(verification),
        *(
            f"![{in_markdown(p.alternative)}]({p.file})\n\n{in_markdown(p.title)}."
            for p in pictures
        ),
        pair_sections(verification),
        *(_of_built_in_cases(verification) if verification.cases else ()),
        _provenance(provenance),
    ]
    return "\n\n".join(section for section in sections if section) + "\n"


def _of_built_in_cases(verification: Verification) -> list[str]:
    return [
        _overview(verification),
        not_reproduced(verification),
        truth(verification),
        unproved(verification),
        _pairs(verification),
        _windows(verification),
        _iteration_by_iteration(verification),
        _predictions(verification),
        claim_sections(verification),
        _notes(verification),
        evidence_sections(),
    ]


def _overview(verification: Verification) -> str:
    counts = summarise(verification)
    printed = pd.DataFrame({"printed numbers": counts["printed_checks"]})
    pairs = pd.DataFrame(counts["pairs"])
    pairs.columns = [f"{name} pairs" for name in pairs.columns]
    worst = counts["worst"]
    lines = [
        "## What was compared",
        f"{counts['printed_numbers']} published numbers in {counts['cases_with_numbers']} of "
        f"{counts['cases']} cases, some checked in both languages; every quantity of every pair of "
        f"runs, Python beside R: {counts['values_compared']:,} values.",
        "\n".join(f"- {in_markdown(line)}" for line in counts["left_open"]),
        markdown_table(printed.rename_axis("verdict").reset_index()),
        markdown_table(pairs.rename_axis("verdict").reset_index()),
    ]
    if worst["ratio"] is not None:
        lines.append(
            f"Largest difference in units of its tolerance: **{worst['ratio']:.2f}** "
            f"({in_markdown(worst['where'])}). The tolerance is four times what rounding was "
            "measured to do."
        )
    if oracle_sentence(verification):
        lines.append(
            f"{oracle_sentence(verification)}. That tolerance is four times what rounding can do "
            "to the oracle's own formula, evaluated in balls of 53 bits; `oracles.csv` has each "
            "quantity."
        )
    if (verification.agreement["verdict"] == "undetermined").any():
        lines.append(
            "*Undetermined*: some value has fewer than six digits that rounding leaves alone. It "
            "passes only because both languages give the same bits in portable arithmetic, to the "
            "end where rounding leaves no digit, and agree in every window."
        )
    return "\n\n".join(lines)


def _failures(verification: Verification) -> str:
    if all(failing(table).empty for table, _ in judged(verification)) and not not_checked(
        verification
    ):
        return ""
    lines = [f"- **{in_markdown(p)}**" for p in verification.in_the_way]
    for table, unit in judged(verification):
        rows = failing(table)
        if unit == "values":
            continue  # of pairs, which have a section of their own
        lines += [
            f"- **{in_markdown(row['verdict'])}**: "
            + in_markdown(f"{where(row)} [{row[unit]}]: {row['reason']}")
            for _, row in rows.head(SHOWN_FAILURES).iterrows()
        ]
        if len(rows) > SHOWN_FAILURES:
            lines.append(f"- and {len(rows) - SHOWN_FAILURES} more")
    return "## Failures\n\n" + "\n".join(lines) if lines else ""


def _notes(verification: Verification) -> str:
    lines = [
        f"- **{in_markdown(case.name)}**: {in_markdown(case.note)}"
        for case in verification.cases
        if case.note
    ]
    return "## What was added to the sources\n\n" + "\n".join(lines) if lines else ""


def _pairs(verification: Verification) -> str:
    pairs = pair_summaries(verification.agreement)
    verdicts = sorted({verdict for pair in pairs for verdict in pair.native}, key=rank)
    rows = [
        {
            "case": pair.case,
            "variant": pair.variant,
            "start": pair.start,
            **{verdict: pair.native.get(verdict, 0) for verdict in verdicts},
            "digits in common": f"{pair.min_lre:.1f}",
            "determined digits": f"{pair.digits:.1f}",
            "worst ratio": f"{pair.ratio:.2f}",
            "portable": pair.portable,
        }
        for pair in pairs
    ]
    return (
        "## R beside Python\n\nNative quantities by verdict, and the same pair in portable "
        "arithmetic. `agreement.csv` has every quantity.\n\n" + markdown_table(pd.DataFrame(rows))
    )


def _windows(verification: Verification) -> str:
    """What a lie would have to stay below."""
    if verification.sensitivity.empty:
        return ""
    return (
        "## The largest change that would pass\n\nIn *windows* both languages go on from the same "
        f"state for a few iterations: {window_sentence(verification)}. Relative to each quantity's "
        f"largest value, the widest tolerances of the {SHOWN_SETTINGS} settings that let pass most "
        "over their whole run; `sensitivity.csv` has all.\n\n"
        + markdown_table(worst_of_each_setting(verification.sensitivity).head(SHOWN_SETTINGS))
    )


def _iteration_by_iteration(verification: Verification) -> str:
    """Every iteration of the short runs that have no portable arithmetic."""
    sections = []
    for case in verification.cases:
        if "portable" in case.arithmetics or verification.trajectories.empty:
            continue
        rows = verification.trajectories[verification.trajectories["case"] == case.name]
        table = pd.DataFrame(
            {
                "iteration": rows["iteration"],
                "python": [f"{x:.17g}" for x in rows["python"]],
                "r": [f"{x:.17g}" for x in rows["r"]],
                "difference": [f"{x:.1e}" if x else "0" for x in rows["difference"]],
                "tolerance": [f"{x:.1e}" for x in rows["tolerance"]],
            }
        )
        differ = np.flatnonzero(rows["difference"])
        first = f"iteration {rows['iteration'].iloc[differ[0]]}" if differ.size else "nowhere"
        sections.append(
            f"### {in_markdown(case.title)}\n\nFirst difference: {first}.\n\n"
            + markdown_table(table)
        )
    if not sections:
        return ""
    return "## Alternatives, iteration by iteration\n\n" + "\n\n".join(sections)


def _predictions(verification: Verification) -> str:
    if verification.predictions.empty:
        return ""
    printed = {
        (case.name, number.variant)
        for case in verification.cases
        for number in case.printed_list()
        if number.quantity == case.prediction
    }
    keys = zip(verification.predictions["case"], verification.predictions["variant"], strict=True)
    table = verification.predictions[[key in printed for key in keys]].copy()
    for column in table.select_dtypes("number").columns.difference(["row"]):
        table[column] = [_short(x) for x in table[column]]
    same = int(verification.predictions["same_class"].sum())
    return (
        "## Final predictions\n\nThose of which the source prints some; all are in "
        "`predictions.csv`. An alternative is another model, so its columns have no "
        f"tolerance. Over all step sizes, {same} of {len(verification.predictions)} predictions "
        "are on the same side of 0.5 in every model.\n\n" + markdown_table(table)
    )


def _provenance(provenance: dict[str, str]) -> str:
    table = pd.DataFrame({"what": list(provenance), "value": list(provenance.values())})
    return (
        "## Provenance\n\n"
        + markdown_table(table)
        + f"\n\nMake it again:\n\n{code_block(provenance['command'])}"
    )


def _short(x: float) -> str:
    return "-" if np.isnan(x) else f"{x:.6f}" if abs(x) >= 1e-4 or x == 0 else f"{x:.1e}"
