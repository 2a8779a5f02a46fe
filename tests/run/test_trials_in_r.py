"""What may be tried in an R function, and the function with that changed."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from compare.run.probe import LISTED, Answer
from compare.run.session import Session
from compare.run.trial import Trial
from tests.run.calls import InR, call_of, plain

X = np.array([1.0, 2.0, 4.0])


@pytest.fixture
def trials(called_in_r: InR) -> Any:
    def listed(code: str) -> list[Trial]:
        answer = called_in_r(code, how=LISTED, x=X)
        assert answer.error == ""
        return list(answer.trials)

    return listed


@pytest.fixture
def changed(session: Session, tmp_path: Path) -> Any:
    """What comes of a function with the changes that are written so."""

    def do(code: str, *texts: str, reference: str = "") -> Answer:
        call = call_of(tmp_path / "code", "r", code, x=X)
        call = replace(call, reference=reference or call.reference)
        listed = session.do(replace(call, how=LISTED)).trials
        changes = tuple(next(t for t in listed if t.text == text) for text in texts)
        answer: Answer = session.do(replace(call, changes=changes))
        return answer

    return do


def texts(trials: list[Trial], argument: str) -> list[str]:
    return [trial.text for trial in trials if trial.argument == argument]


def test_choices_are_those_of_the_formals(trials: Any) -> None:
    found = trials("f <- function(x) {\n  y <- x\n  rank(y)\n}\n")
    assert texts(found, "ties.method") == [
        f'ties.method = "{how}"' for how in ("first", "last", "random", "max", "min")
    ]
    assert {trial.where for trial in found} == {"rank() (m0.R, line 3)"}


def test_choices_are_those_of_the_usual_methods_of_a_generic(trials: Any) -> None:
    found = trials("f <- function(x) quantile(x, 0.3)\n")
    assert texts(found, "type") == [f"type = {i}" for i in (1, 2, 3, 4, 5, 6, 8, 9)]
    assert texts(found, "names") == []
    welch = trials("f <- function(x) t.test(x, x^2, paired = TRUE)$p.value\n")
    assert texts(welch, "paired") == ["paired = FALSE", "paired = TRUE"]


def test_choices_are_those_of_the_help_page_where_the_default_is_one_word(trials: Any) -> None:
    found = trials("f <- function(x) nchar('a')\n")
    assert texts(found, "type") == ['type = "bytes"', 'type = "width"']


def test_tolerances_are_made_tight(trials: Any) -> None:
    found = trials("f <- function(x) uniroot(function(y) y - 1, c(0, 3))$root\n")
    assert [t.text for t in found if t.tightens] == ["tol = 1e-12"]


def test_a_default_that_is_missing_is_no_choice(trials: Any) -> None:
    found = trials("f <- function(x) matrix(x, nrow = 3)\n")
    assert texts(found, "data") == []
    assert texts(found, "nrow") == ["nrow = 1"]
    assert texts(found, "byrow") == ["byrow = TRUE"]


def test_only_what_the_function_reaches_is_listed(trials: Any) -> None:
    code = (
        "helper <- function(x) stats::sd(x)\n"
        "other <- function(x) var(x)\n"
        "f <- function(x) {\n  g <- function(y) helper(y) + max(y)\n  g(x) + mean(x)\n}\n"
    )
    assert {trial.function for trial in trials(code)} == {"stats::sd", "mean"}


def test_the_changed_function_is_called_with_its_helpers(changed: Any) -> None:
    code = "helper <- function(x) quantile(x, 0.3)\nf <- function(x) unname(helper(x))\n"
    value = plain(changed(code, "type = 6").leaves["value"])
    assert value == pytest.approx([np.quantile(X, 0.3, method="weibull")])
    both = changed(
        "f <- function(x) mean(x, trim = 0.4) + unname(quantile(x, 0.3))\n", "trim = 0", "type = 6"
    )
    expected = X.mean() + np.quantile(X, 0.3, method="weibull")
    assert plain(both.leaves["value"]) == pytest.approx([expected])


def test_formulas_and_unusual_calls_survive(changed: Any, trials: Any) -> None:
    code = (
        "f <- function(x) {\n  m <- lm(y ~ x, data.frame(x = x, y = x^2))\n"
        "  k <- (function(z, ...) z[, 1, drop = FALSE])(cbind(x))\n"
        "  unname(coef(m)) + sum(k)\n}\n"
    )
    plain_value = plain(changed(code).leaves["value"])
    assert plain(changed(code, "qr = FALSE").leaves["value"]) == plain_value
    assert "singular.ok = FALSE" in [trial.text for trial in trials(code)]


def test_a_function_of_a_package_is_changed_itself(changed: Any) -> None:
    answer = changed("", "na.rm = TRUE", reference="stats::sd")
    assert plain(answer.leaves["value"]) == pytest.approx([np.std(X, ddof=1)])
    assert changed("", reference="base::sum").leaves.keys() == {"value"}
