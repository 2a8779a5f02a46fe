"""Which printed digits are correct, and how many of what was computed here."""

from typing import Any

import pandas as pd

from ...case.schema import LANGUAGE_NAMES
from ...case.setting import SETTING, name_in
from .stored import Stored


def false_digits(stored: Stored) -> pd.DataFrame:
    """The printed tables with a digit that is not correct, each with its worst number."""
    published = stored["published"]
    rows = []
    for key, numbers in published[published["proved"] != ""].groupby(
        ["case", "variant", "printed_by", "quantity"], sort=False
    ):
        case, variant, language, quantity = map(str, key)
        printed, correct = numbers["digits_printed"], numbers["digits_correct"]
        lost = (printed - correct).reset_index(drop=True)
        if not lost.max() > 0:
            continue
        at = int(lost.argmax())
        rows.append(
            {
                "case": case,
                "variant": variant,
                "printed by": language,
                "quantity": quantity,
                "correct digits": f"{correct.sum():.0f} of {printed.sum():.0f}",
                "worst": numbers["printed"].iloc[at],
                "exactly": numbers["proved"].iloc[at],
            }
        )
    columns = ["case", "variant", "printed by", "quantity", "correct digits", "worst", "exactly"]
    return pd.DataFrame(rows, columns=columns)


def fewest_correct_digits(stored: Stored) -> pd.DataFrame:
    """Of each setting and language, how many digits are proved in its worst value, and where."""
    accuracy = stored["accuracy"].dropna(subset="min_lre")
    rows = []
    for key, table in accuracy.groupby(SETTING, sort=False):
        row: dict[str, Any] = dict(zip(SETTING, key, strict=True))
        row |= dict.fromkeys(LANGUAGE_NAMES.values(), "-")
        for language, values in table.groupby("language"):
            at = values.iloc[int(values["min_lre"].argmin())]
            place = f"{at['quantity']}[{at['index']:.0f}]"
            name = LANGUAGE_NAMES.get(str(language), str(language))
            row[name] = f"{at['min_lre']:.1f} in {place}"
        rows.append(row)
    return pd.DataFrame(rows, columns=[*SETTING, *LANGUAGE_NAMES.values()])


def unproved(stored: Stored) -> list[tuple[str, str]]:
    """The settings without a proof, each with the reason."""
    references = stored["references"]
    rows = references[(references["kind"] == "proof") & (references["verdict"] == "unproved")]
    return [(name_in(row), str(row["reason"])) for _, row in rows.iterrows()]
