"""A folder of somebody's own is never replaced, and a report is replaced as a whole or not."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from compare import ROOT
from compare.report.destination import STAGING, check_destination, put_in_place, staged
from compare.report.files import FILES, MARKER, MARKER_TEXT, PICTURE_FILES, PICTURES
from compare.safety.errors import ReportError
from compare.safety.rename import _one_after_the_other, exchange


def write_report(folder: Path, text: str) -> None:
    """All the files of a report, each with the same text."""
    real = check_destination(folder)
    with staged(real) as fresh:
        fill(fresh, text)
        put_in_place(fresh, real)


def fill(fresh: Path, text: str) -> None:
    (fresh / PICTURES).mkdir()
    for name in sorted(FILES - {MARKER}):
        (fresh / name).write_text(text)
    for name in sorted(PICTURE_FILES):
        (fresh / PICTURES / name).write_text(text)


def texts(folder: Path) -> list[str]:
    """What the files of a report hold, which is one text where the report is whole."""
    files = [p for p in folder.rglob("*") if p.is_file() and p.name != MARKER]
    assert len(files) == len(FILES) - 1 + len(PICTURE_FILES)
    return sorted({p.read_text() for p in files})


def tree(folder: Path) -> list[str]:
    return sorted(str(p.relative_to(folder)) for p in folder.rglob("*"))


@pytest.fixture
def report(tmp_path: Path) -> Path:
    write_report(tmp_path / "report", "old")
    return tmp_path / "report"


@pytest.mark.parametrize("make", [lambda folder: None, Path.mkdir], ids=["nothing", "empty"])
def test_a_report_goes_where_nothing_or_an_empty_folder_is(
    make: Callable[[Path], None], tmp_path: Path
) -> None:
    make(tmp_path / "report")
    write_report(tmp_path / "report", "new")
    assert texts(tmp_path / "report") == ["new"]
    assert [p.name for p in tmp_path.iterdir()] == ["report"]


def test_a_report_replaces_a_report_and_leaves_nothing_of_it(report: Path) -> None:
    (report / "claims.csv").unlink()
    write_report(report, "new")
    assert texts(report) == ["new"]
    assert [p.name for p in report.parent.iterdir()] == ["report"]


@pytest.mark.parametrize(
    "name", ["a b", "[bold]x", "-x", "ü\u202e", "a'b\"c", "%s {0}", "back\\slash", "new\nline"]
)
def test_a_users_folder_may_be_called_anything(name: str, tmp_path: Path) -> None:
    write_report(tmp_path / name, "old")
    write_report(tmp_path / name, "new")
    assert texts(tmp_path / name) == ["new"]
    assert [p.name for p in tmp_path.iterdir()] == [name]


def users_file(folder: Path) -> None:
    (folder / "thesis.tex").write_text("dear")


def users_results(folder: Path) -> None:
    (folder / "results.json").write_text('{"schema_version": 1, "exit_code": 0}')


def users_marker(folder: Path) -> None:
    (folder / MARKER).write_text("mine")


def users_hidden_file(folder: Path) -> None:
    (folder / ".git").mkdir()


@pytest.mark.parametrize("put", [users_file, users_results, users_marker, users_hidden_file])
def test_a_folder_of_somebodys_own_is_refused(put: Callable[[Path], None], tmp_path: Path) -> None:
    put(tmp_path)
    before = tree(tmp_path)
    with pytest.raises(ReportError, match=r"is not a report of this program: it holds .+"):
        write_report(tmp_path, "new")
    assert tree(tmp_path) == before


def a_file_more(report: Path) -> None:
    (report / "notes.txt").write_text("mine")


def a_picture_more(report: Path) -> None:
    (report / PICTURES / "holiday.png").write_text("mine")


def a_folder_more(report: Path) -> None:
    (report / "2024").mkdir()


def a_folder_of_a_known_name(report: Path) -> None:
    (report / "claims.csv").unlink()
    (report / "claims.csv").mkdir()
    (report / "claims.csv" / "mine").write_text("mine")


def a_link_of_a_known_name(report: Path) -> None:
    (report / "report.md").unlink()
    (report / "report.md").symlink_to("/etc/hostname")


def pictures_that_are_a_link(report: Path) -> None:
    (report.parent / "elsewhere").mkdir()
    (report / PICTURES).rename(report.parent / "elsewhere" / PICTURES)
    (report / PICTURES).symlink_to(report.parent / "elsewhere" / PICTURES)


@pytest.mark.parametrize(
    "put",
    [
        *(a_file_more, a_picture_more, a_folder_more, a_folder_of_a_known_name),
        *(a_link_of_a_known_name, pictures_that_are_a_link),
    ],
)
def test_a_report_into_which_something_was_put_is_refused(
    put: Callable[[Path], None], report: Path
) -> None:
    put(report)
    before = tree(report.parent)
    with pytest.raises(ReportError, match="which this program did not write"):
        write_report(report, "new")
    assert tree(report.parent) == before


def test_a_link_is_followed_and_stays(report: Path, tmp_path: Path) -> None:
    link = tmp_path / "latest"
    link.symlink_to(report)
    write_report(link, "new")
    assert link.is_symlink()
    assert texts(report) == ["new"]
    users_file(report)
    with pytest.raises(ReportError, match=r"holds thesis\.tex"):
        check_destination(link)


@pytest.mark.parametrize(
    ("place", "reason"),
    [
        ("file", "is a file, not a folder"),
        ("pipe", "is a file, not a folder"),
        ("circle", "is a link that leads in a circle"),
        ("nowhere/report", "is not a folder"),
        ("file/report", "lies below a file"),
        ("x" * 300, "File name too long"),
        ("nul\0", "null"),
    ],
)
def test_a_place_for_no_folder_is_refused_in_one_line(
    place: str, reason: str, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("")
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "circle").symlink_to("circle")
    with pytest.raises(ReportError, match=reason) as refused:
        check_destination(tmp_path / place)
    assert "\n" not in str(refused.value)


def test_a_mount_point_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(ReportError, match="is a mount point"):
        check_destination(Path("/proc"))
    mounts = tmp_path / "mountinfo"
    mounts.write_text(f"1 1 0:1 / {tmp_path}/a\\040b/pictures rw - ext4 /dev/x rw\n")
    monkeypatch.setattr("compare.report.destination.MOUNTS", mounts)
    (tmp_path / "a b").mkdir()
    with pytest.raises(ReportError, match="is a mount point"):
        check_destination(tmp_path / "a b")
    check_destination(tmp_path / "a")


def test_a_device_without_room_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("compare.report.destination.ROOM", 2**70)
    with pytest.raises(ReportError, match="MB are free, a report needs"):
        check_destination(tmp_path / "report")


def test_a_folder_that_cannot_be_written_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def denied(**_: object) -> str:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("compare.report.destination.tempfile.mkdtemp", denied)
    with pytest.raises(ReportError, match="Permission denied"):
        check_destination(tmp_path / "report")


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
from tests.test_destination import write_report
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
