"""Texts from cases, runs and R do nothing where they are shown."""

import io
import re
import xml.etree.ElementTree as ET
from dataclasses import replace
from pathlib import Path

import pytest
from rich.text import Text

from compare.report.console import InertConsole
from compare.report.junit import junit
from compare.report.report import write_report
from compare.report.terminal import print_case, print_summary
from compare.report.verification import Verification
from compare.safety.errors import described
from compare.safety.inert import as_code, code_block, in_markdown, one_line, storable, visible
from compare.verify.pair_runs import Message
from tests.conftest import NASTY

ACTING = [
    *("\x00", "\x07", "\x08", "\x1b[31m", "\x7f", "\x85", "\x9b2J", "\xad", "\u061c", "\u180e"),
    *("\u200b", "\u200f", "\u2028", "\u202e", "\u2066", "\ufeff", "\ufffe", "\ud800", "\U000e0041"),
]


@pytest.mark.parametrize("text", ACTING)
def test_a_character_that_acts_is_replaced_by_one_that_is_shown(text: str) -> None:
    shown = visible(f"a{text}b")
    assert shown.startswith("a\ufffd")
    assert shown.endswith("b")


@pytest.mark.parametrize("text", ["ü", "日本", "±", "\N{FIGURE SPACE}", "e\u0301", "a\nb\tc", ""])
def test_what_is_only_shown_stays_as_it_is(text: str) -> None:
    assert visible(text) == text


def test_one_line_is_one_line() -> None:
    assert one_line(" a\r\nb\u2028c\x85d\x0be\n") == "a b c d e"


MARKUP = [
    ("<b>", "&lt;b>"),
    ("&lt;", "&amp;lt;"),
    ("a & b", "a & b"),
    ("**x**", r"\*\*x\*\*"),
    ("[x](http://y)", r"\[x\](http\://y)"),
    ("![x](y)", r"!\[x\](y)"),
    ("`code`", r"\`code\`"),
    ("a|b", r"a\|b"),
    (r"\|", r"\\\|"),
    ("_x_ snake_case", r"\_x\_ snake_case"),
    ("error[20000], w[0,1]", "error[20000], w[0,1]"),
    ("error[1](y) [2][3]", r"error\[1\](y) \[2\][3]"),
    ("www.x.org", r"www\.x.org"),
    ("a\n# b", "a # b"),
    ("$x$ ~~y~~", r"\$x\$ \~\~y\~\~"),
]


@pytest.mark.parametrize(("text", "escaped"), MARKUP)
def test_markdown_finds_no_markup_in_a_text(text: str, escaped: str) -> None:
    assert in_markdown(text) == escaped


def test_code_cannot_be_ended_from_within() -> None:
    assert as_code("a`b") == "`` a`b ``"
    assert code_block("a\n```\nb") == "````\na\n```\nb\n````"


@pytest.mark.parametrize("text", [*NASTY, "[red]x[/]", "[/usr/lib]", ":smile:", "\\[x]", "[x"])
def test_the_terminal_shows_a_text_as_it_is(text: str) -> None:
    file = io.StringIO()
    console = InertConsole(file=file, force_terminal=True, color_system=None, width=20_000)
    console.print(text, soft_wrap=True)
    printed = file.getvalue()
    assert printed.rstrip("\n") == visible(text)
    assert not re.search("[\x00\x1b\u202e\u200f]", printed)
    assert isinstance(console.render_str(text), Text)


@pytest.fixture
def poisoned(small: Verification) -> Verification:
    """A verification in which texts that would act stand wherever a case or a run can put them."""
    agreement = small.agreement.copy()
    agreement["verdict"] = agreement["verdict"].astype(object)
    for i, text in enumerate(NASTY):
        agreement.loc[i, ["case", "reason", "verdict"]] = [text, text, "disagree"]
    cases = [
        case.model_copy(update=dict.fromkeys(("title", "source", "note"), " ".join(NASTY)))
        for case in small.cases
    ]
    return replace(small, cases=cases, agreement=agreement, problems=NASTY)


def test_junit_is_xml_whatever_the_texts_are(poisoned: Verification) -> None:
    root = ET.fromstring(junit(poisoned))
    texts = [value for element in root.iter() for value in element.attrib.values()]
    assert any("<svg onload=alert(1)>" in text for text in texts)
    assert all(text == one_line(text) for text in texts)
    assert len(root.findall(".//testsuite[@name='problems']")) == len(NASTY)


def test_report_md_and_the_terminal_show_the_texts_only(
    poisoned: Verification, tmp_path: Path
) -> None:
    write_report(poisoned, {"command": "x ``` y", "R": NASTY[1]}, tmp_path / "report")
    page = (tmp_path / "report" / "report.md").read_text()
    outside_code = re.sub(r"^(`{3,})\n.*?\n\1$", "", page, flags=re.MULTILINE | re.DOTALL)
    outside_code = re.sub(r"(`+)(?!`).*?(?<!`)\1(?!`)", "", outside_code)
    assert not re.search(r"<(svg|script|img)", outside_code)
    assert not re.search("[\x00\x1b\u202e\u200f]", page)
    file = io.StringIO()
    console = InertConsole(file=file, force_terminal=True, color_system=None, width=20_000)
    print_summary(console, poisoned)
    print_case(console, poisoned.cases[0])
    assert "<svg onload=alert(1)>" in file.getvalue()
    assert not re.search("[\x00\u202e\u200f]|\x1b\\[31m red", file.getvalue())


def test_what_no_file_can_hold_is_escaped_and_all_else_stays() -> None:
    assert storable("a\ud800b\udcff") == "a\\ud800b\\udcff"
    for text in ("", "a\x00b", "\u202e é \U0001f600", "\\ud800"):
        assert storable(text) == text
    assert described(ValueError("bad \ud800")) == "ValueError: bad \\ud800"
    assert Message("r", "prints", "\ud800").text == "\\ud800"
