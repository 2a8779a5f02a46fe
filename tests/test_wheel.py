"""What is installed from the wheel: one package, with everything inside that it needs."""

import json
import os
import subprocess
import sysconfig
import venv
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from compare import ROOT
from compare.run import doctor
from tools.wheel import as_installed


@pytest.fixture(scope="session")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    out = os.path.relpath(folder, ROOT)
    subprocess.run(["tools/build-wheel.sh", out], cwd=ROOT, check=True, capture_output=True)
    (found,) = folder.glob("*.whl")
    return found


@pytest.fixture(scope="session")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Any]:
    """Run a program of an environment that has the wheel, and what it needs from this one."""
    folder = tmp_path_factory.mktemp("elsewhere")
    venv.create(folder / "venv", with_pip=True)
    packages = next((folder / "venv" / "lib").glob("python*")) / "site-packages"
    (packages / "needed.pth").write_text(sysconfig.get_path("purelib") + "\n")
    # not what importing compare has set here
    kept = {k: os.environ[k] for k in ("PATH", "HOME", "LANG", "TMPDIR") if k in os.environ}
    variables = kept | {"XDG_CACHE_HOME": str(folder / "cache"), "COLUMNS": "80"}

    def run(program: str, *arguments: str) -> "subprocess.CompletedProcess[str]":
        return subprocess.run(
            [folder / "venv" / "bin" / program, *arguments],
            cwd=folder,
            env=variables,
            capture_output=True,
            text=True,
            check=False,
        )

    done = run("pip", "install", "-q", "--no-deps", "--no-index", str(wheel))
    assert done.returncode == 0, done.stderr
    run.folder = folder  # type: ignore[attr-defined]
    return run


@pytest.mark.slow
def test_one_package_is_installed_with_the_cases_the_evidence_and_r(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    tops = {name.split("/")[0] for name in names}
    assert {top for top in tops if not top.endswith(".dist-info")} == {"nnmirror"}
    assert "nnmirror/r_impl/R/one_layer.R" in names
    assert "nnmirror/cases/clark-example-1.toml" in names
    assert "nnmirror/evidence/stored/claims.csv" in names
    assert not [name for name in names if name.endswith((".pyc", ".egg-info"))]
    tracked = subprocess.run(
        ["git", "ls-files", "compare", "python_impl", "compiled", "oracles", "claims", "selftest"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split()
    expected = {f"nnmirror/{path.removeprefix('compare/')}" for path in tracked}
    assert expected <= set(names), sorted(expected - set(names))


def test_imports_are_named_as_they_are_installed() -> None:
    given = (
        "from compare.run import x\n    import python_impl\nfrom comparer import y\na = 'claims'\n"
    )
    assert as_installed(given) == (
        "from nnmirror.run import x\n    import nnmirror.python_impl\nfrom comparer import y\n"
        "a = 'claims'\n"
    )


@pytest.mark.slow
def test_a_new_pair_is_verified_and_a_changed_sign_is_named(installed: Callable[..., Any]) -> None:
    assert installed("nnmirror", "new", "mine").stdout == "nnmirror verify mine\n"
    done = installed("nnmirror", "verify", "mine")
    assert done.returncode == 0, done.stdout + done.stderr
    assert installed("python", "-m", "pytest", "-q", "mine").returncode == 0
    changed = installed.folder / "mine" / "pair.R"  # type: ignore[attr-defined]
    changed.write_text(changed.read_text().replace("x /", "-x /"))
    changed.with_name("case.toml").rename(changed.with_name("sign.pair.toml"))
    tested = installed("python", "-m", "pytest", "-q", "mine/sign.pair.toml")
    assert tested.returncode == 1
    assert "why: from the values: R = Python x -1, in all 5 values" in tested.stdout
    assert "look closer: nnmirror verify " in tested.stdout


@pytest.mark.slow
def test_a_built_in_case_has_its_evidence(wheel: Path, installed: Callable[..., Any]) -> None:
    """Fresh: what was measured and proved in a checkout fits the installed code."""
    done = installed("nnmirror", "verify", "clark-example-1", "descent")
    assert "stale" not in done.stdout
    assert done.returncode == 0, done.stdout + done.stderr
    results = installed.folder / "report" / "results.json"  # type: ignore[attr-defined]
    provenance = json.loads(results.read_text())["provenance"]
    assert provenance["commit"] == f"nnmirror {wheel.name.split('-')[1]}"


@pytest.mark.slow
def test_what_is_made_for_this_machine_lies_in_the_users_cache(
    installed: Callable[..., Any],
) -> None:
    print_it = "from nnmirror.run.environment import writable; print(writable())"
    assert installed("python", "-c", print_it).stdout == f"{installed.folder}/cache/nnmirror\n"  # type: ignore[attr-defined]


@pytest.mark.slow
def test_it_is_called_from_a_program_whose_environment_it_leaves_alone(
    installed: Callable[..., Any],
) -> None:
    script = (
        "import os; before = dict(os.environ)\n"
        "import nnmirror, sys\n"
        "assert dict(os.environ) == before and 'pandas' not in sys.modules\n"
        "nnmirror.assert_agrees(python=lambda x: x @ x, r='function(x) sum(x * x)',"
        " inputs={'x': [1.0, 2.0]})\n"
        "assert dict(os.environ) == before\n"
    )
    done = installed("python", "-W", "error", "-c", script)
    assert done.returncode == 0, done.stderr


@pytest.mark.slow
def test_rs_half_is_installed_from_it_and_finds_the_command(installed: Callable[..., Any]) -> None:
    folder = installed.folder  # type: ignore[attr-defined]
    sources = installed("nnmirror", "r-package").stdout.strip()
    library = folder / "r-library"
    library.mkdir()
    subprocess.run(
        ["R", "CMD", "INSTALL", "--no-test-load", f"--library={library}", sources],
        check=True,
        capture_output=True,
    )
    script = (
        f".libPaths('{library}'); t <- nnmirror::compare_with_python("
        "'stats::sd', 'numpy:std', list(x = c(1.5, 2.5))); cat(t$verdict)"
    )
    path = f"{folder}/venv/bin:{os.environ['PATH']}"
    done = subprocess.run(
        ["Rscript", "--vanilla", "-e", script],
        cwd=folder,
        env=os.environ | {"PATH": path},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout) == (0, "disagree"), done.stderr


def test_first_use_names_the_part_of_rpy2_that_this_r_needs(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(doctor, "CHECKOUT", False)
    for version, file in (
        ("4.2.2", "r-below-4.5.in"),
        ("4.5.0", "r-4.5.in"),
        ("5.0.1", "r-4.5.in"),
    ):
        monkeypatch.setattr(doctor, "r_on_path", lambda v=version: f"/usr/lib/R\nR version {v}")
        pinned = (ROOT / "tools" / file).read_text().split("\n")[-2]
        assert str(doctor.explain("undefined symbol: R_getVar")).endswith(
            f"--no-binary rpy2-rinterface {pinned}, and unset LD_LIBRARY_PATH where it leads to "
            "another R"
        )
