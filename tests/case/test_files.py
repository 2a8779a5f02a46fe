"""Whatever stands in a file: it is a case, or one line says why not."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from compare import CASES
from compare.case.case import Case, load_case
from compare.safety.errors import CaseError

TEXT = (CASES / "clark-example-1.toml").read_text()
TABLED = (CASES / "dnn-digits.toml").read_text()
LINES = [line for line in (TEXT + TABLED).splitlines() if line]
PIECES = [
    *("0", "-1", "1e400", "nan", "-0.0", "10" * 200, "0x" + 6000 * "f", "true", "1979-05-27"),
    *('""', '"\\u0000"', '"../x"', "[]", "[[]]", "[1, [2]]", "{}", "{ a = 1 }", '"error"', "'X'"),
    *("[inputs]", "[[printed]]", "[grid]", "[starts.r]", "[name]", "alpha", "arithmetic", "="),
]


def key(line: str) -> str:
    """What a line gives a value to."""
    return line.partition(" = ")[0]


def outcome(path: Path) -> Case | str:
    """The case, or the line that says why it is none."""
    try:
        return load_case(path)
    except CaseError as error:
        return str(error)


def is_case_or_line(found: Case | str) -> bool:
    if isinstance(found, Case):
        return len(found.printed_list()) == found.printed_numbers and bool(found.variants())
    return found.startswith("a.toml: ") and found.isprintable()


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("cases")
    (folder / "data").mkdir()
    (folder / "data" / "optdigits.csv").write_text("1,2,3\n4,5,6\n")
    return folder / "a.toml"


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"\xef\xbb\xbf" + TEXT.encode(), "begins with a byte order mark"),
        (b"# one\n# caf\xe9\n" + TEXT.encode(), "is not UTF-8 .at line 2"),
        (TEXT.encode("utf-16"), "is not UTF-8 .at line 1"),
        (TEXT.encode() + b"\x00", "Illegal character|Invalid"),
        (TEXT.replace("title = ", 'title = "\x00" #').encode(), "Illegal character"),
        (b"x = " + 3000 * b"[" + 3000 * b"]", "is nested too deep"),
        (b"x = " + 3000 * b"{a=" + b"1" + 3000 * b"}", "is nested too deep"),
        (b"[inputs]\nX." + b".".join([b"a"] * 3000) + b" = 1", "is nested too deep"),
        (TEXT.replace("seed = 1", "seed = 0x" + 5000 * "f").encode(), "starts.numpy.seed: a whole"),
        (TEXT.replace("[3, 1]", "[3, 1" + 400 * "0" + "]").encode(), "quantities.synapse_0.1: a"),
        (b'"a\\nb" = 1' + 400 * b"0", "a.nb: a whole number beyond 2.63"),
        (b"", "title: Field required; source: Field required; .* and [0-9]+ more"),
        (b'"a\\nb\\u001b[31m" = 1\n' + TEXT.encode(), r"a.nb.x1b.31m: Extra inputs"),
    ],
)
def test_a_file_that_is_no_plain_toml_is_refused_in_one_line(
    path: Path, content: bytes, reason: str
) -> None:
    path.write_bytes(content)
    with pytest.raises(CaseError, match=f"^a.toml: .*({reason})") as refused:
        load_case(path)
    assert str(refused.value).isprintable()


def test_a_folder_and_a_missing_file_are_refused_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "a.toml").mkdir()
    for name in ("a", "b"):
        with pytest.raises(CaseError, match=f"^{name}.toml: "):
            load_case(tmp_path / f"{name}.toml")


@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, derandomize=True
)
@given(st.binary(max_size=200))
def test_any_bytes_are_a_case_or_one_line(path: Path, content: bytes) -> None:
    path.write_bytes(content)
    assert is_case_or_line(outcome(path))


@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, derandomize=True
)
@given(
    st.lists(
        st.one_of(
            st.sampled_from(LINES),
            st.builds("{} = {}".format, st.sampled_from(LINES).map(key), st.sampled_from(PIECES)),
            st.sampled_from(PIECES),
        ),
        max_size=30,
    )
)
def test_any_lines_of_cases_are_a_case_or_one_line(path: Path, lines: list[str]) -> None:
    path.write_text("\n".join(lines))
    assert is_case_or_line(outcome(path))


@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, derandomize=True
)
@given(st.sampled_from(range(len(TEXT.splitlines()))), st.sampled_from(PIECES))
def test_any_line_with_another_value_is_a_case_or_one_line(path: Path, i: int, piece: str) -> None:
    lines = TEXT.splitlines()
    lines[i] = f"{key(lines[i])} = {piece}"
    path.write_text("\n".join(lines))
    assert is_case_or_line(outcome(path))


def with_table(tmp_path: Path, table: str, **keys: str) -> Path:
    given = {"file": '"t.csv"', "rows": "[0, 2]", "columns": "[0, 2]"} | keys
    lines = "\n".join(f"{key} = {value}" for key, value in given.items())
    text = (CASES / "trask-two-layer.toml").read_text()
    text = text.replace("X = [[0, 1], [0, 1], [1, 0], [1, 0]]\n", "")
    text = text.replace("[quantities]", f"[inputs.X]\n{lines}\n\n[quantities]")
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "t.csv").write_text(table)
    path = tmp_path / "tabled.toml"
    path.write_text(text)
    return path


def test_an_input_may_stand_in_a_table_beside_the_case(tmp_path: Path) -> None:
    path = with_table(tmp_path, "# made by hand\n2,4,0\n6,8,1\n", divide_by="2")
    assert load_case(path).inputs["X"] == [[1.0, 2.0], [3.0, 4.0]]


def test_a_column_of_classes_may_become_columns_of_0_and_1(tmp_path: Path) -> None:
    path = with_table(tmp_path, "5,1\n5,0\n", columns="[1, 2]", one_hot="2")
    assert load_case(path).inputs["X"] == [[0.0, 1.0], [1.0, 0.0]]


@pytest.mark.parametrize(
    ("table", "keys", "reason"),
    [
        ("1,2\n", {}, "inputs.X: t.csv has 1 rows and 2 columns"),
        (
            "1,2\n3,4\n",
            {"columns": "[1, 2]", "one_hot": "3"},
            "inputs.X: one_hot: needs one column of",
        ),
        ("1,2\n3,4\n", {"divide_by": "0"}, "inputs.X: divide_by: Input should be greater than 0"),
        ("1,2\n3,4\n", {"file": '"../t.csv"'}, "inputs.X: file: String should match"),
        ("1,2\n3,4\n", {"file": '"u.csv"'}, "inputs.X: .*u.csv not found"),
        ("", {}, "inputs.X: t.csv has 0 rows and [01] columns"),
        ("1,nan\n3,4\n", {}, "inputs.X.matrix.0.1: .*finite number"),
        ("1,1e308\n3,4\n", {"divide_by": "1e-300"}, "inputs.X.matrix.*finite number"),
        (
            "1,2\n3,4\n",
            {"columns": "[1, 2]", "one_hot": "1000000000"},
            "inputs.X: one_hot: .*10000",
        ),
        ("1,2\n3,4\n", {"rows": f"[0, {10**12}]"}, "inputs.X: rows.1: .*less than or equal"),
        ("1,2\n3,4\n", {"rows": "[1, 0]"}, "inputs.X: t.csv has 2 rows"),
        ("1,2\n3,4\n", {"file": '"\u00fc.csv"'}, "inputs.X: file: String should match"),
        ("1,two\n3,4\n", {}, "inputs.X: could not convert string 'two'"),
    ],
)
def test_a_table_that_does_not_fit_is_refused(
    tmp_path: Path, table: str, keys: dict[str, str], reason: str
) -> None:
    with pytest.raises(CaseError, match=f"^tabled.toml: {reason}"):
        load_case(with_table(tmp_path, table, **keys))
