"""How far rounding alone moves a result: measured with noisy members, stored, read again."""

import io
from collections.abc import Callable
from functools import partial
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.ndimage import maximum_filter1d

from .. import CASES
from ..case.case import Case
from ..case.setting import Setting, settings
from ..numbers.measures import POOLED_INDICES, Float64s, without_a_digit
from ..run.beside import arithmetic_in_python
from ..run.returned import misshapen, need_whole
from ..run.runs import Result, Run, arguments, execute, python_function
from ..safety.inside import inside
from . import store as evidence
from .code_hash import spread_hash
from .measured import Measured, renewal, rounded_up
from .store import Header

MEMBERS = 32
SEED = 1
COLUMNS = ["variant", "start", "quantity", "index", "spread"]
MADE_BY = "compare.evidence.spread:measure"
LIVE_ITERATIONS = 200
WHOLE_ITERATIONS = 10_000  # a batch of 32 members takes half a second
LIVE_MEMBERS_ALONE, LIVE_ITERATIONS_ALONE = 8, 5  # where each takes long

Key = tuple[str, str, str]
Indices = NDArray[np.int64]
Rows = dict[Key, tuple[Indices, Float64s]]


def measure(what: Setting) -> pd.DataFrame:
    """Spread of every value: columns variant, start, quantity, index, spread.

    Of equal neighbours only the first is listed.
    """
    tables = [_stored(quantity, spread) for quantity, spread in complete_spread(what).items()]
    table = pd.concat(tables, ignore_index=True)
    table.insert(0, "variant", what.variant.name)
    table.insert(1, "start", what.start)
    return table


def complete_spread(what: Setting) -> dict[str, Float64s]:
    """The spread over a whole run, by ten times the members where they do not determine weights.

    There a few members in a thousand end somewhere else altogether, and 32 may all miss it.
    """
    spread = rounding_spread(what)
    final = execute(Run(what, "python", "native"))
    if has_undetermined_weights(what, final, spread.get):
        return rounding_spread(what, members=10 * MEMBERS)
    return spread


def has_undetermined_weights(
    what: Setting, result: Result, spread_of: Callable[[str], Float64s | None]
) -> bool:
    """Whether rounding leaves some weight that a run ended with undetermined."""
    for name in what.weight_names:
        spread, values = spread_of(name), result.get(name)
        usable = spread is not None and not misshapen(values, spread.shape)
        if usable and without_a_digit(np.asarray(values), np.asarray(spread)).any():
            return True
    return False


def rounding_spread(
    what: Setting, iterations: int | None = None, members: int = MEMBERS
) -> dict[str, Float64s]:
    """Largest |member - native| of every value, trajectories pooled over neighbouring indices."""
    native, noisy_runs = member_runs(what, members, SEED, iterations)
    spread = {name: np.abs(m - native[name]).max(axis=0) for name, m in noisy_runs.items()}
    window = 2 * POOLED_INDICES + 1
    for name in what.case.trajectories:
        spread[name] = maximum_filter1d(spread[name], window, mode="nearest")
    return spread


def member_runs(
    what: Setting, members: int, seed: int, iterations: int | None = None
) -> tuple[dict[str, Any], dict[str, Float64s]]:
    """The native run, and noisy members of it with their number as the first axis."""
    case = what.case
    run = Run(what, "python", "native", iterations)
    native = execute(run)
    need_whole(case, "python", native, iterations)
    weights = {name: native[f"start_{name}"] for name in what.weight_names}
    return native, noisy_members(case, arguments(run, weights), weights, members, seed)


def noisy_members(
    case: Case, inputs: dict[str, Any], weights: dict[str, Float64s], members: int, seed: int
) -> dict[str, Float64s]:
    """Noisy runs of a case's Python function on ``given``, their number as the first axis.

    Parameters
    ----------
    weights : dict
        Those of the arguments that may have a leading axis of members.
    """
    train = python_function(case.python)
    noisy = arithmetic_in_python(case.python_package, "noisy")
    if case.takes_batch:
        batch = {name: np.broadcast_to(w, (members, *w.shape)) for name, w in weights.items()}
        noise = train(**inputs | batch, arithmetic=noisy(seed))
        return {
            name: np.moveaxis(noise[name], -1, 0) if name in case.trajectories else noise[name]
            for name in case.measured
        }
    results = [train(**inputs, arithmetic=noisy(seed + i)) for i in range(members)]
    return {name: np.stack([result[name] for result in results]) for name in case.measured}


