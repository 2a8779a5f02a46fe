"""Charts of what runs end with: weights, counts, a landscape, a ball on its curve."""

from functools import lru_cache
from typing import Any

import altair as alt
import numpy as np
import pandas as pd
from numpy.typing import NDArray

from ...case.figures import Curve, Surface
from .chart import Chart
from .charts import MEASURED, told, vega_lite
from .stored import CaseFacts
from .text import count, small

RED, INK = "#d0342c", "#1b1f24"
MOST_COUNTED = 30_000  # the end of the colours of counts
NEGATIVE, POSITIVE = "#a6470b", "#1f5f99"


def limit_of(values: NDArray[np.float64]) -> float:
    """The end of a scale for all of these values: a power of ten, or half of one."""
    sizes = np.abs(values)
    largest = float(sizes[np.isfinite(sizes)].max(initial=0.0)) or 1.0
    return float(10 ** (np.ceil(2 * np.log10(largest)) / 2))


def weights(final_values: pd.DataFrame, case: CaseFacts, scale_of: NDArray[np.float64]) -> Chart:
    """Final weights as cells: a column for each node; Python, R and the exact value together.

    ``scale_of``: the values that the colours are made for.
    """
    cells = _cells(final_values, case)
    alternative = (
        f"{cells['column'].nunique()} columns of weights, each by "
        f"{', '.join(cells['by'].unique())}; values from {cells['value'].min():.4g} to "
        f"{cells['value'].max():.4g}. {_largest_apart(final_values)}"
    )
    specification = _weights(limit_of(scale_of), cells["line"].nunique())
    return Chart(specification, {"rows": cells}, alternative)


@lru_cache
def _weights(limit: float, n_lines: int) -> dict[str, Any]:
    scale = alt.Scale(
        type="symlog",
        constant=limit / 20,
        domain=[-limit, 0, limit],
        range=[NEGATIVE, "#f4f1ec", POSITIVE],
        interpolate="rgb",
    )
    cells = (
        alt.Chart(alt.NamedData("rows"))
        .mark_rect()
        .encode(
            alt.X("column:O", title="node", axis=alt.Axis(labelAngle=0, labelOverlap=True)),
            alt.Y("line:N", title=None, sort=None).scale(paddingInner=0.12),
            alt.YOffset("by:N", sort=None).scale(paddingInner=0),
            alt.Color("value:Q", legend=None, scale=scale),
            tooltip=told("weight", "by", "value"),
        )
    )
    return vega_lite(cells.properties(height=38 * n_lines))


def _largest_apart(final_values: pd.DataFrame) -> str:
    apart = (final_values["python"] - final_values["r"]).abs().fillna(np.inf)
    at = final_values.iloc[int(apart.argmax())]
    if apart.max() == 0:
        return "Python and R have the same weights."
    return (
        f"Python and R are furthest apart in {at['quantity']}[{at['index']}], "
        f"by {small(apart.max())}."
    )


def _cells(final_values: pd.DataFrame, case: CaseFacts) -> pd.DataFrame:
    """One row for each value and its maker; the longer axis of a matrix goes across."""
    cells = list[tuple[int, str, str, str, float]]()
    for quantity, table in final_values.groupby("quantity", sort=False):
        places = [(*map(int, (index or "0").split(",")), 0)[:2] for index in table["index"]]
        down = int(max(a for a, _ in places) > max(b for _, b in places))
        makers = {"Python": table["python"].tolist(), "R": table["r"].tolist()}
        if (table["proved"] != "").all():
            makers["exact"] = [float(x) for x in table["proved"]]
        cells += [
            (
                place[1 - down] + 1,
                f"{case.called(str(quantity))} {place[down] + 1}",
                f"{quantity}[{index}]",
                maker,
                float(f"{value:.6e}"),
            )
            for maker, values in makers.items()
            for place, index, value in zip(places, table["index"], values, strict=True)
        ]
    return pd.DataFrame(cells, columns=["column", "line", "weight", "by", "value"])


def counts(final_values: pd.DataFrame, case: CaseFacts) -> Chart:
    """Whole numbers as cells that show them, one row for each row of weights."""
    cells = _cells(final_values, case).query("by == 'Python'")
    same = (final_values["python"] == final_values["r"]).all()
    alternative = (
        f"{len(cells)} counts from {count(cells['value'].min())} to "
        f"{count(cells['value'].max())}, {count(cells['value'].sum())} together; "
        f"Python and R count {'the same' if same else 'differently'}."
    )
    return Chart(_counts(cells["line"].nunique()), {"rows": cells}, alternative)


@lru_cache
def _counts(n_lines: int) -> dict[str, Any]:
    base = alt.Chart(alt.NamedData("rows")).encode(
        alt.X("column:O", title="node", axis=alt.Axis(labelAngle=0)),
        alt.Y("line:N", title=None, sort=None),
        tooltip=told("weight", "value"),
    )
    scale = alt.Scale(type="symlog", range=["#eef4fb", "#7fb2e5"], domain=[0, MOST_COUNTED])
    cells = base.mark_rect().encode(alt.Color("value:Q", legend=None, scale=scale))
    numbers = base.mark_text(color=INK, fontSize=10).encode(alt.Text("value:Q", format=",d"))
    return vega_lite(alt.layer(cells, numbers).properties(height=22 * n_lines))


