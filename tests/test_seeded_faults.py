"""`verify` kills each of these mutants, planted in a copy, by comparing values."""

import csv
import json
import re

import pytest

from tests.copies import Copy

pytestmark = pytest.mark.slow
R_UPDATE = "synapse_0 <- synapse_0 + alpha * synapse_0_update"
PYTHON_DELTA = "layer_2_delta = layer_2_error * (layer_2 * (1 - layer_2))"
R_LOOP = (
    "  for (j in seq_len(maxiter)) {\n    layer_1 <- sigmoid(matmul(X, synapse_0)) # n_obs x hidden"
)


def rows(copy: Copy, table: str, **wanted: str) -> list[dict[str, str]]:
    with (copy.folder / "report" / f"{table}.csv").open() as file:
        return [r for r in csv.DictReader(file) if all(r[k] == v for k, v in wanted.items())]


def test_an_update_off_by_1e_12_in_r(copy: Copy) -> None:
    copy.replace("r_impl/R/two_layer.R", R_UPDATE, R_UPDATE + " * (1 + 1e-12)")
    done = copy.compare("verify", "clark-example-2")
    assert done.returncode == 1, done.stderr
    assert (
        "disagree: R and Python do not agree: clark-example-2, initial weights from NumPy"
        in done.stdout
    )
    assert re.search(r"in R +r_impl/R/two_layer.R, line \d", done.stdout)
    assert f"{R_UPDATE} * (1 + 1e-12)".strip() in done.stdout
    assert {
        r["verdict"] for r in rows(copy, "agreement", arithmetic="portable", quantity="error")
    } == {"disagree"}


def test_a_factor_dropped_in_python(copy: Copy) -> None:
    copy.replace(
        "python_impl/two_layer.py", PYTHON_DELTA, "layer_2_delta = layer_2_error * layer_2"
    )
    assert "is stale" in copy.compare("verify", "clark-example-2").stdout
    done = copy.compare("verify", "clark-example-2", "--accept-stale")
    assert done.returncode == 1, done.stderr
    assert (
        "disagree: R and Python do not agree: clark-example-2, initial weights from NumPy"
        in done.stdout
    )
    assert re.search(r"in Python +python_impl/two_layer.py, line \d", done.stdout)
    assert "layer_2_delta = layer_2_error * layer_2\n" in done.stdout
    after = done.stdout.partition("What else fails in the same cases")[2]
    assert re.search(r"printed numbers +\d", after)


def test_one_digit_of_a_printed_string_changed(copy: Copy) -> None:
    copy.replace("compare/cases/clark-example-1.toml", '"0.009670417"', '"0.009670418"')
    done = copy.compare("verify", "clark-example-1")
    assert done.returncode == 1, done.stderr
    said = " ".join(done.stdout.split())
    assert (
        "mismatch: A printed number is not reproduced: clark-example-1, initial weights from R"
        in said
    )
    assert "printed 0.009670418 here 0.00967041" in said
    assert [r["printed"] for r in rows(copy, "published", verdict="mismatch")] == ["0.009670418"]


def test_an_alpha_of_the_grid_skipped_in_r(copy: Copy) -> None:
    skipped = "  if (alpha == 0.1) {\n    return(list())\n  }\n"
    copy.replace("r_impl/R/two_layer.R", R_LOOP, skipped + R_LOOP)
    done = copy.compare("verify", "clark-example-3")
    assert done.returncode == 2, done.stderr
    assert "r did not return it" in done.stdout
    wrong = rows(copy, "agreement", verdict="not compared")
    assert {r["variant"] for r in wrong} == {"alpha=0.1"}
    assert len(wrong) == 2 * 2 * 9


@pytest.mark.parametrize(
    ("fault", "message"),
    [
        ("tools::pskill(Sys.getpid(), 9)", "its process ended by signal 9 in mid-run"),
        ("quit(status = 0)", "its process ended with status 0 in mid-run"),
        ("Sys.sleep(1000)", "still running after 30 s, stopped"),
        ("stop('no luck')", "no luck"),
        ("warning('odd')", "odd"),
    ],
    ids=["killed", "quit with status 0", "hangs", "error", "warning"],
)
def test_an_r_that_does_not_finish(copy: Copy, fault: str, message: str) -> None:
    copy.replace(
        "r_impl/R/one_layer.R", "  for (j in", f"  if (maxiter == 10000) {fault}\n  for (j in"
    )
    # long enough for what does not hang, also on a busy machine
    done = copy.compare("verify", "clark-example-1", "--timeout", "30")
    assert done.returncode == 2, done.stdout + done.stderr
    assert "not compared: R gave no result: clark-example-1" in done.stdout
    assert re.search("  in +clark-example-1, initial weights from R, native\n", done.stdout)
    assert message in done.stdout
    assert done.stdout.rstrip().endswith("exit code 2: not everything could be compared")
    results = json.loads((copy.folder / "report" / "results.json").read_text())
    assert results["complete"] is False
    assert (
        (copy.folder / "report" / "report.md").read_text().startswith("# nnmirror\n\n**Incomplete")
    )
    judged = {r["arithmetic"]: r["verdict"] for r in rows(copy, "agreement")}
    assert judged == {"native": "not compared", "portable": "identical"}


def test_a_case_that_was_never_measured_is_not_compared(copy: Copy) -> None:
    (copy.folder / "compare/cases/clark-example-1.spread.csv").unlink()
    done = copy.compare("verify", "clark-example-1", "--accept-stale")
    assert done.returncode == 2
    assert re.search(
        r"never measured\n +next +python -m compare measure clark-example-1\n", done.stdout
    )
