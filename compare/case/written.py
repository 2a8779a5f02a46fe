"""Inputs as they are written in a case file: the other way round of `inputs`."""

import json
import math
import re
from typing import Any

import numpy as np


def written(values: dict[str, Any]) -> str:
    """Inputs as lines of TOML."""
    return "".join(f"{_key(name)} = {_value(value)}\n" for name, value in values.items())


def _key(name: str) -> str:
    """A key that is one, whatever stands in it: ``na.rm`` without quotes would be a table."""
    return name if re.fullmatch(r"[A-Za-z0-9_-]+", name, re.ASCII) else _value(name)


def _value(value: Any) -> str:
    if isinstance(value, bool | np.bool_):
        return str(bool(value)).lower()
    if isinstance(value, int | np.integer):
        return str(int(value))
    if isinstance(value, float | np.floating):
        return repr(float(value)) if math.isfinite(value) else str(float(value))
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
    if isinstance(value, dict):
        inside = ", ".join(f"{_key(k)} = {_value(v)}" for k, v in value.items())
        return f"{{ {inside} }}"
    return f"[{', '.join(map(_value, value))}]"
