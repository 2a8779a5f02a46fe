import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from compare.case.case import Case
from compare.cli import main
from compare.explore import sweep_files
from compare.explore.plan import MOST_AT_ONCE, Plan, plan, sizes_of
from compare.explore.sweep import run_part, summary, wilson
from compare.explore.sweep_files import SweepError, gather, open_folder, run_parts
from compare.explore.sweep_picture import picture
from compare.safety.errors import CaseError
from python_impl import one_layer, two_layer
from python_impl.arithmetic import portable

Ask = Callable[..., Plan]


def quiet(_: str, __: int) -> Callable[[], None]:
    return lambda: None


@pytest.fixture(scope="module")
def ask(cases: dict[str, Case]) -> Ask:
    def asked(name: str = "trask-alphas", **changed: Any) -> Plan:
        given: dict[str, Any] = {
            "start": None,
            "seeds": "1:3",
            "given": [],
            "iterations": 30,
            "below": 0.4,
        }
        return plan(cases[name], **{**given, **changed})

    return asked


def table_of(asked: Plan) -> pd.DataFrame:
    return pd.concat([run_part(part) for part in asked.parts()], ignore_index=True)


def test_each_row_is_the_network_that_python_trains(ask: Ask, cases: dict[str, Case]) -> None:
    asked = ask(given=["alpha=0.1,10", "hidden_size=2:3"])
    table = table_of(asked)
    assert len(table) == 12
    inputs = cases["trask-alphas"].inputs
    X, y = np.array(inputs["X"], float), np.array(inputs["y"], float)
    for row in table.to_dict("records"):
        size = int(row["hidden_size"])
        drawn = 2 * np.random.RandomState(row["seed"]).random_sample(4 * size) - 1
        weights = drawn[: 3 * size].reshape(3, size), drawn[3 * size :].reshape(size, 1)
        fit = two_layer.train(X, y, *weights, row["alpha"], 30, arithmetic=portable)
        error = fit["error"]
        assert (row["first_error"], row["last_error"]) == (error[0], error[-1])
        assert row["least_error"] == error.min()
        assert row["learned"] == (error[-1] < 0.4)
        assert row["iterations"] == 30


def test_a_network_needs_as_many_updates_as_come_before_its_error_is_below(ask: Ask) -> None:
    asked = ask("trask-two-layer", below=0.3)
    table = table_of(asked)
    X, y = (np.array(asked.case.inputs[name], float) for name in ("X", "y"))
    for row in table.to_dict("records"):
        weights = 2 * np.random.RandomState(row["seed"]).random_sample((2, 1)) - 1
        error = one_layer.train(X, y, weights, 30, portable)["error"]
        below = np.flatnonzero(error < 0.3)
        assert pd.isna(row["needed"]) if not below.size else row["needed"] == below[0]
    assert table["needed"].notna().any()
    assert table_of(ask("trask-two-layer", below=1e-9))["needed"].isna().all()


def test_the_grid_of_the_case_is_swept_where_nothing_else_is_asked_for(ask: Ask) -> None:
    asked = ask()
    assert list(asked.values) == ["alpha"]
    assert asked.values["alpha"] == tuple(asked.case.grid["alpha"])
    assert len(table_of(asked)) == 7 * 3
    assert ask("clark-example-2").values == {}


def test_starting_weights_are_those_of_the_start_that_is_asked_for(ask: Ask) -> None:
    by = {start: table_of(ask("clark-example-2", start=start)) for start in ("numpy", "r")}
    assert (by["numpy"]["first_error"] != by["r"]["first_error"]).all()


def test_parts_have_networks_of_one_shape_and_rows_do_not_depend_on_the_cut(
    ask: Ask, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = ask(given=["hidden_size=2,5", "alpha=1,10"])
    whole = table_of(asked)
    assert [len(part.seeds) for part in asked.parts()] == [6, 6]
    monkeypatch.setattr("compare.explore.plan.MOST_AT_ONCE", 4)
    assert [len(part.seeds) for part in asked.parts()] == [4, 2, 4, 2]
    pd.testing.assert_frame_equal(table_of(asked), whole, check_exact=True)
    assert max(len(p.seeds) for p in ask(seeds="1:1000").parts()) <= MOST_AT_ONCE


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"name": "descent"}, "descent: only a case with a compiled function can be swept"),
        ({"start": "mars"}, "--start mars: trask-alphas has numpy"),
        ({"seeds": "1:x"}, "--seeds: '1:x' is no number"),
        ({"seeds": ""}, "--seeds: '' is no number"),
        ({"seeds": "-1"}, "--seeds -1: seeds are whole numbers from 0"),
        ({"seeds": "1.5"}, "seeds are whole numbers"),
        ({"seeds": "3:1"}, "--seeds: has to be numbers"),
        ({"seeds": "1,2,1:3"}, "--seeds: a value stands twice"),
        ({"seeds": "1:99999999"}, "1:99999999 is too many"),
        ({"seeds": "1:9999999"}, "69,999,993 networks are more than 10,000,000"),
        ({"given": ["alpha"]}, "--set alpha: has to be NAME=VALUES, of alpha, hidden_size"),
        ({"given": ["y=1"]}, "--set y=1: has to be NAME=VALUES"),
        ({"name": "trask-two-layer", "given": ["alpha=1"]}, "--set alpha=1: nothing can be set"),
        ({"below": float("nan")}, "--below nan: has to be above 0"),
        ({"below": 0.0}, "--below 0: has to be above 0"),
        ({"given": ["alpha=nan"]}, "--set alpha: has to be numbers"),
        ({"given": ["alpha=1", "alpha=2"]}, "--set alpha: set twice"),
        ({"given": ["hidden_size=0"]}, "--set hidden_size: sizes are whole numbers from 1"),
        ({"given": ["hidden_size=2.5"]}, "sizes are whole numbers from 1"),
    ],
)
def test_what_cannot_be_understood_is_refused_by_name(
    ask: Ask, changed: dict[str, Any], reason: str
) -> None:
    with pytest.raises(CaseError, match=reason.replace("(", r"\(")):
        ask(**changed)


