import io
import re

from rich.console import Console

from compare import CASES, ROOT
from compare.report.terminal import print_summary
from compare.report.verification import Verification

README = (ROOT / "README.md").read_text()
DIGITS = re.compile(r"[\d,.]+")


def shape(text: str) -> list[str]:
    """The words of a summary; its numbers belong to a machine."""
    return [DIGITS.sub("#", " ".join(line.split())) for line in text.split("\n") if line.strip()]


def test_the_summary_shown_is_what_verify_prints(verification: Verification) -> None:
    console = Console(width=200, record=True, file=io.StringIO())
    print_summary(console, verification, ROOT / "report")
    printed = shape(console.export_text().replace(str(ROOT) + "/", ""))
    (block,) = (block for block in README.split("```") if "native quantities" in block)
    shown = shape(block)
    assert shown[0] == printed[0]
    # which number is the worst belongs to a machine too
    assert [re.split(r"\(|digits in", line)[0] for line in shown] == [
        re.split(r"\(|digits in", line)[0] for line in printed
    ]


def test_the_commands_shown_exist() -> None:
    makefile = (ROOT / "Makefile").read_text()
    for target in re.findall(r"\bmake ([\w-]+)", README):
        assert re.search(rf"^{target}:", makefile, re.M), target
    for path in re.findall(r"\]\((?!http)([^)]+)\)", README):
        file, _, section = path.partition("#")
        target = ROOT / (file or "README.md")
        assert target.exists(), path
        if section:
            heads = re.findall(r"^#+ (.*)$", target.read_text(), re.M)
            anchors = {re.sub(r"[^\w -]", "", head.lower()).replace(" ", "-") for head in heads}
            assert section in anchors, path


def test_the_numbers_that_the_readme_quotes_were_printed_or_proved() -> None:
    files = [*CASES.glob("*.toml"), *CASES.glob("*.proof/*.csv")]
    known = "".join(path.read_text() for path in files)
    for number in re.findall(r"0\.\d{10,}", README):
        assert number in known, number


def test_the_citation_names_the_version() -> None:
    version = re.search(r'^version = "(.+)"$', (ROOT / "pyproject.toml").read_text(), re.M)
    assert version is not None
    assert f"\nversion: {version[1]}\n" in (ROOT / "CITATION.cff").read_text()
