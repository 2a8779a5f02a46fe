"""A real scheduler and two workers on this machine."""

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import pytest

from compare import ROOT
from compare.run import cluster, engine
from compare.run.cluster import ClusterError, facts_here, on_cluster
from compare.run.pool import Failure, run_all

PATIENCE = 60.0  # seconds


class Cluster:
    """A scheduler, and workers that may have children."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._scheduler = self._start("scheduler", "--port", "0", "--no-dashboard")
        self.address = self._said("scheduler", r"Scheduler at:\s+(tcp://\S+)")
        self.workers: list[subprocess.Popen[bytes]] = []

    def add_worker(self, **environment: str) -> subprocess.Popen[bytes]:
        name = f"worker-{len(self.workers)}"
        worker = self._start(
            "worker",
            self.address,
            *("--no-nanny", "--nthreads", "1", "--no-dashboard"),
            *("--local-directory", str(self._folder / name)),
            log=name,
            **environment,
        )
        self.workers.append(worker)
        self._said(name, r"Registered to:")
        return worker

    def _start(
        self, what: str, *arguments: str, log: str = "", **environment: str
    ) -> subprocess.Popen[bytes]:
        with (self._folder / f"{log or what}.log").open("wb") as out:
            return subprocess.Popen(
                [sys.executable, "-m", f"distributed.cli.dask_{what}", *arguments],
                cwd=ROOT,
                env={**os.environ, **environment},
                stdout=out,
                stderr=subprocess.STDOUT,
            )

    def _said(self, log: str, pattern: str) -> str:
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            text = (self._folder / f"{log}.log").read_text(errors="replace")
            if found := re.search(pattern, text):
                return found[found.lastindex or 0]
            time.sleep(0.1)
        raise AssertionError(text)

    def stop(self) -> None:
        for process in [*self.workers, self._scheduler]:
            process.kill()
            process.wait()


@pytest.fixture
def two_workers(tmp_path: Path) -> Iterator[Cluster]:
    started = Cluster(tmp_path)
    try:
        started.add_worker()
        started.add_worker()
        yield started
    finally:
        started.stop()


def square(x: int) -> int:
    return x * x


def parent_after(seconds: float) -> int:
    time.sleep(seconds)
    return os.getppid()


def dies(how: str) -> None:
    if how == "exit":
        os._exit(0)
    os.kill(os.getpid(), signal.SIGKILL)


def sleeps_in_r(_: None) -> str:
    from compare.run import r_session

    return str(r_session.facts()["R"])


@pytest.mark.slow
def test_tasks_run_on_workers_each_in_a_child_of_its_own(two_workers: Cluster) -> None:
    done: list[int] = []
    values: dict[int, object] = {}
    with on_cluster(two_workers.address) as facts:
        assert len(facts["Dask workers"].split(", ")) == 2
        assert run_all(square, range(20), 1, 60, lambda: done.append(1), values.__setitem__) == [
            x * x for x in range(20)
        ]
        assert (len(done), values) == (20, {x: x * x for x in range(20)})
        assert len(set(run_all(parent_after, [0.5] * 6, 1, 60))) == 2
        assert "R version" in str(run_all(sleeps_in_r, [None], 1, 60)[0])
    assert engine.current() is None


@pytest.mark.slow
def test_what_dies_or_hangs_costs_its_task_and_no_worker(two_workers: Cluster) -> None:
    with on_cluster(two_workers.address):
        died = run_all(dies, ["exit", "kill"], 1, 60)
        assert [str(f) for f in died if isinstance(f, Failure)] == [
            "Failure(reason='its process ended with status 0 in mid-run')",
            "Failure(reason='its process ended by signal 9 in mid-run')",
        ]
        (late,) = run_all(parent_after, [30.0], 1, 1)
        assert late == Failure("still running after 1 s, stopped")
        assert run_all(square, [3], 1, 60) == [9]
    assert [worker.poll() for worker in two_workers.workers] == [None, None]


@pytest.mark.slow
def test_a_worker_that_is_killed_costs_time_only(two_workers: Cluster) -> None:
    victim = two_workers.workers[0]
    seen: list[int] = []

    def kill_once() -> None:
        seen.append(1)
        if len(seen) == 3:
            victim.kill()

    with on_cluster(two_workers.address):
        parents = run_all(parent_after, [0.4] * 12, 1, 60, kill_once)
    assert [type(parent) for parent in parents] == [int] * 12
    assert victim.wait(PATIENCE) != 0


@pytest.mark.slow
def test_a_sweep_with_a_worker_killed_on_the_way_has_the_same_bits(
    two_workers: Cluster, tmp_path: Path
) -> None:
    asked = ["sweep", "trask-alphas", "--seeds", "1:2000", "--iterations", "2000"]
    command = [sys.executable, "-m", "compare", *asked, "--out"]
    here, there = tmp_path / "here", tmp_path / "there"
    subprocess.run([*command, str(here)], cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    elsewhere = [*command, str(there), "--dask", two_workers.address]
    with subprocess.Popen(elsewhere, cwd=ROOT, stdout=subprocess.DEVNULL) as running:
        until = time.monotonic() + PATIENCE
        while len(list(there.glob("parts/*.parquet"))) < 3 and time.monotonic() < until:
            time.sleep(0.05)
        two_workers.workers[0].kill()
        assert running.wait(10 * PATIENCE) == 0
    for name in ("sweep.csv", "sweep.parquet", "summary.csv"):
        assert (here / name).read_bytes() == (there / name).read_bytes()
    assert len(pd.read_csv(here / "sweep.csv")) == 14_000


@pytest.mark.slow
def test_a_worker_that_would_give_other_bits_is_refused_by_name(tmp_path: Path) -> None:
    started = Cluster(tmp_path)
    try:
        with (
            pytest.raises(ClusterError, match="the scheduler has no workers; docs/cluster"),
            on_cluster(started.address),
        ):
            pass
        started.add_worker(NPY_DISABLE_CPU_FEATURES="X86_V4 X86_V3 AVX512F AVX2 FMA3")
        here = facts_here()
        told = r"worker tcp://\S+: its NumPy exp is .*, and here .*other bits"
        with pytest.raises(ClusterError, match=told), on_cluster(started.address):
            pass
        assert here["NumPy exp"]
    finally:
        started.stop()


def test_nobody_there_is_said_in_a_sentence() -> None:
    for address in ("tcp://127.0.0.1:1", "nonsense://x", "no port"):
        with pytest.raises(ClusterError, match=r"--dask .*; docs/cluster.md says how"):
            with_short_patience(address)


def with_short_patience(address: str) -> None:
    before, cluster.CONNECTING = cluster.CONNECTING, 1
    try:
        with on_cluster(address):
            pass
    finally:
        cluster.CONNECTING = before


def test_without_an_address_this_machine_runs_the_tasks() -> None:
    with on_cluster(None) as facts:
        assert facts == {}
        assert engine.current() is None


def test_without_distributed_it_is_said_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(ClusterError, match=r"needs the package distributed: nnmirror\[dask\]"):
        with_short_patience("tcp://127.0.0.1:1")


def test_what_is_told_of_a_machine_is_what_may_change_bits() -> None:
    facts = facts_here()
    for name in ("Python", "numpy", "NumPy BLAS", "NumPy exp", "libm exp", "R", "R BLAS", "code"):
        assert facts[name], name
    assert set(cluster.FREE) & set(facts)
