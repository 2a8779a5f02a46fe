"""The spread under directed rounding of every value that has a proof: stored, and read again."""

import io
from pathlib import Path

import numpy as np
import pandas as pd

from .. import CASES
from ..case.case import Case
from ..case.schema import LANGUAGES
from ..case.setting import Setting
from ..numbers.measures import POOLED_INDICES, Float64s
from ..safety.inside import inside
from . import store as evidence
from .code_hash import directed_hash
from .directed import directed_spread
from .measured import Measured, renewal, rounded_up
from .proof import load
from .store import Header

KEY = ["variant", "start", "language", "quantity"]
COLUMNS = [*KEY, "index", "spread"]
LIVE_ITERATIONS = 200
Rows = dict[tuple[str, ...], dict[int, float]]
MADE_BY = "compare.evidence.directed:directed_spread"


def measure_directed(setting: Setting) -> pd.DataFrame:
    """Spread of each proved value in both languages; a table without rows where none is proved."""
    proved, rows = load(setting).values, []
    for language in LANGUAGES if proved else ():
        spreads = directed_spread(setting, language)
        for quantity, enclosures in proved.items():
            spread = spreads[quantity].ravel()
            rows += [
                (setting.variant.name, setting.start, language, quantity, i, rounded_up(spread[i]))
                for i in enclosures
            ]
    return pd.DataFrame(rows, columns=COLUMNS)


def directed_again(setting: Setting) -> dict[str, dict[str, Float64s]]:
    """By language and quantity, the spread as it is measured now.

    Of the first iterations' trajectories, or of everything where the case has no iterations.
    """
    case = setting.case
    if case.iterations is None:
        return {language: directed_spread(setting, language) for language in LANGUAGES}
    beyond = min(LIVE_ITERATIONS + POOLED_INDICES, case.total_iterations)
    spreads = {language: directed_spread(setting, language, beyond) for language in LANGUAGES}
    return {
        language: {name: spread[name][:LIVE_ITERATIONS] for name in case.trajectories}
        for language, spread in spreads.items()
    }


def store(case: Case, table: pd.DataFrame, facts: dict[str, str]) -> None:
    """Write the directed spread of a case."""
    header = Header(
        functions=[MADE_BY],
        hash=directed_hash(case),
        command=renewal(case),
        facts=evidence.kept_facts(facts),
    )
    evidence.write(_path(case), header, table.to_csv(index=False, lineterminator="\n"))


class Directed(Measured[Rows]):
    """The stored directed spread of a case."""

    def __init__(self, case: Case) -> None:
        super().__init__(case, _path(case), directed_hash(case), "directed rounding", _read)

    def of(self, setting: Setting, language: str, quantity: str) -> dict[int, float] | None:
        """Spread of each proved value by flat index; None where it was not measured."""
        key = (setting.variant.name, setting.start, language, quantity)
        return None if self.rows is None else self.rows.get(key)


def _read(body: str) -> Rows:
    table = pd.read_csv(
        io.StringIO(body),
        dtype=dict.fromkeys(KEY, str) | {"index": "int64", "spread": "float64"},
        keep_default_na=False,
    )
    if list(table) != COLUMNS:
        raise ValueError(f"its columns are {', '.join(map(str, table))}")
    if table.duplicated([*KEY, "index"]).any():
        raise ValueError("it has a value twice")
    if not np.isfinite(table["spread"]).all() or (table["spread"] < 0).any():
        raise ValueError("a spread is negative or not finite")
    return {
        tuple(map(str, key)): dict(
            zip(rows["index"].tolist(), rows["spread"].tolist(), strict=True)
        )
        for key, rows in table.groupby(KEY, sort=False)
    }


def _path(case: Case) -> Path:
    return inside(CASES, f"{case.name}.directed.csv")
