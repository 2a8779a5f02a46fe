"""The worked examples, each verified."""

import re
from pathlib import Path

import pandas as pd
import pytest

from compare import ROOT
from tests.somebodys import verify_in

EXAMPLES = ROOT / "examples"
VERDICTS = {
    "logistic": {"agree", "identical"},
    "pca": {"agree", "identical"},
    "rosenbrock": {"agree"},
    "longley": {"agree"},
    "wampler1": {"agree"},
    "wampler2": {"agree"},
    "filip": {"disagree"},
}


@pytest.fixture(scope="module")
def tables(tmp_path_factory: pytest.TempPathFactory) -> tuple[pd.DataFrame, pd.DataFrame]:
    folders = sorted(path for path in EXAMPLES.iterdir() if path.name != "atlas")
    done = verify_in(tmp_path_factory.mktemp("examples"), *map(str, folders))
    assert done.code == 1, done.said
    outputs, explanations = (
        pd.read_csv(done.report / f"{name}.csv", dtype=str, keep_default_na=False)
        for name in ("outputs", "explanations")
    )
    return outputs, explanations


Tables = tuple[pd.DataFrame, pd.DataFrame]


@pytest.mark.parametrize("case", VERDICTS)
def test_each_has_the_verdict_that_it_shows(tables: Tables, case: str) -> None:
    outputs, _ = tables
    assert set(outputs.loc[outputs["case"] == case, "verdict"]) <= VERDICTS[case]


def test_the_port_that_is_wrong_is_told_what_to_change(tables: Tables) -> None:
    outputs, explanations = tables
    verdicts = outputs[outputs["case"] == "disagrees"].set_index("output")["verdict"]
    assert verdicts["sd"] == verdicts["quartiles"] == "disagree"
    assert verdicts["mean"] in ("identical", "agree")
    advice = explanations[explanations["case"] == "disagrees"].set_index("output")["advice"]
    assert "ddof=1 in np.std()" in advice["sd"]
    assert "method='weibull' in np.quantile()" in advice["quartiles"]
    assert "type = 7 in quantile()" in advice["quartiles"]


@pytest.mark.parametrize("case", ["longley", "wampler1", "wampler2"])
def test_both_languages_have_digits_of_what_nist_certified(tables: Tables, case: str) -> None:
    outputs, _ = tables
    (row,) = outputs[outputs["case"] == case].to_dict("records")
    for language, determined in (("Python", "python_digits"), ("R", "r_digits")):
        found = re.search(rf"{language} has (\S+) certified digits", row["note"])
        assert found
        assert float(found[1]) > 8
        assert float(found[1]) > float(row[determined]) - 1  # rounding explains what is missing


def test_a_coefficient_that_r_leaves_out_is_named_with_its_certified_value(tables: Tables) -> None:
    outputs, explanations = tables
    (row,) = outputs[outputs["case"] == "filip"].to_dict("records")
    assert "R has nan where -0.0000402962525080404 is certified" in row["note"]
    (reason,) = explanations[explanations["case"] == "filip"].to_dict("records")
    assert "columns of the design make each other up" in reason["advice"]


def test_each_is_on_its_page() -> None:
    page = (ROOT / "docs" / "examples.md").read_text()
    for folder in EXAMPLES.iterdir():
        assert f"[{folder.name}](" in page
    nist = (ROOT / "docs" / "nist.md").read_text()
    for path in Path(EXAMPLES / "nist").glob("*.pair.toml"):
        assert f"| [{path.name.removesuffix('.pair.toml')}](" in nist
