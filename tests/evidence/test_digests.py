import struct
from dataclasses import astuple
from hashlib import sha256 as hashed
from pathlib import Path

import numpy as np
import pytest

from compare.case.case import Case
from compare.case.setting import Setting, settings
from compare.evidence.digests import FIELDS, Digest, digests, places, read_digests, sha256
from compare.run.pool import Failure
from compare.run.results import Results
from compare.run.runs import Result, Run, execute, python_function
from compare.safety.errors import CaseError
from compare.verify.digest_rows import judge_digests
from tools.digests import in_r, of_setting

KEPT = frozenset(read_digests())


@pytest.fixture(scope="module")
def setting(cases: dict[str, Case]) -> Setting:
    return settings(cases["clark-example-1"])[0]


@pytest.fixture(scope="module")
def run(setting: Setting) -> Result:
    return execute(Run(setting, "python", "portable", 2000))


def judged(
    setting: Setting, result: Result | Failure, iterations: int | None
) -> tuple[str, str] | None:
    results = Results()
    results.add(Run(setting, "python", "portable", iterations), result)
    judged = judge_digests(setting, "python", results, KEPT)
    return None if judged is None else judged[:2]


def test_bytes_are_those_of_little_endian_doubles_row_by_row() -> None:
    rows = [[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]]
    expected = hashed(struct.pack("<6d", *rows[0], *rows[1])).hexdigest()
    assert sha256(np.array(rows)) == sha256(np.asfortranarray(rows)) == expected
    assert sha256(np.array(-0.0)) != sha256(np.array(0.0))


def test_every_portable_setting_is_kept_at_each_of_its_places(cases: dict[str, Case]) -> None:
    expected = {
        (*s.labels.values(), quantity, str(place))
        for case in cases.values()
        if "portable" in case.arithmetics
        for s in settings(case)
        for quantity in case.quantities
        for place in places(case, quantity)
    }
    lines = read_digests()
    assert {tuple(map(str, astuple(d)[:5])) for d in lines} == expected
    assert len(lines) == len(expected)


def test_a_run_is_held_as_far_as_it_goes(setting: Setting, run: Result) -> None:
    found = digests(setting, run, 2000)
    assert {d.iteration for d in found if d.quantity == "error"} == {10, 100, 1000, 2000}
    assert {d.iteration for d in found if d.quantity == "synapse_0"} == {2000}
    short = {**run, "error": run["error"][:150]}
    assert {(d.quantity, d.iteration) for d in digests(setting, short, 150)} == {
        ("error", 10),
        ("error", 100),
    }
    assert set(found) <= KEPT


def test_the_compiled_loop_and_python_make_the_same_digests(
    setting: Setting, run: Result, cases: dict[str, Case]
) -> None:
    assert set(digests(setting, run, 2000)) < set(of_setting(setting)) <= KEPT
    (only, *_) = settings(cases["descent-bucket"])
    assert cases["descent-bucket"].compiled is None
    assert set(of_setting(only)) <= KEPT


def test_every_compiled_function_is_one(cases: dict[str, Case]) -> None:
    for case in cases.values():
        if case.compiled is not None:
            assert callable(python_function(case.compiled))
            assert case.compiled.split(".")[1] == case.python.split(".")[1]


def test_bits_that_are_kept_hold(setting: Setting, run: Result) -> None:
    assert judged(setting, run, 2000) == ("holds", "")


@pytest.mark.parametrize("place", [0, 50, 1500])
def test_one_bit_contradicts_and_is_located(setting: Setting, run: Result, place: int) -> None:
    error = run["error"].copy()
    error[place] = np.nextafter(error[place], 1)
    verdict, reason = judged(setting, {**run, "error": error}, 2000) or ("", "")
    assert verdict == "contradicted"
    first = min(p for p in (10, 100, 1000, 2000) if p > place)
    assert f"{first:,} are not" in reason
    assert ("the first" in reason) == (place >= 10)
    assert "libm" in reason
    assert "BLAS" in reason


def test_a_sign_of_zero_and_a_final_array_contradict_too(setting: Setting, run: Result) -> None:
    moved = {**run, "synapse_0": np.nextafter(run["synapse_0"], 9)}
    verdict, reason = judged(setting, moved, 2000) or ("", "")
    assert verdict == "contradicted"
    assert reason.startswith("synapse_0 in Python has other bits")


def test_where_there_are_no_bits_the_comparison_of_the_runs_says_so(
    setting: Setting, run: Result
) -> None:
    assert judged(setting, Failure("died"), 2000) is None
    without = {name: values for name, values in run.items() if name != "layer_1"}
    assert judged(setting, without, 2000) is None


def test_a_file_that_is_none_is_refused_with_its_name(tmp_path: Path) -> None:
    path = tmp_path / "digests.txt"
    with pytest.raises(CaseError, match=r"digests\.txt: No such file"):
        read_digests(path)
    for text in ("a b c\n", "a - numpy x ten 0\n", "a - numpy x 1 0 more\n"):
        path.write_text(text)
        with pytest.raises(CaseError, match=f"each line has to be: {' '.join(FIELDS)}"):
            read_digests(path)
    path.write_text("a - numpy x 1 0\n")
    assert read_digests(path) == [Digest("a", "-", "numpy", "x", 1, "0")]
    assert str(read_digests(path)[0]) == "a - numpy x 1 0"


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (True, "TRUE"),
        (3, "3"),
        (0.1, "0x1.999999999999ap-4"),
        ("a", '"a"'),
        ([1, 2.5], "c(1, 0x1.4000000000000p+1)"),
        ([[1, 2], [3, 4]], "matrix(c(1, 2, 3, 4), 2, byrow = TRUE)"),
        ({"alpha=1": {}}, "list(`alpha=1` = list())"),
        ([{"a": 1}], "list(list(`a` = 1))"),
    ],
)
def test_r_reads_the_same_doubles(value: object, text: str) -> None:
    assert in_r(value) == text


def test_r_gets_nothing_else() -> None:
    with pytest.raises(TypeError, match="no NoneType"):
        in_r(None)
