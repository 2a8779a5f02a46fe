"""Files that cannot be used: a clear error, code 2, no traceback."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from compare import CASES
from compare.case.case import load_case
from compare.cli import main
from compare.evidence.tables import KINDS, STORED, survey
from compare.report.evidence_tables import TITLES
from compare.report.files import FILES, STORED_TABLES
from compare.report.report import write_report
from compare.report.verification import Verification
from compare.safety.errors import ForeseenError, ReportError
from tests.marks import some_slow


@pytest.mark.parametrize(
    "content",
    [
        b"a = " + b"[" * 3000 + b"]" * 3000,
        b"maxiter = " + b"9" * 400,
        b"maxiter = " + b"9" * 5000,
        b"\xff\xfe",
        b"\x00",
        b"",
        b"[inputs]\nmaxiter = 1e400",
        b"inputs = 3",
    ],
)
def test_a_case_file_that_cannot_be_understood_is_foreseen(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "case.toml"
    path.write_bytes(content)
    with pytest.raises(ForeseenError, match=r"^case\.toml: ") as refused:
        load_case(path)
    assert str(refused.value).isprintable()


@pytest.mark.parametrize("key", ["maxiter", "seed"])
@pytest.mark.parametrize("number", ["9" * 400, "-1", "1e400", "1e308", "[]", '"x"', "nan"])
def test_a_number_that_is_none_for_its_key_is_foreseen(
    key: str, number: str, tmp_path: Path
) -> None:
    path = tmp_path / "clark-example-2.toml"
    text = (CASES / path.name).read_text()
    changed = re.sub(rf"(?m)^{key} = .*$", f"{key} = {number}", text)
    assert changed != text
    path.write_text(changed)
    with pytest.raises(ForeseenError, match=r"^clark-example-2\.toml: "):
        load_case(path)


DAMAGES: dict[str, Callable[[bytes], bytes]] = {
    "empty": lambda data: b"",
    "truncated": lambda data: data[: len(data) // 2].rpartition(b",")[0],
    "no rows": lambda data: data.split(b"\n", 1)[0] + b"\n",
    "binary": lambda data: bytes(range(256)) * 4,
    "no text": lambda data: data.replace(b",", b"\xff,", 5),
    "other columns": lambda data: data.split(b"\n", 1)[0] + b"\na,b\n1,2\n",
    "another header": lambda data: b"# []\n" + data.split(b"\n", 1)[1],
    "deep": lambda data: b"# " + b"[" * 5000 + b"\n",
}


@pytest.mark.parametrize("damage", DAMAGES)
@pytest.mark.parametrize("name", [*KINDS])
def test_a_damaged_table_is_a_problem_and_no_traceback(
    name: str, damage: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = (STORED / f"{name}.csv").read_bytes()
    (tmp_path / f"{name}.csv").write_bytes(DAMAGES[damage](data))
    monkeypatch.setattr("compare.evidence.tables.STORED", tmp_path)
    assert [p for p in survey().unusable if f"{name}.csv" in p and "was never made" not in p]


def test_the_tables_that_stand_there_are_not_refused() -> None:
    assert survey().unusable == []
    assert set(STORED_TABLES) == set(TITLES)


CELLS = ["", "nan", "inf", "1e400", "9" * 400, "-1", "x", "[/usr]", "0,99999999999", "\x1b", '"']
VALUES: list[Any] = [
    None,
    10**400,
    -1,
    1e308,
    "",
    [],
    {},
    [[]],
    True,
    {"a": 1},
    "\x1b[31m",
    [1, "a"],
]


HOW = ("missing", "empty", "truncated", "binary", "folder", "cells")


@pytest.mark.parametrize("how", some_slow(HOW, "missing"))
def test_a_damaged_report_is_code_2_and_one_line_or_has_a_page(
    small: Verification, how: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "report"
    write_report(small, {}, folder)
    for path in sorted(folder.iterdir()):
        if path.suffix not in (".csv", ".json"):
            continue
        data = path.read_bytes()
        for broken in damaged(path, how):
            path.unlink()
            if broken is None and how == "folder":
                path.mkdir()
            elif broken is not None:
                path.write_bytes(broken)
            code = main(["report", str(folder)])
            text = capsys.readouterr().err
            assert (code, text.count("\n")) in [(0, 0), (2, 1)], (path.name, broken, text)
            if path.is_dir():
                path.rmdir()
            path.write_bytes(data)
    assert {p.name for p in folder.iterdir()} <= FILES | {"pictures"}


def damaged(path: Path, how: str) -> list[bytes | None]:
    data = path.read_bytes()
    if how in ("missing", "folder"):
        return [None]
    if how == "empty":
        return [b""]
    if how == "truncated":
        return [data[: len(data) * 2 // 3]]
    if how == "binary":
        return [data[:20] + bytes(range(256)) + data[20:]]
    if path.suffix == ".json":
        content = json.loads(data)
        first = content[0] if isinstance(content, list) else content
        spoilt: list[bytes | None] = []
        for i, key in enumerate(list(first)):
            kept, first[key] = first[key], VALUES[i % len(VALUES)]
            spoilt.append(json.dumps(content).encode())
            first[key] = kept
        return spoilt
    if path.stem not in (
        "agreement",
        "trajectories",
        "final_values",
        "first_differences",
        "selftest",
    ):
        return []
    table = pd.read_csv(path, dtype=str, keep_default_na=False)
    return [
        table.assign(**{c: CELLS[i % len(CELLS)]}).to_csv(index=False).encode()
        for i, c in enumerate(table.columns)
        if i % 2
    ]


def test_a_folder_that_is_no_report_is_code_2(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for folder in (tmp_path, tmp_path / "[/nowhere]", Path("/dev/null")):
        assert main(["report", str(folder)]) == 2
        assert capsys.readouterr().err.count("\n") == 1
    assert issubclass(ReportError, ForeseenError)
