"""The report as a page of Markdown, short enough for a CI job summary."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from compare.markdown_claims import claim_sections
from compare.markdown_evidence import evidence_sections
from compare.markdown_table import markdown_table, one_line
from compare.page.pictures import Picture
from compare.schema import NO_VARIANT
from compare.sensitivity import worst_of_each_setting
from compare.summary import (
    accuracy_sentence,
    failing,
    judged,
    not_checked,
    oracle_sentence,
    proof_sentence,
    summarise,
    verdict_sentence,
    where,
    window_sentence,
)
from compare.verify import Verification

SHOWN_FAILURES = 20


def markdown(
    found: Verification, provenance: dict[str, str], pictures: Sequence[Picture] = ()
) -> str:
    """The whole page: failures first; ``pictures`` are files beside it."""
    sections = [
        f"# nnmirror\n\n**{verdict_sentence(found)}**",
        _failures(found),
        *(f"![{one_line(p.alternative)}]({p.file})\n\n{p.title}." for p in pictures),
        _overview(found),
        _not_reproduced(found),
        _truth(found),
        _unproved(found),
        _pairs(found),
        _windows(found),
        _iteration_by_iteration(found),
        _predictions(found),
        claim_sections(found),
        _notes(found),
        evidence_sections(),
        _provenance(provenance),
    ]
    return "\n\n".join(section for section in sections if section) + "\n"


def _overview(found: Verification) -> str:
    counts = summarise(found)
    printed = pd.DataFrame({"printed numbers": counts["printed_checks"]})
    pairs = pd.DataFrame(counts["pairs"])
    pairs.columns = [f"{name} pairs" for name in pairs.columns]
    worst = counts["worst"]
    lines = [
        "## What was compared",
        f"{counts['printed_numbers']} published numbers in {counts['cases']} cases, some in both "
        "languages; every quantity of every pair of runs, Python beside R: "
        f"{counts['values_compared']:,} values.",
        markdown_table(printed.rename_axis("verdict").reset_index()),
        markdown_table(pairs.rename_axis("verdict").reset_index()),
    ]
    if worst["ratio"] is not None:
        lines.append(
            f"Largest difference in units of its tolerance: **{worst['ratio']:.2f}** "
            f"({worst['where']}). The tolerance is four times what rounding was measured to do."
        )
    if oracle_sentence(found):
        lines.append(
            f"{oracle_sentence(found)}. That tolerance is four times what rounding can do to the "
            "oracle's own formula, evaluated in balls of 53 bits; `oracles.csv` has each quantity."
        )
    if (found.agreement["verdict"] == "undetermined").any():
        lines.append(
            "*Undetermined*: rounding alone moves the quantity, or the weights it is computed "
            "from, by a tenth of its size or more, so doubles do not determine it. It passes only "
            "because in ordered arithmetic both languages give the same bits at every iteration."
        )
    return "\n\n".join(lines)


def _failures(found: Verification) -> str:
    if all(failing(table).empty for table, _ in judged(found)) and not not_checked(found):
        return ""
    lines = [f"- **{p}**" for p in found.problems]
    for table, unit in judged(found):
        rows = failing(table)
        lines += [
            f"- **{row['verdict']}**: {where(row)} [{row[unit]}]: {one_line(row['reason'])}"
            for _, row in rows.head(SHOWN_FAILURES).iterrows()
        ]
        if len(rows) > SHOWN_FAILURES:
            lines.append(f"- and {len(rows) - SHOWN_FAILURES} more")
    return "## Failures\n\n" + "\n".join(lines)


def _not_reproduced(found: Verification) -> str:
    rows = found.published[found.published["verdict"].isin(["within rounding", "undetermined"])]
    if rows.empty:
        return ""
    table = pd.DataFrame(
        {
            "where": [
                f"{where(row)}[{row['index']}], {row['language']}" for _, row in rows.iterrows()
            ],
            "printed": [f"`{text}`" for text in rows["printed"]],
            "here": [f"`{value!r}`" for value in rows["recomputed"].astype(float).tolist()],
            "exactly": [f"`{value}`" if value else "-" for value in rows["proved"]],
            "digits in common": [f"{x:.1f}" for x in rows["lre"]],
            "ULP": ["-" if u is None else f"{u:,}" for u in rows["ulp"]],
            "tolerance": [f"{x:.2g}" for x in rows["tolerance"]],
            "verdict": rows["verdict"],
        }
    )
    return (
        "## Printed numbers that are not reproduced to the last digit\n\n"
        "ULP: doubles between the value here and the nearest one that prints as published.\n\n"
        + markdown_table(table)
    )


def _truth(found: Verification) -> str:
    """What is true: for each printed table its digits, right and wrong, and the worst number."""
    rows, all_true = [], 0
    groups = found.published.groupby(["case", "variant", "printed_by", "quantity"], sort=False)
    for (case, variant, language, quantity), numbers in groups:
        proved = numbers[numbers["proved"] != ""]
        if quantity in _inputs(found, str(case)):
            continue
        row = {"case": case, "variant": variant, "printed by": language, "quantity": quantity}
        if proved.empty:
            reason = numbers["unproved"].iloc[0]
            rows.append(row | {"true of printed digits": "-", "worst": f"unproved: {reason}"})
            continue
        lost = (proved["digits_printed"] - proved["digits_true"]).astype(int)
        worst = proved.iloc[int(lost.argmax())]
        span = f"{proved['digits_true'].sum():.0f} of {proved['digits_printed'].sum()}"
        detail = (
            f"`{worst['printed']}`: {worst['digits_true']:.0f} of {worst['digits_printed']} true"
        )
        if lost.max() == 0:
            all_true += 1
            continue
        worst_text = f"{detail}; exactly {worst['proved']}"
        rows.append(row | {"true of printed digits": span, "worst": worst_text})
    again = summarise(found)["references"]
    counts = ", ".join(f"{n} {verdict}" for verdict, n in again.items())
    return (
        "## What is true\n\nThe exact result of each training from its starting weights, "
        f"enclosed by arbitrary-precision balls: {proof_sentence(found)}. Stored references "
        f"checked against ones made now: {counts}. A digit is true where the printed number is "
        f"within half a unit of it. {all_true} printed tables have true digits only; the "
        "others:\n\n"
        + markdown_table(pd.DataFrame(rows))
        + "\n\nFewest true digits (LRE) of what was computed here, over all stored iterations and "
        "final values; `accuracy.csv` says where. "
        f"{accuracy_sentence(found)}.\n\n" + markdown_table(_accuracy(found))
    )


def _unproved(found: Verification) -> str:
    rows = found.references[found.references["verdict"] == "unproved"]
    lines = [
        f"- {row['case']}{'' if row['variant'] == NO_VARIANT else ' ' + row['variant']}: "
        f"{one_line(row['reason'])}"
        for _, row in rows.iterrows()
    ]
    if not lines:
        return ""
    return "Without a proof, judged by their measured spread alone:\n\n" + "\n".join(lines)


def _notes(found: Verification) -> str:
    lines = [f"- **{case.name}**: {one_line(case.note)}" for case in found.cases if case.note]
    return "## What was added to the sources\n\n" + "\n".join(lines) if lines else ""


def _inputs(found: Verification, name: str) -> list[str]:
    return [key for case in found.cases if case.name == name for key in case.inputs]


def _accuracy(found: Verification) -> pd.DataFrame:
    if found.accuracy.empty:
        return found.accuracy
    rows = []
    for (case, variant, start), table in found.accuracy.groupby(
        ["case", "variant", "start"], sort=False
    ):
        row = {"case": case, "variant": variant, "start": start}
        for language, values in table.groupby("language"):
            worst = values.iloc[int(values["min_lre"].argmin())]
            place = f"{worst['quantity']}[{worst['index']}]"
            row[str(language)] = f"{worst['min_lre']:.1f} at {place}"
        rows.append(row)
    return pd.DataFrame(rows)


def _pairs(found: Verification) -> str:
    rows = []
    groups = found.agreement.groupby(["case", "variant", "start"], sort=False)
    for (case, variant, start), pair in groups:
        native, ordered = (pair[pair["arithmetic"] == name] for name in ("native", "ordered"))
        ordered_verdicts = ordered["verdict"].value_counts()
        rows.append(
            {
                "case": case,
                "variant": variant,
                "start": start,
                **{v: int((native["verdict"] == v).sum()) for v in ("identical", "agree")},
                "undetermined": int((native["verdict"] == "undetermined").sum()),
                "fewest digits": f"{native['min_lre'].min():.1f}",
                "worst ratio": f"{native['ratio_to_tolerance'].max():.2f}",
                "ordered": ", ".join(f"{n} {v}" for v, n in ordered_verdicts.items()) or "-",
                "iterations": next(iter(ordered["iterations"]), "-"),
            }
        )
    return (
        "## R beside Python\n\nNative quantities by verdict, and the same pair in ordered "
        "arithmetic. `agreement.csv` has every quantity.\n\n" + markdown_table(pd.DataFrame(rows))
    )


def _windows(found: Verification) -> str:
    """What a lie would have to stay below."""
    if found.sensitivity.empty:
        return ""
    return (
        "## The largest change that would pass\n\nIn *windows* both languages go on from the same "
        f"state for a few iterations: {window_sentence(found)}. Relative to each quantity's "
        "largest value over the run, the widest tolerance of each setting; `sensitivity.csv` has "
        "all.\n\n" + markdown_table(worst_of_each_setting(found.sensitivity))
    )


def _iteration_by_iteration(found: Verification) -> str:
    """Every iteration of the short runs that have no ordered arithmetic."""
    sections = []
    for case in found.cases:
        if "ordered" in case.arithmetics or found.trajectories.empty:
            continue
        rows = found.trajectories[found.trajectories["case"] == case.name]
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
            f"### {case.title}\n\nFirst difference: {first}.\n\n" + markdown_table(table)
        )
    if not sections:
        return ""
    return "## The mirror of nnet beside nnet, iteration by iteration\n\n" + "\n\n".join(sections)


def _predictions(found: Verification) -> str:
    if found.predictions.empty:
        return ""
    printed = {
        (case.name, number.variant)
        for case in found.cases
        for number in case.printed_list()
        if number.quantity == case.prediction
    }
    keys = zip(found.predictions["case"], found.predictions["variant"], strict=True)
    table = found.predictions[[key in printed for key in keys]].copy()
    for column in table.select_dtypes("number").columns.difference(["row"]):
        table[column] = [_short(x) for x in table[column]]
    same = int(found.predictions["same_class"].sum())
    return (
        "## Final predictions\n\nThose of which the source prints some; all are in "
        "`predictions.csv`. nnet is another model (it has biases), so its columns have no "
        f"tolerance. Over all step sizes, {same} of {len(found.predictions)} predictions are on "
        "the same side of 0.5 in every model.\n\n" + markdown_table(table)
    )


def _provenance(provenance: dict[str, str]) -> str:
    table = pd.DataFrame({"what": list(provenance), "value": list(provenance.values())})
    return (
        "## Made by\n\n"
        + markdown_table(table)
        + f"\n\nMake it again:\n\n```\n{provenance['command']}\n```"
    )


def _short(x: float) -> str:
    return "-" if np.isnan(x) else f"{x:.6f}" if abs(x) >= 1e-4 or x == 0 else f"{x:.1e}"
