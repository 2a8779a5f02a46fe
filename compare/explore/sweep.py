"""Trains the networks of a part, and sums up those of a sweep."""

from collections.abc import Iterator
from functools import partial
from typing import Any

import numpy as np
import pandas as pd

from ..case.schema import Start
from ..case.setting import Setting
from ..numbers.measures import Float64s
from ..run import beside
from ..run.runs import Run, arguments, python_function
from ..run.starts import starting_weights
from .plan import Part, Plan, sizes_of


def run_part(part: Part) -> pd.DataFrame:
    """Train its networks.

    Returns
    -------
    DataFrame
        ``seed``, each setting, and of each network its error before the first and before the last
        update, the least, how many updates it needed until the error was below the plan's bound
        (missing: never), and whether it is below at the end.
    """
    plan = part.plan
    weights = [_drawn(plan, seed, part.sizes) for seed in part.seeds]
    inputs = arguments(
        Run(Setting(plan.case, plan.case.variants()[0], plan.start), "python", ""), {}
    )
    inputs = {name: value for name, value in inputs.items() if name not in plan.values}
    of_each = {
        name: np.array([s[name] for s in part.settings], float).reshape(-1, 1, 1)
        for name in part.settings[0]
    }
    stacked = {name: np.array([w[name] for w in weights]) for name in weights[0]}
    inputs[str(plan.case.iterations)] = plan.iterations
    fit = python_function(str(plan.case.compiled))(**{**inputs, **stacked, **of_each})
    error: Float64s = fit[plan.case.trajectories[0]]  # (iterations, networks)
    below = error < plan.below
    table = pd.DataFrame({"seed": part.seeds})
    for name in plan.values:
        table[name] = [{**part.sizes, **s}[name] for s in part.settings]
    return table.assign(
        iterations=plan.iterations,
        first_error=error[0],
        last_error=error[-1],
        least_error=error.min(axis=0),
        needed=pd.array(np.where(below.any(axis=0), below.argmax(axis=0), -1), "Int64"),
        learned=below[-1],
    ).assign(needed=lambda t: t["needed"].mask(t["needed"] < 0))


def _drawn(plan: Plan, seed: int, sizes: dict[str, float]) -> dict[str, Float64s]:
    """The starting weights of one network."""
    start = plan.case.starts[plan.start]
    axes = sizes_of(plan.case)
    draws = []
    for draw in start.draws:
        shape = list(draw.shape)
        for name, size in sizes.items():
            if draw.name in axes[name]:
                shape[axes[name][draw.name]] = int(size)
        draws.append(draw.model_copy(update={"shape": shape}))
    asked = Start(seed=seed, distribution=start.distribution, draws=draws)
    generate = partial(
        beside.drawn_in_python, plan.case.python_package, plan.start, start.distribution
    )
    return starting_weights(plan.start, asked, generate)


def summary(table: pd.DataFrame, names: list[str]) -> pd.DataFrame:
    """By combination of settings, how many seeds learn, and what errors and iterations come out.

    Returns
    -------
    DataFrame
        The settings; ``seeds``; ``learned`` and its 95 % interval (Wilson's); quartiles of the last
        error and, of the seeds that came below the bound, of the iterations they needed.
    """
    groups: Iterator[tuple[Any, pd.DataFrame]] = iter(
        table.groupby(names, sort=False) if names else [((), table)]
    )
    rows = []
    for values, rows_of in groups:
        low, high = wilson(int(rows_of["learned"].sum()), len(rows_of))
        needed = rows_of["needed"].dropna().astype(float)
        rows.append(
            {
                **dict(zip(names, values, strict=True)),
                "seeds": len(rows_of),
                "learned": rows_of["learned"].mean(),
                "learned_low": low,
                "learned_high": high,
                **_quartiles("last_error", rows_of["last_error"]),
                **_quartiles("needed", needed),
            }
        )
    return pd.DataFrame(rows)


def _quartiles(name: str, values: "pd.Series[float]") -> dict[str, float]:
    parts = {"low": 0.25, "median": 0.5, "high": 0.75}
    return {f"{name}_{part}": float(values.quantile(q)) for part, q in parts.items()}


def wilson(successes: int, n: int) -> tuple[float, float]:
    """The 95 % interval of a share (Wilson, 1927)."""
    from scipy.stats import binomtest  # a second of import that no process of a part needs

    interval = binomtest(successes, n).proportion_ci(0.95, method="wilson")
    return float(interval.low), float(interval.high)
