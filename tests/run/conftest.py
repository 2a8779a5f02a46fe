"""A child process in which R functions are called."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from compare.run.probe import Answer, probe
from compare.run.session import Session
from tests.run.calls import InR, call_of


@pytest.fixture(scope="module")
def session() -> Iterator[Session]:
    with Session(probe, 300) as session:
        yield session


@pytest.fixture
def called_in_r(session: Session, tmp_path: Path) -> InR:
    """Call the function f that some R code defines."""

    def call(code: str, **more: Any) -> Answer:
        answer: Answer = session.do(call_of(tmp_path / "code", "r", code, **more))
        return answer

    return call
