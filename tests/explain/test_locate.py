import pytest

from compare.case.case import Case
from compare.case.setting import settings
from compare.cli import main
from compare.explain.cause import NAMES
from compare.explain.first_differences import first_differences
from compare.explain.locate import locate
from compare.report.verification import Verification
from tests.conftest import JOBS
from tests.copies import Copy


@pytest.mark.slow
@pytest.mark.parametrize("start", ["numpy", "r"])
def test_the_chaotic_pair_parts_by_rounding_and_the_cause_is_named(
    cases: dict[str, Case], start: str
) -> None:
    (setting,) = (
        s
        for s in settings(cases["clark-example-3"])
        if (s.variant.name, s.start) == ("alpha=10", start)
    )
    found = locate(setting, JOBS, 300)
    native, *exchanged = found.first_differences
    if native.iteration is None:
        pytest.skip("on this machine R and Python give the same bits natively, so nothing parts")
    assert native.python != native.r
    assert native.place in found.cause
    assert any(name in found.cause for name in NAMES.values()) or "More than one" in found.cause
    assert exchanged[-1].portable == ("matmul", "sigmoid", "mean")
    assert exchanged[-1].iteration is None
    assert "identical in all 2000 iterations" in found.cause
    passes = [i for i in found.passes.values() if i is not None]
    assert passes == sorted(passes)
    assert found.doubling is None or found.doubling > 0


def test_a_bug_is_named_with_its_quantity_and_told_from_rounding(copy: Copy) -> None:
    line = "layer_1_delta <- layer_1_error * (layer_1 * (1 - layer_1))"
    copy.replace("r_impl/R/two_layer.R", line, line.replace("1 - layer_1", "1 + layer_1"))
    done = copy.compare("locate", "clark-example-2", "--start", "r")
    assert done.returncode == 0, done.stderr
    assert "It is not rounding" in done.stdout
    assert "layer_1_delta[0,0] of iteration 0 still differs" in done.stdout


def test_a_pair_without_portable_arithmetic_is_located_too(cases: dict[str, Case]) -> None:
    (setting,) = settings(cases["clark-example-3-nnet"])
    found = locate(setting, JOBS, 300)
    assert len(found.first_differences) == 1
    assert found.first_differences[0].quantity == "value"
    assert found.cause == f"The first value that differs is {found.first_differences[0].place}."


def test_an_unknown_variant_is_code_2_with_the_known_ones(copy: Copy) -> None:
    done = copy.compare("locate", "clark-example-3", "--variant", "alpha=3")
    assert done.returncode == 2
    assert "known are alpha=0.001, alpha=0.01," in done.stderr


def test_a_variant_without_its_case_is_code_2(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["locate", "--variant", "alpha=10"]) == 2
    assert "--variant and --start need the name of a case" in capsys.readouterr().err


def test_pairs_that_disagree_are_located_now_and_the_others_as_they_were(
    verification: Verification, cases: dict[str, Case]
) -> None:
    chosen = [cases["clark-example-1"]]
    agreement = verification.agreement.query("case == 'clark-example-1'").copy()
    kept = first_differences(chosen, agreement, JOBS, 300)
    assert kept["start"].tolist() == ["numpy", "r"]
    assert set(kept["located"]) <= {"before", "before the code changed"}
    agreement.loc[agreement["start"] == "r", "verdict"] = "disagree"
    found = first_differences(chosen, agreement, JOBS, 300)
    assert found["start"].tolist() == ["numpy", "r"]
    assert found["located"].tolist()[1] == "in this run"
    assert "The first value that differs" in found["cause"].tolist()[1]
