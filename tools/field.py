"""python -m tools.field FOLDER: verify pairs from public reports, whose verdicts are known.

Each folder below FOLDER holds a pair and `expect.json`, which has the right verdicts on it.
Prints right, open or wrong for each; *open* is an output that is judged rightly as different, whose
reason is not named. Exit codes: 0 nothing wrong, 1 something is, 2 not every pair could be read.
"""

import argparse
import json
import re
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from compare.verify.explanations import UNKNOWN

OUTPUT = ["case", "variant", "start", "output"]
RIGHT, OPEN, WRONG = "right", "open", "wrong"
GOOD = {"identical", "agree"}
# what the pair's own report excuses: no digit left, or a tie of rounding
UNDETERMINED_IS_RIGHT = {"03": "jump", "22": "no digit left"}
TYPES = re.compile(r"^(type|shape|names|warning|vacuous|\d+ of \d+)\b")


def verified(folder: Path) -> pd.DataFrame:
    """The values of every pair below a folder, judged."""
    with tempfile.TemporaryDirectory() as scratch:
        out = Path(scratch) / "report"
        command = [sys.executable, "-m", "compare", "verify", str(folder), "--out", str(out)]
        subprocess.run(command, stdout=subprocess.DEVNULL, check=False)
        values, explained = (
            pd.read_csv(out / f"{name}.csv", dtype=str, keep_default_na=False)
            for name in ("values", "explanations")
        )
    named = explained[explained["hypothesis"] != UNKNOWN].drop_duplicates(OUTPUT)
    with_reason = values.merge(named[[*OUTPUT, "hypothesis"]], on=OUTPUT, how="left")
    reason = with_reason["hypothesis"].mask(with_reason["verdict"].isin(GOOD)).fillna("")
    return with_reason.assign(note=(with_reason["note"] + "; " + reason).str.strip("; "))


def chosen(values: pd.DataFrame, case: str, key: str) -> pd.DataFrame:
    """The rows that a key of `expect.json` means: an output, or some of its values."""
    name, _, index = key.partition("[")
    rows = values[(values["case"] == case) & (values["output"] == name)]
    index = index.rstrip("]")
    if ".." in index:
        first, last = map(int, index.split(".."))
        return rows[rows["index"].isin([str(i) for i in range(first, last + 1)])]
    return rows[rows["index"] == index] if index else rows


def reason_noted(rows: pd.DataFrame) -> bool:
    """Whether a note says more than types, shapes and warnings."""
    notes = [part.strip() for note in rows["note"] for part in note.split(";")]
    return any(note and not TYPES.match(note) for note in notes)


def judged(word: str, number: str, rows: pd.DataFrame) -> str:
    """Whether what was found is what the report asks for."""
    verdicts, notes = set(rows["verdict"]), " ".join(rows["note"])
    if rows.empty:
        return WRONG
    if word.startswith("agree") and word not in ("agree_normwise", "agree_loose"):
        return RIGHT if verdicts <= GOOD else WRONG
    if word in ("agree_normwise", "agree_loose"):
        if verdicts <= GOOD:
            return RIGHT
        return RIGHT if reason_noted(rows[~rows["verdict"].isin(GOOD)]) else OPEN
    if word == "ulp":
        return RIGHT if verdicts <= GOOD | {"disagree"} else WRONG
    if word in ("disagree", "disagree_small"):
        excuse = UNDETERMINED_IS_RIGHT.get(number, "\0")
        allowed = {"disagree", "undetermined"} if excuse in notes else {"disagree"}
        return RIGHT if verdicts <= allowed else WRONG
    if word == "disagree_some":
        return RIGHT if "disagree" in verdicts else WRONG
    if word.startswith("not_determined") or word in ("ill_conditioned", "loss"):
        if "undetermined" in verdicts or reason_noted(rows):
            return RIGHT
        return OPEN if "disagree" in verdicts else WRONG
    if word in ("not_repeatable", "not_comparable"):
        if verdicts & {"not comparable"} or reason_noted(rows):
            return RIGHT
        return OPEN if "disagree" in verdicts else WRONG
    if word in ("structure", "flag"):
        return RIGHT if all(rows["note"] != "") else WRONG
    raise ValueError(f"unknown word {word!r}")


def of_case(folder: Path, values: pd.DataFrame) -> list[tuple[str, str, str, str]]:
    """Case, word, key and right, open or wrong, for everything that a pair's file expects."""
    expect = json.loads((folder / "expect.json").read_text(encoding="utf-8"))
    number, found = expect["id"], []
    for word, keys in expect["keys"].items():
        if word == "warning_R":
            notes = " ".join(values.loc[values["case"] == folder.name, "note"])
            found.append((folder.name, word, str(keys), RIGHT if keys in notes else WRONG))
            continue
        for key in keys:
            if word == "flag" and number == "51":
                continue  # it changes a copy of its own
            rows = chosen(values, folder.name, key)
            found.append((folder.name, word, key, judged(word, number, rows)))
    return found


def main(arguments: Sequence[str] | None = None) -> int:
    """Verify all pairs, print what is right, and count."""
    parser = argparse.ArgumentParser(prog="python -m tools.field")
    parser.add_argument("folder", type=Path)
    folder: Path = parser.parse_args(arguments).folder
    cases = sorted(path.parent for path in folder.glob("*/expect.json"))
    if not cases:
        print(f"{folder}: no pairs with an expect.json below it", file=sys.stderr)
        return 2
    values = verified(folder)
    found = [line for case in cases for line in of_case(case, values)]
    for case, word, key, verdict in found:
        rows = chosen(values, case, key)
        print(f"{verdict:6} {case:32} {word:22} {key:14} {', '.join(sorted(set(rows['verdict'])))}")
    print(", ".join(f"{n} {verdict}" for verdict, n in Counter(v for *_, v in found).items()))
    return 1 if any(verdict == WRONG for *_, verdict in found) else 0


if __name__ == "__main__":
    sys.exit(main())
