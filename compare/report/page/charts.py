"""Charts of runs, as Vega-Lite by Altair: for the interactive page and for still pictures."""

from functools import lru_cache
from typing import Any

import altair as alt
import numpy as np
import pandas as pd

from ...case.setting import start_in_words
from .chart import Chart
from .rows import differences
from .text import count, small

PYTHON, R, MEASURED, TOO_WIDE = "#3b7dbd", "#c2601a", "#8a8f98", "#d9a514"
STYLE = {
    "aria": False,
    "background": "transparent",
    "font": "system-ui, sans-serif",
    "view": {"stroke": None, "continuousHeight": 160},
    "axis": {"titleFontWeight": "normal", "labelFontSize": 11, "titleFontSize": 11},
}
EVERY_ROW: dict[str, Any] = {"invalid": None}  # none has to be looked at before it is drawn
MOST_DECADES = 24  # of an axis of differences
GAP = 10**0.5  # how far above zero the axis breaks off; the least difference is ten times as far
START_DASH = {"numpy": [1, 0], "r": [6, 3]}


def vega_lite(chart: Any) -> dict[str, Any]:
    """A chart of Altair's in the report's style, without data."""
    return {**chart.to_dict(validate=False), "config": STYLE}


def _along(what: str = "iteration") -> alt.X:
    """Across: iterations on a logarithmic scale, values one after the other."""
    axis = alt.Axis(format="~s", tickCount=5, grid=False, labelFlush=True)
    is_time = what == "iteration"
    x = alt.X("n:Q", title="iteration + 1" if is_time else f"{what}, counted from 1", axis=axis)
    return x.scale(type="log", nice=False) if is_time else x.scale(nice=False, zero=False)


def told(*fields: str) -> Any:
    """What pointing at a mark tells: these fields of its row, by the page's script.

    Vega would put them into words for every mark, before anybody points at one.
    """
    return alt.value(" ".join(fields))


def _told(along: str = "iteration") -> Any:
    place = ["start", "iteration"] if along == "iteration" else ["n"]
    return told(*place, "python", "r", "difference", "tolerance")


def trajectory(
    rows: pd.DataFrame, shown: pd.DataFrame, quantity: str, scale_of: pd.DataFrame
) -> Chart:
    """Both languages' values over the iterations, a line for each start.

    ``shown``: the rows, rounded. ``scale_of``: the rows that the axis is made for.
    """
    ends = "; ".join(
        f"with {start_in_words(start)} it goes from {first:.3g} to {last:.3g} in Python and "
        f"{last_r:.3g} in R, after {count(n)} iterations"
        for start, first, last, last_r, n in _from_to(rows)
    )
    return Chart(
        _trajectory(quantity, _positive_decades(scale_of), _finite(rows[["python", "r"]])),
        {"rows": shown},
        f"{quantity} over the iterations: {ends}.",
    )


@lru_cache
def _trajectory(quantity: str, decades: tuple[int, int] | None, finite: bool) -> dict[str, Any]:
    if decades is None:
        scale, axis = alt.Scale(zero=False), alt.Axis(format="~g", tickCount=4)
    else:
        scale, axis = _log_scale(*decades), alt.Axis(values=_powers(*decades, 1), format="~g")
    chart = alt.Chart(alt.NamedData("rows")).transform_calculate(n="datum.iteration + 1")
    every_row = EVERY_ROW if finite else {}

    def line(language: str, color: str, width: float, opacity: float) -> Any:
        y = alt.Y(f"{language}:Q", title=quantity, axis=axis, scale=scale)
        dash = alt.StrokeDash("start:N", legend=None).scale(
            domain=list(START_DASH), range=list(START_DASH.values())
        )
        mark = chart.mark_line(
            color=color, strokeWidth=width, opacity=opacity, strokeJoin="round", **every_row
        )
        return mark.encode(_along(), y, dash)

    points = chart.mark_circle(size=90, opacity=0, **every_row).encode(
        _along(), alt.Y("python:Q", scale=scale), tooltip=_told()
    )
    return vega_lite(alt.layer(line("python", PYTHON, 5, 0.45), line("r", R, 1.5, 1), points))


def _from_to(rows: pd.DataFrame) -> list[tuple[str, float, float, float, float]]:
    return [
        (
            str(start),
            table["python"].iloc[0],
            table["python"].iloc[-1],
            table["r"].iloc[-1],
            table["iteration"].iloc[-1] + 1,
        )
        for start, table in rows.groupby("start", sort=False)
    ]


def difference(
    rows: pd.DataFrame, shown: pd.DataFrame, scale_of: pd.DataFrame, along: str = "iteration"
) -> Chart:
    """|R - Python| under its measured envelope; zeros stand on the axis.

    ``shown``: the rows, rounded. ``scale_of``: the rows that the axis is made for. ``along``: what
    the rows are, one after the other.
    """
    too_wide = (rows["tolerance"] > rows["python"].abs()).any()
    return Chart(
        _difference(*_decades(scale_of), bool(rows["tolerance"].any()), bool(too_wide), along),
        {"rows": shown},
        _difference_alternative(rows, along),
    )


