import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from compare import CASES, ROOT
from compare.case.case import Case, load_case
from compare.evidence.code_hash import functions_hash, proof_hash, spread_hash
from compare.evidence.tables import KINDS

FOLDERS = ("oracles", "python_impl", "compiled", "r_impl", "claims", "selftest")
FUNCTIONS = {name: functions for name, (functions, _) in KINDS.items() if functions} | {
    "claims": ("claims.chapter:separation", "claims.post:three_nodes_suffice")
}
TABLES = set(FUNCTIONS)
PROFILES = {"profiles", "profile_numbers"}
CASE = "clark-example-2"


@pytest.fixture
def tree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the project's code, which is what is hashed."""
    without = shutil.ignore_patterns("__pycache__", "reference", "renv")
    for name in ("compare", *FOLDERS):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=without)
    monkeypatch.setattr("compare.evidence.source.ROOT", tmp_path)
    monkeypatch.setattr("compare.evidence.code_hash.ROOT", tmp_path)
    monkeypatch.setattr("compare.evidence.code_hash.CASES", tmp_path / "compare" / "cases")
    return tmp_path


def hashes(tree: Path) -> dict[str, str]:
    case = load_case(tree / "compare" / "cases" / f"{CASE}.toml")
    found = {name: functions_hash(functions) for name, functions in FUNCTIONS.items()}
    return found | {"proofs": proof_hash(case), "spreads": spread_hash(case)}


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text()
    assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {path.name}"
    path.write_text(text.replace(old, new))


@pytest.mark.parametrize(
    ("file", "old", "new", "changed"),
    [
        (
            "compare/numbers/measures.py",
            "TOLERANCE_FACTOR = 4",
            "TOLERANCE_FACTOR = 0.01",
            {"false_positives", "selftest", *PROFILES},
        ),
        ("compare/numbers/measures.py", "POOLED_INDICES = 25", "POOLED_INDICES = 3", {"spreads"}),
        ("compare/numbers/measures.py", "SHOWN_INDICES = 400", "SHOWN_INDICES = 40", {"proofs"}),
        (
            "compare/evidence/spread.py",
            "MEMBERS = 32",
            "MEMBERS = 2",
            {"spreads", "false_positives"},
        ),
        ("compare/verify/false_positives.py", "BATCH = 50", "BATCH = 5", {"false_positives"}),
        ("compare/explain/locate.py", "SCANNED = 2000", "SCANNED = 2", {"first_differences"}),
        (
            "compare/verify/stages.py",
            "ITERATIONS_BEYOND_SEPARATION = 500",
            "ITERATIONS_BEYOND_SEPARATION = 5",
            PROFILES,
        ),
        ("compare/evidence/profiles.py", '"Nehalem", ', "", PROFILES),
        ("compare/evidence/prove.py", "CHUNK = 500", "CHUNK = 50", {"proofs"}),
        ("compare/numbers/balls.py", "STORED_DIGITS = 36", "STORED_DIGITS = 6", {"proofs"}),
        ("compare/numbers/balls.py", "WANTED_BITS = 110", "WANTED_BITS = 10", {"proofs"}),
        ("selftest/probes.py", "\nITERATIONS = 60", "\nITERATIONS = 6", {"selftest"}),
        ("selftest/parse_tree.R", "keep.source", "keep.sources", {"selftest"}),
        ("claims/training.py", "range(2, 102)", "range(2, 10)", {"claims"}),
        ("claims/logistic_regression.R", "glm(", "lm(", {"claims"}),
        ("python_impl/descent.py", "import numpy as np", "import numpy", TABLES),
        ("python_impl/two_layer.py", "import numpy as np", "import numpy", {*TABLES, "proofs"}),
        ("python_impl/arithmetic.py", "2.0**-52", "2.0**-50", {*TABLES, "proofs", "spreads"}),
        ("r_impl/R/dnn.R", "function(", "function (", TABLES),
        (f"compare/cases/{CASE}.toml", "maxiter = 30000", "maxiter = 40000", {*TABLES, "proofs"}),
        ("compare/cases/data/optdigits.csv", "0,1", "0,2", TABLES),
    ],
)
def test_evidence_goes_stale_when_what_computes_it_changes(
    tree: Path, file: str, old: str, new: str, changed: set[str]
) -> None:
    before = hashes(tree)
    path = tree / file
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new, 1))
    after = hashes(tree)
    assert changed <= {name for name in before if before[name] != after[name]}


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("compare/report/terminal.py", "import", "import json\nimport"),
        ("compare/cli.py", "exit codes:", "exit:"),
        ("compare/commands.py", "import argparse", "import argparse, json"),
        ("compare/report/report.py", "SCHEMA_VERSION = 2", "SCHEMA_VERSION = 3"),
        ("compare/report/page/charts.py", "import", "import json\nimport"),
        ("compare/report/page/markdown.py", "import", "import json\nimport"),
        ("compare/numbers/measures.py", '"""Distances between doubles."""', "# Distances."),
        ("python_impl/two_layer.py", "\n\n\n", "\n\n# why\n\n"),
        (f"compare/cases/{CASE}.toml", 'title = "', '# why\ntitle = "The '),
    ],
)
def test_what_only_shows_or_says_something_makes_nothing_stale(
    tree: Path, file: str, old: str, new: str
) -> None:
    before = hashes(tree)
    path = tree / file
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new, 1))
    assert hashes(tree) == before


def test_what_only_proves_again_makes_no_proof_stale(tree: Path) -> None:
    """To prove everything anew takes hours."""
    before = hashes(tree)
    edit(tree / "compare" / "evidence" / "prove.py", "LIVE_DIGITS = 60", "LIVE_DIGITS = 50")
    edit(
        tree / "compare" / "evidence" / "spread.py",
        "LIVE_ITERATIONS = 200",
        "LIVE_ITERATIONS = 201",
    )
    after = hashes(tree)
    assert (after["proofs"], after["spreads"]) == (before["proofs"], before["spreads"])


def test_the_folder_the_line_endings_and_the_place_of_the_code_do_not_count(
    tree: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = hashes(tree)
    monkeypatch.chdir("/")
    for path in tree.rglob("*"):
        if path.suffix in (".py", ".R", ".toml", ".csv"):
            path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert hashes(tree) == here
    monkeypatch.undo()
    assert hashes(ROOT) == here


def test_a_function_that_is_not_there_has_no_hash() -> None:
    for wrong in ("false_positives:count", "compare.nothing:f", "compare.evidence.spread:nothing"):
        with pytest.raises(LookupError, match="there is no such"):
            functions_hash([wrong])


@pytest.mark.parametrize("of", [proof_hash, spread_hash])
def test_the_hash_follows_the_cases_numbers_but_not_what_was_printed(
    cases: dict[str, Case], of: Callable[[Case], str]
) -> None:
    case = cases["clark-example-1"]
    known = of(case)
    assert of(case.model_copy(update={"printed": [], "title": "x"})) == known
    fewer = case.inputs | {"maxiter": 10}
    assert of(case.model_copy(update={"inputs": fewer})) != known
    other = case.model_copy(update={"python": "python_impl.two_layer:train"})
    assert of(other) != known


def test_every_built_in_case_is_hashed(tree: Path) -> None:
    for path in sorted(CASES.glob("*.toml")):
        before = functions_hash(FUNCTIONS["first_differences"])
        copied = tree / "compare" / "cases" / path.name
        copied.write_text(copied.read_text().replace("printed_numbers", "n = 1\nprinted_numbers"))
        assert functions_hash(FUNCTIONS["first_differences"]) != before, path.name
