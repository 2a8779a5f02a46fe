"""A chart, whatever made it."""

from dataclasses import dataclass
from typing import Any

import pandas as pd


@dataclass(frozen=True)
class Chart:
    """A figure's Vega-Lite, the tables that its ``data`` names stand for, and what it shows."""

    specification: dict[str, Any]
    data: dict[str, pd.DataFrame]
    alternative: str
