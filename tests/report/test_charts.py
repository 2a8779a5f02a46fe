"""What charts are made of: scales, what leaves a picture, and tolerances that exceed the value."""

import html
import json
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
import vl_convert

from compare.case.setting import start_in_words
from compare.judge.verdicts import rank
from compare.report.page import charts, final_charts
from compare.report.page.chart import Chart
from compare.report.page.figures import Figures
from compare.report.page.html import _columns
from compare.report.page.rows import STRETCHES, rounded, thinned
from compare.report.page.stored import CaseFacts, Stored, load


@pytest.fixture(scope="module")
def stored(report: Path) -> Stored:
    return load(report)


def case_named(stored: Stored, name: str) -> CaseFacts:
    return next(case for case in stored.cases if case.name == name)


def parts(specification: Any, key: str) -> list[Any]:
    """Everything that stands below a key, anywhere in a specification."""
    if isinstance(specification, list):
        return [found for part in specification for found in parts(part, key)]
    if not isinstance(specification, dict):
        return []
    here = [specification[key]] if key in specification else []
    return here + [found for part in specification.values() for found in parts(part, key)]


def test_all_heat_maps_of_a_case_have_the_scale_that_their_title_says(stored: Stored) -> None:
    figures = Figures(stored)
    case = case_named(stored, "clark-example-3")
    ((title, panels),) = figures.final_values(case, ("weights",))
    stated = re.search(r"colours from (\S+) to (\S+), on a symmetric logarithmic scale", title)
    assert stated is not None
    low, high = map(float, stated.groups())
    assert low == -high
    assert len(panels) > 2
    values = stored["final_values"].query("case == 'clark-example-3'")
    values = values[values["quantity"].isin(["synapse_0", "synapse_1"])][["python", "r"]].abs()
    assert high / np.sqrt(10) <= values.to_numpy().max() <= high
    for panel in panels:
        (domain,) = [
            d for d in parts(figures.charts[panel.key].specification, "domain") if len(d) > 2
        ]
        assert domain == pytest.approx([low, 0, high], rel=0.01)


def test_each_picture_says_the_worst_verdict_on_what_it_shows(stored: Stored, report: Path) -> None:
    every = stored["agreement"]
    verdicts = np.random.default_rng(1).choice(
        ["identical", "agree", "undetermined", "disagree"], len(every)
    )
    every = every.assign(verdict=verdicts)  # what the starts come to differs
    agreement = every.query("case == 'clark-example-3'")
    figures = Figures(replace(stored, tables=stored.tables | {"agreement": every}))
    case = case_named(stored, "clark-example-3")
    trajectories, differences = figures.runs(case)
    ((_, weights),) = figures.final_values(case, ("weights",))
    of_error = agreement[agreement["quantity"] == "error"]
    of_weights = agreement[agreement["quantity"].isin(["synapse_0", "synapse_1"])]
    assert [len(panels) for panels in (trajectories, differences, weights)] == [7, 7, 14]
    for panel in (*trajectories, *differences, *weights):
        variant, _, rest = panel.caption.partition(" · ")
        rows = of_error if rest == "error" else of_weights
        rows = rows[rows["variant"] == variant]
        if rest != "error":
            rows = rows[rows["start"].map(start_in_words) == rest]
        worst = {
            arithmetic: max(own["verdict"], key=rank)
            for arithmetic, own in rows.groupby("arithmetic")
        }
        assert panel.verdicts == worst
        assert set(worst) == {"native", "portable"}
    said = re.findall(
        r'<span class="judged">(.*?)</span></figcaption>', html.unescape(page(report))
    )
    assert len(said) > 100
    mark = re.compile(r'(native|portable) <span class="v-\w+" title="\w')
    assert all(mark.search(text) for text in said)


def test_pointing_tells_only_fields_that_the_rows_of_a_chart_have(
    stored: Stored, report: Path
) -> None:
    figures = Figures(stored)
    for case in stored.cases:
        figures.runs(case)
        figures.final_values(case, ("weights", "counts", "surface", "curve"))
    assert len(figures.charts) > 100
    for chart in figures.charts.values():
        columns = {name for table in chart.data.values() for name in table.columns}
        told = [tip["value"].split(" ") for tip in parts(chart.specification, "tooltip")]
        assert told
        assert columns >= {field for fields in told for field in fields}


def page(report: Path) -> str:
    return (report / "index.html").read_text(encoding="utf-8")


def test_cells_of_the_error_surface_reach_by_a_pixel_into_the_next(stored: Stored) -> None:
    figures = Figures(stored)
    ((_, [panel]),) = figures.final_values(case_named(stored, "trask-error-surface"), ("surface",))
    chart = figures.charts[panel.key]
    cells = chart.data["cells"]
    for begins, ends, pixels in (("down", "down2", 340), ("across", "across2", 300)):  # on a phone
        places = np.unique(cells[begins])
        step = (places[-1] - places[0]) / (len(places) - 1)
        overlap = (cells[ends] - cells[begins]).min() - step
        assert overlap / (len(places) * step) * pixels > 1
    assert {"type": "rect", "clip": True} in parts(chart.specification, "mark")


