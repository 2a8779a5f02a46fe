"""`nnmirror record`, and `verify --replay` by what it kept."""

import json
import shutil
import sys
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from compare.verify.recording import asked
from tests.somebodys import (
    DIFFERING,
    HOLDING,
    ONE,
    Brought,
    Verified,
    bring,
    command_in,
    run_in,
    verify_in,
)

SOURCING = Brought(
    "import numpy as np\ndef f(x): return {'mean': x.mean(), 'fft': np.fft.fft(x)}\n",
    "source('parts/helper.R')\nf <- function(x) list(mean = average(x), fft = fft(x))\n",
    "seed = 3\n[inputs]\nx = [2.5, 3.25, 4.75, 1.5, 9.0]\n",
)
SAID = "R as recorded on "
COLUMNS = ["case", "variant", "start", "arithmetic", "output", "verdict", "python_digits"]


@pytest.fixture(scope="module")
def recorded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Pairs that were recorded, one command for all."""
    pairs = {"sourcing": SOURCING, "sd": DIFFERING["sd"], "network": HOLDING["network"]}
    folder = bring(tmp_path_factory.mktemp("recorded"), pairs)
    (folder / "sourcing" / "parts").mkdir()
    (folder / "sourcing" / "parts" / "helper.R").write_text("average <- function(x) mean(x)\n")
    done = command_in(folder, "record", "sourcing", "sd", "network")
    assert (done.returncode, done.stderr) == (0, "")
    written = [str(folder / name / "case.recorded.json") for name in pairs]
    assert done.stdout.split() == written
    return folder


def without_r(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Make sure that no R can be found."""
    (folder / "bin").mkdir()
    (folder / "bin" / "python").symlink_to(sys.executable)
    monkeypatch.setenv("PATH", str(folder / "bin"))


def copied(recorded: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(recorded, tmp_path / "pairs"))


def table(done: Verified, name: str) -> pd.DataFrame:
    return pd.read_csv(done.report / f"{name}.csv", keep_default_na=False, dtype=str)


@pytest.mark.slow
def test_a_replay_gives_the_verdicts_of_a_run_and_says_so_beside_each(
    recorded: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = copied(recorded, tmp_path)
    run = verify_in(folder, ".", "--out", "run")
    run = run._replace(report=folder / "run")
    without_r(tmp_path, monkeypatch)
    again = verify_in(folder, ".", "--replay")
    assert (again.code, again.errors) == (run.code, run.errors) == (1, "")
    one, other = table(run, "outputs"), table(again, "outputs")
    assert one[COLUMNS].equals(other[COLUMNS])
    assert one["r_digits"].equals(other["r_digits"])
    assert not one["note"].str.contains(SAID).any()
    assert other["note"].str.contains(SAID).all()
    values, others = table(run, "values"), table(again, "values")
    for column in ("python", "r", "ulp", "tolerance", "verdict"):
        assert values[column].equals(others[column]), column
    assert others["note"].str.contains(SAID).all()
    assert "ddof=1 in np.std()" in again.output
    messages = table(again, "messages").set_index("case")
    (told,) = messages.loc[messages["kind"] == "recorded", "text"].loc[["sd"]]
    for fact in (", by R version ", ", R BLAS ", ", RNGkind ", ", locale ", ", time zone "):
        assert fact in told
    facts = json.loads((again.report / "results.json").read_text())["provenance"]
    assert facts["R"] == "not run: its values are recorded ones"


def test_what_is_kept_names_the_r_that_made_it(recorded: Path) -> None:
    kept = json.loads((recorded / "sourcing" / "case.recorded.json").read_text())
    assert {"R", "R BLAS", "RNGkind", "locale", "time zone"} <= kept["made_by"].keys()
    assert kept["code"].keys() == {"pair.R", "parts/helper.R"}
    (calls,) = kept["calls"]
    assert calls["plain"]["leaves"]["mean"]["values"] == [(4.2).hex()]
    assert {"upward", "downward", "towards zero", "moved 16"} <= calls["spread"].keys()
    assert any(answer["ulps"] for answer in calls["spread"].values())


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        ("pair.R", "mean = ", "mean = 1 + ", "pair.R has changed since"),
        ("parts/helper.R", "mean", "max", "parts/helper.R has changed since"),
        ("case.toml", "9.0]", "9.5]", "inputs, seed or arithmetic are others"),
        ("case.toml", "seed = 3", "seed = 4", "inputs, seed or arithmetic are others"),
        ("case.toml", "pair.R:f", "pair.R:g", "is of pair.R:f, and the case names pair.R:g"),
    ],
)
def test_what_is_stale_is_not_compared(
    recorded: Path, tmp_path: Path, file: str, old: str, new: str, said: str
) -> None:
    path = copied(recorded, tmp_path) / "sourcing" / file
    assert old in path.read_text()
    path.write_text(path.read_text().replace(old, new))
    done = verify_in(tmp_path / "pairs", "sourcing", "--replay")
    assert done.code == 2
    assert f"R stops: the recording is stale: {said}" in " ".join(done.output.split())


