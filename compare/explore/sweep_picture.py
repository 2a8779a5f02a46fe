"""What a sweep found, as one still picture."""

from typing import Any

import altair as alt
import pandas as pd
import vl_convert

from .plan import Plan

WIDTH, HEIGHT = 320, 200
MOST_LINES = 12  # more than that many colours nobody tells apart
SPREAD = 100  # a logarithmic axis where the largest value is so many times the least


def picture(plan: Plan, summary: pd.DataFrame) -> str:
    """SVG: share of seeds that learn, error reached, iterations needed, each with an interval.

    The setting with most values runs along the axis, the one after it has the colours; of others,
    the first value is shown.
    """
    names = sorted(plan.values, key=lambda name: -len(plan.values[name]))
    along, *others = names or ["iterations"]
    table = summary if names else summary.assign(iterations=plan.iterations)
    lines = others[0] if others and len(plan.values[others[0]]) <= MOST_LINES else None
    fixed = [name for name in others if name != lines]
    for name in fixed:
        table = table[table[name] == plan.values[name][0]]
    values = table[along]
    is_wide = values.min() > 0 and values.max() >= SPREAD * values.min()
    scale = alt.Scale(
        type="log" if is_wide else "linear",
        domain=[float(values.min()), float(values.max())],
        nice=False,
        zero=False,
    )
    x = alt.X(f"{along}:Q", scale=scale, axis=alt.Axis(**_ticks(values)))
    n = summary["seeds"].iloc[0]
    below = f"below {plan.below:g}"
    charts = [
        _panel(table, x, lines, "learned", f"share of seeds that end {below}", ""),
        _panel(table, x, lines, "last_error_median", "error reached, quartiles", "last_error"),
        _panel(table, x, lines, "needed_median", f"iterations until {below}, quartiles", "needed"),
    ]
    rest = "".join(f", {name} = {plan.values[name][0]:g}" for name in fixed)
    chart = alt.hconcat(*charts).properties(
        title=f"{plan.case.name}: {n:,} seeds, {plan.iterations:,} iterations{rest}"
    )
    svg: str = vl_convert.vegalite_to_svg(chart.to_dict(validate=False))
    return svg


def _ticks(values: "pd.Series[float]") -> dict[str, Any]:
    """No halves between whole numbers."""
    return {"tickMinStep": 1, "format": "d"} if (values == values.round()).all() else {}


def _panel(
    table: pd.DataFrame, x: alt.X, lines: str | None, column: str, title: str, quartiles: str
) -> alt.LayerChart:
    low, high = (f"{quartiles or column}_{end}" for end in ("low", "high"))
    is_share = not quartiles
    scale = alt.Scale(domain=[0, 1]) if is_share else alt.Scale(type="log")
    shown = table if is_share else table[table[low] > 0]
    base = alt.Chart(shown).encode(x=x)
    if lines:
        base = base.encode(color=alt.Color(f"{lines}:N"))
    y = alt.Y(f"{column}:Q", title=title, scale=scale)
    ends = alt.Y(f"{low}:Q", title=title, scale=scale), alt.Y2(high)
    bars = base.mark_rule(opacity=0.5).encode(*ends)
    line = base.mark_line(point=True).encode(y)
    chart: alt.LayerChart = (bars + line).properties(width=WIDTH, height=HEIGHT)
    return chart
