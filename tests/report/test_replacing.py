"""Whatever comes between: one whole report, and no file of somebody else lost."""

import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from compare import ROOT
from compare.report.destination import STAGING, check_destination, put_in_place, staged
from compare.report.files import MARKER, MARKER_TEXT
from compare.safety.errors import ReportError
from compare.safety.rename import _one_after_the_other, exchange
from tests.small_reports import a_file_more, fill, texts, tree, users_file, write_report


@pytest.fixture
def report(tmp_path: Path) -> Path:
    write_report(tmp_path / "report", "old")
    return tmp_path / "report"


def test_what_comes_between_the_check_and_the_replacing_stays(report: Path) -> None:
    with staged(check_destination(report)) as fresh:
        fill(fresh, "new")
        a_file_more(report)
        with pytest.raises(ReportError, match=r"holds notes\.txt, .* report is .*/report-1"):
            put_in_place(fresh, report)
    assert (report / "notes.txt").read_text() == "mine"
    assert texts(report.with_name("report-1")) == ["new"]


def test_what_comes_at_the_very_last_moment_stays(
    report: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def late(one: Path, other: Path) -> None:
        if not (other / "notes.txt").exists() and not (one / "notes.txt").exists():
            a_file_more(other)
        exchange(one, other)

    monkeypatch.setattr("compare.report.destination.exchange", late)
    with pytest.raises(ReportError, match=r"holds notes\.txt"):
        write_report(report, "new")
    assert (report / "notes.txt").read_text() == "mine"
    assert texts(report.with_name("report-1")) == ["new"]


def test_what_a_killed_run_left_is_cleared_away_unless_it_is_in_use(tmp_path: Path) -> None:
    left, empty, users = (tmp_path / f"{STAGING}{name}" for name in ("left", "empty", "users"))
    for folder in (left, empty, users):
        folder.mkdir()
    (left / MARKER).write_text(MARKER_TEXT)
    (left / "claims.csv").write_text("half")
    users_file(users)
    real = check_destination(tmp_path / "report")
    assert not left.exists()
    assert not empty.exists()
    with staged(real) as fresh:
        check_destination(tmp_path / "another")
        assert fresh.is_dir()
    assert tree(tmp_path) == [users.name, f"{users.name}/thesis.tex"]


def test_without_an_exchange_in_one_step_both_are_whole_under_some_name(report: Path) -> None:
    other = report.with_name("other")
    write_report(other, "new")
    _one_after_the_other(other, report)
    assert (texts(report), texts(other)) == (["new"], ["old"])


LOOP = """
import sys
from pathlib import Path
from tests.report.test_destination import write_report
print("ready", flush=True)
while True:
    for text in sys.argv[2:]:
        write_report(Path(sys.argv[1]), text * 1000)
"""


def loop(folder: Path, *words: str) -> "subprocess.Popen[str]":
    command = [sys.executable, "-c", LOOP, str(folder), *words]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    process.stdout.readline()
    return process


@pytest.mark.parametrize("text", [b"", MARKER_TEXT.encode()[:9], MARKER_TEXT.encode()])
def test_a_leftover_whose_marker_was_being_written_is_cleared_away(
    tmp_path: Path, text: bytes
) -> None:
    leftover = tmp_path / f"{STAGING}killed"
    leftover.mkdir()
    (leftover / MARKER).write_bytes(text)
    check_destination(tmp_path / "report")
    assert tree(tmp_path) == []


@pytest.mark.parametrize("text", [b"mine", b"\xff"])
def test_a_folder_with_another_marker_is_no_leftover(tmp_path: Path, text: bytes) -> None:
    folder = tmp_path / f"{STAGING}mine"
    folder.mkdir()
    (folder / MARKER).write_bytes(text)
    check_destination(tmp_path / "report")
    assert (folder / MARKER).read_bytes() == text


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM])
def test_whenever_the_writing_is_killed_one_whole_report_is_there(
    number: signal.Signals, tmp_path: Path
) -> None:
    write_report(tmp_path / "report", "c" * 1000)
    for i in range(5):
        process = loop(tmp_path / "report", "a", "b")
        time.sleep(0.05 + 0.013 * i)
        process.send_signal(number)
        process.communicate()
        (text,) = texts(tmp_path / "report")
        assert text[0] * 1000 == text
    check_destination(tmp_path / "report")
    assert [p.name for p in tmp_path.iterdir()] == ["report"]


def test_two_that_write_into_one_folder_leave_one_whole_report(tmp_path: Path) -> None:
    processes = [loop(tmp_path / "report", word) for word in "ab"]
    deadline = time.monotonic() + 2
    while time.monotonic() < deadline:
        assert all(process.poll() is None for process in processes)
        time.sleep(0.05)
    for process in processes:
        process.kill()
        process.communicate()
    assert texts(tmp_path / "report")[0] in ("a" * 1000, "b" * 1000)
