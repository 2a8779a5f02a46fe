"""The spread under directed rounding of every value that has a proof: stored, and read again."""

import io
from decimal import ROUND_CEILING, Context, Decimal
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
from .proof import load
from .store import Header, UnusableEvidenceError

KEY = ["variant", "start", "language", "quantity"]
COLUMNS = [*KEY, "index", "spread"]
STORED_DIGITS = 3
LIVE_ITERATIONS = 200
MADE_BY = "compare.evidence.directed:directed_spread"


def measure_directed(setting: Setting) -> pd.DataFrame:
    """Spread of each proved value in both languages; a table without rows where none is proved."""
    up = Context(prec=STORED_DIGITS, rounding=ROUND_CEILING)
    proved, rows = load(setting).values, []
    for language in LANGUAGES if proved else ():
        found = directed_spread(setting, language)
        for quantity, enclosures in proved.items():
            spread = found[quantity].ravel()
            rows += [
                (setting.variant.name, setting.start, language, quantity, i, f"{digits:.2e}")
                for i in enclosures
                for digits in [up.create_decimal(Decimal(float(spread[i])))]
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
    found = {language: directed_spread(setting, language, beyond) for language in LANGUAGES}
    return {
        language: {name: spread[name][:LIVE_ITERATIONS] for name in case.trajectories}
        for language, spread in found.items()
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


def renewal(case: Case) -> str:
    """What measures a case again."""
    return f"python -m compare measure {case.name}"


class Directed:
    """The stored directed spread of a case.

    Attributes
    ----------
    problem : str
        Why it cannot be trusted: not measured, damaged, or measured for other code or numbers.
        Empty where it can.
    stored : bool
        It was measured, whatever the code was.
    """

    def __init__(self, case: Case) -> None:
        self._spread: dict[tuple[str, ...], dict[int, float]] = {}
        self.problem, self.stored = "", False
        try:
            found = evidence.read(_path(case), directed_hash(case), renewal(case))
            self._spread = _read(found.body)
        except UnusableEvidenceError as error:
            self.problem = f"its directed rounding cannot be used: {error}"
        except (ValueError, KeyError) as error:
            self.problem = f"its directed rounding is damaged ({error}): {renewal(case)}"
        else:
            self.stored = True
            if found.stale:
                changed = "the code or the case changed"
                self.problem = f"its directed rounding is stale, {changed}: {renewal(case)}"

    def of(self, setting: Setting, language: str, quantity: str) -> dict[int, float] | None:
        """Spread of each proved value by flat index; None where it was not measured."""
        return self._spread.get((setting.variant.name, setting.start, language, quantity))


def _read(body: str) -> dict[tuple[str, ...], dict[int, float]]:
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
