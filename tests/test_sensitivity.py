import numpy as np

from compare.sensitivity import WHOLE_RUN, worst_of_each_setting
from compare.verify import Verification

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