def test_a_ball_that_leaves_is_drawn_one_step_beyond(stored: Stored) -> None:
    case = case_named(stored, "descent-bucket")
    (figure,) = case.figure
    low, high = figure.between  # type: ignore[union-attr]
    places = {"leaves": [1.0, -2.0, 4.0, -9.0, 30.0], "stays": [3.0, 2.0, 1.0]}
    drawn = {}
    for name, x in places.items():
        path = pd.DataFrame({"iteration": range(len(x)), "python": x})
        drawn[name] = final_charts.curve(figure, path, case).data  # type: ignore[arg-type]
    assert low <= -4 < 4 <= high < 9
    assert list(drawn["leaves"]["ball"]["x"]) == [1.0, -2.0, 4.0, -9.0]
    assert drawn["leaves"]["last"].empty
    assert list(drawn["stays"]["ball"]["x"]) == [3.0, 2.0, 1.0]
    assert list(drawn["stays"]["last"]["x"]) == [1.0]


def test_a_tolerance_is_coloured_where_it_exceeds_the_value() -> None:
    rows = pd.DataFrame(
        {
            "start": "numpy",
            "iteration": [0, 1],
            "python": [-1.0, 1e-9],
            "r": [-1.0, 2e-9],
            "difference": [0.0, 1e-9],
            "tolerance": [1e-8, 1e-8],
        }
    )
    specification = charts.difference(rows, rows, rows).specification
    said = {
        t["as"]: t["calculate"] for ts in parts(specification, "transform") for t in ts if "as" in t
    }
    condition, _, _ = said["wide"].partition(" ? ")
    condition = condition.replace("datum.envelope", "tolerance").replace("datum.", "")
    holds = [
        bool(eval(condition, {"abs": abs}, dict(row)))  # our own text
        for _, row in rows.iterrows()
    ]
    assert holds == [False, True]
    assert charts.TOO_WIDE in json.dumps(specification)
    narrow = charts.difference(rows[:1], rows[:1], rows)
    assert charts.TOO_WIDE not in json.dumps(narrow.specification)


def heights(chart: Chart) -> list[float]:
    """How high the points of a chart stand, from 0 to 1."""
    data = {name: json.loads(_columns(table)) for name, table in chart.data.items()}
    rows = [
        dict(zip(data["rows"], row, strict=True))
        for row in zip(*data["rows"].values(), strict=True)
    ]
    svg = vl_convert.vegalite_to_svg({**chart.specification, "datasets": {"rows": rows}})
    points = svg.partition("mark-symbol")[2].partition("</g>")[0]
    whole = chart.specification["config"]["view"]["continuousHeight"]
    return [1 - float(y) / whole for y in re.findall(r"translate\([^,]+,([^)]+)\)", points)]


def test_an_infinite_difference_stands_at_the_top_and_none_at_zero() -> None:
    python = [1.0, 1.0, np.nan, np.nan, np.inf, np.inf, -np.inf]
    r = [1.0, np.nan, 1.0, np.nan, np.inf, 1.0, np.inf]
    rows = pd.DataFrame({"start": "numpy", "iteration": range(7), "python": python, "r": r})
    with np.errstate(invalid="ignore"):
        rows = rows.assign(difference=rows["r"] - rows["python"], tolerance=1e-15)
    chart = charts.difference(rows, rounded(rows), rows)
    assert heights(chart) == pytest.approx([0, 1, 1, 0, 0, 1, 1])
    assert "largest at iteration 1: inf" in chart.alternative
    assert "somewhere beyond it" in chart.alternative


def test_of_each_stretch_the_largest_difference_turns_and_ends_are_drawn() -> None:
    n = 30_000
    falling = np.linspace(1, 0, n)
    falling[[700, 20_000]] += [5, -7]
    differences = np.full(n, 1e-16)
    differences[[900, 15_000, n - 3]] = 1e-12, -1e-9, 1e-12
    run = pd.DataFrame({"iteration": range(n), "python": falling, "difference": differences})
    run = run.assign(r=run["python"] + run["difference"])
    both = pd.concat([run.assign(start="numpy"), run.assign(start="r")], ignore_index=True)
    shown = thinned(both)
    for start in ("numpy", "r"):
        iterations = set(shown.loc[shown["start"] == start, "iteration"])
        assert iterations >= {0, 700, 900, 15_000, 20_000, n - 1}
    assert len(shown) < 2 * (STRETCHES + 8)
    assert shown.index.is_monotonic_increasing


def test_an_axis_of_differences_ends_where_a_double_can_stand() -> None:
    tolerance = np.array([5e-323, 1e-15])
    rows = pd.DataFrame({"difference": [0.0, 1e-16], "tolerance": tolerance})
    lowest, highest = charts._decades(rows)
    assert highest - lowest <= charts.MOST_DECADES
    assert float(f"1e{lowest}") > 0
