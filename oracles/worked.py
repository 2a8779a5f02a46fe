"""Steps worked by hand, in numbers that doubles hold exactly: `worked.toml` shows the working."""

import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from compare.judge.expected import Expected
from compare.verify.oracles import Subject
from oracles.exact import same

FILE = Path(__file__).with_name("worked.toml")


def worked(subject: Subject, name: str) -> Iterator[Expected]:
    """What was worked out of one network; every value must be met exactly."""
    step = _steps()[name]
    found = subject.run(**{key: _argument(value) for key, value in step["given"].items()})
    for quantity, value in step["returned"].items():
        yield same(f"{quantity}", found.get(quantity), value)


def _argument(value: Any) -> Any:
    return np.array(value, float) if isinstance(value, list) else value


@cache
def _steps() -> dict[str, Any]:
    return tomllib.loads(FILE.read_text(encoding="utf-8"))
