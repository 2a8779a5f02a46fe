"""Why pairs of real functions differ, from the command to the table."""

from pathlib import Path
from typing import NamedTuple

import pandas as pd
import pytest

from tests.somebodys import Brought, Verified, bring, verify_in

NUMPY = "import numpy as np\n"


class Reason(NamedTuple):
    """A row of `explanations.csv`: its hypothesis, and texts that its evidence and advice have."""

    hypothesis: str
    evidence: str = ""
    advice: str = ""


PAIRS: dict[str, tuple[Brought, Reason]] = {
    "ddof": (
        Brought(NUMPY + "def f(x): return np.std(x)\n", "f <- function(x) sd(x)\n"),
        Reason(
            "definition",
            "; by trial: with ddof=1 in np.std() (pair.py, line 2) in Python, both are the same",
            "one language divides by n, the other by n - 1: ddof=1 in np.std() (pair.py, line 2)",
        ),
    ),
    "welch": (
        Brought(
            "from scipy import stats\ndef f(x): return stats.ttest_ind(x, x ** 1.5 + 1).pvalue\n",
            "f <- function(x) t.test(x, x^1.5 + 1)$p.value\n",
        ),
        Reason("argument", "by trial: with ", "equal_var=False in "),
    ),
    "rate": (
        Brought(
            "from scipy import stats\ndef f(x): return stats.gamma.cdf(x, 2.0, 0, 1.7)\n",
            "f <- function(x) pgamma(x, 2, 1.7)\n",
        ),
        Reason("argument", "all 5 values are the same", "1 / 1.7 in place of 1.7 in stats.gamma"),
    ),
    "empty": (
        Brought(
            "def f(x, none): return x.sum() + none.sum()\n",
            "f <- function(x, none) {\n  s <- sum(x)\n"
            "  for (i in 1:length(none)) s <- s + none[i]\n  if (length(s) == 1) s else 0\n}\n",
            "[inputs]\nx = [2.5, 3.25]\nnone = []\n",
        ),
        Reason("input", "with values in the empty none both languages agree", "seq_along(x)"),
    ),
    "seed": (
        Brought(
            NUMPY + "def f(seed): return np.random.default_rng(seed).normal(size=3)\n",
            "f <- function(seed) {\n  set.seed(seed)\n  rnorm(3)\n}\n",
            "[inputs]\nseed = 3\n",
        ),
        Reason("another stream", "with another seed both languages return other values"),
    ),
    "rounded": (
        Brought(NUMPY + "def f(x): return np.round(x / 7, 3)\n", "f <- function(x) x / 7\n"),
        Reason("rounded", "Python = R's value rounded half even to 3 decimals, in all 5 values"),
    ),
    "short": (
        Brought("def f(x): return x * 2\n", "f <- function(x) x * 2 * (1 + 1e-7 * sin(1:5))\n"),
        Reason("no known pattern"),
    ),
    "singular": (
        Brought(
            NUMPY + "def f(x):\n    m = np.column_stack([np.ones(5), x, 2 * x])\n"
            "    return np.linalg.lstsq(m, x ** 2, rcond=None)[0]\n",
            "f <- function(x) {\n  y <- 2 * x\n  unname(coef(lm(I(x^2) ~ x + y)))\n}\n",
        ),
        Reason("rank deficient", "R says: singular fit encountered"),
    ),
    "places": (
        Brought("def f(x): return x.argsort()\n", "f <- function(x) order(x)\n"),
        Reason("offset", "R = Python + 1, in all 5 values", "index_base"),
    ),
    "agrees": (Brought("def f(x): return x.sum()\n", "f <- function(x) sum(x)\n"), Reason("")),
}


@pytest.fixture(scope="module")
def done(tmp_path_factory: pytest.TempPathFactory) -> Verified:
    folder = tmp_path_factory.mktemp("reasons")
    bring(folder, {name: brought for name, (brought, _) in PAIRS.items()})
    return verify_in(folder, ".")


@pytest.mark.parametrize("name", PAIRS)
def test_the_reason_is_the_one(done: Verified, name: str) -> None:
    table = pd.read_csv(done.report / "explanations.csv", dtype=str, keep_default_na=False)
    rows, reason = table[table["case"] == name], PAIRS[name][1]
    assert list(rows["hypothesis"]) == ([reason.hypothesis] if reason.hypothesis else [])
    for row in rows.itertuples():
        assert reason.evidence in str(row.evidence)
        assert reason.advice in str(row.advice)


def test_a_change_is_said_to_be_one_and_not_a_usual_cause(done: Verified) -> None:
    said = " ".join(done.output.split())
    assert "are the same To change: 1 / 1.7 in place of 1.7 in stats.gamma.cdf()" in said
    assert "either equal_var=False in stats.ttest_ind() (pair.py, line 2) or var.equal = " in said


@pytest.mark.slow
def test_a_change_has_to_do_for_every_example(tmp_path: Path) -> None:
    weibull = Brought(
        NUMPY + "def f(x, p): return np.quantile(x, p)\n",
        "f <- function(x, p) unname(quantile(x, p, type = if (length(x) > 4) 6 else 4))\n",
        "[[example]]\nx = [2.5, 3.25, 4.75, 1.5, 9.0]\np = [0.13, 0.61]\n"
        "[[example]]\nx = [2.5, 3.25, 4.75, 1.5]\np = [0.13, 0.61]\n",
    )
    bring(tmp_path, {"pair": weibull})
    verified = verify_in(tmp_path, ".")
    table = pd.read_csv(verified.report / "explanations.csv", dtype=str, keep_default_na=False)
    assert list(table["parameter"]) == [
        "quantiles: of type 7, of type 6",
        "quantiles: of type 7, of type 4",
    ]
    assert not table["advice"].str.contains("np.quantile").any()
