"""The same verdicts as `make verify`, one test for each quantity and each printed number."""

import pandas as pd
import pytest

from compare import CASES
from compare.case import Case, load_cases
from compare.runs import START_PREFIX
from compare.verify import Verification

ALL = load_cases(CASES)
DECIMALS = {
    "clark-example-1": 8,
    "clark-example-2": 78,
    "clark-example-2-nnet": 25,
    "clark-example-3": 32,
    "clark-example-3-nnet": 8,
    "trask-alphas": 42,
    "trask-direction-changes": 154,
    "trask-hidden-32": 42,
}
PAIRS = [
    pytest.param(*pair, id=" ".join(pair))
    for case in ALL
    for variant in case.variants()
    for start, drawn in case.starts.items()
    for arithmetic in case.arithmetics
    for quantity in [
        *(START_PREFIX + d.name for d in drawn.draws if d.name),
        *(case.measured if arithmetic == "native" else case.quantities),
    ]
    for pair in [(case.name, variant.name, start, arithmetic, quantity)]
]
PRINTED = [
    pytest.param(*number, id=" ".join(number))
    for case in ALL
    for printed in case.printed_list()
    for language in printed.checked_in
    for index in [",".join(map(str, printed.index))]
    for number in [
        (case.name, printed.variant, language, printed.start, printed.quantity, index, printed.text)
    ]
]


@pytest.fixture(scope="session")
def agreement(verification: Verification) -> pd.DataFrame:
    keys = ["case", "variant", "start", "arithmetic", "quantity"]
    table = verification.agreement.set_index(keys).sort_index()
    assert table.index.is_unique
    return table


@pytest.fixture(scope="session")
def published(verification: Verification) -> pd.DataFrame:
    keys = ["case", "variant", "language", "start", "quantity", "index", "printed"]
    return verification.published.set_index(keys).sort_index()


@pytest.mark.parametrize(("case", "variant", "start", "arithmetic", "quantity"), PAIRS)
def test_r_and_python_agree(
    agreement: pd.DataFrame, case: str, variant: str, start: str, arithmetic: str, quantity: str
) -> None:
    key = (case, variant, start, arithmetic, quantity)
    row = agreement.loc[[key]].iloc[0]
    allowed = ["identical"] if arithmetic == "ordered" else ["identical", "agree", "undetermined"]
    assert row["verdict"] in allowed, row["reason"]
    assert row["n_values"] > 0


@pytest.mark.parametrize(
    ("case", "variant", "language", "start", "quantity", "index", "printed"), PRINTED
)
def test_the_printed_number_comes_out_again(
    published: pd.DataFrame,
    case: str,
    variant: str,
    language: str,
    start: str,
    quantity: str,
    index: str,
    printed: str,
) -> None:
    rows = published.loc[[(case, variant, language, start, quantity, index, printed)]]
    for _, row in rows.iterrows():
        assert row["verdict"] in ("reproduced", "within rounding", "undetermined"), row["reason"]


def test_every_number_that_r_printed_is_reproduced_with_the_reference_blas(
    verification: Verification,
) -> None:
    rows = verification.published.query("language == 'r'")
    assert len(rows) == 8 + 44 + 30 + 11 + 9
    assert set(rows["verdict"]) == {"reproduced"}


def test_the_mirror_of_nnet_prints_the_trace_values(verification: Verification) -> None:
    rows = verification.published.query("language == 'python' and printed_by == 'r'")
    assert len(rows) == 8
    assert set(rows["verdict"]) == {"reproduced"}


def test_nothing_is_left_out(verification: Verification) -> None:
    assert verification.problems == []
    assert len(verification.agreement) == len(PAIRS)
    assert len(verification.published) == len(PRINTED)
    assert verification.exit_code == 0


@pytest.mark.parametrize("case", ALL, ids=lambda case: case.name)
def test_every_decimal_of_the_sources_is_listed(case: Case) -> None:
    has_decimals = [p for p in case.printed_list() if p.text.partition(".")[2]]
    assert len(has_decimals) == DECIMALS.get(case.name, 0)


def test_the_sources_print_533_numbers(cases: dict[str, Case]) -> None:
    assert sum(case.printed_numbers for case in cases.values()) == 183 + 42 + 266 + 42


def test_every_count_of_direction_changes_comes_out_again(verification: Verification) -> None:
    counts = verification.published[
        verification.published["quantity"].str.endswith("_direction_count")
    ]
    assert len(counts) == 112
    moving = counts["variant"] == "alpha=1000"  # doubles do not determine that run
    assert set(counts.loc[~moving, "verdict"]) == {"reproduced"}
    assert set(counts.loc[moving, "verdict"]) <= {"reproduced", "undetermined"}


def test_weights_that_doubles_do_not_determine_stand_beside_their_exact_values(
    verification: Verification,
) -> None:
    rows = verification.published.query(
        "case == 'trask-direction-changes' and variant == 'alpha=1000'"
    )
    weights = rows[rows["quantity"].isin(["synapse_0", "synapse_1"])]
    assert len(weights) == 16
    assert set(weights["verdict"]) <= {"reproduced", "undetermined"}
    off = (weights["recomputed"] - weights["proved"].astype(float)).abs()
    assert off.max() > 1  # -116.6 is not -130.7


def test_complete_runs_have_every_iteration(verification: Verification) -> None:
    native = verification.agreement.query("arithmetic == 'native' and quantity == 'error'")
    n_values = native.groupby("case")["n_values"].unique().map(list).to_dict()
    assert n_values == {
        "clark-example-1": [10000],
        "clark-example-2": [30000],
        "clark-example-3": [30000],
        "dnn-digits": [20],
        "dnn-small": [1000],
        "dnn-wide": [10],
        "dnn-wide-scaled": [200],
        "trask-13-lines": [60000],
        "trask-alphas": [60000],
        "trask-direction-changes": [60000],
        "trask-error-surface": [10000],
        "trask-hidden-32": [60000],
        "trask-two-layer": [10000],
    }


def test_alpha_10_is_the_same_bits_over_all_iterations(verification: Verification) -> None:
    rows = verification.agreement.query(
        "arithmetic == 'ordered' and variant == 'alpha=10' "
        "and case in ('clark-example-3', 'trask-hidden-32')"
    )
    assert len(rows) == 33
    assert set(rows["verdict"]) == {"identical"}
    assert rows.query("quantity == 'error'")["n_values"].tolist() == [30000, 30000, 60000]
