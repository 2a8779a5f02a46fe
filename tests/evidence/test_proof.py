from collections.abc import Callable
from pathlib import Path

import pytest

from compare.case.case import Case
from compare.case.setting import Setting, settings
from compare.evidence import store as evidence
from compare.evidence.proof import MissingProofError, Proof, is_proved, load, path_of, save

Lines = list[list[str]]
LAST = "synapse_0"


@pytest.fixture
def setting(cases: dict[str, Case]) -> Setting:
    return settings(cases["clark-example-1"])[0]


@pytest.fixture
def forged(
    setting: Setting, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Callable[[Callable[[Lines], object], dict[str, str]], None]:
    """Change the stored proof, and give it the hash of its new content."""

    def forge(change: Callable[[Lines], object], notes: dict[str, str]) -> None:
        kept = evidence.read(path_of(setting), "", "")
        monkeypatch.setattr("compare.evidence.proof.CASES", tmp_path)
        rows = [line.split(",") for line in kept.body.splitlines()]
        change(rows)
        header = kept.header.model_copy(update={"notes": kept.header.notes | notes})
        body = "".join(",".join(row) + "\n" for row in rows)
        evidence.write(path_of(setting), header, body)

    return forge


Forge = Callable[[Callable[[Lines], object], dict[str, str]], None]


def _set(column: int, value: str) -> Callable[[Lines], object]:
    return lambda rows: rows[-1].__setitem__(column, value)


def _nothing(rows: Lines) -> None:
    del rows[1:]


def test_what_is_stored_unchanged_is_a_proof(setting: Setting, forged: Forge) -> None:
    before = load(setting)
    forged(lambda rows: None, {})
    assert load(setting) == before
    assert is_proved(setting)


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (_set(3, "1e9"), "a radius of 1e9 is none of 110 bits"),
        (_set(3, "1e-20"), "a radius of 1e-20"),
        (_set(3, "-1e-60"), "a radius of -1e-60"),
        (_set(3, "nan"), "not plain decimal numbers"),
        (_set(3, "inf"), "not plain decimal numbers"),
        (_set(3, "1/2"), "not plain decimal numbers"),
        (_set(3, "1e-999999999"), "not plain decimal numbers"),
        (_set(3, ""), "not plain decimal numbers"),
        (_set(2, "nan"), "not plain decimal numbers"),
        (_set(2, "-inf"), "not plain decimal numbers"),
        (_set(2, "1/3"), "not plain decimal numbers"),
        (_set(2, "1e999999999"), "not plain decimal numbers"),
        (_set(2, "1_0"), "not plain decimal numbers"),
        (_set(2, "\N{ARABIC-INDIC DIGIT ONE}"), "not plain decimal numbers"),
        (_set(2, "0"), "a radius of"),  # a ball around zero has no correct digit
        (_set(1, "-1"), "'-1' is no index"),
        (_set(1, "1_0"), "'1_0' is no index"),
        (_set(1, "007"), "'007' is no index"),
        (_set(1, "3"), r"no value: synapse_0\[2\]"),
        (_set(0, "nothing"), r"a value too many: nothing\[2\]"),
        (lambda rows: rows.pop(), rf"no value: {LAST}\[2\]"),
        (lambda rows: rows.pop(1), r"no value: layer_1\[0\]"),
        (lambda rows: rows.__delitem__(slice(1, None, 2)), "no value"),
        (_nothing, "no value"),
        (lambda rows: rows.clear(), "its columns are"),
        (lambda rows: rows.append([LAST, "3", "1", "0"]), r"a value too many: synapse_0\[3\]"),
        (lambda rows: rows.append(rows[-1]), "stands there twice"),
        (lambda rows: rows[-1].append("more"), "5 entries"),
        (lambda rows: rows[-1].pop(), "3 entries"),
        (lambda rows: rows[0].__setitem__(3, "width"), "columns"),
    ],
)
def test_what_is_no_proof_of_the_case_is_refused(
    setting: Setting, forged: Forge, change: Callable[[Lines], object], reason: str
) -> None:
    forged(change, {})
    with pytest.raises(MissingProofError, match=reason) as found:
        load(setting)
    assert str(found.value).endswith(": python -m compare prove clark-example-1")
    assert "\n" not in str(found.value)
    assert not is_proved(setting)


@pytest.mark.parametrize("change", [_nothing, lambda rows: None])
def test_a_reason_that_the_case_does_not_give_is_refused(
    setting: Setting, forged: Forge, change: Callable[[Lines], object]
) -> None:
    forged(change, {"reason": "it is hard"})
    with pytest.raises(MissingProofError, match="does not say, in unproved or undecided: it is h"):
        load(setting)


@pytest.mark.parametrize(
    ("name", "key"), [("dnn-wide", "unproved"), ("clark-example-2-nnet", "undecided")]
)
def test_a_reason_that_the_case_gives_stands_in_place_of_a_proof(
    cases: dict[str, Case], name: str, key: str
) -> None:
    proof = load(settings(cases[name])[0])
    assert proof.reason == getattr(cases[name], key)
    assert proof.values == {}


def test_a_reason_with_values_is_refused(
    cases: dict[str, Case], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("compare.evidence.proof.CASES", tmp_path)
    setting = settings(cases["dnn-wide"])[0]
    save(setting, Proof({"error": {0: ("1", "0")}}, str(setting.case.unproved), {}))
    with pytest.raises(MissingProofError, match="a value too many"):
        load(setting)


def test_a_proof_edited_by_hand_is_not_used(
    setting: Setting, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = path_of(setting).read_text()
    monkeypatch.setattr("compare.evidence.proof.CASES", tmp_path)
    path_of(setting).parent.mkdir()
    path_of(setting).write_text(text.replace('"bits": "320"', '"bits": "640"'))
    with pytest.raises(MissingProofError, match="changed by hand"):
        load(setting)


def test_a_proof_of_other_code_is_stale_and_no_proof(
    setting: Setting, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = evidence.read(path_of(setting), "", "")
    monkeypatch.setattr("compare.evidence.proof.CASES", tmp_path)
    evidence.write(path_of(setting), kept.header.model_copy(update={"hash": "0"}), kept.body)
    assert load(setting).stale
    assert not is_proved(setting)
