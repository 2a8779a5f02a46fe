import numpy as np
import pandas as pd

from compare.case.case import Case
from compare.case.setting import settings
from compare.evidence.windows import Window
from compare.report.sensitivity import WHOLE_RUN, worst_of_each_setting
from compare.report.verification import Verification
from compare.run.results import Results
from compare.run.runs import Run
from compare.verify.sensitivity import sensitivity
from compare.verify.window_tables import Windows

SMALL = "descent-bucket"
WEIGHTS = {"synapse_0", "synapse_1", "weights", "x", "error"}


def test_every_window_and_whole_run_says_how_large_a_change_would_pass(
    verification: Verification,
) -> None:
    table = verification.sensitivity
    assert list(table) == [
        *("case", "variant", "start", "quantity", "where", "largest_passing", "relative_to")
    ]
    assert np.isfinite(table["largest_passing"].astype(float)).all()
    assert (table["largest_passing"] >= 0).all()
    n_quantities = sum(
        len(case.quantities) * len(case.variants()) * len(case.starts)
        for case in verification.cases
    )
    assert (table["where"] == WHOLE_RUN).sum() == n_quantities
    assert not table.duplicated(["case", "variant", "start", "quantity", "where"]).any()


def test_in_windows_next_to_nothing_would_pass_in_chaotic_runs_too(
    verification: Verification,
) -> None:
    table = verification.sensitivity
    windows = table[table["where"] != WHOLE_RUN]
    for variant in ("alpha=10", "alpha=100", "alpha=1000"):
        assert (windows["variant"] == variant).any()
    nets = windows[~windows["case"].str.endswith("nnet")]
    tight = nets["quantity"].isin(WEIGHTS)
    assert nets.loc[tight, "largest_passing"].max() <= 4e-12
    assert windows["largest_passing"].max() <= 1e-8


def test_the_worst_of_each_setting_names_quantity_and_place(verification: Verification) -> None:
    worst = worst_of_each_setting(verification.sensitivity)
    assert len(worst) == sum(len(c.variants()) * len(c.starts) for c in verification.cases)
    assert worst["in windows"].str.contains(r"\(\w+, window \d+\)").all()
    assert worst["over the whole run"].str.contains(r"\(\w+\)").all()


def test_a_change_is_relative_to_the_largest_value(cases: dict[str, Case]) -> None:
    case = cases[SMALL]
    chosen = settings(case)
    results = Results()
    for setting in chosen:
        run = Run(setting, "python", "native")
        results.add(run, {q: np.full(case.shape(q), -8.0) for q in case.quantities})
    native = {q: np.full(case.shape(q, 3), 2.0) for q in case.quantities}
    spread = {q: np.full(case.shape(q, 3), 1e-9) for q in case.quantities}
    spread["x"] = np.zeros((1, 1))
    found = {s: [Window(97, 3, {("python", "native"): native}, spread)] for s in chosen}
    agreement = pd.DataFrame(
        [
            {
                **s.labels,
                **{"arithmetic": "native", "quantity": q, "tolerance": 4e-3},
            }
            for s in chosen
            for q in case.quantities
        ]
    )
    windows: Windows = {name: list(w) for name, w in found.items()}
    table = sensitivity([case], results, windows, agreement)
    assert set(table["relative_to"]) == {8.0}
    of_slope = table[table["quantity"] == "slope"].groupby("where")["largest_passing"].unique()
    assert of_slope[WHOLE_RUN].tolist() == [4e-3 / 8]
    np.testing.assert_allclose(of_slope["window 97"], [4e-9 / 8])
    worst = worst_of_each_setting(table).iloc[0]
    assert worst["in windows"].startswith("5.0e-10 (")
    assert worst["over the whole run"].startswith("5.0e-04 (")
