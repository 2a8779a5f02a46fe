"""Where somebody's pair first differs, and in which environment it does not."""

import platform
from pathlib import Path
from typing import Any

import pytest

from compare.case.pair import PairCase, load_pair
from compare.case.schema import PORTABLE
from compare.cli import main
from compare.evidence.profiles import Environment
from compare.numbers.measures import ordinal
from compare.run import leaf
from compare.run.environment import R_MATPROD
from compare.run.leaf import Leaves
from compare.run.probe import PLAIN, Answer
from compare.run.recorded import RecordedAnswer
from compare.run.rounding import WITHOUT_LONG_DOUBLE
from compare.verify import locate_pair
from compare.verify.elsewhere import called, returned
from compare.verify.locate_pair import Place, cause_of, first_place
from tests.somebodys import BROKEN, HOLDING, Brought, bring, command_in

CUMSUM = """python = "numpy:cumsum"
r = "base::cumsum"
[inputs]
x = [0.1, 0.7, 0.3, 1.9, 2.2, 7.13, 9.01, 0.4, 12.3, 0.01, 0.07, 0.003, 1e-3, 0.31, 0.77, 0.9, 1.7]
"""


TOLD = Brought(
    "import os\ndef f(x): return [os.environ['SAID']]\n",
    "f <- function(x) getOption('matprod')\n",
)


@pytest.fixture
def pair(tmp_path: Path) -> PairCase:
    (tmp_path / "one.pair.toml").write_text(
        'python = "a:f"\nr = "a::f"\narithmetic = true\n'
        '[outputs.declared]\ncompare = "up to order"\n[outputs.from_one]\n'
        "index_base = { python = 0, r = 1 }\n[outputs.off]\n"
        'known_difference = { offset = 1, reason = "so it is" }\n'
    )
    return load_pair(tmp_path / "one.pair.toml")


def reals(*values: float) -> leaf.Leaf:
    return leaf.numbers("double", "real number", list(values))


UP = 1.0000000000000002
ULP_TO_ZERO, ULP_TO_INF = ordinal(1e-17), ordinal(float("inf")) - ordinal(1.0)


@pytest.mark.parametrize(
    ("python", "r", "found"),
    [
        ({"a": reals(1.0, 2.0)}, {"a": reals(1.0, 2.0)}, None),
        ({"a": reals(-0.0)}, {"a": reals(0.0)}, None),
        ({"a": reals(float("nan"))}, {"a": reals(float("nan"))}, None),
        ({"a": reals(2.0, 1.0, 3.0)}, {"a": reals(2.0, UP, 4.0)}, ("a", "2", 1, True)),
        ({"b": reals(1), "a": reals(1)}, {"a": reals(2), "b": reals(2)}, ("b", "", 2**52, False)),
        ({"a": reals(1.0, 1e-17)}, {"a": reals(1.0, 0.0)}, ("a", "2", ULP_TO_ZERO, True)),
        ({"a": reals(1.0)}, {"a": reals(float("nan"))}, ("a", "", None, False)),
        ({"a": reals(1.0)}, {"a": reals(float("inf"))}, ("a", "", ULP_TO_INF, False)),
        ({"a": reals(1.0)}, {"a": reals(1.0, 2.0)}, ("a", "", None, False)),
        ({"a": leaf.texts("str", ["x"])}, {"a": reals(1.0)}, ("a", "", None, False)),
        (
            {"a": leaf.texts("str", ["x", "y"])},
            {"a": leaf.texts("str", ["x", "z"])},
            ("a", "2", None, False),
        ),
        ({"a": reals(1.0)}, {}, ("a", "", None, False)),
        ({}, {"a": reals(1.0)}, ("a", "", None, False)),
        ({"declared": reals(1, 2)}, {"declared": reals(2, 1)}, None),
        ({"from_one": reals(0)}, {"from_one": reals(1)}, None),
        ({"off": reals(0)}, {"off": reals(1)}, None),
    ],
)
def test_the_first_difference_is_found_in_the_order_returned(
    pair: PairCase, python: Leaves, r: Leaves, found: tuple[str, str, int | None, bool] | None
) -> None:
    place = first_place(pair, python, r)
    if found is None:
        assert place is None
    else:
        assert place is not None
        assert (place.output, place.index, place.ulp, place.is_small) == found


def test_what_is_left_of_a_cancellation_is_small_beside_the_inputs(pair: PairCase) -> None:
    sides = ({"a": reals(1e-17)}, {"a": reals(0.0)})
    for size, is_small in ((0.0, False), (1.0, True)):
        place = first_place(pair, *sides, size)
        assert place is not None
        assert place.is_small is is_small


def answers(**by_language: dict[str, Leaves]) -> list[dict[str, dict[str, Any]]]:
    return [
        {
            language: {
                how: RecordedAnswer.of(Answer(leaves)).model_dump() for how, leaves in calls.items()
            }
            for language, calls in by_language.items()
        }
    ]


ONE, OTHER, THIRD = ({"a": reals(x)} for x in (1.0, UP, 1.0000000000000004))
PLACE = Place("a", "", "1", "1", 1, True)


