"""What the table of values has of the built-in cases."""

from collections.abc import Callable

import numpy as np
import pandas as pd

from compare.case.case import Case
from compare.judge.pair_outputs import JudgedOutput
from compare.judge.pairs import compare_arrays
from compare.report.verification import VALUE_COLUMNS
from compare.run.pool import Failure
from compare.run.results import Results
from compare.run.runs import Result
from compare.verify.comparisons import compare_pairs
from compare.verify.stored import StoredEvidence
from compare.verify.values_table import rows_of_pairs, value_rows
from tests.verify.test_passing import with_prediction_moved

MOST_VALUES, SHOWN = 10_000, 1_000


def values(example: Case, results: Results) -> pd.DataFrame:
    compared = compare_pairs([example], results, StoredEvidence.of([example]), {})
    return pd.DataFrame(rows_of_pairs(compared), columns=VALUE_COLUMNS)


def test_every_value_of_a_native_run_has_a_row(
    example: Case, results: Callable[..., Results]
) -> None:
    def moved(result: Result) -> Result:
        error = result["error"].copy()
        error[100] = np.nextafter(error[100], 1)
        return result | {"error": error}

    table = values(example, results(moved))
    native = table[(table["arithmetic"] == "native") & (table["start"] == "numpy")]
    layer = native[native["output"] == "layer_1"]
    assert list(layer["index"]) == ["1,1", "2,1", "3,1", "4,1"]
    assert set(layer["verdict"]) == {"identical"}
    assert (layer["tolerance"].astype(float) > 0).all()
    error = native[native["output"] == "error"]
    assert list(error["index"]) == [str(i + 1) for i in range(MOST_VALUES)]
    assert error.loc[error["verdict"] == "agree", "index"].tolist() == ["101"]


def test_of_very_many_values_the_furthest_are_listed_and_all_counted() -> None:
    a = np.linspace(1, 2, MOST_VALUES + 1)
    b = a.copy()
    b[4] = np.nextafter(b[4], 2)
    compared = compare_arrays(a, b, a.shape, np.zeros_like(a))
    output = JudgedOutput("many", compared.verdict, False, a.shape, compared.values)
    rows = pd.DataFrame(value_rows(("c", "-", "-", "native"), output, []), columns=VALUE_COLUMNS)
    assert len(rows) == SHOWN + 1
    assert rows.loc[rows["verdict"] == "agree", "index"].tolist() == ["5", "*"]
    assert rows["note"].iloc[-1] == "10001 values: 1 agree, 10000 identical"


def test_the_worst_are_those_of_the_worst_verdict_first() -> None:
    a = np.linspace(1, 2, MOST_VALUES + 1)
    spread = np.full(a.shape, 1e-9)
    b = a + 1e-9
    b[7], spread[7] = a[7] + 5 * np.spacing(a[7]), 0.0
    compared = compare_arrays(a, b, a.shape, spread)
    output = JudgedOutput("many", compared.verdict, True, a.shape, compared.values)
    rows = pd.DataFrame(value_rows(("c", "-", "-", "native"), output, []), columns=VALUE_COLUMNS)
    assert rows.loc[rows["verdict"] == "disagree", "index"].tolist() == ["8", "*"]


def test_what_is_the_same_to_the_bit_has_one_row(
    example: Case, results: Callable[..., Results]
) -> None:
    table = values(example, results())
    portable = table[table["arithmetic"] == "portable"]
    assert set(portable["index"]) == {"*"}
    assert len(portable) == 2 * (len(example.quantities) + 1)
    assert "4 values: 4 identical" in set(portable["note"])


def test_a_value_that_disagrees_is_listed_and_its_output_says_how_far(
    example: Case, results: Callable[..., Results]
) -> None:
    table = values(example, results(with_prediction_moved, "portable"))
    wrong = table[table["verdict"] == "disagree"]
    assert set(wrong["output"]) == {"layer_1"}
    assert list(wrong["index"]) == ["1,1", "2,1", "3,1", "4,1"] * 2
    assert wrong["note"].str.startswith("index ").all()


def test_a_run_that_failed_has_a_row_for_each_output_and_no_value(
    example: Case, results: Callable[..., Results]
) -> None:
    table = values(example, results(lambda _: Failure("it stopped")))
    native = table[table["arithmetic"] == "native"]
    assert set(native["verdict"]) == {"not compared"}
    assert set(native["python"]) == {""}
    assert set(native["note"]) == {"it stopped"}
