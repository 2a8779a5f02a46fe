"""A folder of somebody's own is never replaced, and a report is replaced as a whole or not."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from compare.report.destination import check_destination
from compare.report.files import MARKER, PICTURES
from compare.safety.errors import ReportError
from tests.small_reports import a_file_more, texts, tree, users_file, write_report


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
