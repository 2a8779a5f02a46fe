"""The same verdicts as `make verify`: every row is looked at, and those that fail are listed."""

from pathlib import Path

import pandas as pd
import pytest

from compare import CASES
from compare.case.case import Case, load_cases
from compare.report.page.failures import failures
from compare.report.page.stored import load
from compare.report.terminal_failures import in_lines
from compare.report.verification import Verification
from compare.run.doctor import diagnose
from compare.run.runs import START_PREFIX

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
PAIR = ["case", "variant", "start", "arithmetic", "quantity"]
NUMBER = ["case", "variant", "language", "start", "quantity", "index", "printed"]
PAIRS = [
    (case.name, variant.name, start, arithmetic, quantity)
    for case in ALL
    for variant in case.variants()
    for start, drawn in case.starts.items()
    for arithmetic in case.arithmetics
    for quantity in [
        *(START_PREFIX + d.name for d in drawn.draws if d.name),
        *(case.measured if arithmetic == "native" else case.quantities),
    ]
]
PRINTED = [
    (
        *(case.name, printed.variant, language, printed.start, printed.quantity),
        *(",".join(map(str, printed.index)), printed.text),
    )
    for case in ALL
    for printed in case.printed_list()
    for language in printed.checked_in
]


def keys(table: pd.DataFrame, columns: list[str]) -> list[tuple[str, ...]]:
    return sorted(map(tuple, table[columns].astype(str).to_numpy().tolist()))


def described(rows: pd.DataFrame, columns: list[str]) -> list[str]:
    """What a failing test prints: where, the verdict and the reason of each row."""
    return [
        f"{' '.join(map(str, row[columns]))}: {row['verdict']}: {row['reason']}"
        for _, row in rows.iterrows()
    ]


def test_nothing_went_wrong(report: Path) -> None:
    """A failure here names what differs, the statements of both languages, and the cause."""
    wrong = ["\n".join(in_lines(failure)) for failure in failures(load(report))]
    if wrong:
        pytest.fail("\n\n".join(wrong), pytrace=False)


def test_every_pair_of_every_case_is_compared_once(verification: Verification) -> None:
    assert keys(verification.agreement, PAIR) == sorted(PAIRS)
    empty = verification.agreement[~(verification.agreement["n_values"] > 0)]
    assert described(empty, PAIR) == []


def test_r_and_python_agree(verification: Verification) -> None:
    table = verification.agreement
    portable = table["arithmetic"] == "portable"
    allowed = (table["verdict"] == "identical") | (
        ~portable & table["verdict"].isin(["agree", "undetermined"])
    )
    assert described(table[~allowed], PAIR) == []
    assert set(table["arithmetic"]) == {"native", "portable"}


def test_every_printed_number_is_looked_at_in_each_language_that_must_print_it(
    verification: Verification,
) -> None:
    assert keys(verification.published, NUMBER) == sorted(PRINTED)


def test_the_printed_numbers_come_out_again(verification: Verification) -> None:
    table = verification.published
    allowed = table["verdict"].isin(["reproduced", "within rounding", "undetermined"])
    assert described(table[~allowed], NUMBER) == []


def test_every_number_that_r_printed_is_there_and_reproduced_with_the_reference_blas(
    verification: Verification,
) -> None:
    """Another BLAS may round the last digit of a printed number the other way."""
    rows = verification.published.query("language == 'r'")
    assert len(rows) == 8 + 44 + 30 + 11 + 9
    facts = diagnose().facts
    if "/blas/" in facts["R BLAS"] and facts["R matprod"] == "default":
        assert described(rows[rows["verdict"] != "reproduced"], NUMBER) == []


def test_the_mirror_of_nnet_prints_the_trace_values(verification: Verification) -> None:
    rows = verification.published.query("language == 'python' and printed_by == 'r'")
    assert len(rows) == 8
    allowed = rows["verdict"].isin(["reproduced", "within rounding"])
    assert described(rows[~allowed], NUMBER) == []


def test_nothing_is_left_out(verification: Verification) -> None:
    assert verification.problems == []
    assert (len(PAIRS), len(PRINTED)) == (1076, 541)
    assert verification.exit_code == 0


def test_every_decimal_of_the_sources_is_listed() -> None:
    with_decimals = {
        case.name: sum(bool(p.text.partition(".")[2]) for p in case.printed_list()) for case in ALL
    }
    assert {name: n for name, n in with_decimals.items() if n} == DECIMALS


def test_the_sources_print_533_numbers(cases: dict[str, Case]) -> None:
    assert sum(case.printed_numbers for case in cases.values()) == 183 + 42 + 266 + 42


def test_every_count_of_direction_changes_comes_out_again(verification: Verification) -> None:
    counts = verification.published[
        verification.published["quantity"].str.endswith("_direction_count")
    ]
    assert len(counts) == 112
    moving = counts["variant"] == "alpha=1000"  # doubles do not determine that run
    assert described(counts[~moving & (counts["verdict"] != "reproduced")], NUMBER) == []
    of_moving = counts[moving & ~counts["verdict"].isin(["reproduced", "undetermined"])]
    assert described(of_moving, NUMBER) == []


def test_weights_that_doubles_do_not_determine_stand_beside_their_exact_values(
    verification: Verification,
) -> None:
    rows = verification.published.query(
        "case == 'trask-direction-changes' and variant == 'alpha=1000'"
    )
    weights = rows[rows["quantity"].isin(["synapse_0", "synapse_1"])]
    assert len(weights) == 16
    assert (
        described(weights[~weights["verdict"].isin(["reproduced", "undetermined"])], NUMBER) == []
    )
    off = (weights["printed"].astype(float) - weights["proved"].astype(float)).abs()
    assert off.max() > 1  # the source printed -116.6, and -130.7 is exact


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
        "arithmetic == 'portable' and variant == 'alpha=10' "
        "and case in ('clark-example-3', 'trask-hidden-32')"
    )
    assert len(rows) == 33
    assert described(rows[rows["verdict"] != "identical"], PAIR) == []
    assert rows.query("quantity == 'error'")["n_values"].tolist() == [30000, 30000, 60000]
