"""Which rows of a trajectory a chart shows, and with how many digits."""

from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

STRETCHES = 60


def thinned(rows: pd.DataFrame) -> pd.DataFrame:
    """Of each stretch of iterations the row of the largest difference, and where the values turn.

    The first and the last row of each start stay, too. ``rows``: ordered by start and iteration.
    """
    along = np.log1p(rows["iteration"]) / np.log1p(rows["iteration"].max() + 1)
    start = rows["start"].factorize()[0]
    group = start * (STRETCHES + 1) + (STRETCHES * along).astype(int).to_numpy()
    python = rows["python"].to_numpy()
    extremes = np.append(_largest(group, python), _largest(group, -python))
    # where the values rise or fall all along a stretch, its ends are no turns
    turns = np.setdiff1d(extremes, _ends(group))
    apart = _largest(group, differences(rows).abs().to_numpy())
    return rows.iloc[np.unique(np.concatenate([turns, apart, _ends(start)]))]


def _largest(group: NDArray[np.int_], size: NDArray[Any]) -> NDArray[np.int_]:
    """The place of the largest of each group, or of one that is not a number."""
    order = np.lexsort((size, group))
    largest: NDArray[np.int_] = order[np.diff(group[order], append=-1) != 0]
    return largest


def _ends(group: NDArray[np.int_]) -> NDArray[np.int_]:
    """The places of the first and the last of each group; the rows of a group stand together."""
    changes = np.flatnonzero(np.diff(group, prepend=-1, append=-1))
    return np.append(changes[:-1], changes[1:] - 1)


def rounded(rows: pd.DataFrame) -> pd.DataFrame:
    """The rows of a chart, without digits that nobody sees."""
    digits = {"python": 6, "r": 6, "difference": 1, "tolerance": 1}
    rows = rows.assign(difference=differences(rows))
    return rows[["start", "iteration"]].assign(
        **{name: [float(f"{x:.{d}e}") for x in rows[name].tolist()] for name, d in digits.items()}
    )


def differences(rows: pd.DataFrame) -> "pd.Series[float]":
    """R - Python: 0 where both are infinite or no number alike, infinite where only one is."""
    a, b = rows["python"], rows["r"]
    same = (a == b) | (a.isna() & b.isna())
    return rows["difference"].mask(same, 0.0).fillna(np.inf)
