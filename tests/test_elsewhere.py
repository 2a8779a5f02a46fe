from pathlib import Path

import pytest

from compare import ROOT
from compare.evidence.profiles import environments
from tools import elsewhere

JUNIT = """<testsuites><testsuite>
<testcase file="tests/test_a.py" name="test_holds" />
<testcase file="tests/test_a.py" name="test_leads[r]">
<failure message="AssertionError: assert 'r' == 'numpy'&#10;  - numpy">long</failure></testcase>
<testcase file="tests/test_b.py" name="test_breaks"><error message="no fixture" /></testcase>
<testcase file="tests/test_b.py" name="test_skipped"><skipped message="no chromium" /></testcase>
</testsuite></testsuites>"""


def test_each_assertion_that_fails_is_named_with_its_first_line(tmp_path: Path) -> None:
    (tmp_path / "junit.xml").write_text(JUNIT)
    assert elsewhere.failures(tmp_path / "junit.xml") == {
        "tests/test_a.py::test_leads[r]": "AssertionError: assert 'r' == 'numpy'",
        "tests/test_b.py::test_breaks": "no fixture",
    }


def test_an_assertion_that_holds_by_default_is_told_from_one_that_holds_nowhere() -> None:
    failed = {"Haswell": {"a": "assert 1", "b": "assert 2"}, "no FMA": {"b": "assert 3"}}
    lines = elsewhere.report(failed, {"b": "assert 2"})
    assert lines == [
        "a: fails in Haswell; holds by default: assert 1",
        "b: fails in Haswell; no FMA; fails by default too: assert 2",
    ]


def test_a_file_of_tests_is_run_unless_it_is_named_with_a_reason() -> None:
    tests = ROOT / "tests"
    names = {str(path.relative_to(tests)) for path in tests.rglob("test_*.py")}
    assert set(elsewhere.NOT_NUMBERS) <= names
    assert all(elsewhere.NOT_NUMBERS.values())
    run = {name.removeprefix("tests/") for name in elsewhere.number_tests()}
    assert run == names - set(elsewhere.NOT_NUMBERS)
    assert {"report/test_report.py", "verify/test_cases.py", "networks/test_nnet.py"} <= run


def test_what_fails_in_an_environment_only_ends_with_code_1_and_is_named(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    found = {"OpenBLAS Haswell": {"tests/test_a.py::test_leads": "assert 'r' == 'numpy'"}}
    monkeypatch.setattr(elsewhere, "no_effect", lambda chosen: {e.name: "" for e in chosen})
    monkeypatch.setattr(elsewhere, "run_tests", lambda _, e: found.get(e.name, {}))
    assert elsewhere.main(["OpenBLAS Haswell", "glibc without FMA"]) == 1
    assert "test_leads: fails in OpenBLAS Haswell; holds by default" in capsys.readouterr().out
    assert elsewhere.main(["glibc without FMA"]) == 0
    monkeypatch.setattr(elsewhere, "run_tests", lambda _, __: None)
    assert elsewhere.main(["glibc without FMA"]) == 2
    assert elsewhere.main(["glibc"]) == 2


def test_what_takes_no_effect_here_is_said_and_not_run(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(elsewhere, "no_effect", lambda chosen: {e.name: "none" for e in chosen})
    monkeypatch.setattr(elsewhere, "run_tests", pytest.fail)
    assert elsewhere.main([]) == 0
    assert capsys.readouterr().out.count(": none") == len(environments()) - 1


def test_ci_runs_two_environments_that_there_are() -> None:
    names = {e.name for e in environments()}
    script = (ROOT / ".ci" / "run").read_text()
    (arguments,) = (line for line in script.splitlines() if line.startswith("make test-elsewhere"))
    assert len([name for name in names if f"'{name}'" in arguments]) == 2
