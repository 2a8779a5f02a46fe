"""What the page says with numbers, made again from the files beside it, not by its own code."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pandas as pd

from compare.case.setting import start_in_words
from compare.report.page.pairs import MOST_ROWS


@dataclass(frozen=True)
class Files:
    """What stands beside the page, read without the product's code."""

    folder: Path
    tables: dict[str, pd.DataFrame] = field(default_factory=dict)

    def __getitem__(self, name: str) -> pd.DataFrame:
        if name not in self.tables:
            path = self.folder / f"{name}.csv"
            texts = {"index": str, "printed": str, "proved": str, "variant": str}
            self.tables[name] = pd.read_csv(path, dtype=texts)
        return self.tables[name]

    def json(self, name: str) -> Any:
        return json.loads((self.folder / name).read_text(encoding="utf-8"))

    def native(self, case: str) -> pd.DataFrame:
        runs = self["trajectories"]
        return runs[(runs["case"] == case) & (runs["arithmetic"] == "native")]


def counted(verdicts: "pd.Series[str]") -> str:
    return ", ".join(f"{n} {verdict}" for verdict, n in verdicts.value_counts().items())


def of_everything(files: Files) -> Iterator[str]:
    """The headline, what stands in the tiles, what was left open, how much is folded away."""
    published, agreement = files["published"], files["agreement"]
    native = agreement.loc[agreement["arithmetic"] == "native", "verdict"].value_counts()
    portable = agreement[agreement["arithmetic"] == "portable"]
    printed = sum(case["printed_numbers"] for case in files.json("cases.json"))
    yield (
        f"All {printed} published numbers are accounted for, and R and Python nowhere differ by "
        f"more than rounding explains; {native['undetermined']} quantities with fewer "
        "than six determined digits pass by portable runs and windows."
    )
    verdicts = published["verdict"].value_counts()
    yield f"{verdicts['reproduced']} of {len(published)}"
    yield f"{native['identical'] + native['agree']} of {native.sum()}"
    yield f"{(portable['verdict'] == 'identical').sum()} of {len(portable)}"
    enclosed = published.dropna(subset="proved")
    digits = enclosed[["digits_correct", "digits_printed"]].sum()
    yield f"{digits['digits_correct']:,.0f} of {digits['digits_printed']:,.0f}"
    yield (
        f"{verdicts['within rounding']} within rounding, {verdicts['undetermined']} undetermined; "
        f"{len(published) - printed} of {printed} numbers checked in both languages"
    )
    yield (
        f"{native['identical']} identical, {native['agree']} agree, "
        f"{native['undetermined']} undetermined"
    )
    whole = (portable["iterations"] == "all").sum()
    yield f"{whole} over all iterations, {len(portable) - whole} over the first ones"
    yield f"of the {published['proved'].notna().sum()} numbers whose exact value is enclosed"
    mutants = files["selftest"].drop(columns=["language", "kind"]).sum()
    yield f"{mutants['killed'] + mutants['killed_by_error']:,} of {mutants['mutants']:,}"
    yield (
        f"{mutants['equivalent']} change no value, {mutants['explained']} explained, "
        f"{mutants['survived']} survived"
    )
    references = files["references"]
    proofs = references[references["kind"] == "proof"]
    unproved = proofs[proofs["verdict"] == "unproved"]
    names = "; ".join(
        f"{row['case']}, {start_in_words(row['start'])}" for _, row in unproved.iterrows()
    )
    yield (
        f"not compared: nothing · not proved: {len(unproved)} of {len(proofs)} settings ({names})"
    )
    yield f"{len(unproved)} settings without a proof, judged by their measured spread alone"
    groups = enclosed.groupby(["case", "variant", "printed_by", "quantity"])
    wrong = sum((g["digits_printed"] > g["digits_correct"]).any() for _, g in groups)
    yield f"{wrong} printed tables with a digit that is not correct"
    oracles = files["oracles"].drop(columns="case").drop_duplicates()
    worst = oracles.loc[oracles["n_values"] > 0, "ratio_to_tolerance"].max()
    yield (
        "Against a mistake that both languages share, "
        f"{oracles['n_values'].sum():,} values of both are checked by oracles: formulas written in "
        "another way and evaluated in balls, derivatives by complex steps, and steps worked by "
        f"hand. The largest difference is {worst:.2f} of its tolerance, four times what rounding "
        "can do to the formula. oracles.csv"
    )


def of_folds(files: Files) -> Iterator[str]:
    cases = files.json("cases.json")
    drawn = [c for c in cases if len(set(files.native(c["name"])["variant"])) > 2]
    series = [files.native(c["name"])["python"].to_numpy() for c in drawn]
    repeated = sum(
        any(a.shape == b.shape and (a == b).all() for a in series[:i]) for i, b in enumerate(series)
    )
    grids = sum(c["printed_numbers"] > 0 for c in drawn) - repeated
    yield f"{sum(not files.native(c['name']).empty for c in cases) - grids} other cases"
    shown = files["predictions"].groupby(["case", "variant", "start"]).size()
    yield f"{(shown <= MOST_ROWS).sum() - 6} more settings"


def of_cases(files: Files) -> Iterator[str]:
    for case in files.json("cases.json"):
        name = case["name"]
        parts = []
        published, agreement = files["published"], files["agreement"]
        if case["printed_numbers"]:
            verdicts = published.loc[published["case"] == name, "verdict"]
            parts.append(f"{len(verdicts)} printed numbers: {counted(verdicts)}")
        for arithmetic, unit in (
            ("native", "quantities in native arithmetic"),
            ("portable", "in portable arithmetic"),
        ):
            chosen = (agreement["case"] == name) & (agreement["arithmetic"] == arithmetic)
            if chosen.any():
                verdicts = agreement.loc[chosen, "verdict"]
                parts.append(f"{len(verdicts)} {unit}: {counted(verdicts)}")
        yield "; ".join(parts) + "."
        last = files.native(name)["iteration"].max()
        length = (
            f"{case['iterations']:,} iterations"
            if case["iterations"]
            else f"stops by itself, here after {last:,} iterations"
        )
        starts = ", ".join(f"{start_in_words(s)} (seed {n})" for s, n in case["starts"].items())
        yield f"{case['python']} beside {case['r']}; {length}; {starts}."


def names(files: Files) -> list[str]:
    """What stands on the page as it stands in a file: names, titles, notes, machines; the longest
    first."""
    results = files.json("results.json")
    found = {fact for fact in results["provenance"].values() if isinstance(fact, str)}
    for evidence in results["evidence"].values():
        found |= set(evidence["facts"].values())
    for case in files.json("cases.json"):
        found |= {case[key] for key in ("name", "title", "source", "note") if case[key]}
    found |= set(files["agreement"]["variant"]) | set(files["references"]["reason"].dropna())
    return sorted(found, key=len, reverse=True)
