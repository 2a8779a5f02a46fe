from pathlib import Path

import pytest

from compare.case.content import in_file
from compare.case.pair import PairCase, is_path, load_pair, load_pairs, name_of
from compare.safety.errors import CaseError

FUNCTIONS = 'python = "pair.py:f"\nr = "pair.R:f"\n'


def written(folder: Path, text: str, name: str = "case.toml") -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text(text)
    return folder / name


def loaded(folder: Path, text: str) -> PairCase:
    return load_pair(written(folder, FUNCTIONS + text, "my.pair.toml"))


def refused(folder: Path, text: str) -> str:
    with pytest.raises(CaseError) as raised:
        load_pair(written(folder, text, "my.pair.toml"))
    message = str(raised.value)
    assert message.startswith(f"{folder / 'my.pair.toml'}: ")
    assert "\n" not in message
    return message.removeprefix(f"{folder / 'my.pair.toml'}: ")


def test_four_lines_are_a_case(tmp_path: Path) -> None:
    pair = loaded(tmp_path, "[inputs]\nx = [2.5, 3.25]\n")
    assert pair.name == "my"
    assert pair.folder == tmp_path
    assert pair.functions == {"python": "pair.py:f", "r": "pair.R:f"}
    assert [inputs.variant for inputs in pair.inputs] == ["-"]
    assert pair.inputs[0].values["x"].tolist() == [2.5, 3.25]
    assert pair.seed is None
    assert pair.outputs == {}


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("a/b/case.toml", "b"),
        ("a/b/other.toml", "other"),
        ("a/b/some.pair.toml", "some"),
        ("v1.2.toml", "v1.2"),
    ],
)
def test_a_case_is_named_by_its_file_or_by_its_folder(path: str, name: str) -> None:
    assert name_of(Path(path)) == name


def test_examples_have_what_is_common_to_all_and_their_own(tmp_path: Path) -> None:
    pair = loaded(
        tmp_path,
        """
        [inputs]
        n = 3
        x = [0.5]
        [[example]]
        x = [1.5]
        [[example]]
        name = "empty"
        inputs = { x = [] }
        [[example]]
        """,
    )
    assert [i.variant for i in pair.inputs] == ["example=1", "empty", "example=3"]
    assert [i.values["n"] for i in pair.inputs] == [3, 3, 3]
    assert [i.values["x"].tolist() for i in pair.inputs] == [[1.5], [], [0.5]]


def test_a_grid_is_every_combination_beside_every_example(tmp_path: Path) -> None:
    pair = loaded(
        tmp_path,
        """
        [grid]
        alpha = [0.5, 2.0]
        method = ["a", "b"]
        [[example]]
        x = 1
        [[example]]
        x = 2
        """,
    )
    assert [i.variant for i in pair.inputs] == [
        f"example={x},alpha={a},method={m}"
        for x in (1, 2)
        for a in ("0.5", "2")
        for m in ("a", "b")
    ]
    assert [tuple(i.values.values()) for i in pair.inputs][:2] == [(1, 0.5, "a"), (1, 0.5, "b")]


