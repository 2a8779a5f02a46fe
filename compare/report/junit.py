"""A verification as JUnit has it, for CI: one test for each row of the judged tables."""

import xml.etree.ElementTree as ET
from typing import Any

import pandas as pd

from ..case.schema import LANGUAGE_NAMES, LANGUAGES
from ..case.setting import where
from ..judge.verdicts import INCOMPLETE
from ..safety.inert import one_line
from .verification import Verification, fails_in, judged


def junit(verification: Verification) -> bytes:
    """The file's content; texts are on one line and hold nothing that XML has no place for."""
    suites = ET.Element("testsuites", name="nnmirror")
    for table, detail in judged(verification):
        for case, rows in table.groupby("case", sort=False):
            suite = ET.SubElement(suites, "testsuite", name=one_line(f"{case} ({detail})"))
            fails, incomplete = fails_in(rows), rows["verdict"].isin(INCOMPLETE)
            for (_, row), failed in zip(rows.iterrows(), fails, strict=True):
                name = f"{where(row)} [{row[detail]}]{_language(row)}"
                _junit_test(suite, row, name, failed)
            suite.set("tests", str(len(rows)))
            suite.set("errors", str(int(incomplete.sum())))
            suite.set("failures", str(int((fails & ~incomplete).sum())))
    for problem in verification.in_the_way:
        suite = ET.SubElement(suites, "testsuite", name="problems", tests="1", errors="1")
        test = ET.SubElement(suite, "testcase", name=one_line(problem))
        ET.SubElement(test, "error", message=one_line(problem))
    return bytes(ET.tostring(suites, encoding="utf-8", xml_declaration=True))


def _language(row: "pd.Series[Any]") -> str:
    """Whose value it is, where a table has both languages' below each other."""
    return f" in {LANGUAGE_NAMES[row['language']]}" if row.get("language") in LANGUAGES else ""


def _junit_test(suite: ET.Element, row: "pd.Series[Any]", name: str, failed: bool) -> None:
    test = ET.SubElement(suite, "testcase", classname=one_line(row["case"]), name=one_line(name))
    if failed:
        tag = "error" if row["verdict"] in INCOMPLETE else "failure"
        message = f"{row['verdict']}: {row['reason']}"
        ET.SubElement(test, tag, message=one_line(message))
