from pathlib import Path

import pytest

from compare import CASES
from compare.case.case import load_case
from compare.safety.errors import CaseError

TEXT = (CASES / "clark-example-2-nnet.toml").read_text()
RESTART = 'restart = { states = "weights", weights = "Wts", iterations = "maxit" }'


@pytest.mark.parametrize(
    ("restart", "reason"),
    [
        (RESTART.replace('"weights"', '"wts"'), "restart.states: unknown name 'wts'"),
        (RESTART.replace('"weights"', '"value"'), "restart.states: value has to have one state"),
        (RESTART.replace('"Wts"', '"weights"'), "restart.weights: unknown name 'weights'"),
        (RESTART.replace('"maxit"', '"n"'), "restart.iterations: unknown name 'n'"),
        (RESTART.replace('"maxit"', '"X"'), "restart.iterations: X is not a whole number"),
    ],
)
def test_a_run_is_gone_on_with_only_by_names_that_fit(
    tmp_path: Path, restart: str, reason: str
) -> None:
    assert TEXT.count(RESTART) == 1
    path = tmp_path / "wrong.toml"
    path.write_text(TEXT.replace(RESTART, restart))
    with pytest.raises(CaseError, match=f"^wrong.toml: {reason}"):
        load_case(path)
