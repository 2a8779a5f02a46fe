"""Ten functions of the atlas, and that its files belong together."""

import tomllib
from pathlib import Path

import pandas as pd
import pytest

from compare.case.pair import load_pairs
from tools.atlas import ATLAS, EQUAL, GROUPS, TOLD, judged, page, verified

TEN = (
    *("sd", "cor", "t-test", "pgamma", "hclust", "quantile-6", "approx", "which", "signed-rank"),
    "sd-equal",
)


def names() -> list[str]:
    return [pair.name for pair in load_pairs([str(ATLAS)])]


@pytest.mark.slow
def test_ten_of_its_functions_have_the_verdict_and_reason_that_is_documented(
    tmp_path: Path,
) -> None:
    outputs, explanations = verified(tmp_path, list(TEN))
    documented = tomllib.loads((ATLAS / "documented.toml").read_text())
    told = {name: judged(name, outputs, explanations, documented) for name in TEN}
    assert told == dict.fromkeys(TEN, "named") | {"cor": "", "sd-equal": ""}
    # on other inputs the p-value is seen to be one of few: an undetermined output is looked at so
    advice = explanations.loc[explanations["case"] == "signed-rank", "advice"]
    assert advice.str.startswith("a rounding, a count or a rank that the last digit decides").all()
    assert len(advice) == 1


def test_what_is_documented_is_there_and_has_its_arguments_beside_it() -> None:
    documented = tomllib.loads((ATLAS / "documented.toml").read_text())
    assert documented.keys() <= set(names())
    equal = {name.removesuffix(EQUAL) for name in names() if name.endswith(EQUAL)}
    assert equal <= documented.keys()


def test_every_pair_is_of_a_group_of_the_page() -> None:
    files = {pair.functions["python"].partition(".py")[0] for pair in load_pairs([str(ATLAS)])}
    assert files == set(GROUPS)
    assert len(names()) - sum(name.endswith(EQUAL) for name in names()) >= 100


@pytest.mark.parametrize(
    ("verdict", "hypotheses", "advice", "told"),
    [
        ("agree", [], "", "wrong"),
        ("disagree", ["no known pattern"], "", "none"),
        ("disagree", ["definition"], "a cause", "named"),
        ("disagree", ["factor", "argument"], "a cause", "wrong"),
        ("disagree", ["factor"], "", "fact"),
        ("disagree", ["jump"], "a cause", "fact"),
        ("disagree", ["layout"], "a cause", "wrong"),
    ],
)
def test_how_well_a_difference_is_explained(
    verdict: str, hypotheses: list[str], advice: str, told: str
) -> None:
    outputs = pd.DataFrame({"case": ["sd"], "verdict": [verdict]})
    rows = [("sd", hypothesis, advice) for hypothesis in hypotheses]
    explanations = pd.DataFrame(rows, columns=["case", "hypothesis", "advice"])
    documented = {"sd": {"reasons": ["definition"]}}
    assert judged("sd", outputs, explanations, documented) == told
    if verdict == "agree":
        assert judged("sd", outputs, explanations, {}) == ""


def test_the_page_counts_what_it_shows() -> None:
    outputs = pd.DataFrame(
        [(name, "agree", "15", "15") for name in names()],
        columns=["case", "verdict", "python_digits", "r_digits"],
    )
    explanations = pd.DataFrame(columns=["case", "hypothesis", "advice", "evidence"])
    table, count = page(outputs, explanations)
    documented = tomllib.loads((ATLAS / "documented.toml").read_text())
    assert count["wrong"] == len(documented)
    assert count["agree"] == count.total() - count["wrong"]
    assert table.count("\n| [") == count.total()
    assert set(count) <= {"agree", *TOLD}