def test_only_weights_of_the_case_have_sizes(cases: dict[str, Case]) -> None:
    for case in cases.values():
        if case.compiled is not None:
            for axes in sizes_of(case).values():
                for start in case.starts:
                    assert set(axes) <= set(case.weight_names(start))


def test_a_sweep_that_was_stopped_goes_on_and_ends_with_the_same_table(
    ask: Ask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("compare.explore.plan.MOST_AT_ONCE", 4)
    asked = ask()
    whole, stopped = tmp_path / "whole", tmp_path / "stopped"
    for folder in (whole, stopped):
        open_folder(folder, asked)
        run_parts(folder, asked, 2, 60, quiet)
    parts = sorted((stopped / "parts").iterdir())
    assert len(parts) == len(asked.parts())
    kept = parts[0].stat().st_mtime_ns
    for part in parts[1:3]:
        part.unlink()
    with pytest.raises(FileNotFoundError):
        gather(stopped, asked)
    open_folder(stopped, asked)
    run_parts(stopped, asked, 1, 60, quiet)
    assert parts[0].stat().st_mtime_ns == kept
    for folder in (whole, stopped):
        gather(folder, asked)
    for name in ("sweep.csv", "summary.csv", "sweep.svg", "sweep.parquet"):
        assert (whole / name).read_bytes() == (stopped / name).read_bytes()
    written = pd.read_csv(whole / "sweep.csv", dtype=str)
    assert (
        written["last_error"].map(float) == pd.read_parquet(whole / "sweep.parquet")["last_error"]
    ).all()


def test_a_folder_of_something_else_stays_as_it_is(ask: Ask, tmp_path: Path) -> None:
    open_folder(tmp_path / "sweep", ask())
    with pytest.raises(SweepError, match="holds another sweep"):
        open_folder(tmp_path / "sweep", ask(seeds="1:4"))
    with pytest.raises(SweepError, match="holds another sweep"):
        open_folder(tmp_path / "sweep", replace(ask(), below=0.1))
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "thesis.tex").write_text("x")
    with pytest.raises(SweepError, match="is not empty, and holds no sweep"):
        open_folder(tmp_path / "mine", ask())
    assert [p.name for p in (tmp_path / "mine").iterdir()] == ["thesis.tex"]
    (tmp_path / "file").write_text("")
    with pytest.raises(SweepError, match="file"):
        open_folder(tmp_path / "file", ask())


def test_a_part_that_fails_says_how_to_go_on(
    ask: Ask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_folder(tmp_path / "sweep", ask())
    monkeypatch.setattr(sweep_files, "run_part", no_network)
    with pytest.raises(SweepError, match="goes on from here"):
        run_parts(tmp_path / "sweep", ask(), 1, 60, quiet)


def no_network(_: object) -> None:
    raise CaseError("no network")


def test_the_summary_counts_seeds_and_has_an_interval() -> None:
    table = pd.DataFrame(
        {
            "alpha": [1.0, 1.0, 1.0, 1.0, 2.0],
            "learned": [True, True, False, False, True],
            "last_error": [0.1, 0.2, 0.3, 0.4, 0.5],
            "needed": pd.array([10, 20, None, None, 7], "Int64"),
        }
    )
    first, second = summary(table, ["alpha"]).to_dict("records")
    assert (first["seeds"], first["learned"], second["seeds"]) == (4, 0.5, 1)
    assert first["learned_low"] < 0.5 < first["learned_high"]
    assert first["last_error_median"] == pytest.approx(0.25)
    assert (first["needed_median"], second["needed_median"]) == (15, 7)
    (alone,) = summary(table, []).to_dict("records")
    assert alone["seeds"] == 5


def test_the_interval_is_wilsons() -> None:
    # z = 1.959964: (p + z^2 / 2n +- z sqrt(p q / n + z^2 / 4 n^2)) / (1 + z^2 / n)
    n, p, z = 100, 0.3, 1.959963984540054
    half = z * np.sqrt(p * (1 - p) / n + z * z / (4 * n * n))
    expected = [(p + z * z / (2 * n) + sign * half) / (1 + z * z / n) for sign in (-1, 1)]
    assert wilson(30, 100) == pytest.approx(expected, rel=1e-12)


def test_the_picture_names_what_is_fixed(ask: Ask) -> None:
    asked = ask(given=["hidden_size=1:3", "alpha=10,20"])
    svg = picture(asked, summary(table_of(asked), list(asked.values)))
    assert svg.startswith("<svg")
    assert "trask-alphas: 3 seeds, 30 iterations" in svg
    alone = ask("clark-example-2")
    assert picture(alone, summary(table_of(alone), [])).startswith("<svg")


def test_the_command_writes_and_prints(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "sweep"
    asked = ["sweep", "trask-two-layer", "--seeds", "1:20", "--iterations", "50"]
    assert main([*asked, "--out", str(out)]) == 0
    assert "learned: seeds of 20 that end below 0.01" in capsys.readouterr().out
    assert json.loads((out / "sweep.json").read_text())["iterations"] == 50
    assert len(pd.read_csv(out / "sweep.csv")) == 20
    assert main(["sweep", "descent", "--out", str(tmp_path / "none")]) == 2
    said = "nnmirror: descent: only a case with a compiled function can be swept\n"
    assert capsys.readouterr() == ("", said)
    assert not (tmp_path / "none").exists()
