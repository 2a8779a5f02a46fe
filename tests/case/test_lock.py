"""Nothing about a built-in case changes without a line of the lock."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from compare import CASES, cli, commands
from compare.case.case import load_case, load_cases
from compare.case.lock import LOCK, content_hash, reviewed_cases, write_lock
from compare.safety.errors import CaseError

EXAMPLE = "clark-example-1.toml"
TABLES = (CASES / EXAMPLE).read_text().split("[[printed]]")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The built-in cases, their tables and their lock."""
    return Path(shutil.copytree(CASES, tmp_path / "cases"))


def test_the_cases_are_what_the_lock_says_all_of_them() -> None:
    names = [case.name for case in reviewed_cases(CASES)]
    assert names == [case.name for case in load_cases(CASES)]
    assert len(names) == 17
    assert [case.name for case in reviewed_cases(CASES, ["descent"])] == ["descent"]


@pytest.mark.parametrize(
    ("file", "old", "new", "what"),
    [
        (EXAMPLE, "takes_batch = true", "takes_batch = false", "its content"),
        (EXAMPLE, "takes_batch", "branches_on_data = true\ntakes_batch", "its content"),
        (
            EXAMPLE,
            "takes_batch",
            'unproved = "it is hard"\ntakes_batch',
            "settings_to_prove .2 -> 0",
        ),
        (
            EXAMPLE,
            "takes_batch",
            'arithmetics = ["native"]\ntakes_batch',
            r"arithmetics .*, pairs .4 -> 2., portable .5 -> 0.",
        ),
        (EXAMPLE, "takes_batch", 'only_portable = ["layer_1"]\ntakes_batch', "native .5 -> 4"),
        (EXAMPLE, "maxiter = 10000", "maxiter = 100", "iterations .10000 -> 100"),
        (EXAMPLE, "layer_1_error = [4, 1]\n", "", "native .5 -> 4., portable .5 -> 4"),
        (EXAMPLE, "[0, 1, 1]", "[0, 1, 0]", "its content"),
        (EXAMPLE, "low = -1", "low = -0.5", "its content"),
        (EXAMPLE, "seed = 1", "seed = 2", "its content"),
        (EXAMPLE, '"0.00966449"', '"0.00966448"', "its content"),
        (EXAMPLE, 'title = "Example 1', 'title = "Example 2', "its content"),
        (EXAMPLE, "one_layer:train", "two_layer:train", "its content"),
        (EXAMPLE, 'prediction = "layer_1"\ntarget = "y"\n', "", "its content"),
        (
            EXAMPLE,
            "layer_1 = [4, 1]\nlayer_1_error = [4, 1]\n",
            "layer_1_error = [4, 1]\nlayer_1 = [4, 1]\n",
            "its content",
        ),
        (
            EXAMPLE,
            TABLES[0] + "[[printed]]" + TABLES[1] + "[[printed]]",
            TABLES[0].replace("= 16", "= 12") + "[[printed]]",
            "printed_numbers .16 -> 12., printed_checks .16 -> 12",
        ),
        ("clark-example-2-nnet.toml", '\nchecked_in = ["python"]', "", "printed_checks .34 -> 30"),
        ("clark-example-2.toml", "[0, 10000, 20000]", "[1, 10000, 20000]", "its content"),
        ("clark-example-3.toml", '= ["alpha=10"]', "= []", "portable_completely"),
        ("descent.toml", "0.0001, 0.001, 0.005", "0.0001, 0.001", "settings .3 -> 2"),
        ("descent.toml", "0.005]", "0.0050000001]", "its content"),
        ("clark-example-2-nnet.toml", "restart = {", "# restart = {", "its content"),
        (
            "dnn-digits.toml",
            "rows = [0, 1500]\ncolumns = [0, 64]",
            "rows = [1, 1501]\ncolumns = [0, 64]",
            "its content",
        ),
    ],
)
def test_a_case_that_asks_for_something_else_is_not_run(
    folder: Path, file: str, old: str, new: str, what: str
) -> None:
    path = folder / file
    assert old in path.read_text()
    path.write_text(path.read_text().replace(old, new, 1))
    load_case(path)  # a whole case, and only the lock knows that it is another
    name = file.removesuffix(".toml")
    for asked in ([name], ["descent-bucket"]):
        with pytest.raises(CaseError, match=f"^{name} differs from {LOCK} in .*{what}") as refused:
            reviewed_cases(folder, asked)
        assert "python -m compare lock" in str(refused.value)
        assert "\n" not in str(refused.value)


def without_descent(folder: Path) -> None:
    (folder / "descent.toml").unlink()


