from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from compare.case.case import Case
from compare.case.setting import Setting, settings
from compare.evidence import directed_spread as module
from compare.evidence.directed_spread import Directed, measure_directed, store
from compare.evidence.proof import load
from compare.judge.references import judge_directed
from compare.report.verification import Verification
from compare.run.pool import Failure, run_all


@pytest.fixture(scope="module")
def example_1(cases: dict[str, Case]) -> Setting:
    return settings(cases["clark-example-1"])[0]


@pytest.fixture(scope="module")
def measured(example_1: Setting) -> pd.DataFrame:
    (found,) = run_all(measure_directed, [example_1], jobs=1, timeout=300)
    assert isinstance(found, pd.DataFrame), found
    return found


@pytest.fixture
def stored(
    example_1: Setting, measured: pd.DataFrame, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Path:
    monkeypatch.setattr(module, "CASES", tmp_path)
    store(example_1.case, measured, {"numpy": "2", "user": "somebody"})
    return tmp_path / "clark-example-1.directed.csv"


def test_every_proved_value_has_a_spread_in_both_languages(
    example_1: Setting, measured: pd.DataFrame, stored: Path
) -> None:
    directed = Directed(example_1.case)
    assert directed.problem == ""
    proved = load(example_1).values
    assert len(measured) == 2 * sum(map(len, proved.values()))
    for language in ("python", "r"):
        for quantity, enclosures in proved.items():
            spread = directed.of(example_1, language, quantity)
            assert spread is not None
            assert spread.keys() == enclosures.keys()
            assert max(spread.values()) > 0
    assert "somebody" not in stored.read_text()


@pytest.mark.parametrize(
    ("wrong", "reason"),
    [
        (lambda text: text.replace("e-1", "e-9", 1), "changed by hand"),
        (lambda text: "\n".join(text.split("\n")[:-20]), "changed by hand"),
        (lambda text: text.replace("{", "", 1), "damaged"),
        (lambda text: "", "damaged"),
    ],
)
def test_a_file_that_was_changed_is_not_used(
    example_1: Setting, stored: Path, wrong: Callable[[str], str], reason: str
) -> None:
    stored.write_text(wrong(stored.read_text()))
    directed = Directed(example_1.case)
    assert reason in directed.problem
    assert "python -m compare measure clark-example-1" in directed.problem
    assert directed.of(example_1, "python", "error") is None


@pytest.mark.parametrize(
    "wrong",
    [
        lambda table: table.assign(spread="-1e-16"),
        lambda table: table.assign(spread="inf"),
        lambda table: table.assign(spread="much"),
        lambda table: pd.concat([table, table.head(1)]),
        lambda table: table.rename(columns={"spread": "size"}),
    ],
)
def test_a_table_that_is_no_spread_is_not_used(
    example_1: Setting,
    measured: pd.DataFrame,
    stored: Path,
    wrong: Callable[[pd.DataFrame], pd.DataFrame],
) -> None:
    store(example_1.case, wrong(measured), {})
    assert "is damaged" in Directed(example_1.case).problem


def test_what_was_never_measured_says_so(cases: dict[str, Case], stored: Path) -> None:
    assert "was never measured" in Directed(cases["clark-example-2"]).problem


@pytest.mark.parametrize("factor", [1e-3, 10.0, 1e6])
def test_a_stored_spread_of_another_size_is_contradicted(
    example_1: Setting, measured: pd.DataFrame, stored: Path, factor: float
) -> None:
    directed = Directed(example_1.case)
    early = {
        language: {
            "error": np.array(
                [x for i, x in (directed.of(example_1, language, "error") or {}).items() if i < 200]
            )
        }
        for language in ("python", "r")
    }
    indices = [i for i in directed.of(example_1, "r", "error") or {} if i < 200]
    now = {
        language: {"error": np.interp(range(200), indices, found["error"])}
        for language, found in early.items()
    }
    assert judge_directed(example_1, directed, now) == ("holds", "", 2 * len(indices))
    now["r"]["error"] = now["r"]["error"] * factor
    verdict, reason, _ = judge_directed(example_1, directed, now)
    assert verdict == "contradicted"
    assert reason.startswith("error in r")
    assert judge_directed(example_1, directed, Failure("died")) == ("not compared", "died", 0)


def test_every_proof_has_a_directed_spread_and_every_value_is_within_it(
    verification: Verification,
) -> None:
    accuracy = verification.accuracy
    assert set(accuracy["verdict"]) == {"agree"}
    proved = {
        tuple(s.labels.values())
        for case in verification.cases
        for s in settings(case)
        if load(s).values
    }
    keys = accuracy[["case", "variant", "start"]].itertuples(index=False, name=None)
    assert set(keys) == proved
    kinds = verification.references.query("kind == 'directed rounding'")
    assert len(kinds) == len(proved)
    assert set(kinds["verdict"]) == {"holds"}