def test_python_may_change_and_is_judged_by_what_was_recorded(
    recorded: Path, tmp_path: Path
) -> None:
    path = copied(recorded, tmp_path) / "sourcing" / "pair.py"
    path.write_text(path.read_text().replace("x.mean()", "-x.mean()"))
    done = verify_in(tmp_path / "pairs", "sourcing", "--replay")
    assert done.code == 1
    assert "mean      disagree" in done.output
    assert "fft.real  agree" in done.output


@pytest.mark.slow
def test_what_does_not_repeat_itself_does_not_in_a_replay(tmp_path: Path) -> None:
    unsteady = Brought("def f(x): return 0.5\n", "f <- function(x) runif(1)\n")
    bring(tmp_path, {"unsteady": unsteady})
    assert command_in(tmp_path, "record", "unsteady").returncode == 0
    done = verify_in(tmp_path, "unsteady", "--replay")
    assert done.code == 2
    assert "value  not comparable" in done.output


def test_what_r_is_asked_is_all_that_it_is_called_with() -> None:
    whole = np.array([[1, 2]])
    different = [
        asked("pair.R:f", None, False, {"x": whole}),
        asked("pair.R:g", None, False, {"x": whole}),
        asked("pair.R:f", 1, False, {"x": whole}),
        asked("pair.R:f", None, True, {"x": whole}),
        asked("pair.R:f", None, False, {"y": whole}),
        asked("pair.R:f", None, False, {"x": whole.T}),
        asked("pair.R:f", None, False, {"x": whole.astype(float)}),
        asked("pair.R:f", None, False, {"x": [1, 2]}),
        asked("pair.R:f", None, False, {"x": {"a": 1, "b": 2}}),
        asked("pair.R:f", None, False, {"x": {"a": 1, "c": 2}}),
    ]
    assert len(set(different)) == len(different)
    assert asked("pair.R:f", None, False, {"x": whole.copy()}) == different[0]


def test_pytest_replays_too(
    recorded: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = copied(recorded, tmp_path) / "sourcing"
    (folder / "case.toml").rename(folder / "case.pair.toml")
    without_r(tmp_path, monkeypatch)
    plugin = ("-m", "pytest", "-p", "no:cacheprovider", "-p", "compare.library.pytest_plugin")
    done = run_in(folder, *plugin, "--nnmirror-replay", "-W", "error")
    assert "3 passed" in done.stdout, done.stdout
    assert "R is not installed" in run_in(folder, *plugin, "-W", "error").stdout


@pytest.mark.slow
def test_without_a_recording_or_with_a_damaged_one_there_is_one_line(
    recorded: Path, tmp_path: Path
) -> None:
    folder = copied(recorded, tmp_path)
    path = folder / "sd" / "case.recorded.json"
    whole = path.read_text()
    for text, said in (
        (whole[: len(whole) // 2], "Invalid JSON"),
        (whole.replace('"recorded"', '"written"'), "recorded: Field required"),
        (whole.replace('"value": [1]', '"other": [1]'), "is not among the plain values"),
        (whole.replace('"value": [1]', '"value": [1, 2]'), "ulps: are not as many as values"),
        (whole.replace('"value": [1]', f'"value": [{2**70}]'), "there are not so many doubles"),
        (whole.replace("0x1.", "0x1p9999999", 1), "too large"),
        ("", "Invalid JSON"),
    ):
        assert text != whole
        path.write_text(text)
        done = verify_in(folder, "sd", "--replay")
        assert (done.code, done.output) == (2, ""), said
        assert done.errors.startswith(f"nnmirror: {path}: ")
        assert said in done.errors
    before = path.read_text()
    assert command_in(folder, "record", "sd").returncode == 2  # what lies there is not ours
    assert path.read_text() == before
    path.unlink()
    done = verify_in(folder, "sd", "--replay")
    assert done.errors.startswith(f"nnmirror: {path}: there is no recording; ")


@pytest.mark.slow
def test_what_cannot_be_recorded_is_said(tmp_path: Path) -> None:
    stopping = Brought(ONE[0], "f <- function(x) stop('no good')\n")
    bring(tmp_path, {"stopping": stopping, "mean": HOLDING["mean"]})
    done = command_in(tmp_path, "record", ".")
    assert done.returncode == 2
    assert (
        done.stderr == f"nnmirror: {tmp_path}/stopping/case.toml: Error: no good (pair.R, line 1)\n"
    )
    assert done.stdout.split() == [f"{tmp_path}/mean/case.recorded.json"]
    assert not list((tmp_path / "stopping").glob("*.json*"))
    for arguments in (["record", "clark-example-1"], ["verify", "--replay", "clark-example-1"]):
        done = command_in(tmp_path, *arguments)
        assert done.returncode == 2
        assert "nothing of built-in cases is recorded" in done.stderr
    (tmp_path / "python.toml").write_text(
        'python = "numpy:mean"\n[inputs]\na = [1.5]\n[[printed]]\nvalues = ["1.5"]\n'
    )
    done = command_in(tmp_path, "record", "python.toml")
    assert done.stderr == f"nnmirror: {tmp_path}/python.toml: names no function of R's\n"
    assert verify_in(tmp_path, "python.toml", "--replay").code == 0
