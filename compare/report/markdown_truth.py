"""What is true of what was printed, as sections of the report's page."""

import numpy as np
import pandas as pd

from ..case.schema import NO_VARIANT
from ..case.setting import where
from ..safety.inert import in_markdown
from .markdown_table import Code, markdown_table
from .summary import accuracy_sentence, proof_sentence, summarise
from .verification import Verification


def not_reproduced(verification: Verification) -> str:
    """The printed numbers that do not come out to the last digit; empty where all do."""
    rows = verification.published[
        verification.published["verdict"].isin(["within rounding", "undetermined"])
    ]
    if rows.empty:
        return ""
    table = pd.DataFrame(
        {
            "where": [
                f"{where(row)}[{row['index']}], {row['language']}" for _, row in rows.iterrows()
            ],
            "printed": [Code(text) for text in rows["printed"]],
            "here": [Code(repr(v)) for v in rows["recomputed"].astype(float).tolist()],
            "exactly": [Code(value) if value else "-" for value in rows["proved"]],
            "digits in common": [f"{x:.1f}" for x in rows["lre"]],
            "ULP": ["-" if u is None else f"{u:,}" for u in rows["ulp"]],
            "tolerance": [f"{x:.2g}" for x in rows["tolerance"]],
            "verdict": rows["verdict"],
        },
        dtype=object,  # a column of texts would forget how they are shown
    )
    return (
        "## Printed numbers that are not reproduced to the last digit\n\n"
        "ULP: doubles between the value here and the nearest one that prints as published.\n\n"
        + markdown_table(table)
    )


def truth(verification: Verification) -> str:
    """What is true: for each printed table its digits, right and wrong, and the worst number."""
    rows, all_true = [], 0
    groups = verification.published.groupby(
        ["case", "variant", "printed_by", "quantity"], sort=False
    )
    for (case, variant, language, quantity), numbers in groups:
        proved = numbers[numbers["proved"] != ""]
        if quantity in _inputs(verification, str(case)):
            continue
        row = {"case": case, "variant": variant, "printed by": language, "quantity": quantity}
        if proved.empty:
            reason = numbers["unproved"].iloc[0]
            rows.append(row | {"true of printed digits": "-", "worst": f"unproved: {reason}"})
            continue
        lost = (proved["digits_printed"] - proved["digits_correct"]).astype(int)
        worst = proved.iloc[int(lost.argmax())]
        span = f"{proved['digits_correct'].sum():.0f} of {proved['digits_printed'].sum()}"
        detail = (
            f"{worst['printed']}: {worst['digits_correct']:.0f} of {worst['digits_printed']} true"
        )
        if lost.max() == 0:
            all_true += 1
            continue
        worst_text = f"{detail}; exactly {worst['proved']}"
        rows.append(row | {"true of printed digits": span, "worst": worst_text})
    again = summarise(verification)["references"]
    counts = ", ".join(f"{n} {verdict}" for verdict, n in again.items())
    return (
        "## What is true\n\nThe exact result of each training from its starting weights, "
        f"enclosed by arbitrary-precision balls: {proof_sentence(verification)}. Stored references "
        f"checked against ones made now: {counts}. A digit is correct where the printed number is "
        f"within half a unit of it. {all_true} printed tables have correct digits only; the "
        "others:\n\n"
        + markdown_table(pd.DataFrame(rows))
        + "\n\nFewest correct digits (LRE) of what was computed here, over all stored iterations "
        f"and final values; `accuracy.csv` says where. {accuracy_sentence(verification)}.\n\n"
        + markdown_table(_accuracy(verification))
    )


def unproved(verification: Verification) -> str:
    """What has no proof, and why; empty where everything has one."""
    rows = verification.references[verification.references["verdict"] == "unproved"]
    lines = [
        "- "
        + in_markdown(
            f"{row['case']}{'' if row['variant'] == NO_VARIANT else ' ' + row['variant']}: "
            f"{row['reason']}"
        )
        for _, row in rows.iterrows()
    ]
    if not lines:
        return ""
    return "Without a proof, judged by their measured spread alone:\n\n" + "\n".join(lines)


def _inputs(verification: Verification, name: str) -> list[str]:
    return [key for case in verification.cases if case.name == name for key in case.inputs]


def _accuracy(verification: Verification) -> pd.DataFrame:
    if verification.accuracy.empty:
        return verification.accuracy
    rows = []
    for (case, variant, start), table in verification.accuracy.groupby(
        ["case", "variant", "start"], sort=False
    ):
        row = {"case": case, "variant": variant, "start": start}
        for language, values in table.groupby("language"):
            if values["min_lre"].isna().all():
                row[str(language)] = "not compared"
                continue
            worst = values.iloc[int(np.nanargmin(values["min_lre"].astype(float)))]
            place = f"{worst['quantity']}[{worst['index']}]"
            row[str(language)] = f"{worst['min_lre']:.1f} at {place}"
        rows.append(row)
    return pd.DataFrame(rows)