def spread_again(what: Setting) -> dict[str, Float64s]:
    """The spread as it is measured now: of all where the run is short, else of its beginning."""
    case = what.case
    each_takes_long = not case.takes_batch or case.portable_iterations is not None
    members = LIVE_MEMBERS_ALONE if case.iterations and each_takes_long else MEMBERS
    if case.iterations is None or (case.takes_batch and case.total_iterations <= WHOLE_ITERATIONS):
        return rounding_spread(what, members=members)
    live = LIVE_ITERATIONS if case.takes_batch else LIVE_ITERATIONS_ALONE
    # without their later neighbours the last iterations would seem better than they are
    beyond = min(live + POOLED_INDICES, case.total_iterations)
    again = rounding_spread(what, beyond, members)
    return {name: again[name][:live] for name in case.trajectories}


def _stored(quantity: str, spread: Float64s) -> pd.DataFrame:
    spread = np.atleast_1d(spread).ravel()
    text = np.array([rounded_up(s) for s in spread])
    first = np.flatnonzero(np.r_[True, text[1:] != text[:-1]])
    return pd.DataFrame({"quantity": quantity, "index": first, "spread": text[first]})


def store(case: Case, table: pd.DataFrame) -> None:
    """Write the spread of a case."""
    header = Header(
        functions=[MADE_BY],
        hash=spread_hash(case),
        command=renewal(case),
        facts={name: version(name) for name in ("numpy", "scipy")},
        notes={"members": str(MEMBERS), "seed": str(SEED)},
    )
    evidence.write(_path(case), header, table.to_csv(index=False, lineterminator="\n"))


class Spread(Measured[Rows]):
    """The stored spread of a case."""

    def __init__(self, case: Case) -> None:
        self._case = case
        what, parse = "rounding spread", partial(spread_rows, case)
        super().__init__(case, _path(case), spread_hash(case), what, parse)

    def of(self, setting: Setting, quantity: str) -> Float64s | None:
        """Spread of every value, in the quantity's shape; None where it was not measured."""
        key = setting.variant.name, setting.start, quantity
        if self.rows is None or key not in self.rows:
            return None
        first, spread = self.rows[key]
        shape = self._case.shape(quantity)
        lengths = np.diff(first, append=int(np.prod(shape)))
        return np.repeat(spread, lengths).reshape(shape)

    def leaves_weights_undetermined(self, what: Setting, result: Result) -> bool:
        """Whether some weight that a run of a setting ended with is undetermined."""
        return has_undetermined_weights(what, result, lambda name: self.of(what, name))


def spread_rows(case: Case, body: str) -> Rows:
    """The stored rows by variant, start and quantity: first index of each run, and its spread.

    Raises
    ------
    ValueError
        A setting or quantity is missing or unknown, or its rows are not those of a spread.
    """
    kinds = ("str", "str", "str", "int64", "float64")
    table = pd.read_csv(
        io.StringIO(body),
        dtype=dict(zip(COLUMNS, kinds, strict=True)),
        keep_default_na=False,
    )
    if list(table) != COLUMNS:
        raise ValueError(f"its columns are {', '.join(map(str, table))}")
    rows: Rows = {
        (str(variant), str(start), str(quantity)): (g["index"].to_numpy(), g["spread"].to_numpy())
        for (variant, start, quantity), g in table.groupby(COLUMNS[:3], sort=False)
    }
    wanted = {(s.variant.name, s.start, q) for s in settings(case) for q in case.measured}
    if rows.keys() != wanted:
        wrong = sorted(wanted ^ rows.keys())[0]
        raise ValueError(f"it has {'no' if wrong in wanted else 'unknown'} rows {' '.join(wrong)}")
    for key, (first, spread) in rows.items():
        size = int(np.prod(case.shape(key[2])))
        if first[0] != 0 or (np.diff(first) <= 0).any() or first[-1] >= size:
            raise ValueError(f"the indices of {' '.join(key)} do not go up from 0 to {size - 1}")
        if not np.isfinite(spread).all() or (spread < 0).any():
            raise ValueError(f"a spread of {' '.join(key)} is negative or not finite")
    return rows


def _path(case: Case) -> Path:
    return inside(CASES, f"{case.name}.spread.csv")