def surface(
    figure: Surface, final_values: pd.DataFrame, path: pd.DataFrame, case: CaseFacts
) -> Chart:
    """A matrix as colours, and the path of two trajectories over it."""
    index = final_values["index"].str.split(",", expand=True).astype(int)
    low, high = case.inputs[figure.low], case.inputs[figure.high]
    step = (high - low) / index.iloc[:, 0].max()
    down, across = low + step * (index[0] - 0.5), low + step * (index[1] - 0.5)
    cells = pd.DataFrame(
        {
            "down": down.round(4),
            "across": across.round(4),
            # by more than a pixel into the next, so that no seams show
            "down2": (down + 1.2 * step).round(4),
            "across2": (across + 1.2 * step).round(4),
            "error": [float(f"{v:.4g}") for v in final_values["python"]],
        }
    )
    steps = path.pivot_table(index="iteration", columns="quantity", values="python", sort=False)
    steps = steps[figure.path].dropna().sort_index().reset_index().round(5)
    steps.columns = pd.Index(["iteration", "first", "second"])
    start, end = steps.iloc[0], steps.iloc[-1]
    return Chart(
        _surface(low - step / 2, high + step / 2, *map(case.called, figure.path)),
        {"cells": cells, "path": steps},
        f"The error over two weights, from {cells['error'].min():.3f} to "
        f"{cells['error'].max():.3f}; the descent goes from ({start['first']:.2f}, "
        f"{start['second']:.2f}) to ({end['first']:.2f}, {end['second']:.2f}) in "
        f"{count(end['iteration'] + 1)} iterations.",
    )


@lru_cache
def _surface(low: float, high: float, first: str, second: str) -> dict[str, Any]:
    ends = alt.Scale(domain=[low, high], nice=False)
    legend = alt.Legend(gradientLength=150, format=".2~f")
    ground = (
        alt.Chart(alt.NamedData("cells"))
        .mark_rect(clip=True)
        .encode(
            alt.X("across:Q", title=second, scale=ends),
            alt.X2("across2:Q"),
            alt.Y("down:Q", title=first, scale=ends),
            alt.Y2("down2:Q"),
            alt.Color("error:Q", title="error", scale=alt.Scale(scheme="viridis"), legend=legend),
            tooltip=told("error"),
        )
    )
    walk = (
        alt.Chart(alt.NamedData("path"))
        .mark_line(
            color=RED,
            strokeWidth=2.5,
            strokeJoin="round",
            point=alt.OverlayMarkDef(color=RED, size=18),
        )
        .encode(
            alt.X("second:Q", scale=ends),
            alt.Y("first:Q", scale=ends),
            order="iteration:Q",
            tooltip=told("iteration", "first", "second"),
        )
    )
    return vega_lite(alt.layer(ground, walk).properties(height=340))


def curve(figure: Curve, path: pd.DataFrame, case: CaseFacts) -> Chart:
    """A polynomial, and the red ball: where it began, its steps, and where it came to.

    A ball that leaves the picture is drawn leaving it.
    """
    coefficients = case.inputs[figure.polynomial]
    low, high = figure.between
    x = np.linspace(low, high, 161)
    ground = pd.DataFrame({"x": x.round(4), "height": np.polyval(coefficients, x).round(5)})
    places = path["python"].to_numpy()
    inside = (places >= low) & (places <= high)
    heights = np.polyval(coefficients, places)
    ball = pd.DataFrame({"iteration": path["iteration"], "x": places, "height": heights})
    first_outside = path["iteration"][~inside]
    leaves = np.append(True, inside[:-1])  # a step that begins inside
    ball = ball[inside | leaves].round(6)
    last = ball.tail(1) if inside[-1] else ball.head(0)
    left = [f" It leaves the picture at iteration {count(i)}." for i in first_outside[:1]]
    return Chart(
        _curve(low, high, *_rounded_range(ground["height"]), case.called(figure.path)),
        {"ground": ground, "ball": ball, "last": last},
        f"A ball on a curve: it starts at {places[0]:.3g} and is at {places[-1]:.3g} after "
        f"{count(path['iteration'].iloc[-1] + 1)} steps.{''.join(left)}",
    )


def _rounded_range(heights: "pd.Series[float]") -> tuple[float, float]:
    """Ends of an axis a little beyond the curve."""
    low, high = float(heights.min()), float(heights.max())
    beyond = 0.05 * (high - low)
    return float(f"{low - beyond:.3g}"), float(f"{high + beyond:.3g}")


@lru_cache
def _curve(low: float, high: float, bottom: float, top: float, name: str) -> dict[str, Any]:
    x, height = alt.X("x:Q", title=name), alt.Y("height:Q")
    line = (
        alt.Chart(alt.NamedData("ground"))
        .mark_line(color=MEASURED, strokeWidth=2)
        .encode(
            alt.X("x:Q", title=name, scale=alt.Scale(domain=[low, high], nice=False)),
            alt.Y("height:Q", scale=alt.Scale(domain=[bottom, top], nice=False)),
        )
    )
    dots = alt.OverlayMarkDef(color=RED, size=22)
    steps = (
        alt.Chart(alt.NamedData("ball"))
        .mark_line(color=RED, strokeWidth=1, opacity=0.6, strokeJoin="round", point=dots, clip=True)
        .encode(x, height, order="iteration:Q", tooltip=told("iteration", "x", "height"))
    )
    last = alt.Chart(alt.NamedData("last")).mark_circle(color=RED, size=170, opacity=1)
    return vega_lite(alt.layer(line, steps, last.encode(x, height)))
