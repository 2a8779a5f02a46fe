"""Which charts a report has; each is made once and may stand in several places.

What draws them is imported where one is made: Altair takes half a second, and many reports of
somebody's pairs have none.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import pandas as pd

from ...case.figures import Curve, Figure, HeatMaps, Surface, final_values_of, path_of
from ...case.schema import NO_VARIANT
from ...case.setting import start_in_words
from ...judge.verdicts import rank
from .chart import Chart
from .rows import rounded, thinned
from .stored import CaseFacts, Stored


@dataclass(frozen=True)
class Panel:
    """A chart in its place: the key of its specification, a caption, and what it shows.

    ``verdicts``: the worst on the quantities that it shows, in each arithmetic.
    """

    key: str
    caption: str
    alternative: str
    verdicts: dict[str, str]


@dataclass(frozen=True)
class Leading:
    """The picture that the page begins with: a pair natively and in portable arithmetic."""

    case: CaseFacts
    variant: str
    start: str
    panels: list[Panel]
    apart: str


@dataclass
class Figures:
    """The charts that were asked for, by the keys of their panels."""

    stored: Stored
    charts: dict[str, Chart] = field(default_factory=dict)

    def _panel(self, caption: str, chart: Chart, verdicts: dict[str, str]) -> Panel:
        key = f"chart-{len(self.charts)}"
        self.charts[key] = chart
        return Panel(key, caption, chart.alternative, verdicts)

    def _verdicts(
        self, case: CaseFacts, variant: str, quantities: Collection[str], start: str = ""
    ) -> dict[str, str]:
        """The worst verdict on some quantities in each arithmetic, from one start or from all."""
        rows = self._judged.get((case.name, variant), self.stored["agreement"].head(0))
        rows = rows[rows["quantity"].isin(quantities) & (rows["start"].eq(start) | (start == ""))]
        return {
            str(arithmetic): max(verdicts, key=rank)
            for arithmetic, verdicts in rows.groupby("arithmetic")["verdict"]
        }

    @cached_property
    def _judged(self) -> dict[tuple[str, str], pd.DataFrame]:
        groups = self.stored["agreement"].groupby(["case", "variant"], sort=False)
        return {(str(case), str(variant)): rows for (case, variant), rows in groups}

    def runs(self, case: CaseFacts) -> tuple[list[Panel], list[Panel]]:
        """Trajectories and their differences, a panel for each variant."""
        from . import charts

        trajectories, differences = list[Panel](), list[Panel]()
        table = self._table("trajectories", case)
        for (variant, quantity), rows in table.groupby(["variant", "quantity"], sort=False):
            name = case.called(str(quantity))
            caption = " · ".join(str(p) for p in (variant, name) if p != NO_VARIANT)
            shown = rounded(thinned(rows))
            every = _of(table, quantity=str(quantity))
            trajectory = charts.trajectory(rows, shown, name, every)
            verdicts = self._verdicts(case, str(variant), [str(quantity)])
            trajectories.append(self._panel(caption, trajectory, verdicts))
            difference = charts.difference(rows, shown, every)
            differences.append(self._panel(caption, difference, verdicts))
        return trajectories, differences

    @cached_property
    def _tables(self) -> dict[tuple[str, str], pd.DataFrame]:
        """The native trajectories and the final values of each case."""
        native = _of(self.stored["trajectories"], arithmetic="native")
        tables = {"trajectories": native, "final_values": self.stored["final_values"]}
        return {
            (name, str(case)): rows
            for name, table in tables.items()
            for case, rows in table.groupby("case", sort=False)
        }

    def _table(self, name: str, case: CaseFacts) -> pd.DataFrame:
        return self._tables.get((name, case.name), self.stored[name].head(0))

    def last_iterations(self, case: CaseFacts) -> list[int]:
        """The last iteration that a trajectory has, of each setting, counted from 0."""
        table = self._table("trajectories", case)
        return sorted({int(n) for n in table.groupby(["variant", "start"])["iteration"].max()})

    def values(self, case: CaseFacts) -> bytes:
        """What tells the trajectories of two cases apart."""
        return self._table("trajectories", case)["python"].to_numpy().tobytes()

    def final_values(
        self, case: CaseFacts, kinds: tuple[str, ...]
    ) -> list[tuple[str, list[Panel]]]:
        """The panels of the figures that the case file asks for, below their titles."""
        return [
            (figure.title + self._scale(case, figure), panels)
            for figure in case.figure
            if figure.kind in kinds
            if (panels := list(self._of_figure(case, figure)))
        ]

    def _scale(self, case: CaseFacts, figure: Figure) -> str:
        """What the colours of heat maps mean, which is the same in all of a figure."""
        if not isinstance(figure, HeatMaps):
            return ""
        from . import final_charts

        table = self._table("final_values", case)
        values = table.loc[table["quantity"].isin(figure.quantities), ["python", "r"]]
        if figure.kind == "counts":
            return f"; colours from 0 to {final_charts.MOST_COUNTED:,}"
        limit = final_charts.limit_of(values.to_numpy())
        return f"; colours from -{limit:.3g} to {limit:.3g}, on a symmetric logarithmic scale"

    def _of_figure(self, case: CaseFacts, figure: Figure) -> Iterator[Panel]:
        table = self._table("final_values", case)
        names = figure.quantities if isinstance(figure, HeatMaps) else final_values_of(figure)
        trajectories = self._table("trajectories", case)
        rows = table[table["quantity"].isin(names)]
        source = trajectories if isinstance(figure, Curve) else rows
        for (variant, start), selected in source.groupby(["variant", "start"], sort=False):
            path = _of(trajectories, variant=str(variant), start=str(start))
            if not set(path_of(figure)) <= set(path["quantity"]):
                continue  # a language did not return it
            parts = [] if variant == NO_VARIANT else [str(variant)]
            if len(case.starts) > 1:
                parts.append(start_in_words(str(start)))
            verdicts = self._verdicts(case, str(variant), [*names, *path_of(figure)], str(start))
            chart = _chart(case, figure, selected, path, rows)
            yield self._panel(" · ".join(parts), chart, verdicts)

    def of_values(self, values: pd.DataFrame) -> Panel | None:
        """|R - Python| of an output's values, one after the other; None where they are no numbers.

        Parameters
        ----------
        values : DataFrame
            Rows of ``values.csv``, in their order, those that were left out counted as well.
        """
        numbers = values[["python", "r", "tolerance"]].apply(pd.to_numeric, errors="coerce")
        numbers = numbers.assign(iteration=range(len(numbers)), start="numpy")
        numbers = numbers.dropna(subset=["python", "r"]).fillna({"tolerance": 0.0})
        numbers["difference"] = numbers["r"] - numbers["python"]
        if numbers.empty:
            return None
        from . import charts

        shown = rounded(thinned(numbers))
        return self._panel("", charts.difference(numbers, shown, numbers, along="value"), {})

    def largest_difference(self) -> Leading | None:
        """The pair whose difference grows most and is none in portable arithmetic, to its end.

        None where no pair that holds is so.
        """
        best, most = None, 0.0
        names = ["case", "variant", "start", "quantity"]
        disagree = _of(self.stored["agreement"], verdict="disagree")[names]
        failed = set(disagree.itertuples(index=False, name=None))
        cases = {case.name: case for case in self.stored.cases}
        table = self.stored["trajectories"]
        table = table.assign(size=table["difference"].abs())
        portable = dict(list(_of(table, arithmetic="portable").groupby(names, sort=False)))
        for key, native in _of(table, arithmetic="native").groupby(names, sort=False):
            exact, largest = portable.get(key), float(native["size"].max())
            if exact is None or key in failed or not largest > most or exact["size"].any():
                continue
            if exact["iteration"].iloc[-1] == native["iteration"].iloc[-1]:
                best, most = (tuple(map(str, key)), native, exact), largest
        if best is None:
            return None
        from . import charts

        (name, variant, start, quantity), native, exact = best
        shown = rounded(native)
        captioned = {
            "R over Python": charts.trajectory(native, shown, cases[name].called(quantity), native),
            "native arithmetic": charts.difference(native, shown, native),
            "portable arithmetic: exactly zero": charts.difference(exact, rounded(exact), native),
        }
        verdicts = self._verdicts(cases[name], variant, [quantity], start)
        own = [verdicts, *({name: verdict} for name, verdict in sorted(verdicts.items()))]
        panels = [self._panel(*drawn, v) for drawn, v in zip(captioned.items(), own, strict=True)]
        undetermined = verdicts["native"] == "undetermined"
        return Leading(
            cases[name], variant, start_in_words(start), panels, _apart(native, undetermined)
        )


def _apart(native: pd.DataFrame, undetermined: bool) -> str:
    """Where the two are furthest apart, and whether rounding alone decides there."""
    row: dict[Any, Any] = native.to_dict("records")[int(native["size"].argmax())]
    said = (
        f"most in iteration {row['iteration']:,.0f}, where Python has {row['python']:.3g}, "
        f"R {row['r']:.3g}, and the measured tolerance is {row['tolerance']:.2g}"
    )
    if undetermined:
        return f"{said}: rounding alone decides there; it is not determined in double precision"
    return f"{said}: rounding explains it"


def _of(table: pd.DataFrame, **wanted: str) -> pd.DataFrame:
    for column, value in wanted.items():
        table = table[table[column] == value]
    return table


def _chart(
    case: CaseFacts,
    figure: Figure,
    final_values: pd.DataFrame,
    path: pd.DataFrame,
    scale_of: pd.DataFrame,
) -> Chart:
    from . import final_charts

    if isinstance(figure, Surface):
        return final_charts.surface(figure, final_values, path, case)
    if isinstance(figure, Curve):
        return final_charts.curve(figure, _of(path, quantity=figure.path), case)
    if figure.kind == "counts":
        return final_charts.counts(final_values, case)
    return final_charts.weights(final_values, case, scale_of[["python", "r"]].to_numpy())
