"""Still pictures for ``report.md``, of the same charts as the page's."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import vl_convert

from .chart import Chart
from .figures import Figures, Panel

FOLDER = "pictures"
WIDTH, HEIGHT, SCALE = 250, 150, 1.5
LEGEND = (
    "blue: Python; orange: R, and its difference from Python; grey: measured tolerance, "
    "yellow where it exceeds the value; "
    "dashed lines and triangles: initial weights from R"
)


@dataclass(frozen=True)
class Picture:
    """A file beside ``report.md``, its title, and the caption and words of each panel."""

    file: str
    title: str
    panels: list[tuple[str, str]]


def write_pictures(shown: dict[str, Any], figures: Figures, folder: Path) -> list[Picture]:
    """Write the first picture of the page, and the errors and differences of its first grid."""
    wanted = list[tuple[str, str, list[Panel]]]()
    if shown["largest_difference"]:
        leading = shown["largest_difference"]
        title = (
            "R over Python, their difference, and the same in portable arithmetic: "
            f"{leading.case.name} {leading.variant}, {leading.start}"
        )
        wanted.append(("pair", title, leading.panels))
    for page in shown["grids"][:1]:
        name = page.facts.name
        wanted.append(("errors", f"Python (blue) and R: {name}", page.trajectories))
        wanted.append(
            ("differences", f"|R - Python| under the tolerance: {name}", page.differences)
        )
    (folder / FOLDER).mkdir(exist_ok=True)
    pictures = []
    for stem, title, panels in wanted:
        path = folder / FOLDER / f"{stem}.png"
        fresh = path.with_name(f".{path.name}")
        fresh.write_bytes(_png(panels, figures.charts))
        fresh.replace(path)
        words = [(panel.caption, panel.alternative) for panel in panels]
        pictures.append(Picture(f"{FOLDER}/{path.name}", title, words))
    return pictures


def _png(panels: list[Panel], charts: dict[str, Chart]) -> bytes:
    parts, tables = list[Any](), dict[str, Any]()
    for panel in panels:
        chart = charts[panel.key]
        own = {name: f"{panel.key} {name}" for name in chart.data}
        tables |= {own[name]: table.to_dict("records") for name, table in chart.data.items()}
        specification = _renamed(chart.specification, own)
        config = specification.pop("config")
        size = {"width": WIDTH, "height": HEIGHT, "title": panel.caption}
        parts.append({**specification, **size})
    legend = {"text": LEGEND, "anchor": "start", "fontSize": 11, "fontWeight": "normal"}
    whole = {"title": legend, "concat": parts, "columns": 3, "datasets": tables}
    return bytes(
        vl_convert.vegalite_to_png(
            {**whole, "config": {**config, "background": "white"}}, scale=SCALE
        )
    )


def _renamed(specification: Any, names: dict[str, str]) -> Any:
    """The same, with other names for its data."""
    if isinstance(specification, list):
        return [_renamed(part, names) for part in specification]
    if not isinstance(specification, dict):
        return specification
    return {
        key: {"name": names[part["name"]]} if key == "data" else _renamed(part, names)
        for key, part in specification.items()
    }
