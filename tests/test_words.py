"""Words that were given up for the field's own stand nowhere that a user reads."""

import ast
import io
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from rich.console import Console

from compare import ROOT
from compare.cli import _parser as parser
from compare.report.terminal import print_summary
from compare.report.verification import Verification
from tests.report.test_sentences import Texts

# each with what is said in its place
RETIRED = {
    r"planted fault|faults? (was|were|is|are) (caught|stopped|noticed)": "mutant, killed, survived",
    r"false alarm|honest run": "false positive",
    r"\bparting\b|\bpartings\b|\bthe two part\b|\bpairs? parts?\b": "first difference, differ",
    r"\b(come|comes|came) out (again|as it should)|does not come out": "reproduced, not reproduced",
    r"digits? in common|true digits?\b": "correct digits, digits that agree",
    r"representable steps|steps apart|places apart|doubles further": "ULP",
    r"how it was made": "provenance",
    r", start (numpy|r)\b|\b(numpy|r) start\b": "initial weights from NumPy, from R",
    r"nothing to check": "not applicable",
    r"doubles (do not )?(know|determine)": "not determined in double precision",
}
PAGES = [
    ROOT / "README.md",
    ROOT / "CONTRIBUTING.md",
    *sorted((ROOT / "docs").glob("*.md")),
    *sorted((ROOT / "r_impl" / "man").glob("*.Rd")),
    *sorted((ROOT / "r_impl" / "vignettes").glob("*.Rmd")),
]


def retired(text: str) -> list[str]:
    """Each retired word of a text with its surroundings, and what to say instead."""
    line = " ".join(text.split())
    return [
        f"...{line[max(0, found.start() - 40) : found.end() + 40]}...: say {instead}"
        for pattern, instead in RETIRED.items()
        for found in re.finditer(pattern, line, re.IGNORECASE)
    ]


def test_a_retired_word_is_found() -> None:
    assert len(retired("A false\nalarm; 3 digits in common, start numpy")) == 3
    assert retired("numpy starts; mutants killed; correct digits") == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_documentation_has_none(page: Path) -> None:
    assert retired(page.read_text(encoding="utf-8")) == []


def test_the_page_and_its_markdown_have_none(report: Path) -> None:
    said = Texts((report / "index.html").read_text()).by_name
    assert retired(" ".join(text for texts in said.values() for text in texts)) == []
    assert retired((report / "report.md").read_text()) == []
    assert retired((report / "certificate.md").read_text()) == []


def test_a_failing_page_has_none(failing_report: Callable[[str], Path]) -> None:
    for what in ("mismatch", "disagreement"):
        assert retired((failing_report(what) / "report.md").read_text()) == []


def test_the_terminal_and_the_help_have_none(verification: Verification, report: Path) -> None:
    console = Console(width=200, file=(file := io.StringIO()))
    print_summary(console, verification, report)
    assert retired(file.getvalue()) == []
    for action in parser()._subparsers._group_actions:  # type: ignore[union-attr]
        for command in action.choices.values():  # type: ignore[union-attr]
            assert retired(command.format_help()) == []


def test_no_message_and_no_docstring_has_one() -> None:
    for path in (ROOT / "compare").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.JoinedStr):  # with a word for each value that stands in it
                said = "".join(str(getattr(part, "value", 0)) for part in node.values)
                assert retired(said) == [], path
            elif isinstance(node, ast.Constant) and isinstance(node.value, str):
                # a file of former reports, which only what replaces them names
                assert node.value == "partings.csv" or retired(node.value) == [], path


def test_the_first_line_of_a_docstring_is_no_question() -> None:
    rooms = ("compare", "python_impl", "selftest", "claims", "bench", "tools", "oracles")
    for path in (path for room in rooms for path in (ROOT / room).rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Module | ast.FunctionDef | ast.ClassDef):
                first = (ast.get_docstring(node) or "").partition("\n")[0]
                assert not first.endswith("?"), f"{path}: {first}"