def without_its_line(folder: Path) -> None:
    head, table = (folder / LOCK).read_text().split("[cases.descent]\n")
    (folder / LOCK).write_text(head + table[table.index("[cases.") :])


def without_case_and_line(folder: Path) -> None:
    without_descent(folder)
    without_its_line(folder)


def replaced_by_another(folder: Path) -> None:
    shutil.copy(folder / "descent-bucket.toml", folder / "descent.toml")


def with_one_more(folder: Path) -> None:
    shutil.copy(folder / "descent.toml", folder / "mine.toml")


def with_other_table(folder: Path) -> None:
    path = folder / "data" / "optdigits.csv"
    lines = path.read_text().splitlines(keepends=True)
    i = next(i for i, line in enumerate(lines) if not line.startswith("#"))
    assert lines[i].startswith("0,")
    path.write_text("".join([*lines[:i], "1" + lines[i][1:], *lines[i + 1 :]]))


def without_a_lock(folder: Path) -> None:
    (folder / LOCK).unlink()


def with_half_a_lock(folder: Path) -> None:
    (folder / LOCK).write_text((folder / LOCK).read_text()[:-200])


def with_an_empty_lock(folder: Path) -> None:
    (folder / LOCK).write_text("")


def with_another_number_in_the_lock(folder: Path) -> None:
    text = (folder / LOCK).read_text()
    (folder / LOCK).write_text(text.replace("\niterations = 2000\n", "\niterations = 200\n", 1))


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (without_descent, "^descent is in cases.lock, but descent.toml is missing"),
        (without_its_line, "total: it is not the sum of the cases"),
        (without_case_and_line, "total: it is not the sum of the cases"),
        (replaced_by_another, "^descent differs from cases.lock in settings .3 -> 4"),
        (with_one_more, "^mine.toml is not in cases.lock"),
        (with_other_table, "^dnn-digits differs from cases.lock in its content"),
        (without_a_lock, "^cases.lock is missing"),
        (with_half_a_lock, "^cases.lock: "),
        (with_an_empty_lock, "^cases.lock: total: Field required"),
        (with_another_number_in_the_lock, "^descent differs from .* in iterations .200 -> 2000"),
    ],
)
def test_a_folder_that_is_not_what_the_lock_says_is_not_run(
    folder: Path,
    change: Callable[[Path], None],
    reason: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    change(folder)
    for asked in ([], ["clark-example-1"]):
        with pytest.raises(CaseError, match=reason) as refused:
            reviewed_cases(folder, asked)
    assert str(refused.value).endswith("python -m compare lock")
    monkeypatch.setattr(commands, "CASES", folder)
    assert cli.main(["verify", "clark-example-1"]) == 2
    said = capsys.readouterr().err
    assert said.startswith("nnmirror: ")
    assert said.count("\n") == 1


def test_the_lock_written_anew_says_what_changed_and_lets_the_cases_run(folder: Path) -> None:
    path = folder / EXAMPLE
    path.write_text(path.read_text().replace("maxiter = 10000", "maxiter = 100"))
    with_one_more(folder)
    assert write_lock(folder) == [
        "clark-example-1 differs from cases.lock in iterations (10000 -> 100), "
        "portable_iterations (2000 -> 100)",
        "mine.toml is not in cases.lock",
    ]
    assert len(reviewed_cases(folder)) == 18
    assert write_lock(folder) == []
    (folder / LOCK).unlink()
    assert write_lock(folder) == ["cases.lock is missing"]


def test_the_command_writes_the_lock_that_stands_here(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(commands, "CASES", folder)
    assert cli.main(["lock"]) == 0
    assert capsys.readouterr().out == "cases.lock says so already\n"
    assert (folder / LOCK).read_bytes() == (CASES / LOCK).read_bytes()


def test_comments_layout_and_the_order_of_a_records_keys_are_free(tmp_path: Path) -> None:
    text = (CASES / EXAMPLE).read_text()
    plain = load_case(CASES / EXAMPLE)
    source = next(line for line in text.splitlines() if line.startswith("source"))
    moved = text.replace(source + "\n", "").replace("takes_batch", source + "\ntakes_batch", 1)
    path = tmp_path / EXAMPLE
    path.write_text("# by hand\n" + moved.replace("[0, 0, 1]", "[ 0.0,0,1 ]"))
    assert content_hash(load_case(path)) == content_hash(plain)


def test_the_lock_counts_all_printed_numbers_and_checks() -> None:
    text = (CASES / LOCK).read_text()
    for line in ("cases = 17", "printed_numbers = 533", "printed_checks = 541", "pairs = 108"):
        assert line in text.partition("[cases.")[0].splitlines()
    digest = content_hash(load_case(CASES / EXAMPLE))
    assert f"sha256 = {json.dumps(digest)}" in text
