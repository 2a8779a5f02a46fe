"""The same mistake in both languages, which no comparison of the two can notice."""

from functools import partial
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory
from types import ModuleType
from typing import Any

import pandas as pd
import pytest

import python_impl.arithmetic
from compare import ROOT
from compare.case.schema import LANGUAGES
from compare.run import r_session
from compare.run.pool import run_all
from compare.verify.oracles import Subject, judge
from tests.conftest import JOBS
from tests.copies import Copy
from tests.twins import TWINS, Twin


def mistaken(twin: Twin, language: str, arithmetic: str) -> Subject:
    """The function with its mistake, in one language."""
    suffix, home = (".py", "python_impl") if language == "python" else (".R", "r_impl/R")
    text = (ROOT / home / f"{twin.stem}{suffix}").read_text()
    old, new = twin.python if language == "python" else twin.r
    assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {twin.stem}{suffix}"
    source = text.replace(old, new)
    if language == "python":
        module = ModuleType(f"python_impl.{twin.stem}")
        exec(compile(source, f"{twin.stem}.py", "exec"), module.__dict__)
        of = module if twin.stem == "arithmetic" else python_impl.arithmetic
        chosen = getattr(of, arithmetic)
        return Subject(
            lambda **given: getattr(module, twin.function)(**given, arithmetic=chosen),
            lambda name, *arrays: getattr(chosen, name)(*arrays),
        )
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"{twin.stem}.R"
        path.write_text(source)
        inside = r_session.sourced(path, package="nnmirror")
    in_r = (
        inside(f"arithmetic_{arithmetic}")
        if twin.stem == "arithmetic"
        else r_session.get(f"nnmirror::arithmetic_{arithmetic}")
    )
    return Subject(
        lambda **given: r_session.call(
            inside(f"{twin.stem}_{twin.function}"), given | {"arithmetic": in_r}
        ),
        lambda name, *arrays: r_session.call(in_r.rx2(name), {}, *arrays),
    )


def verdicts(twin: Twin) -> dict[str, set[str]]:
    """In a child process: the verdicts of each language with the mistake, over arithmetics."""
    oracle = getattr(import_module(f"oracles.{twin.stem}"), twin.oracle)
    arithmetics = ["native"] if twin.stem == "nnet" else ["native", "portable"]
    return {
        language: {
            row["verdict"]
            for arithmetic in arithmetics
            for row in judge(oracle, partial(mistaken, twin, language, arithmetic))
        }
        for language in LANGUAGES
    }


@pytest.fixture(scope="module")
def judged() -> dict[str, Any]:
    found = run_all(verdicts, TWINS, JOBS, timeout=120)
    return dict(zip(map(str, TWINS), found, strict=True))


@pytest.mark.parametrize("twin", TWINS, ids=str)
def test_the_same_mistake_in_both_languages_is_noticed_in_each(
    judged: dict[str, Any], twin: Twin
) -> None:
    assert isinstance(judged[str(twin)], dict), judged[str(twin)]
    for language in LANGUAGES:
        assert "disagree" in judged[str(twin)][language], language


@pytest.mark.slow
@pytest.mark.parametrize(
    ("case", "what"),
    [
        ("dnn-small", "dnn: the derivative's factor lost"),
        ("clark-example-1", "one_layer: the error after the update"),
        ("descent-bucket", "arithmetic: the native mean of the absolute values"),
    ],
)
def test_verifying_one_case_ends_with_1_where_both_languages_have_the_same_mistake(
    copy: Copy, case: str, what: str
) -> None:
    (twin,) = (twin for twin in TWINS if str(twin) == what)
    copy.replace(f"python_impl/{twin.stem}.py", *twin.python)
    copy.replace(f"r_impl/R/{twin.stem}.R", *twin.r)
    done = copy.compare("verify", case, "--accept-stale")
    assert done.returncode == 1, done.stdout + done.stderr
    table = pd.read_csv(copy.folder / "report" / "oracles.csv")
    wrong = table[table["verdict"] == "disagree"]
    assert set(wrong["language"]) == {"python", "r"}
    said = f"An oracle does not find what it must: {case}, Python and R"
    assert f"disagree: {said}" in done.stdout
    assert "oracles" in done.stdout.split("Failed: ")[1]
