"""No name of a case, a variant or a start leads out of the folder of its evidence."""

from pathlib import Path

import pytest

from compare import CASES
from compare.case.case import Case
from compare.case.setting import Setting, settings
from compare.evidence import proof, spread
from compare.safety.errors import CaseError
from compare.safety.inside import inside

NAMES = ["../x", "/etc/x", "..", ".", "", "a/b", "..\\x", "a\0b", "x" * 300]


@pytest.mark.parametrize("name", NAMES)
def test_a_name_that_is_no_files_name_is_refused_in_one_line(name: str, tmp_path: Path) -> None:
    for names in ([name], [name, "b"], ["a", name]):
        with pytest.raises(CaseError, match=r"leads out|cannot be the name") as refused:
            inside(tmp_path, *names)
        assert str(refused.value).isprintable()


@pytest.mark.parametrize("name", ["a b", "[x]", "-x", "ü", "alpha=0.1,b=2", "..x", "日本"])
def test_any_other_name_stays_inside(name: str, tmp_path: Path) -> None:
    assert inside(tmp_path, name, name) == tmp_path / name / name


def test_a_link_that_leads_out_is_refused(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "out").symlink_to(tmp_path)
    with pytest.raises(CaseError, match="is a link that leads out"):
        inside(tmp_path / "in", "out", "x")
    with pytest.raises(CaseError, match="is a link that leads out"):
        inside(tmp_path / "in", "out", "in")


@pytest.mark.parametrize("name", ["../outside", "/tmp/outside", "a/../../outside"])
def test_proofs_and_spreads_are_written_nowhere_else(name: str, cases: dict[str, Case]) -> None:
    case = cases["descent-bucket"]
    good = settings(case)[0]
    assert proof.path_of(good).is_relative_to(CASES)
    stray = case.model_copy(update={"name": name})
    nothing = proof.Proof({}, "too hard", {})
    for setting in (
        Setting(stray, good.variant, "numpy"),
        Setting(case, type(good.variant)(name, {}), "numpy"),
        Setting(case, good.variant, name),
    ):
        with pytest.raises(CaseError, match="leads out"):
            proof.save(setting, nothing)
    with pytest.raises(CaseError, match="leads out"):
        spread.Spread(stray)