def test_contracts_names_seed_and_printed_numbers_are_read(tmp_path: Path) -> None:
    pair = loaded(
        tmp_path,
        """
        seed = 7
        title = "Two means"
        names = { "(Intercept)" = "const" }
        [outputs.x]
        compare = "exact"
        [[printed]]
        output = "x"
        values = ["1.50"]
        """,
    )
    assert (pair.seed, pair.title, pair.names) == (7, "Two means", {"(Intercept)": "const"})
    assert pair.outputs["x"].compare == "exact"
    assert pair.printed[0].values == ["1.50"]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "python: is missing, and r too: name a function of each"),
        ('python = "a.py:f"\n', "r: is missing; one language alone needs printed numbers"),
        ('r = "a.R:f"\n', "python: is missing; one language alone needs printed numbers"),
        (
            'python = "a.py"\nr = "a.R:f"\n',
            "python: 'a.py' is not file.py:function or package.module:function",
        ),
        (
            'python = "a.py:f"\nr = "a:f"\n',
            "r: 'a:f' is not file.R:function or package::function",
        ),
        (FUNCTIONS + "inptus = 1\n", "inptus: Extra inputs are not permitted"),
        (FUNCTIONS + 'seed = "1"\n', "seed: Input should be a valid integer"),
        (FUNCTIONS + "seed = -1\n", "seed: Input should be greater than or equal to 0"),
        (FUNCTIONS + "[grid]\nx = []\n", "grid.x: List should have at least 1 item"),
        (FUNCTIONS + "[grid]\nx = [1]\n[inputs]\nx = 1\n", "grid.x: is the name of an input too"),
        (
            FUNCTIONS + "[grid]\nx = [1]\n[[example]]\nx = 1\n",
            "grid.x: is the name of an input too",
        ),
        (
            FUNCTIONS + '[[example]]\nname = "a"\ninputs = {}\n' * 2,
            "example.1.name: a stands there twice",
        ),
        (
            FUNCTIONS + '[[example]]\nname = "a b"\ninputs = {}\n',
            "example.0.name: letters, digits, '.', '_', '=', '-' only",
        ),
        (FUNCTIONS + "[inputs]\nx = 1979-05-27\n", "inputs.x: dates have no type"),
        (
            FUNCTIONS + '[inputs]\nx = "a\\u0000b"\n',
            "inputs.x: no text in R can hold a character NUL",
        ),
        (FUNCTIONS + "[inputs]\n'a b' = 1\n", "inputs.a b: is no name of an argument"),
        (FUNCTIONS + '[inputs]\nx = { csv = "no.csv" }\n', "inputs.x: [Errno 2] No such file"),
        (
            FUNCTIONS + "[grid]\nn = [1, 2]\n[certified]\nx = ['1.0']\n",
            "certified: is for one set of inputs, and there are 2",
        ),
        (FUNCTIONS + "[certified]\nx = ['a']\n", "certified.x.0: 'a' is not a printed decimal"),
        (FUNCTIONS + "[certified]\nx = []\n", "certified.x: List should have at least 1 item"),
        (FUNCTIONS + "[outputs.x]\ndigits = 3\n", "outputs.x: digits: needs a reason beside it"),
        (FUNCTIONS + "x = = 1\n", "Invalid"),
        (FUNCTIONS + "[grid]\n" + "".join(f"g{i} = [1, 2]\n" for i in range(14)), "grid: more"),
    ],
)
def test_what_is_wrong_with_a_file_is_one_sentence(tmp_path: Path, text: str, reason: str) -> None:
    assert reason in refused(tmp_path, text)


def test_a_name_that_no_report_could_show_is_refused(tmp_path: Path) -> None:
    path = written(tmp_path / "a b", FUNCTIONS)
    with pytest.raises(CaseError, match="'a b' is no name for a case"):
        load_pair(path)


def test_a_folder_means_every_case_below_it_and_each_file_once(tmp_path: Path) -> None:
    first = written(tmp_path / "one", FUNCTIONS)
    second = written(tmp_path / "deep" / "er", FUNCTIONS, "two.pair.toml")
    written(tmp_path / "deep", FUNCTIONS, "settings.toml")
    found = load_pairs([str(tmp_path), str(first), str(tmp_path / "one")])
    assert [pair.path for pair in found] == [second, first]
    assert [pair.name for pair in found] == ["two", "one"]


def test_two_cases_of_one_name_are_refused_whatever_their_capitals(tmp_path: Path) -> None:
    written(tmp_path / "a" / "same", FUNCTIONS)
    written(tmp_path / "b" / "Same", FUNCTIONS)
    with pytest.raises(CaseError, match="both cases are named Same"):
        load_pairs([str(tmp_path)])


def test_what_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(CaseError, match="no such file or folder"):
        load_pairs([str(tmp_path / "none.toml")])
    with pytest.raises(CaseError, match=r"no case\.toml and no \*\.pair\.toml below it"):
        load_pairs([str(tmp_path)])


def test_a_path_is_told_from_a_name() -> None:
    assert all(map(is_path, ("a.toml", "a/b", ".", "..", "/x")))
    assert not any(map(is_path, ("clark-example-1", "a.b")))


def test_files_and_packages_are_told_apart() -> None:
    assert in_file("python", "sub/pair.py:f") == ("sub/pair.py", "f")
    assert in_file("python", "numpy.linalg:solve") is None
    assert in_file("r", "C:/x/pair.r:my.f") == ("C:/x/pair.r", "my.f")
    assert in_file("r", "stats::sd") is None
