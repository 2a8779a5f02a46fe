"""Every mutant of the checker is killed or explained, and none is explained in vain."""

import re

import pytest

from compare import ROOT
from tools import mutants
from tools.mutants import Change, change, explained, report, statuses

DIFF = """# compare.numbers.measures.x_lre__mutmut_22: survived
--- compare/numbers/measures.py
+++ compare/numbers/measures.py
@@ -2,5 +2,5 @@
     scale = np.where(correct == 0, 1.0, np.abs(correct))
-    with np.errstate(divide="ignore"):
+    with np.errstate(divide=None):
         digits = 1
"""
CHANGE = Change(
    "compare/numbers/measures.py",
    'with np.errstate(divide="ignore"):',
    "with np.errstate(divide=None):",
)


def test_a_mutant_is_told_by_its_file_and_its_lines() -> None:
    assert change(DIFF) == CHANGE


def test_each_mutant_has_a_status() -> None:
    text = "    compare.a.x_f__mutmut_1: killed\n    compare.a.x_f__mutmut_2: no tests\n\n"
    assert statuses(text) == {
        "compare.a.x_f__mutmut_1": "killed",
        "compare.a.x_f__mutmut_2": "no tests",
    }


def test_a_mutant_that_survives_without_explanation_is_named_with_its_lines() -> None:
    assert report(99, {"m_1": CHANGE}, {CHANGE: "it does not matter"}) == []
    (line,) = report(99, {"m_1": CHANGE}, {})
    assert line.startswith("m_1: survived in compare/numbers/measures.py\n  - with np.errstate(")


def test_an_explanation_of_a_mutant_that_is_killed_is_named() -> None:
    (line,) = report(99, {}, {CHANGE: "it does not matter"})
    assert line.startswith("compare/numbers/measures.py: explained, but none such survives: with")


def test_few_mutants_may_be_explained() -> None:
    survived = {f"m_{i}": Change("a.py", "old", f"new {i}") for i in range(6)}
    known = dict.fromkeys(survived.values(), "it does not matter")
    assert report(114, survived, known) == []
    assert report(113, survived, known) == ["5.0% of the mutants survive, more than 5%"]


def test_every_explained_mutant_is_one_of_the_code_as_it_stands() -> None:
    for mutant, why in explained().items():
        code = (ROOT / mutant.file).read_text(encoding="utf-8")
        lines = [line.strip() for line in code.splitlines()]
        assert mutant.old.splitlines()[0] in lines, mutant
        assert mutant.old != mutant.new
        assert len(why) > 10


def test_the_readme_says_how_many_are_explained() -> None:
    readme = " ".join((ROOT / "README.md").read_text(encoding="utf-8").split())
    found = re.search(
        r"`make mutants`.*? ([\d,]+) mutants.*? ([\d,]+) are killed, (\d+) are", readme
    )
    assert found
    total, killed, n_explained = (int(n.replace(",", "")) for n in found.groups())
    assert total == killed + n_explained
    assert n_explained == len(explained())


@pytest.mark.parametrize("part", ["judge", "numbers"])
def test_judge_and_numbers_are_mutated_whole(part: str) -> None:
    assert f"compare/{part}/*" in (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    assert mutants.FOLDER.name in (ROOT / ".gitignore").read_text(encoding="utf-8")