@lru_cache
def _difference(
    lowest: int, highest: int, enveloped: bool, too_wide: bool, along: str
) -> dict[str, Any]:
    floor, ceiling = float(f"1e{lowest}"), float(f"1e{highest}")
    axis = alt.Axis(
        values=_powers(lowest, highest, 3),
        labelExpr=f"datum.value < {1.5 * floor} ? '0' : format(datum.value, '.0e')",
    )
    scale = _log_scale(lowest, highest)
    chart = alt.Chart(alt.NamedData("rows")).transform_calculate(
        n="datum.iteration + 1",
        # what JSON has no number for is infinite
        height=f"isValid(datum.difference) ? max(abs(datum.difference), {floor}) : {ceiling}",
        envelope=f"isValid(datum.tolerance) ? max(datum.tolerance, {floor}) : {ceiling}",
    )
    envelope = alt.Y("envelope:Q", title="|R - Python|", axis=axis, scale=scale)
    shape = alt.Shape("start:N", legend=None).scale(
        domain=list(START_DASH), range=["circle", "triangle-up"]
    )
    points = chart.mark_point(size=14, filled=True, color=R, opacity=0.85, **EVERY_ROW).encode(
        _along(along),
        alt.Y("height:Q", title="|R - Python|", axis=axis, scale=scale),
        shape,
        tooltip=_told(along),
    )
    # below it stand the differences that are exactly zero; none lies between
    rule = (
        chart.transform_filter("datum.iteration == 0")
        .mark_rule(color=MEASURED, strokeDash=[2, 3])
        .encode(alt.YDatum(floor * GAP, title="|R - Python|", axis=axis, scale=scale))
    )
    if not enveloped:
        return vega_lite(alt.layer(rule, points))
    steps = {"interpolate": "step-after", **EVERY_ROW}
    bottom, detail = alt.Y2Datum(floor), alt.Detail("start:N")
    area = chart.mark_area(color=MEASURED, opacity=0.28, **steps).encode(
        _along(along), envelope, bottom, detail
    )
    edge = chart.mark_line(color=MEASURED, strokeWidth=1, **steps).encode(
        _along(along), envelope, detail
    )
    if not too_wide:
        return vega_lite(alt.layer(area, edge, rule, points))
    # a tolerance larger than the value itself: rounding leaves it no digit
    wide = (
        chart.transform_calculate(
            wide=f"datum.envelope > abs(datum.python) ? datum.envelope : {floor}"
        )
        .mark_area(color=TOO_WIDE, opacity=0.45, **steps)
        .encode(_along(along), alt.Y("wide:Q", scale=scale), bottom, detail)
    )
    return vega_lite(alt.layer(area, wide, edge, rule, points))


def _finite(values: pd.DataFrame) -> bool:
    return bool(np.isfinite(values.to_numpy()).all())


def _log_scale(lowest: int, highest: int) -> alt.Scale:
    return alt.Scale(type="log", domain=[float(f"1e{lowest}"), float(f"1e{highest}")], nice=False)


def _powers(lowest: int, highest: int, by: int) -> list[float]:
    """At most five powers of ten, evenly spaced by a multiple of ``by``."""
    step = by * max(1, -(-(highest - lowest) // (4 * by)))
    return [float(f"1e{d}") for d in range(lowest, highest + 1, step)]


def _positive_decades(rows: pd.DataFrame) -> tuple[int, int] | None:
    """The powers of ten around all values; None where some are not positive."""
    values = rows[["python", "r"]].to_numpy()
    values = values[np.isfinite(values)]
    if not values.size or not (values > 0).all():
        return None
    lowest, highest = np.log10(values.min()), np.log10(values.max())
    return int(np.floor(lowest)), max(int(np.ceil(highest)), int(np.floor(lowest)) + 1)


def _decades(rows: pd.DataFrame) -> tuple[int, int]:
    """Powers of ten, by threes, below the smallest and above the largest that is not zero."""
    values = np.abs(rows[["difference", "tolerance"]].to_numpy())
    values = values[np.isfinite(values)]
    if not values.any():
        return -18, -15
    smallest, largest = np.log10(values[values > 0].min()), np.log10(values.max())
    highest = -3 * int(-largest // 3)
    # what is smaller stands with zero: a tolerance beside the value 0 is next to nothing
    return max(3 * int((smallest - 1) // 3), highest - MOST_DECADES), highest


def _difference_alternative(rows: pd.DataFrame, along: str) -> str:
    size = differences(rows).abs()
    if (size == 0).all():
        return f"The difference of R and Python is exactly zero at every {along} shown."
    at = rows.iloc[int(size.argmax())]
    place = at["iteration"] + (along != "iteration")  # as the axis counts
    within = (size <= rows["tolerance"]).all()
    return (
        f"The difference of R and Python is largest at {along} {count(place)}: "
        f"{small(size.max())}, where the measured tolerance is "
        f"{small(at['tolerance'])}; it is {'never' if within else 'somewhere'} beyond it."
    )
