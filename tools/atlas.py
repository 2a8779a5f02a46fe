"""python -m tools.atlas: functions that people take for the same, as this program finds them.

Verifies `examples/atlas` and prints the page `docs/atlas.md`: for each function the verdict, the
determined digits of both languages, the reason that was found, and what both documentations say.
`*-equal` is the same function with the arguments that make both equal. Exit codes: 0 every verdict
and reason is as documented, 1 one is not, 2 a pair could not be compared.
"""

import subprocess
import sys
import tempfile
import tomllib
from collections import Counter
from pathlib import Path
from typing import Any

import pandas as pd

from compare import ROOT
from compare.case.pair import load_pairs
from compare.verify.explanations import UNKNOWN

ATLAS = ROOT / "examples" / "atlas"
GROUPS = (
    *("descriptive", "arithmetic", "algebra", "curves", "distributions", "hypotheses"),
    *("multivariate", "words"),
)
EQUAL = "-equal"
GOOD = {"identical", "agree", "missing"}
FACTS = {"few values", "where", "part", "offset", "jump"}
TOLD = {"named": "yes", "fact": "a fact only", "none": "no", "wrong": "wrongly"}


def verified(folder: Path, names: list[str]) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Outputs and explanations of some pairs of the atlas."""
    out = folder / "report"
    files = [str(ATLAS / f"{name}.pair.toml") for name in names]
    command = [sys.executable, "-m", "compare", "verify", *files, "--out", str(out)]
    subprocess.run(command, stdout=subprocess.DEVNULL, check=False, cwd=ROOT)
    outputs, explanations = (
        pd.read_csv(out / f"{name}.csv", dtype=str, keep_default_na=False)
        for name in ("outputs", "explanations")
    )
    return outputs, explanations


def judged(
    name: str, outputs: pd.DataFrame, explanations: pd.DataFrame, documented: dict[str, Any]
) -> str:
    """How well a difference was explained: named, fact, none or wrong; empty where all agrees."""
    verdicts = set(outputs.loc[outputs["case"] == name, "verdict"])
    if verdicts <= GOOD:
        return "wrong" if name in documented else ""
    reasons = set(documented.get(name, {}).get("reasons", []))
    rows = explanations[explanations["case"] == name]
    found = set(rows["hypothesis"])
    if found <= {UNKNOWN}:
        return "none"
    if found & reasons:
        return "named"
    caused = set(rows.loc[rows["advice"] != "", "hypothesis"])
    return "fact" if caused <= FACTS else "wrong"


def page(outputs: pd.DataFrame, explanations: pd.DataFrame) -> tuple[str, Counter[str]]:
    """The table in Markdown, and how many differences were explained how."""
    documented = tomllib.loads((ATLAS / "documented.toml").read_text(encoding="utf-8"))
    count: Counter[str] = Counter()
    lines = []
    for group in GROUPS:
        lines += [f"\n## {group.capitalize()}\n", *HEAD]
        for pair in load_pairs([str(ATLAS)]):
            if pair.functions["python"].startswith(f"{group}.py") and not _is_equal(pair.name):
                told = judged(pair.name, outputs, explanations, documented)
                count[told or "agree"] += 1
                lines.append(_row(pair.name, told, outputs, explanations, documented))
    return "\n".join(lines), count


HEAD = (
    "| function | verdict | digits in Python, R | named | reason found | documented |",
    "|---|---|---|---|---|---|",
)


def _is_equal(name: str) -> bool:
    return name.endswith(EQUAL)


def _row(
    name: str,
    told: str,
    outputs: pd.DataFrame,
    explanations: pd.DataFrame,
    documented: dict[str, Any],
) -> str:
    own = outputs[outputs["case"] == name]
    found = explanations[explanations["case"] == name]
    reasons = [row["evidence"] or row["hypothesis"] for _, row in found.iterrows()]
    advice = [f"*{row['advice']}*" for _, row in found.iterrows() if row["advice"]]
    equal = outputs.loc[outputs["case"] == f"{name}{EQUAL}", "verdict"]
    verdict = " / ".join(dict.fromkeys(own["verdict"]))
    if len(equal):
        verdict += f", then {' / '.join(dict.fromkeys(equal))}"
    digits = ", ".join(" / ".join(dict.fromkeys(own[k])) for k in ("python_digits", "r_digits"))
    cells = (
        f"[{name}](../examples/atlas/{name}.pair.toml)",
        verdict,
        digits if digits != ", " else "",
        TOLD.get(told, ""),
        " ".join([*dict.fromkeys(reasons), *dict.fromkeys(advice)][:3]),
        documented.get(name, {}).get("documented", ""),
    )
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


def main() -> int:
    """Verify, and print the page."""
    names = [pair.name for pair in load_pairs([str(ATLAS)])]
    with tempfile.TemporaryDirectory() as folder:
        outputs, explanations = verified(Path(folder), names)
    table, count = page(outputs, explanations)
    differing = sum(count[told] for told in TOLD)
    equal = outputs[outputs["case"].map(_is_equal)]
    print(
        "# An atlas of functions that look the same\n\n"
        "Made by `make atlas` from `examples/atlas`: functions of NumPy, SciPy, pandas and Python "
        "beside those of R\nthat people take for the same, each with the inputs of its case file. "
        "*Then* is the verdict with the arguments\nthat make both equal. The last column is what "
        "both documentations say.\n\n"
        f"Of {count.total()} functions {count['agree']} agree and {differing} differ. Of these "
        f"{count['named']} have their reason named, {count['fact']} a\nfact without a cause, "
        f"{count['none']} no known pattern, {count['wrong']} a wrong one."
    )
    print(table)
    if (outputs["verdict"] == "not compared").any():
        return 2
    return 1 if count["wrong"] or not set(equal["verdict"]) <= GOOD else 0


if __name__ == "__main__":
    sys.exit(main())
