"""What the page's pictures say, made again from the files beside it."""

import re
from collections.abc import Iterator
from typing import Any

import numpy as np
import pandas as pd

from compare.case.setting import start_in_words
from tests.report.remade import Files


def of_the_first_picture(files: Files, said: set[str]) -> Iterator[str]:
    """What it says, and what its panels do, for the pair that it names."""
    (text,) = (text for text in said if ", both with initial weights from " in text)
    named = re.match(r"(\S+) (\S+), both with initial weights from (NumPy|R)\.", text)
    assert named is not None
    case, variant, start = named[1], named[2], named[3].lower()
    pair = {"case": case, "variant": variant, "start": start}
    runs, judged = files["trajectories"], files["agreement"]
    for column, value in pair.items():
        runs, judged = runs[runs[column] == value], judged[judged[column] == value]
    native = runs[runs["arithmetic"] == "native"]
    at = native.iloc[int((native["r"] - native["python"]).abs().argmax())]
    judged = judged[(judged["quantity"] == at["quantity"]) & (judged["arithmetic"] == "native")]
    why = (
        "rounding alone decides there; it is not determined in double precision"
        if set(judged["verdict"]) == {"undetermined"}
        else "rounding explains it"
    )
    yield (
        f"{case} {variant}, both with {start_in_words(start)}. First, the two side by side. Then "
        f"how far apart they are: most in iteration {at['iteration']:,}, where Python has "
        f"{at['python']:.3g}, R {at['r']:.3g}, and the measured tolerance is "
        f"{at['tolerance']:.2g}: {why}. Last, the same two programs in portable arithmetic, "
        "where both add from left to right and build exp from additions and multiplications: the "
        "same bits in every iteration."
    )
    (facts,) = (facts for facts in files.json("cases.json") if facts["name"] == case)
    yield from _of_quantity(
        facts, str(at["quantity"]), native[native["quantity"] == at["quantity"]]
    )


def small(value: float) -> str:
    return "0" if value == 0 else f"{value:.1e}"


def of_runs(files: Files) -> Iterator[str]:
    """What the pictures of trajectories and of their differences say."""
    for case in files.json("cases.json"):
        table = files.native(case["name"])
        for (_, quantity), rows in table.groupby(["variant", "quantity"], sort=False):
            yield from _of_quantity(case, str(quantity), rows)


def _of_quantity(case: dict[str, Any], quantity: str, rows: pd.DataFrame) -> Iterator[str]:
    ends = "; ".join(
        f"with {start_in_words(str(start))} it goes from {run['python'].iloc[0]:.3g} to "
        f"{run['python'].iloc[-1]:.3g} in Python and {run['r'].iloc[-1]:.3g} in R, after "
        f"{run['iteration'].iloc[-1] + 1:,} iterations"
        for start, run in rows.groupby("start", sort=False)
    )
    yield f"{case['labels'].get(quantity, quantity.replace('_', ' '))} over the iterations: {ends}."
    apart = (rows["r"] - rows["python"]).abs()
    if not apart.any():
        yield "The difference of R and Python is exactly zero at every iteration shown."
        return
    at = rows.iloc[int(apart.argmax())]
    within = "never" if (apart <= rows["tolerance"]).all() else "somewhere"
    yield (
        f"The difference of R and Python is largest at iteration {at['iteration']:,}: "
        f"{small(apart.max())}, where the measured tolerance is {small(at['tolerance'])}; it is "
        f"{within} beyond it."
    )


def of_final_values(files: Files) -> Iterator[str]:
    """What the pictures of final weights, counts, a landscape and balls say."""
    for case in files.json("cases.json"):
        ended = files["final_values"].query("case == @case['name']")
        for figure in case["figure"]:
            if figure["kind"] == "curve":
                yield from _balls(files.native(case["name"]), figure)
                continue
            quantities = figure.get("quantities") or [figure["quantity"]]
            rows = ended[ended["quantity"].isin(quantities)]
            if figure["kind"] in ("weights", "counts"):
                largest = np.log10(rows[["python", "r"]].abs().to_numpy().max())
                limit = 10 ** (np.ceil(2 * largest) / 2)
                yield figure["title"] + (
                    "; colours from 0 to 30,000"
                    if figure["kind"] == "counts"
                    else f"; colours from -{limit:.3g} to {limit:.3g}, on a symmetric logarithmic "
                    "scale"
                )
            for (variant, start), own in rows.groupby(["variant", "start"], sort=False):
                runs = files.native(case["name"])
                runs = runs[(runs["variant"] == variant) & (runs["start"] == start)]
                yield _of_cells(figure, own, runs)


def _of_cells(figure: dict[str, Any], own: pd.DataFrame, runs: pd.DataFrame) -> str:
    python = own["python"]
    if figure["kind"] == "surface":
        ends = [runs[runs["quantity"] == name]["python"].iloc[[0, -1]] for name in figure["path"]]
        (a, c), (b, d) = ends
        n = runs["iteration"].max() + 1
        return (
            f"The error over two weights, from {python.min():.3f} to {python.max():.3f}; the "
            f"descent goes from ({a:.2f}, {b:.2f}) to ({c:.2f}, {d:.2f}) in {n:,} iterations."
        )
    if figure["kind"] == "counts":
        same = "the same" if (python == own["r"]).all() else "differently"
        return (
            f"{len(own)} counts from {python.min():,.0f} to {python.max():,.0f}, "
            f"{python.sum():,.0f} together; Python and R count {same}."
        )
    n = max(int(i) for index in own["index"] for i in index.split(",")) + 1
    proved = [q for q, rows in own.groupby("quantity") if rows["proved"].notna().all()]
    exact = own.loc[own["quantity"].isin(proved), "proved"].astype(float)
    shown = pd.concat([python, own["r"], exact])
    apart = (python - own["r"]).abs()
    at = own.iloc[int(apart.argmax())]
    last = (
        f"Python and R are furthest apart in {at['quantity']}[{at['index']}], "
        f"by {small(apart.max())}."
        if apart.any()
        else "Python and R have the same weights."
    )
    return (
        f"{n} columns of weights, each by Python, R{', exact' * bool(proved)}; values from "
        f"{shown.min():.4g} to {shown.max():.4g}. {last}"
    )


def _balls(runs: pd.DataFrame, figure: dict[str, Any]) -> Iterator[str]:
    low, high = figure["between"]
    for _, run in runs.groupby(["variant", "start"], sort=False):
        x = run.loc[run["quantity"] == figure["path"]]
        outside = x.loc[(x["python"] < low) | (x["python"] > high), "iteration"]
        leaves = (
            "" if outside.empty else f" It leaves the picture at iteration {outside.iloc[0]:,}."
        )
        yield (
            f"A ball on a curve: it starts at {x['python'].iloc[0]:.3g} and is at "
            f"{x['python'].iloc[-1]:.3g} after {x['iteration'].iloc[-1] + 1:,} steps.{leaves}"
        )