@pytest.mark.parametrize(
    ("elsewhere", "python", "r", "said"),
    [
        ({PLAIN: OTHER}, {PLAIN: ONE}, {PLAIN: OTHER}, "with NumPy exp from libm: NumPy's own exp"),
        (
            {PLAIN: THIRD},
            {PLAIN: ONE},
            {PLAIN: OTHER, WITHOUT_LONG_DOUBLE: ONE},
            "with R without long double: sums in long double (64 bits of precision) in R",
        ),
        (
            {PLAIN: THIRD},
            {PLAIN: ONE},
            {PLAIN: OTHER, WITHOUT_LONG_DOUBLE: THIRD},
            "with NumPy exp from libm and R without long double: "
            "NumPy's own exp and sums in long double (64 bits of precision) in R",
        ),
        (
            {PLAIN: ONE},
            {PLAIN: ONE, PORTABLE: THIRD},
            {PLAIN: OTHER, PORTABLE: THIRD},
            "with portable arithmetic: the order of sums, or exp, in matmul, sigmoid or mean",
        ),
        (
            {PLAIN: ONE},
            {PLAIN: ONE, PORTABLE: OTHER},
            {PLAIN: OTHER},
            "in none of 2 environments tried here",
        ),
        ({PLAIN: THIRD}, {PLAIN: ONE}, {PLAIN: OTHER}, "in none of 2 environments tried here"),
    ],
)
def test_what_makes_both_the_same_with_the_fewest_changes_is_the_cause(
    pair: PairCase,
    elsewhere: dict[str, Leaves],
    python: dict[str, Leaves],
    r: dict[str, Leaves],
    said: str,
) -> None:
    found = {
        "default": answers(python=python, r=r),
        "NumPy exp from libm": answers(python=elsewhere, r=r),
        "OpenBLAS Zen": "it died",
    }
    assert cause_of(pair, PLACE, 0, found) == f"a is the same to the bit {said}"


def test_one_change_goes_before_two(pair: PairCase) -> None:
    found = {
        "default": answers(python={PLAIN: ONE}, r={PLAIN: OTHER, WITHOUT_LONG_DOUBLE: THIRD}),
        "NumPy exp from libm": answers(python={PLAIN: THIRD}, r={PLAIN: OTHER}),
        "OpenBLAS Zen": answers(python={PLAIN: OTHER}, r={PLAIN: OTHER}),
    }
    said = "with OpenBLAS Zen: the order of sums in NumPy's BLAS"
    assert cause_of(pair, PLACE, 0, found) == f"a is the same to the bit {said}"


def test_rs_blas_is_not_numpys(pair: PairCase) -> None:
    found = {
        "default": answers(python={PLAIN: ONE}, r={PLAIN: OTHER}),
        "R with OpenBLAS": answers(python={PLAIN: ONE}, r={PLAIN: ONE}),
    }
    said = "with R with OpenBLAS: the order of sums in R's BLAS"
    assert cause_of(pair, PLACE, 0, found) == f"a is the same to the bit {said}"


def test_a_result_that_portable_arithmetic_leaves_as_it_is_counts_in_it(pair: PairCase) -> None:
    python, r = {PLAIN: ONE, PORTABLE: ONE}, {PLAIN: OTHER, PORTABLE: ONE}
    assert "with portable arithmetic" in cause_of(
        pair, PLACE, 0, {"default": answers(python=python, r=r)}
    )


def test_the_cause_is_of_one_output_whatever_becomes_of_others(pair: PairCase) -> None:
    python, r = ONE | {"b": reals(1.0)}, OTHER | {"b": reals(2.0)}
    elsewhere = OTHER | {"b": reals(1.0)}
    found = {
        "default": answers(python={PLAIN: python}, r={PLAIN: r}),
        "NumPy exp from libm": answers(python={PLAIN: elsewhere}, r={PLAIN: r}),
    }
    assert "with NumPy exp from libm" in cause_of(pair, PLACE, 0, found)


def test_another_environment_reaches_the_function(tmp_path: Path) -> None:
    path = bring(tmp_path, {"told": TOLD}) / "told" / "case.toml"
    answered = called(Environment("x", {R_MATPROD: "internal", "SAID": "here"}), path, 60)
    for language, said in (("python", "here"), ("r", "internal")):
        leaves = returned(answered, language, 0, PLAIN)  # type: ignore[arg-type]
        assert not isinstance(leaves, str), leaves
        assert leaves["value"].values.tolist() == [said]


@pytest.mark.slow
def test_the_command_names_the_environment_without_the_difference(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "sums.pair.toml").write_text(CUMSUM)
    bring(tmp_path, {"mean": HOLDING["named"]})
    monkeypatch.setattr(locate_pair, "environments", lambda: [Environment("default")])
    assert main(["locate", str(tmp_path)]) == 0
    said = capsys.readouterr().out
    assert "mean\n  both languages give the same bits\n" in said
    if platform.machine() != "x86_64":
        pytest.skip("long double is another type here")
    assert "sums\n  first difference: value[13]\n    Python 34.123999999999995 = 0x1.1" in said
    assert "value is the same to the bit with R without long double: sums in long double" in said


def test_a_function_that_fails_is_said_and_a_plain_difference_is_told_from_rounding(
    tmp_path: Path,
) -> None:
    (tmp_path / "sd.pair.toml").write_text(
        'python = "numpy:std"\nr = "stats::sd"\n[inputs]\nx = [1.5, 2.5, 4.0]\n'
    )
    bring(tmp_path, {"raises": BROKEN["raises"]})
    done = command_in(tmp_path, "locate", ".")
    assert (done.returncode, done.stderr) == (2, "")
    assert "raises\n  Python: ValueError: bad thing (pair.py, line 2)\n" in done.stdout
    assert "which is no rounding: `nnmirror verify` says what it is\n" in done.stdout
    done = command_in(tmp_path, "locate", "sd.pair.toml", "--start", "r")
    assert done.returncode == 2
    assert done.stderr == "nnmirror: --variant and --start are for built-in cases\n"
