import json
from pathlib import Path

import pytest

from compare.evidence.store import Header, MissingEvidenceError, UnusableEvidenceError, read, write

HEADER = Header(
    functions=["a.b:c"], hash="h", command="make it", facts={"R": "4"}, notes={"n": "1"}
)
BODY = "x,y\n1,2\n"
RENEW = "make it"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    write(tmp_path / "kind" / "some.csv", HEADER, BODY)
    return tmp_path / "kind" / "some.csv"


def test_what_was_written_is_read(path: Path) -> None:
    stored = read(path, "h", RENEW)
    assert (stored.header, stored.body, stored.stale) == (HEADER, BODY, False)
    assert [p.name for p in path.parent.iterdir()] == ["some.csv"]


def test_evidence_of_other_code_is_stale(path: Path) -> None:
    assert read(path, "other", RENEW).stale


def test_line_endings_do_not_count(path: Path) -> None:
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert read(path, "h", RENEW).body == BODY


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("1,2", "1,3"),
        ("1,2\n", ""),
        ("1,2\n", "1,2\n1,2\n"),
        ("x,y", "y,x"),
        ('"h"', '"other"'),
        ('"R": "4"', '"R": "5"'),
        ('"n": "1"', '"n": "2"'),
        ('"make it"', '"rm -r"'),
        ("a.b:c", "a.b:d"),
    ],
)
def test_whatever_is_edited_makes_it_unusable(path: Path, old: str, new: str) -> None:
    text = path.read_text()
    assert text.count(old) == 1
    path.write_text(text.replace(old, new))
    with pytest.raises(UnusableEvidenceError, match="changed by hand: make it") as found:
        read(path, "h", RENEW)
    assert "\n" not in str(found.value)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "x,y\n1,2\n",
        "# {}\n",
        "# []\n",
        "# 7\n",
        "# null\n",
        '# {"content": 1}\n',
        "# " + "[" * 100_000 + "\n",
        '# {"content": ' + "9" * 5000 + "}\n",
        "# " + json.dumps({"content": "", **HEADER.model_dump(), "more": 1}) + "\n" + BODY,
        "# " + json.dumps({"content": "", **HEADER.model_dump(), "hash": 1}) + "\n" + BODY,
    ],
)
def test_a_damaged_file_is_one_line_and_what_renews_it(path: Path, text: str) -> None:
    path.write_text(text)
    with pytest.raises(
        UnusableEvidenceError, match=r"kind/some.csv is damaged .*: make it"
    ) as found:
        read(path, "h", RENEW)
    assert "\n" not in str(found.value)


def test_bytes_that_are_no_text_are_refused(path: Path) -> None:
    path.write_bytes(b"# \xff\xfe\n")
    with pytest.raises(UnusableEvidenceError, match="cannot be read"):
        read(path, "h", RENEW)


def test_a_folder_in_its_place_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnusableEvidenceError, match="cannot be read"):
        read(tmp_path, "h", RENEW)


def test_what_is_not_there_was_never_made(tmp_path: Path) -> None:
    with pytest.raises(MissingEvidenceError, match="was never made: make it"):
        read(tmp_path / "none.csv", "h", RENEW)
