"""Which of many like tests run always."""

from collections.abc import Iterable
from typing import Any

import pytest


def some_slow(names: Iterable[Any], *always: Any) -> list[Any]:
    """All of them for ``parametrize``; those that do not run always are slow."""
    return [n if n in always else pytest.param(n, marks=pytest.mark.slow) for n in names]
